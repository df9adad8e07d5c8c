"""Constraints and indexes of the store, as numbered idempotent steps.

May import `graph.store`, `graph.model`, `graph.words`, `graph.errors` and the SQL console of `graph.embedded`.
Start at `run.py`, which applies them at every start and refuses a newer store.
"""
