"""Tests of diagnosis: fusing evidence, rolling needs up, closing and reopening them.

May import `recommender`, `graph.model` and the small world.
Start at `test_evidence.py`, whose numbers are worked by hand.
"""
