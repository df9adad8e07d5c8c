"""Tests of the edge: settings, secrets, logs, guards, pages, the command line and the service.

May import every room.
Start at `test_settings.py`.
"""
