"""Text that is kept in both languages, answered in the one asked for: the asker's own if none is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import strawberry
from strawberry.types import Info

from graph.model.terms import Term
from schema.kit.context import Context, Tongue

LANG = "language of the answer; the asker's own if absent. 中文：语言，缺省为请求的语言"
Lang = Annotated[Tongue | None, strawberry.argument(description=LANG)]


def bilingual(zh: str, en: str) -> Callable[..., str]:
    """A resolver with the argument `lang`: the object's attribute `zh` or `en`, by their names."""

    def resolve(
        root: strawberry.Parent[Any], info: Info[Context, None], lang: Lang = strawberry.UNSET
    ) -> str:
        text: str = in_language(getattr(root, zh), getattr(root, en), lang or info.context.tongue)
        return text

    return resolve


def maybe_bilingual(zh: str, en: str) -> Callable[..., str | None]:
    """The same for attributes that may be absent or empty, which is null."""

    def resolve(
        root: strawberry.Parent[Any], info: Info[Context, None], lang: Lang = strawberry.UNSET
    ) -> str | None:
        return in_language(getattr(root, zh), getattr(root, en), lang or info.context.tongue) or None

    return resolve


def term_label(name: str) -> Callable[..., str]:
    """A resolver with the argument `lang`: the label of the object's attribute `name`, a term."""

    def resolve(
        root: strawberry.Parent[Any], info: Info[Context, None], lang: Lang = strawberry.UNSET
    ) -> str:
        term: Term = getattr(root, name)
        return in_language(term.zh, term.en, lang or info.context.tongue)

    return resolve


def in_language(zh: str, en: str, lang: Tongue) -> str:
    """The one of two texts that is in the language."""
    return zh if lang is Tongue.ZH else en
