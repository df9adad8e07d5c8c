"""Tests of the command line, most of them of the program as it is started from a terminal.

May import every room.
Start at `test_main.py` for what every refusal has in common.
"""
