"""A plan as one Cypher statement: a subquery a level, each giving a list of value rows and its nodes.

The text holds no value that a caller gave, and every list is ordered before it is collected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.compiler.binding import Binding
from graph.compiler.cypher import Speech, beyond, where
from graph.compiler.ordering import Key, keys_of
from graph.compiler.plan import BoundPage, Level, Plan
from graph.compiler.visibility import Visibility


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
        if level.parent is None and not level.is_grouped:
            match = self._match(level, None, node, keys)
            kept = f" AS r{number}" + (f", collect({node}) AS l{number}" if level.has_children else "")
            row = self._row(level, keys)
            return (
                f"CALL () {{ {match} WITH {', '.join(names)} {ordered}{limit} RETURN collect({row}){kept} }}"
            )
        parent = f"p{number}"
        match = self._match(level, parent, node, keys)
        if level.page:
            given = ", ".join(names)
            distinct = "" if len(names) > 1 else "DISTINCT "
            inner = f"CALL ({parent}) {{ {match} WITH {distinct}{given} {ordered}{limit} RETURN {given} }}"
        else:
            inner = f"{match} WITH DISTINCT {parent}, {node} {ordered}"
        kept = f", collect(DISTINCT {node}) AS l{number}" if level.has_children else ""
        scope, above = _above(level)
        return (
            f"CALL ({scope}) {{ UNWIND {above} AS {parent} {inner} "
            f"RETURN collect({self._row(level, keys, parent)}) AS r{number}{kept} }}"
        )

    def count(self, level: Level) -> str:
        number, node = level.number, f"m{level.number}"
        if level.parent is None and not level.is_grouped:
            return f"CALL () {{ {self._match(level, None, node)} RETURN count({node}) AS t{number} }}"
        parent = f"q{number}"
        scope, above = _above(level)
        match = self._match(level, parent, node)
        return (
            f"CALL ({scope}) {{ UNWIND {above} AS {parent} {match} WITH {parent}, count(DISTINCT {node}) AS k{number} "
            f"RETURN collect([{self._parent_id(level, parent)}, k{number}]) AS t{number} }}"
        )

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
            pattern, conditions = f"({node}:{level.label})", list(self._speech.seen(level.label, node))
        else:
            assert parent is not None
            pattern, conditions = self._speech.pattern(parent, level.hops, node, f"{node}h")
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
            return where(f"MATCH {pattern}", [*conditions, *resumed])
        made = ", ".join(f"{self._speech.key(key, level.label, node)} AS {text}" for text, key in computed)
        match = where(f"MATCH {pattern}", conditions)
        return where(f"{match} WITH DISTINCT {node} WITH {node}, {made}", resumed)

    def _filters(self, level: Level, node: str) -> Iterator[str]:
        page = self._page(level)
        if level.page is None or page is None:
            return
        for name in page.present:
            declared, value = level.page.filters[name], f"${name}{level.number}"
            yield self._speech.filter(declared, level.label, node, value, f"{node}_{name}")
        if page.where is not None:
            yield self._speech.condition(page.where, node)

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

    def _row(self, level: Level, keys: Sequence[tuple[str, Key]], parent: str | None = None) -> str:
        columns = [self._speech.value(level.label, f"n{level.number}", name) for name in level.columns]
        if level.has_cursors:
            columns += [text for text, _ in keys]
        if parent is not None:
            columns.append(self._parent_id(level, parent))
        return f"[{', '.join(columns)}]"

    def _parent_id(self, level: Level, parent: str) -> str:
        """What a row says of the node above, as that node's own row says it of itself."""
        return (
            f"{parent}.id" if level.parent is None else self._speech.value(level.parent.label, parent, "id")
        )


def _above(level: Level) -> tuple[str, str]:
    """What a level's subquery takes in, and the list that it starts from: its parents, or groups of ids."""
    if level.parent is None:
        return "", f"$groups{level.number}"
    return f"l{level.parent.number}", f"l{level.parent.number}"
