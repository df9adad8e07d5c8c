"""The GraphQL surface: types, inputs, descriptions, and how errors are told.

May import `resolvers`, `graph.compiler`, `graph.model` and `graph.errors`.
Start at `schema.graphql`, the printed contract, then `root.py`.
"""
