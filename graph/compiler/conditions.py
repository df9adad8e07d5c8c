"""A `where` as given, read into conditions whose values are parameters.

A comparison with what is absent is false, never unknown: so that `not` gives exactly the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from graph.compiler.declare import GlobalId, Leaf
from graph.compiler.grounds import Ground, Grounds, Step
from graph.compiler.ids import own_id
from graph.compiler.values import stored
from graph.compiler.visibility import Visibility
from graph.errors import InvalidInput
from graph.words import words_of

MOST_CONDITIONS = 200
"""Most parts of one `where`: comparisons, and what holds them together."""
DEEPEST = 12
"""How deep one `where` may nest."""
LONGEST_SEARCH = 200
"""How many characters a text may have that is searched for."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison of a property with a parameter (`isNull` and `notNull` have none)."""

    label: str
    name: str
    operator: str
    parameter: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; without parts it always does."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Leads:
    """The step leads to at least one node of its target for which the part holds."""

    step: Step
    only: tuple[str, str] | None
    part: Condition


Condition = Comparison | AllOf | AnyOf | Not | Leads
ALWAYS = AllOf(())


@dataclass(frozen=True, slots=True)
class Search:
    """The node's text holds all words that are asked for; it is made of those `properties`."""

    properties: tuple[str, ...]


class BadSearch(InvalidInput):
    """A text that can't be searched for."""

    code = "BAD_SEARCH"


class BadWhere(InvalidInput):
    """A condition that can't be asked."""

    code = "BAD_WHERE"


class HiddenField(InvalidInput):
    """A filter or an order by what the asker may not see."""

    code = "HIDDEN_FIELD"

    def __init__(self, argument: str, name: str) -> None:
        super().__init__(
            argument,
            f"您无权查看 {name}，不能据此筛选或排序",
            f"you may not see {name}, so you can't filter or sort by it",
        )


def read_search(
    given: str, ground: Ground, visibility: Visibility, argument: str
) -> tuple[Search, list[str]]:
    """A search and its words. Raises BadSearch, HiddenField."""
    for name in ground.searched:
        if visibility.hides(ground.label, name):
            raise HiddenField(argument, name)
    if len(given) > LONGEST_SEARCH:
        zh, en = f"检索词最多 {LONGEST_SEARCH} 个字符", f"a search has {LONGEST_SEARCH} characters at most"
        raise BadSearch(argument, zh, en)
    words = words_of(given)
    if not words:
        zh, en = "请输入要检索的字词", "name the words to search for: letters, digits or characters"
        raise BadSearch(argument, zh, en, value=given)
    return Search(ground.searched), words


@dataclass(slots=True)
class WhereReader:
    """Reads one `where`; the parameters' names begin with `stem`."""

    grounds: Grounds
    visibility: Visibility
    stem: str
    parameters: dict[str, object] = field(default_factory=dict)
    _count: int = 0

    def read(self, given: object, ground: Ground, place: str = "where", depth: int = 0) -> Condition:
        """The condition. Raises BadWhere, HiddenField, MalformedId."""
        self._counted()
        if depth > DEEPEST:
            zh, en = f"where 嵌套过深，最多 {DEEPEST} 层", f"a where may nest {DEEPEST} deep at most"
            raise BadWhere(place.partition(".")[0], zh, en)
        parts: list[Condition] = []
        for name, value in cast("Mapping[str, object]", given).items():
            at = f"{place}.{name}"
            if value is None:
                raise BadWhere(
                    at, "不能为 null；判断是否为空请用 isNull", "null is nothing to ask for: use isNull"
                )
            parts.extend(self._part(name, value, ground, at, depth + 1))
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _part(self, name: str, value: object, ground: Ground, at: str, depth: int) -> Iterator[Condition]:
        if name in ("and", "or"):
            parts = [
                self.read(each, ground, f"{at}.{place}", depth)
                for place, each in enumerate(cast("Sequence[object]", value))
            ]
            yield AllOf(tuple(parts)) if name == "and" else AnyOf(tuple(parts))
        elif name == "not":
            yield Not(self.read(value, ground, at, depth))
        else:
            yield from self._field(ground.fields[name], value, ground, at, depth)

    def _field(
        self, asked: GlobalId | Leaf | Step, value: object, ground: Ground, at: str, depth: int
    ) -> Iterator[Condition]:
        if not isinstance(asked, Step):
            yield from self._tests(asked, cast("Mapping[str, object]", value), ground, at)
        elif asked.is_many:
            for quantifier, inner in cast("Mapping[str, object]", value).items():
                yield self._quantified(quantifier, asked, inner, f"{at}.{quantifier}", depth)
        else:
            yield self._leads(asked, value, at, depth)

    def _quantified(self, quantifier: str, step: Step, value: object, at: str, depth: int) -> Condition:
        if value is None:
            raise BadWhere(at, "不能为 null", "null is nothing to ask for")
        leads = self._leads(step, value, at, depth)
        if quantifier == "some":
            return leads
        return Not(leads if quantifier == "none" else Leads(step, leads.only, Not(leads.part)))

    def _leads(self, step: Step, value: object, at: str, depth: int) -> Leads:
        target = self.grounds[step.target]
        return Leads(step, target.only, self.read(value, target, at, depth))

    def _tests(
        self, asked: GlobalId | Leaf, given: Mapping[str, object], ground: Ground, at: str
    ) -> Iterator[Condition]:
        name = "id" if isinstance(asked, GlobalId) else asked.name
        if self.visibility.hides(ground.label, name):
            raise HiddenField(at, name)
        for operator, value in given.items():
            if value is None:
                raise BadWhere(
                    f"{at}.{operator}",
                    "不能为 null；判断是否为空请用 isNull",
                    "null is no value to compare with: use isNull",
                )
            if isinstance(asked, GlobalId):
                value = _own_ids(value, ground.label, f"{at}.{operator}")
            yield self._test(ground.label, name, operator, value)

    def _test(self, label: str, name: str, operator: str, value: object) -> Comparison:
        self._counted()
        if operator == "isNull":
            return Comparison(label, name, "isNull" if value else "notNull", "")
        parameter = f"{self.stem}_{self._count}"
        self.parameters[parameter] = stored(value)
        return Comparison(label, name, operator, parameter)

    def _counted(self) -> None:
        """Counts one part more: a part without a comparison is work for the engine, too."""
        self._count += 1
        if self._count > MOST_CONDITIONS:
            zh, en = f"where 中最多 {MOST_CONDITIONS} 个条件", f"a where has {MOST_CONDITIONS} parts at most"
            raise BadWhere("where", zh, en)


def _own_ids(value: object, label: str, at: str) -> object:
    if isinstance(value, list):
        return [own_id(str(each), label, at) for each in value]
    return own_id(str(value), label, at)
