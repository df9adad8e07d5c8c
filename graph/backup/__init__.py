"""Backups: one file that holds every node and relationship, the same whichever engine wrote it.

May import `graph.store`, `graph.errors`, `graph.migrations` and `graph.embedded`.
Start at `take.py` and `restore.py`; `archive.py` is the file between them, `folder.py` the embedded case.
"""
