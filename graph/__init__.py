"""The property graph: its vocabulary, its store, and the compiler of reads.

Imports nothing of ours; `graph.model` and `graph.errors` import the standard library only.
Start at `graph/model/` for the nouns, at `store.py` for how statements reach an engine.
"""
