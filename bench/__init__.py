"""Measurements that are run by hand and reported, never asserted in a test.

May import every room.
Start at `__main__.py`, which knows them by name.
"""
