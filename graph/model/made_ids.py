"""Ids made from content, for what an office gave no code: the same content is the same thing."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from enum import Enum


def made_id(label: str, *content: object) -> str:
    """`<label in kebab case>-<12 hex digits>` of the content; None counts as content too.

    A date counts as its ISO text, a term as its name, a tuple as a list of such.
    """
    kebab = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", label).lower()
    text = json.dumps([_plain(each) for each in content], ensure_ascii=False)
    return f"{kebab}-{hashlib.sha256(f'{label}\n{text}'.encode()).hexdigest()[:12]}"


def _plain(part: object) -> object:
    if isinstance(part, date):
        return part.isoformat()
    if isinstance(part, list | tuple):
        return [_plain(each) for each in part]
    return part.name if isinstance(part, Enum) else part
