"""The selection compiler: what a GraphQL field asks of the graph becomes one Cypher statement and a shaped answer.

May import graphql-core, `graph.model` and `graph.errors`, and knows neither strawberry nor the driver.
Start at `declare.py`, what a type says of itself, then `compiler.py`.
"""
