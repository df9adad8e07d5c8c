"""The command line: one file a group of commands, one function a command.

May import what `server` may.
Start at `commands.py`, which knows all commands and turns errors into exit codes (`main.py` loads it).
"""
