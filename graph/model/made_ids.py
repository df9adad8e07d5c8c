"""Ids made from content, for what an office gave no code: the same content is the same thing."""

from __future__ import annotations

import hashlib
import re


def made_id(label: str, *content: object) -> str:
    """`<label in kebab case>-<12 hex digits>` of the content; None counts as content too."""
    kebab = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", label).lower()
    text = "\n".join(repr(each) for each in content)
    return f"{kebab}-{hashlib.sha256(f'{label}\n{text}'.encode()).hexdigest()[:12]}"
