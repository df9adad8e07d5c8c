"""The edge: ASGI app, settings, command line and pages; the only place that wires the rooms together.

May import every room; nobody imports it.
Start at `app.py` for the service, at `cli/commands.py` for the command line.
"""
