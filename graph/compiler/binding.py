"""One request's values for a plan: page sizes, cursors and filters, checked, as statement parameters."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from typing import Protocol

from graphql import GraphQLError, get_argument_values
from graphql.execution.values import VariableValues

from graph.compiler.cursors import bind as bind_cursor
from graph.compiler.cursors import read_cursor
from graph.compiler.declare import Filter, Within
from graph.compiler.ids import own_id
from graph.compiler.plan import Arguments, BoundPage, Level, Plan, Root
from graph.compiler.visibility import Visibility
from graph.errors import InvalidInput, ZaoxueError

DEFAULT_PAGE = 20
LARGEST_PAGE = 100


class Read(Protocol):
    """How a statement is read: its rows as dictionaries."""

    def __call__(self, statement: str, /, **parameters: object) -> Awaitable[Sequence[Mapping[str, object]]]:
        """The rows of the statement."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, when, and through what: all that a read depends on beside the document.

    `today` decides what is current; `secret` signs cursors; `defaults` are values of the asker's own (his
    language) for arguments of derived fields that the document leaves out.
    """

    read: Read
    today: date
    secret: bytes
    visibility: Visibility
    defaults: Mapping[str, object] = field(default_factory=dict)


class HiddenField(InvalidInput):
    """A filter or an order by what the asker may not see."""

    code = "HIDDEN_FIELD"

    def __init__(self, argument: str, name: str) -> None:
        super().__init__(
            argument,
            f"您无权查看 {name}，不能据此筛选或排序",
            f"you may not see {name}, so you can't filter or sort by it",
        )


class BadPageSize(InvalidInput):
    """A page size that no page can have."""

    code = "BAD_PAGE_SIZE"

    def __init__(self, given: int) -> None:
        super().__init__(
            "first",
            f"first 应在 0 到 {LARGEST_PAGE} 之间，得到的是 {given}",
            f"first must be between 0 and {LARGEST_PAGE}, got {given}",
            value=given,
            largest=LARGEST_PAGE,
        )


@dataclass(frozen=True, slots=True)
class Binding:
    """A plan's values for one request; `skipped` levels lie below a fault and are not fetched."""

    parameters: dict[str, object]
    pages: dict[int, BoundPage]
    calls: dict[int, dict[str, object] | Exception]
    skipped: frozenset[int] = frozenset()

    @property
    def variant(self) -> tuple[object, ...]:
        """What changes the statement's text: filters given, null keys of a cursor, levels left out."""
        return (
            self.skipped,
            *(
                (page.present, None if page.after is None else tuple(key is None for key in page.after))
                for page in self.pages.values()
            ),
        )

    def is_faulty(self, root: Root) -> bool:
        """Whether some argument below that entry can't be used: its place must tell."""
        return any(self.pages[each.number].fault for each in root.levels if each.page is not None)


def bind(plan: Plan, values: VariableValues, asking: Asking) -> Binding:
    """The values of `plan` for one request; a bad argument becomes a fault at its place, never an exception."""
    parameters: dict[str, object] = {}
    pages: dict[int, BoundPage] = {}
    for level in plan.levels:
        if level.page is not None:
            page, found = _bind_page(level, values, asking)
            pages[level.number] = page
            parameters.update(found)
    calls = {number: _call(each, values, asking.defaults) for number, each in enumerate(plan.calls)}
    return Binding(parameters, pages, calls, _skipped(plan, pages))


def _skipped(plan: Plan, pages: Mapping[int, BoundPage]) -> frozenset[int]:
    if not any(page.fault for page in pages.values()):
        return frozenset()
    found: set[int] = set()
    for level in plan.levels:  # parents stand before their children
        page = pages.get(level.number)
        if (page and page.fault) or (level.parent and level.parent.number in found):
            found.add(level.number)
    return frozenset(found)


def _call(
    arguments: Arguments, values: VariableValues, defaults: Mapping[str, object]
) -> dict[str, object] | Exception:
    try:
        given = get_argument_values(arguments.definition, arguments.node, values)
    except GraphQLError as fault:
        return fault
    own = {name: value for name, value in defaults.items() if name in arguments.definition.args}
    return own | {name: value for name, value in given.items() if value is not None or name not in own}


def _bind_page(level: Level, values: VariableValues, asking: Asking) -> tuple[BoundPage, dict[str, object]]:
    try:
        return _page(level, values, asking)
    except (ZaoxueError, GraphQLError) as fault:
        return BoundPage(0, b"", None, (), fault), {}


def _page(level: Level, values: VariableValues, asking: Asking) -> tuple[BoundPage, dict[str, object]]:
    page, number = level.page, level.number
    assert page is not None
    given = get_argument_values(page.arguments.definition, page.arguments.node, values)
    first = DEFAULT_PAGE if given.get("first") is None else given["first"]
    if not 0 <= first <= LARGEST_PAGE:
        raise BadPageSize(first)
    present = tuple(name for name in page.filters if given.get(name) is not None)
    for name in present:
        _refuse_hidden(level.label, name, page.filters[name], asking.visibility)
    filters = {name: _stored_filter(name, page.filters[name], given[name]) for name in present}
    bound_to = bind_cursor(page.place, level.order, filters)
    after = given.get("after")
    keys = None if after is None else tuple(read_cursor(after, bound_to, asking.secret, len(level.order)))
    parameters: dict[str, object] = {f"first{number}": first + page.peeks}
    parameters.update((f"{name}{number}", value) for name, value in filters.items())
    for index, key in enumerate(keys or ()):
        if key is not None:
            parameters[f"after{number}_{index}"] = key
    return BoundPage(first, bound_to, keys, present), parameters


def _refuse_hidden(label: str, argument: str, declared: Filter, visibility: Visibility) -> None:
    names = () if isinstance(declared, Within) else declared.properties
    for name in names:
        if visibility.hides(label, name):
            raise HiddenField(argument, name)


def _stored_filter(name: str, declared: Filter, value: object) -> object:
    if isinstance(declared, Within):
        return own_id(str(value), declared.label, name)
    if declared.test == "contains":
        return str(value).lower()
    return stored(value)


def stored(value: object) -> object:
    """A value as the graph stores it: enums by name, dates and instants as ISO text."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [stored(each) for each in value]
    return value
