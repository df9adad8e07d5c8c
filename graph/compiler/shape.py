"""Rows into answers: for each selected field a pair of functions, one finishing, one giving raw values.

The finishing one builds the response and raises Surprise for whatever it can't answer for; the raw one
builds from the same rows what graphql-core then walks, so that every error is its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graphql import GraphQLOutputType

from graph.compiler.cursors import write_cursor
from graph.compiler.inline import Inline, fresh, function_of, list_of, object_of
from graph.compiler.leaves import Reading, Surprise, finishing, raw_reading, written
from graph.compiler.plan import BoundPage, Filled, Level, Pair, Raw, Row

_NO_ROWS: list[Row] = []


@dataclass(frozen=True, slots=True)
class Branch:
    """The selection on one object type: its fields in response order."""

    type_name: str
    fields: tuple[tuple[str, Pair], ...]


def constant(value: object) -> Pair:
    """The same value for every row."""
    return Pair(lambda row, filled: value, lambda row, filled: value)


def leaf(position: int, kind: GraphQLOutputType) -> Pair:
    """A stored property, given as `kind`."""
    finish, raw = finishing(kind), raw_reading(kind)
    return Pair(
        lambda row, filled: finish(row[position]),
        lambda row, filled: raw(row[position]),
        written(kind, finish, f"row[{position}]"),
    )


def prefixed(prefix: str) -> Pair:
    """The global id: `prefix` and the own id."""

    def give(row: Row, filled: Filled) -> object:
        return f"{prefix}{row[0]}"

    name = fresh("p")
    return Pair(give, give, Inline(f'f"{{{name}}}{{row[0]}}"', {name: prefix}))


def derived(
    positions: Sequence[int],
    make: Callable[..., object],
    call: int | None,
    finish: Reading,
) -> Pair:
    """A value made of stored properties; `call` numbers the field's arguments, if it has some."""

    def made(row: Row, filled: Filled) -> object:
        given = {} if call is None else filled.calls[call]
        if isinstance(given, Exception):
            raise given
        return make(*[row[position] for position in positions], **given)

    def finished(row: Row, filled: Filled) -> object:
        try:
            value = made(row, filled)
        except Exception:  # whatever it is, graphql-core tells it
            raise Surprise from None
        return finish(value)

    def raw(row: Row, filled: Filled) -> object:
        try:
            return made(row, filled)
        except Exception as fault:  # whatever it is, graphql-core tells it
            return fault

    return Pair(finished, raw)


def node(tag: int | None, branches: Mapping[object, Branch]) -> Pair:
    """A node, by the branch that its tag chooses (`tag` None: there is one branch only)."""

    inlines = {
        value: object_of([(key, pair.written) for key, pair in branch.fields])
        for value, branch in branches.items()
    }
    functions = {value: function_of(inline) for value, inline in inlines.items()}

    def finish(row: Row, filled: Filled) -> object:
        shape = functions.get(None if tag is None else row[tag])
        if shape is None:
            raise Surprise
        return shape(row, filled)

    def raw(row: Row, filled: Filled) -> object:
        branch = branches.get(None if tag is None else row[tag])
        if branch is None:
            return Raw(None, {})
        return Raw(
            branch.type_name,
            {key: pair.raw(row, filled) for key, pair in branch.fields},
        )

    return Pair(finish, raw, inlines[None] if tag is None else None)


def nearest(level: Level, target: Pair, is_required: bool) -> Pair:
    """The first node at the end of a path, or None; a required one that is missing is a Surprise.

    Many paths end at one node (a thousand needs at ten topics): it is finished once and stands in all places.
    """
    number = level.number

    def finish(row: Row, filled: Filled) -> object:
        rows = filled.groups[number].get(row[0])
        if rows:
            finished, own = filled.finished[number], rows[0][0]
            if own not in finished:
                finished[own] = target.finish(rows[0], filled)
            return finished[own]
        if is_required:
            raise Surprise
        return None

    def raw(row: Row, filled: Filled) -> object:
        rows = filled.groups[number].get(row[0])
        return target.raw(rows[0], filled) if rows else None

    return Pair(finish, raw)


def several(level: Level, target: Pair) -> Pair:
    """All nodes at the end of a path, as a plain list."""
    number = level.number

    each_of = list_of(target.written)

    def finish(row: Row, filled: Filled) -> object:
        return each_of(filled.groups[number].get(row[0], _NO_ROWS), filled)

    def raw(row: Row, filled: Filled) -> object:
        return [target.raw(each, filled) for each in filled.groups[number].get(row[0], _NO_ROWS)]

    return Pair(finish, raw)


@dataclass(slots=True)
class Page:
    """One parent's page: its rows without the one that was only fetched to see whether more follow.

    Not frozen: there are thousands in an answer, and a frozen one takes three times as long to make.
    """

    parent: object
    rows: list[Row]
    has_more: bool
    filled: Filled
    number: int

    @property
    def follows(self) -> bool:
        """Whether nodes come after the page: fetched backwards, it ends before a cursor."""
        bound = self.filled.pages[self.number]
        return bound.before is not None if bound.is_backward else self.has_more

    @property
    def precedes(self) -> bool:
        """Whether nodes come before the page."""
        bound = self.filled.pages[self.number]
        return self.has_more if bound.is_backward else bound.after is not None


Part = Callable[[Page, bool], object]
"""One selected field of a connection, its edges or its page info; True asks for raw values."""


def connection(level: Level, type_name: str, parts: Sequence[tuple[str, Part]]) -> Pair:
    """A connection; a fault in its arguments stands in its place."""
    number = level.number

    def page(row: Row, filled: Filled, bound: BoundPage) -> Page:
        parent = row[0] if row else None
        rows = filled.groups[number].get(parent, _NO_ROWS) if level.is_listed else _NO_ROWS
        has_more = len(rows) > bound.size
        if has_more:
            rows = rows[: bound.size]
        if bound.is_backward:
            rows = rows[::-1]
        return Page(parent, rows, has_more, filled, number)

    def finish(row: Row, filled: Filled) -> object:
        bound = filled.pages[number]
        if bound.fault:
            raise Surprise
        found = page(row, filled, bound)
        return {key: part(found, False) for key, part in parts}

    def raw(row: Row, filled: Filled) -> object:
        bound = filled.pages[number]
        if bound.fault:
            return bound.fault
        found = page(row, filled, bound)
        return Raw(type_name, {key: part(found, True) for key, part in parts})

    return Pair(finish, raw)


def edges(type_name: str, fields: Sequence[tuple[str, Pair]]) -> Part:
    """The edges of a page, in its order."""
    each_of = list_of(object_of([(key, pair.written) for key, pair in fields]))

    def give(page: Page, is_raw: bool) -> object:
        if is_raw:
            return [
                Raw(type_name, {key: pair.raw(row, page.filled) for key, pair in fields}) for row in page.rows
            ]
        return each_of(page.rows, page.filled)

    return give


def grouped(type_name: str, parts: Sequence[tuple[str, Part]]) -> Part:
    """An object within a connection that has no rows of its own: the page info."""

    def give(page: Page, is_raw: bool) -> object:
        values = {key: part(page, is_raw) for key, part in parts}
        return Raw(type_name, values) if is_raw else values

    return give


def follows(page: Page, is_raw: bool) -> object:
    """Whether there is a next page."""
    return page.follows


def precedes(page: Page, is_raw: bool) -> object:
    """Whether there is a previous page."""
    return page.precedes


def total(level: Level) -> Part:
    """How many nodes the whole list has."""
    return lambda page, is_raw: page.filled.counts[level.number].get(page.parent, 0)


def cursor(level: Level) -> Pair:
    """The cursor of a row: its sort keys, which stand behind its columns."""
    level.has_cursors = True
    number = level.number

    def give(row: Row, filled: Filled) -> object:
        bound, start = filled.pages[number], len(level.columns)
        return write_cursor(list(row[start : start + len(bound.order)]), bound.bound_to, filled.secret)

    return Pair(give, give)


def end_cursor(level: Level, index: int) -> Part:
    """The cursor of a page's first (0) or last (-1) row; None on an empty page."""
    give = cursor(level).finish
    return lambda page, is_raw: give(page.rows[index], page.filled) if page.rows else None
