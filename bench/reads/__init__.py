"""`reads`: this service, a peer, plain strawberry and a hand-written floor on one Neo4j with one set of data.

May import every room, and the Neo4j of the tests.
Start at `measure.py`, which runs it; the documents that are sent stand in `documents/`.
"""
