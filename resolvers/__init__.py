"""The use cases: one file a subject, one function a use case (fetch, compute, write, return).

May import `recommender` and `graph`; knows no GraphQL type.
Start at `needs.py`, the first step of the main job.
"""
