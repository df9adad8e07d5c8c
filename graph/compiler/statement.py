"""A plan as one Cypher statement: a subquery a level, each giving a list of value rows and its nodes.

The text holds no value that a caller gave, and every list is ordered before it is collected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.compiler.binding import Binding
from graph.compiler.cypher import Speech, beyond, where
from graph.compiler.ordering import Key, keys_of
from graph.compiler.plan import BoundPage, Level, Plan, Tally
from graph.compiler.visibility import Visibility
from graph.words import index_of

MOST_GROUPS = 1000
"""Most groups that one list is answered with; the largest are."""


def render(plan: Plan, binding: Binding, visibility: Visibility) -> str:
    """The statement, or "" when the plan needs none."""
    writer = _Writer(binding, Speech(visibility))
    lines: list[str] = []
    columns: list[str] = []
    for level in plan.levels:
        if level.number in binding.skipped:
            continue
        if level.is_listed:
            lines.append(writer.rows(level))
            columns.append(f"r{level.number}")
        if level.is_counted:
            lines.append(writer.count(level))
            columns.append(f"t{level.number}")
        for place, tally in enumerate(level.tallies):
            if writer.is_asked(level, tally):
                lines.append(writer.tally(level, tally, place))
                columns.append(tally_column(level, place))
    return "\n".join([*lines, "RETURN " + ", ".join(columns)]) if columns else ""


class _Writer:
    def __init__(self, binding: Binding, speech: Speech) -> None:
        self._binding = binding
        self._speech = speech

    def rows(self, level: Level) -> str:
        number, node = level.number, f"n{level.number}"
        keys = self._keys(level, node)
        names = [node, *(text for text, key in keys if key.is_computed)]
        ordered = f"ORDER BY {', '.join(text + ' DESC' * key.descends for text, key in keys)}"
        limit = f" LIMIT $first{number}" if level.page else ""
        if level.is_root:
            match = self._match(level, None, node, keys)
            kept = f" AS r{number}" + (f", collect({node}) AS l{number}" if level.has_children else "")
            row = self._row(level, keys)
            return (
                f"CALL () {{ {match} WITH {', '.join(names)} {ordered}{limit} RETURN collect({row}){kept} }}"
            )
        parent = f"p{number}"
        match = self._match(level, parent, node, keys)
        above = self._parent_id(level, parent)
        if level.page:
            given = ", ".join(names)
            distinct = "" if len(names) > 1 else "DISTINCT "
            inner = f"CALL ({parent}) {{ {match} WITH {distinct}{given} {ordered}{limit} RETURN {given} }}"
        else:
            # Many parents lead to few nodes: each comes once, with the ids of its parents.
            inner = f"{match} WITH {node}, collect(DISTINCT {above}) AS g{number} {ordered}"
            above = f"g{number}"
        kept = f", collect(DISTINCT {node}) AS l{number}" if level.has_children else ""
        scope, started = _above(level)
        return (
            f"CALL ({scope}) {{ UNWIND {started} AS {parent} {inner} "
            f"RETURN collect({self._row(level, keys, above)}) AS r{number}{kept} }}"
        )

    def count(self, level: Level) -> str:
        number, node = level.number, f"m{level.number}"
        if level.is_root:
            return f"CALL () {{ {self._match(level, None, node)} RETURN count({node}) AS t{number} }}"
        parent = f"q{number}"
        scope, above = _above(level)
        match = self._match(level, parent, node)
        return (
            f"CALL ({scope}) {{ UNWIND {above} AS {parent} {match} WITH {parent}, count(DISTINCT {node}) AS k{number} "
            f"RETURN collect([{self._parent_id(level, parent)}, k{number}]) AS t{number} }}"
        )

    def is_asked(self, level: Level, tally: Tally) -> bool:
        """Whether the tally is fetched: what it groups by can be used."""
        page = self._page(level)
        return page is not None and not isinstance(page.dimensions.get(tally), Exception)

    def tally(self, level: Level, tally: Tally, place: int) -> str:
        number, node = f"{level.number}_{place}", f"v{level.number}_{place}"
        parent = None if level.is_root else f"u{number}"
        keys = self._dimensions(level, tally)
        names = [name for name, _ in keys]
        kept = [] if parent is None else [parent]
        made = "".join(f", {self._speech.key(key, level.label, node)} AS {name}" for name, key in keys)
        numbers = [
            f"{self._counted(level, node, *column)} AS {node}a{at}" for at, column in enumerate(tally.columns)
        ]
        ordered = f" ORDER BY {', '.join([f'{node}a0 DESC', *names])}" if keys else ""
        limit = f" LIMIT {MOST_GROUPS}" if keys else ""
        row = [self._parent_id(level, parent) if parent else "null"]
        row += [f"{node}a{at}" for at in range(len(tally.columns))] + [f"[{', '.join(names)}]"]
        inner = (
            f"{self._match(level, parent, node)} WITH DISTINCT {', '.join([*kept, node])} "
            f"WITH {', '.join([*kept, node])}{made} WITH {', '.join([*kept, *names, *numbers])}{ordered}"
        )
        told = f"RETURN collect([{', '.join(row)}]) AS {tally_column(level, place)}"
        if parent is None:
            return f"CALL () {{ {inner}{limit} {told} }}"
        scope, above = _above(level)
        if not keys:
            return f"CALL ({scope}) {{ UNWIND {above} AS {parent} {inner} {told} }}"
        given = ", ".join([*names, *(f"{node}a{at}" for at in range(len(tally.columns)))])
        return (
            f"CALL ({scope}) {{ UNWIND {above} AS {parent} "
            f"CALL ({parent}) {{ {inner}{limit} RETURN {given} }} {told} }}"
        )

    def _dimensions(self, level: Level, tally: Tally) -> list[tuple[str, Key]]:
        page = self._page(level)
        keys = page.dimensions.get(tally, ()) if page is not None else ()
        assert not isinstance(keys, Exception)
        return [(f"v{level.number}g{index}", key) for index, key in enumerate(keys)]

    def _counted(self, level: Level, node: str, function: str, name: str) -> str:
        return f"{function}({self._speech.value(level.label, node, name) if name else node})"

    def _keys(self, level: Level, node: str) -> list[tuple[str, Key]]:
        """What the level is sorted by: the text of each key, for a computed one the name that it is given."""
        page = self._page(level)
        order = keys_of(level.order) if page is None else page.order
        if page is not None and page.is_backward:
            order = tuple(key.reversed() for key in order)
        return [
            (f"{node}k{index}" if key.is_computed else self._speech.key(key, level.label, node), key)
            for index, key in enumerate(order)
        ]

    def _match(
        self, level: Level, parent: str | None, node: str, keys: Sequence[tuple[str, Key]] | None = None
    ) -> str:
        """The MATCH of a level's nodes; with `keys`, only those of the page, their computed keys beside them."""
        if level.parent is None:
            start, conditions = self._entered(level, node), list(self._speech.seen(level.label, node))
        else:
            assert parent is not None
            above = level.parent.label
            pattern, conditions = self._speech.pattern(above, parent, level.hops, node, f"{node}h")
            start = f"MATCH {pattern}"
        if level.only:
            conditions.append(f"{node}.{level.only[0]} = '{level.only[1]}'")
        if level.is_grouped:
            conditions.append(f"{node}.id IN {parent}.ids")
        if level.by_ids:
            conditions.append(f"{self._speech.value(level.label, node, 'id')} IN $ids{level.number}")
        conditions.extend(self._filters(level, node))
        computed = [(text, key) for text, key in keys or () if key.is_computed]
        resumed = list(self._resumed(level, keys or ()))
        if not computed:
            return where(start, [*conditions, *resumed])
        made = ", ".join(f"{self._speech.key(key, level.label, node)} AS {text}" for text, key in computed)
        match = where(start, conditions)
        return where(f"{match} WITH DISTINCT {node} WITH {node}, {made}", resumed)

    def _entered(self, level: Level, node: str) -> str:
        """Where the nodes of a root level come from: a search narrows them by the index, its condition decides."""
        page = self._page(level)
        if page is None or page.search is None or level.is_grouped:
            return f"MATCH ({node}:{level.label})"
        index = f"'{index_of(level.label)}', $found{level.number}"
        return f"CALL db.index.fulltext.queryNodes({index}) YIELD node AS {node} WITH DISTINCT {node}"

    def _filters(self, level: Level, node: str) -> Iterator[str]:
        page = self._page(level)
        if level.page is None or page is None:
            return
        for name in page.present:
            declared, value = level.page.filters[name], f"${name}{level.number}"
            yield self._speech.filter(declared, level.label, node, value, f"{node}_{name}")
        if page.where is not None:
            yield self._speech.condition(page.where, level.label, node)
        if page.search is not None:
            yield from self._speech.search(page.search, level.label, node, f"$words{level.number}")

    def _resumed(self, level: Level, keys: Sequence[tuple[str, Key]]) -> Iterator[str]:
        page = self._page(level)
        if page is None or not keys:
            return
        for word, given, is_reached in (
            ("after", page.after, page.is_backward),
            ("before", page.before, not page.is_backward),
        ):
            if given is not None:
                names = [f"${word}{level.number}_{index}" for index in range(len(keys))]
                # The keys stand in the direction of the page: the cursor at its far end bounds it the other way.
                told = [(text, key.descends is not is_reached) for text, key in keys]
                yield beyond(told, given, names)

    def _page(self, level: Level) -> BoundPage | None:
        return self._binding.pages.get(level.number)

    def _row(self, level: Level, keys: Sequence[tuple[str, Key]], above: str | None = None) -> str:
        """The values of a node; `above` is the id of the node above, or the ids of all that lead to it."""
        columns = [self._speech.value(level.label, f"n{level.number}", name) for name in level.columns]
        if level.has_cursors:
            columns += [text for text, _ in keys]
        if above is not None:
            columns.append(above)
        return f"[{', '.join(columns)}]"

    def _parent_id(self, level: Level, parent: str) -> str:
        """What a row says of the node above, as that node's own row says it of itself."""
        return (
            f"{parent}.id" if level.parent is None else self._speech.value(level.parent.label, parent, "id")
        )


def tally_column(level: Level, place: int) -> str:
    """The column that a level's tally comes in."""
    return f"a{level.number}_{place}"


def _above(level: Level) -> tuple[str, str]:
    """What a level's subquery takes in, and the list that it starts from: its parents, or groups of ids."""
    if level.parent is None:
        return "", f"$groups{level.number}"
    return f"l{level.parent.number}", f"l{level.parent.number}"
