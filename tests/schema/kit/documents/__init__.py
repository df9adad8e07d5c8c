"""Tests of the limits of a document: what is counted, and that nothing beyond them is validated or run.

May import every room.
Start at `test_measure.py`.
"""
