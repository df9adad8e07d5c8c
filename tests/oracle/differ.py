"""Whether two answers are one: data to the last key and type, errors with places, cursors by what they stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.oracle.listing import CURSOR
from tests.oracle.plain import Answer


@dataclass(slots=True)
class Cursors:
    """Which of the compiler's cursors stands for which of the oracle's: one for one, whatever was asked."""

    compiled: dict[str, str] = field(default_factory=dict)
    plain: dict[str, str] = field(default_factory=dict)

    def pair(self, compiled: Any, plain: str) -> bool:
        """Whether these two may stand for each other; from then on they do."""
        if not isinstance(compiled, str) or not compiled:
            return False
        return (
            self.compiled.setdefault(plain, compiled) == compiled
            and self.plain.setdefault(compiled, plain) == plain
        )


def differences(compiled: Answer, plain: Answer, loose: Answer, cursors: Cursors) -> list[str]:
    """What is different, in words; `loose` is the oracle's answer with each root field on its own."""
    found = list(_values("data", compiled.data, plain.data, cursors))
    if compiled.errors != plain.errors:
        found += _errors(compiled, plain, loose)
    return found


def _values(place: str, compiled: Any, plain: Any, cursors: Cursors) -> Iterator[str]:
    if isinstance(plain, str) and plain.startswith(CURSOR):
        if not cursors.pair(compiled, plain):
            yield f"{place}: cursor {compiled!r} does not stand for {plain!r}"
    elif isinstance(plain, dict) and isinstance(compiled, dict):
        if list(plain) != list(compiled):
            yield f"{place}: keys {list(compiled)}, expected {list(plain)}"
            return
        for key, value in plain.items():
            yield from _values(f"{place}.{key}", compiled[key], value, cursors)
    elif isinstance(plain, list) and isinstance(compiled, list):
        if len(plain) != len(compiled):
            yield f"{place}: {len(compiled)} items, expected {len(plain)}"
            return
        for index, value in enumerate(plain):
            yield from _values(f"{place}.{index}", compiled[index], value, cursors)
    elif type(plain) is not type(compiled) or plain != compiled:
        yield f"{place}: {compiled!r}, expected {plain!r}"


def _errors(compiled: Answer, plain: Answer, loose: Answer) -> Iterator[str]:
    """Root fields are answered side by side, so only the order of one root field's errors is fixed.

    Where a root field that may not be null fails, the specification leaves open which others are still told.
    """
    by_root, expected = _by_root(compiled.errors), _by_root(loose.errors)
    is_whole = plain.data is not None or None in expected or len(expected) < 2
    wanted = expected if is_whole else {root: errors for root, errors in expected.items() if root in by_root}
    if not by_root or by_root != wanted:
        yield f"errors: {compiled.errors}, expected {loose.errors}"
    elif not is_whole and not any(loose.data[root] is None for root in by_root):
        yield f"errors: {compiled.errors} do not say why data is null, expected some of {loose.errors}"


def _by_root(errors: list[dict[str, Any]]) -> dict[Any, list[dict[str, Any]]]:
    found: dict[Any, list[dict[str, Any]]] = {}
    for error in errors:
        found.setdefault((error.get("path") or [None])[0], []).append(error)
    return found


def shapes(answer: Answer) -> Counter[str]:
    """What an answer exercised: the codes of its errors, or that it had none."""
    codes = [str(error["extensions"]["code"]) for error in answer.errors]
    return Counter(codes or ["fine" if answer.data is not None else "null"])
