"""The engine that comes with the package: ArcadeDB in a supervised child process on loopback.

May import `graph.store` and `graph.errors`.
Start at `supervisor.py`, which starts, watches and stops it; `integrity.py` judges the files.
"""
