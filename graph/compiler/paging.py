"""One page's arguments, checked: its size, its order, its filters and the cursors that bound it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from graphql import GraphQLError, get_argument_values
from graphql.execution.values import VariableValues

from graph.compiler.asking import Asking
from graph.compiler.conditions import Condition, HiddenField, Search, WhereReader, read_search
from graph.compiler.cursors import bind as bind_cursor
from graph.compiler.cursors import read_cursor
from graph.compiler.declare import Filter, Within
from graph.compiler.grounds import Grounds
from graph.compiler.ids import own_id
from graph.compiler.ordering import Key, by_likeness, keys_of, read_dimensions, read_order
from graph.compiler.plan import BoundPage, Level, Tally
from graph.compiler.values import stored
from graph.compiler.visibility import Visibility
from graph.errors import InvalidInput, ZaoxueError
from graph.words import for_index, in_text

DEFAULT_PAGE = 20
LARGEST_PAGE = 100


class BadPageSize(InvalidInput):
    """A page size that no page can have."""

    code = "BAD_PAGE_SIZE"

    def __init__(self, given: int, field: str = "first") -> None:
        super().__init__(
            field,
            f"{field} 应在 0 到 {LARGEST_PAGE} 之间，得到的是 {given}",
            f"{field} must be between 0 and {LARGEST_PAGE}, got {given}",
            value=given,
            largest=LARGEST_PAGE,
        )


class BothEnds(InvalidInput):
    """`first` and `last` in one page."""

    code = "FIRST_AND_LAST"

    def __init__(self) -> None:
        super().__init__(
            "last", "first 与 last 只能用一个", "a page begins at one end: give first or last, not both"
        )


def bind_page(
    level: Level, values: VariableValues, asking: Asking, grounds: Grounds
) -> tuple[BoundPage, dict[str, object]]:
    """A level's page, and the statement's parameters for it; a bad argument becomes the page's fault."""
    assert level.page is not None
    try:
        return _page(level, values, asking, grounds)
    except HiddenField as fault:
        return BoundPage(is_left_out=True) if level.page.is_search else BoundPage(fault=fault), {}
    except (ZaoxueError, GraphQLError) as fault:
        return BoundPage(fault=fault), {}


def _page(
    level: Level, values: VariableValues, asking: Asking, grounds: Grounds
) -> tuple[BoundPage, dict[str, object]]:
    page, number = level.page, level.number
    assert page is not None
    given = get_argument_values(page.arguments.definition, page.arguments.node, values)
    given = {name: value for name, value in given.items() if value is not None}
    size, is_backward = _size(given)
    filters = _filters(level.label, page.filters, given, asking.visibility)
    where, found = _where(page.kind, given, asking, grounds, f"where{number}")
    search, sought = _search(level, given, asking, grounds)
    order = _order(level, page.kind, given, asking, grounds)
    bound_to = _bound_to(level, given, order, filters, sought)
    ends = _ends(given, bound_to, asking.secret, len(order))
    grouped = [each for each in level.tallies if each.by is not None]
    bound = BoundPage(
        size,
        order,
        is_backward,
        ends.get("after"),
        ends.get("before"),
        tuple(filters),
        where,
        bound_to,
        dimensions={each: _dimensions(each, page.kind, values, asking, grounds) for each in grouped},
        search=search,
    )
    parameters = {f"first{number}": size + page.peeks, **found, **sought}
    return bound, parameters | _numbered(filters, ends, number)


def _filters(
    label: str, declared: Mapping[str, Filter], given: Mapping[str, object], visibility: Visibility
) -> dict[str, object]:
    """What the given filters compare with, in the order of their declaration."""
    present = [name for name in declared if name in given]
    for name in present:
        _refuse_hidden(label, name, declared[name], visibility)
    return {name: _stored_filter(name, declared[name], given[name]) for name in present}


def _bound_to(
    level: Level,
    given: Mapping[str, object],
    order: Sequence[Key],
    filters: Mapping[str, object],
    sought: Mapping[str, object],
) -> bytes:
    """What the page's cursors are bound to; empty where it takes none and gives none."""
    assert level.page is not None
    if not level.has_cursors and "after" not in given and "before" not in given:
        return b""
    return bind_cursor(level.page.place, order, filters, given.get("where"), *sought.values())


def _ends(
    given: Mapping[str, object], bound_to: bytes, secret: bytes, length: int
) -> dict[str, tuple[object, ...]]:
    """The order keys of the cursors between which the page lies."""
    return {
        word: tuple(read_cursor(str(given[word]), bound_to, secret, length, word))
        for word in ("after", "before")
        if word in given
    }


def _numbered(
    filters: Mapping[str, object], ends: Mapping[str, Sequence[object]], number: int
) -> dict[str, object]:
    """The parameters of a level's filters and cursors."""
    parameters = {f"{name}{number}": value for name, value in filters.items()}
    for word, keys in ends.items():
        parameters |= {f"{word}{number}_{at}": key for at, key in enumerate(keys) if key is not None}
    return parameters


def _dimensions(
    tally: Tally, kind: str, values: VariableValues, asking: Asking, grounds: Grounds
) -> tuple[Key, ...] | Exception:
    assert tally.by is not None
    try:
        given = get_argument_values(tally.by.definition, tally.by.node, values)
        return read_dimensions(given["by"], grounds[kind], grounds, asking.visibility)
    except (ZaoxueError, GraphQLError) as fault:
        return fault


def _size(given: Mapping[str, object]) -> tuple[int, bool]:
    """How many nodes the page wants, and whether from its end."""
    if "first" in given and "last" in given:
        raise BothEnds
    word = "last" if "last" in given else "first"
    size = cast(int, given.get(word, DEFAULT_PAGE))
    if not 0 <= size <= LARGEST_PAGE:
        raise BadPageSize(size, word)
    return size, word == "last"


def _where(
    kind: str, given: Mapping[str, object], asking: Asking, grounds: Grounds, stem: str
) -> tuple[Condition | None, dict[str, object]]:
    if "where" not in given:
        return None, {}
    reader = WhereReader(grounds, asking.visibility, stem)
    return reader.read(given["where"], grounds[kind]), reader.parameters


def _search(
    level: Level, given: Mapping[str, object], asking: Asking, grounds: Grounds
) -> tuple[Search | None, dict[str, object]]:
    assert level.page is not None
    argument = "text" if level.page.is_search else "search"
    if argument not in given:
        return None, {}
    ground = grounds[level.page.kind]
    if not ground.searched:
        return None, {}
    search, words = read_search(str(given[argument]), ground, asking.visibility, argument)
    return search, {f"words{level.number}": in_text(words), f"found{level.number}": for_index(words)}


def _order(
    level: Level, kind: str, given: Mapping[str, object], asking: Asking, grounds: Grounds
) -> tuple[Key, ...]:
    if level.page is not None and level.page.is_search:
        return by_likeness()
    asked = cast("Sequence[object]", given.get("orderBy", ()))
    return read_order(asked, grounds[kind], grounds, asking.visibility) if asked else keys_of(level.order)


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
