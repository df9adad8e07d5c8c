"""Tests of the property graph: its store, its engines, its compiler.

May import `graph` and `tests.engines`.
Start at `test_store.py`, which runs on every engine.
"""
