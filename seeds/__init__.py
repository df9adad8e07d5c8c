"""The sample alliance: its files, the generator of raw input, and one idempotent loader.

May import `resolvers` and `graph.model`; what follows from raw input is made by the use cases, never invented.
Start at `loader.py`.
"""
