"""Tests of the embedded engine: its life, its folder, and what it finds in damaged files.

May import `graph.embedded` and `graph.store`.
Start at `test_supervisor.py`.
"""
