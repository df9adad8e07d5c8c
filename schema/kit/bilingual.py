"""Text that plain types hold in both languages, answered in the one asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import strawberry

from schema.kit.context import Tongue


def bilingual(zh: str, en: str) -> Callable[..., str]:
    """A resolver with the argument `lang`: the object's attribute `zh` or `en`, by their names."""

    def resolve(root: strawberry.Parent[Any], lang: Tongue = Tongue.ZH) -> str:
        text: str = getattr(root, zh if lang is Tongue.ZH else en)
        return text

    return resolve
