"""Tests of `graph.backup`.

May import `graph` and the other tests' fixtures.
Start at `graphs.py`, which holds the graph that is backed up.
"""
