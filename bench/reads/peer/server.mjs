// The peer as its own documentation sets it up: a schema from type definitions, served by graphql-yoga.
import { createServer } from 'node:http'
import { Neo4jGraphQL } from '@neo4j/graphql'
import { createYoga } from 'graphql-yoga'
import neo4j from 'neo4j-driver'

// Our graph as it stands: an employment links a school and a teacher, and dates are kept as text.
const typeDefs = `#graphql
  type School @node {
    id: ID!
    name: String!
    employments: [Employment!]! @relationship(type: "AT", direction: IN)
  }
  type Employment @node {
    id: ID!
    start: String!
    end: String
    teacher: [Teacher!]! @relationship(type: "OF", direction: OUT)
  }
  type Teacher @node(labels: ["Person"]) {
    id: ID!
    name: String!
    subject: String
    needs: [Need!]! @relationship(type: "OF", direction: IN)
  }
  type Need @node {
    id: ID!
    status: String!
    severity: Float!
    formedOn: String! @alias(property: "formed_on")
    topic: [Topic!]! @relationship(type: "ABOUT", direction: OUT)
  }
  type Topic @node {
    id: ID!
    name: String!
    resources: [Resource!]! @relationship(type: "ABOUT", direction: IN)
  }
  type Resource @node {
    id: ID!
    name: String!
  }
`
// Comparing texts by order is off unless it is asked for.
const features = { filters: { String: { LT: true, LTE: true, GT: true, GTE: true } } }

const { BENCH_NEO4J_URI: uri, BENCH_NEO4J_USER: user, BENCH_NEO4J_PASSWORD: password } = process.env
const driver = neo4j.driver(uri, neo4j.auth.basic(user, password))
const schema = await new Neo4jGraphQL({ typeDefs, driver, features }).getSchema()
const yoga = createYoga({ schema, graphiql: false, logging: 'warn', maskedErrors: false })
const server = createServer(yoga)
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/graphql`)
})
