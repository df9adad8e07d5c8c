"""How the sentences of this room are set in Chinese."""

from __future__ import annotations


def wanted_zh(right: str) -> str:
    """“应为” and what would be right, with a space before Latin letters and digits, as Chinese is set."""
    return f"应为{' ' if right[:1].isascii() else ''}{right}"
