"""How large a document may be, measured before anything of it is validated or run.

It may import graphql-core, strawberry's extensions, graph.errors and the request's context. Start at `limits.py`.
"""
