"""Backups: one file that holds every node and relationship, the same whichever engine wrote it.

May import `graph.store`, `graph.nodes`, `graph.errors`, `graph.migrations` and `graph.embedded`.
Start at `take.py` and `restore.py`; `writing.py` and `archive.py` are the file, `folder.py` the embedded case.
"""
