"""The engines that the store's tests run on, beside the embedded one.

May import `graph.store`.
Start at `neo4j.py`, which brings up a real Neo4j without Docker.
"""
