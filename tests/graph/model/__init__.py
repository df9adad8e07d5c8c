"""Tests of the vocabulary.

May import `graph.model` alone.
Start at `test_check.py`.
"""
