"""The tests: folders mirror the rooms, journeys tell whole stories over HTTP.

May import every room.
Start at `conftest.py` for the engines that the store fixtures run on.
"""
