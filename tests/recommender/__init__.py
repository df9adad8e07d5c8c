"""Tests of the recommender: hand-worked numbers, laws that every rule inherits, refusals.

May import `recommender`, `graph.model` and `graph.errors`.
Start at `small_world.py` for the alliance that most tests look at.
"""
