"""Ids that follow from what a thing is, so that making it twice gives the same one."""

from __future__ import annotations

import hashlib


def derived_id(prefix: str, *parts: str) -> str:
    """`prefix` and 16 hex digits that stand for the parts, in their order."""
    return f"{prefix}-{hashlib.sha256('\n'.join(parts).encode()).hexdigest()[:16]}"
