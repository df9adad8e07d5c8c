"""The argument `where`, checked and asked of one node after another: what is missing never matches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from graph.compiler.declare import GlobalId, Path
from tests.oracle.graph import Node
from tests.oracle.kinds import Kinds
from tests.oracle.lists import own_of
from tests.oracle.refusals import bad_where

MOST = 200
DEEPEST = 12
Holds = Callable[[Node], bool]

_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda stored, given: stored == given,
    "in": lambda stored, given: stored in given,
    "lt": lambda stored, given: stored < given,
    "lte": lambda stored, given: stored <= given,
    "gt": lambda stored, given: stored > given,
    "gte": lambda stored, given: stored >= given,
    "contains": lambda stored, given: given in stored,
    "startsWith": lambda stored, given: stored.startswith(given),
    "has": lambda stored, given: given in stored,
}


@dataclass(slots=True)
class Reader:
    """Reads one `where` into a test of a node."""

    kinds: Kinds
    today: str
    numbers: count[int]

    def read(self, given: Mapping[str, Any], kind: str, place: str = "where", depth: int = 0) -> Holds:
        """The test. Raises Refusal."""
        self._counted()
        if depth > DEEPEST:
            raise bad_where(
                "where", f"where 嵌套过深，最多 {DEEPEST} 层", f"a where may nest {DEEPEST} deep at most"
            )
        parts: list[Holds] = []
        for name, value in given.items():
            at = f"{place}.{name}"
            if value is None:
                raise bad_where(
                    at, "不能为 null；判断是否为空请用 isNull", "null is nothing to ask for: use isNull"
                )
            parts.append(self._part(name, value, kind, at, depth + 1))
        return lambda node: all(part(node) for part in parts)

    def _counted(self) -> None:
        if next(self.numbers) > MOST:
            raise bad_where("where", f"where 中最多 {MOST} 个条件", f"a where has {MOST} parts at most")

    def _part(self, name: str, value: Any, kind: str, at: str, depth: int) -> Holds:
        if name in ("and", "or"):
            parts = [self.read(each, kind, f"{at}.{n}", depth) for n, each in enumerate(value)]
            together = all if name == "and" else any
            return lambda node: together(part(node) for part in parts)
        if name == "not":
            part = self.read(value, kind, at, depth)
            return lambda node: not part(node)
        declared = self.kinds.fields(kind)[name]
        if not isinstance(declared, Path):
            return self._tests(declared, value, kind, at)
        if declared.shape == "one":
            return self._some(name, self.read(value, self.kinds.target(kind, name), at, depth), kind)
        asked = [
            self._quantified(word, each, name, kind, f"{at}.{word}", depth) for word, each in value.items()
        ]
        return lambda node: all(each(node) for each in asked)

    def _quantified(self, word: str, value: Any, name: str, kind: str, at: str, depth: int) -> Holds:
        if value is None:
            raise bad_where(at, "不能为 null", "null is nothing to ask for")
        inner = self.read(value, self.kinds.target(kind, name), at, depth)
        if word == "all":
            exception = self._some(name, lambda node: not inner(node), kind)
            return lambda node: not exception(node)
        some = self._some(name, inner, kind)
        return some if word == "some" else lambda node: not some(node)

    def _some(self, name: str, inner: Holds, kind: str) -> Holds:
        return lambda node: any(inner(end) for end in self.kinds.led_to(node, kind, name, self.today))

    def _tests(self, declared: Any, given: Mapping[str, Any], kind: str, at: str) -> Holds:
        own = "id" if isinstance(declared, GlobalId) else declared.name
        self.kinds.refuse_hidden(kind, own, at)
        tests = []
        for word, value in given.items():
            place = f"{at}.{word}"
            if value is None:
                raise bad_where(
                    place,
                    "不能为 null；判断是否为空请用 isNull",
                    "null is no value to compare with: use isNull",
                )
            if isinstance(declared, GlobalId):
                label, several = self.kinds.label(kind), isinstance(value, list)
                owns = [own_of(each, label, place) for each in (value if several else [value])]
                value = owns if several else owns[0]
            self._counted()
            tests.append((word, value))
        return lambda node: all(_passes(node.get(own), word, value) for word, value in tests)


def _passes(stored: Any, word: str, value: Any) -> bool:
    if word == "isNull":
        return (stored is None) is value
    try:
        return stored is not None and _TESTS[word](stored, value)
    except (AttributeError, TypeError):  # stored data of another type than the schema's
        return False
