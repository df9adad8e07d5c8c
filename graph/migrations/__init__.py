"""Constraints and indexes of the store, as numbered idempotent steps.

May import `graph.store` and `graph.errors`.
Start at `run.py`, which applies them at every start and refuses a newer store.
"""
