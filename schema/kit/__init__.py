"""The kit that a graph type is declared with, and the execution behind it: nothing here names a noun.

May import `graph.compiler`, `graph.access`, `graph.model`, `graph.errors` and `graph.words`; names `Rules` for the type checker only.
Start at `fields.py` for how a type is declared, at `execution.py` for how a document is run.
"""
