"""A made county whose hidden truth judges what a recommender says of the part that can be seen.

May import `graph.model`, `graph.errors` and numpy; knows no rule, and nothing that recommends imports it.
Start at `world.py`, then `utility.py` for what is true and `terms.py` for what remains when outsiders leave.
"""
