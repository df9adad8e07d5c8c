"""Who sees and writes what: the viewer with his roles, and the rules that follow from them.

May import `graph.model`, `graph.errors`, the store's vocabulary and the compiler's slot of visibility.
Start at `viewer.py` for who asks and what his roles reach, then `rules.py` and `sight.py`.
"""
