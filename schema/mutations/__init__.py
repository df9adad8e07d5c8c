"""The writes: one file a subject, each mutation with its input and its payload.

May import what `schema` may.
Start at `payloads.py` for how refusals are answered, then `root.py`.
"""
