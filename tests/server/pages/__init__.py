"""Tests of the pages: what is sent, and what a real browser makes of it.

May import every room.
Start at `test_routes.py`; `test_in_browser.py` needs a Chromium.
"""
