"""Tests of the kit: a small world of orchards, and plain graphql-core over the same data to compare with.

May import every room.
Start at `orchards.py`, the world.
"""
