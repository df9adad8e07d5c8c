"""Tests of what rules look at: laws for every rule, then single features.

May import `recommender`, `graph.model` and the small world.
Start at `test_rule_laws.py`, which every rule of the default file inherits.
"""
