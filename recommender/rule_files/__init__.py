"""The rule files, the form that they must have, and the checks of their sense.

May import the features and `graph.errors`; `rules.py` is what reads a file through them.
Start at `default.json` for the rules in force, at `rules.schema.json` for the form of a file.
"""
