"""Tests of the use cases, one file for each file of `resolvers`.

May import `resolvers`, `recommender` and `graph`.
Start at the file named like the use case that you change.
"""
