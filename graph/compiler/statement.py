"""A plan as one Cypher statement: a subquery a level, each giving a list of value rows and its nodes.

The text holds no value that a caller gave. It runs unchanged on both engines, which is why names are fresh
in every subquery, no pattern starts from what may be null, and every list is ordered before it is collected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.compiler.binding import Binding
from graph.compiler.declare import Filter, Hop, Within
from graph.compiler.plan import Level, Plan
from graph.compiler.visibility import Visibility


def render(plan: Plan, binding: Binding, visibility: Visibility) -> str:
    """The statement, or "" when the plan needs none."""
    writer = _Writer(binding, visibility)
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
    def __init__(self, binding: Binding, visibility: Visibility) -> None:
        self._binding = binding
        self._visibility = visibility

    def rows(self, level: Level) -> str:
        number, node = level.number, f"n{level.number}"
        order = self._order(level, node)
        limit = f" LIMIT $first{number}" if level.page else ""
        if level.parent is None and not level.is_grouped:
            match = self._match(level, None, node, is_resumed=True)
            kept = f" AS r{number}" + (f", collect({node}) AS l{number}" if level.has_children else "")
            return f"CALL () {{ {match} WITH {node} ORDER BY {order}{limit} RETURN collect({self._row(level)}){kept} }}"
        parent = f"p{number}"
        match = self._match(level, parent, node, is_resumed=True)
        if level.page:
            inner = (
                f"CALL ({parent}) {{ {match} WITH DISTINCT {node} ORDER BY {order}{limit} RETURN {node} }}"
            )
        else:
            inner = f"{match} WITH DISTINCT {parent}, {node} ORDER BY {order}"
        kept = f", collect(DISTINCT {node}) AS l{number}" if level.has_children else ""
        scope, above = _above(level)
        return (
            f"CALL ({scope}) {{ UNWIND {above} AS {parent} {inner} "
            f"RETURN collect({self._row(level, parent)}) AS r{number}{kept} }}"
        )

    def count(self, level: Level) -> str:
        number, node = level.number, f"m{level.number}"
        if level.parent is None and not level.is_grouped:
            match = self._match(level, None, node, is_resumed=False)
            return f"CALL () {{ {match} RETURN count({node}) AS t{number} }}"
        parent = f"q{number}"
        scope, above = _above(level)
        match = self._match(level, parent, node, is_resumed=False)
        return (
            f"CALL ({scope}) {{ UNWIND {above} AS {parent} {match} WITH {parent}, count(DISTINCT {node}) AS k{number} "
            f"RETURN collect([{self._parent_id(level, parent)}, k{number}]) AS t{number} }}"
        )

    def _match(self, level: Level, parent: str | None, node: str, is_resumed: bool) -> str:
        if level.parent is None:
            pattern, conditions = f"({node}:{level.label})", list(self._seen(level.label, node))
        else:
            assert parent is not None
            pattern, conditions = self._pattern(parent, level.hops, node, f"{node}h")
        if level.only:
            conditions.append(f"{node}.{level.only[0]} = '{level.only[1]}'")
        if level.is_grouped:
            conditions.append(f"{node}.id IN {parent}.ids")
        if level.by_ids:
            conditions.append(f"{self._value(level.label, node, 'id')} IN $ids{level.number}")
        conditions.extend(self._filters(level, node))
        if is_resumed:
            conditions.extend(self._resumed(level, node))
        return f"MATCH {pattern}" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")

    def _pattern(self, start: str, hops: Sequence[Hop], end: str, stem: str) -> tuple[str, list[str]]:
        """The pattern from `start` along `hops` to `end`, and the conditions on the nodes on the way."""
        text = f"({start})"
        conditions: list[str] = []
        for index, hop in enumerate(hops):
            node = end if index == len(hops) - 1 else f"{stem}{index}"
            text += f"-[:{hop.relationship}]->" if hop.outgoing else f"<-[:{hop.relationship}]-"
            text += f"({node}:{hop.label})"
            conditions.extend(f"{node}.{name} = '{value}'" for name, value in hop.constants)
            if hop.current:
                conditions.append(f"{node}.start <= $today AND ({node}.end IS NULL OR {node}.end >= $today)")
            conditions.extend(self._seen(hop.label, node))
        return text, conditions

    def _seen(self, label: str, node: str) -> Iterator[str]:
        found = self._visibility.predicate(label, node)
        if found is not None:
            yield f"({found})"

    def _filters(self, level: Level, node: str) -> Iterator[str]:
        if level.page is None:
            return
        for name in self._binding.pages[level.number].present:
            yield self._filter(
                level.page.filters[name],
                level.label,
                node,
                f"${name}{level.number}",
                f"{node}_{name}",
            )

    def _filter(self, declared: Filter, label: str, node: str, value: str, stem: str) -> str:
        if isinstance(declared, Within):
            found = [self._leads(node, path, value, stem) for path in declared.paths]
            return found[0] if len(found) == 1 else f"({' OR '.join(found)})"
        where = [self._value(label, node, name) for name in declared.properties]
        return _comparison(declared.test, where, value)

    def _leads(self, node: str, path: Sequence[Hop], value: str, end: str) -> str:
        pattern, conditions = self._pattern(node, path, end, f"{end}_h")
        conditions.append(f"{self._value(path[-1].label, end, 'id')} = {value}")
        return f"EXISTS {{ MATCH {pattern} WHERE {' AND '.join(conditions)} }}"

    def _resumed(self, level: Level, node: str) -> Iterator[str]:
        page = self._binding.pages.get(level.number)
        if page is None or page.after is None:
            return
        names = [f"$after{level.number}_{index}" for index in range(len(level.order))]
        keys = [(key[0] == "-", self._value(level.label, node, key.removeprefix("-"))) for key in level.order]
        yield _after(keys, page.after, names)

    def _value(self, label: str, node: str, name: str) -> str:
        """What stands for a property of a node wherever it is given away, compared or sorted by."""
        return self._visibility.value(label, node, name) or f"{node}.{name}"

    def _row(self, level: Level, parent: str | None = None) -> str:
        columns = [self._value(level.label, f"n{level.number}", name) for name in level.columns]
        if parent is not None:
            columns.append(self._parent_id(level, parent))
        return f"[{', '.join(columns)}]"

    def _parent_id(self, level: Level, parent: str) -> str:
        """What a row says of the node above, as that node's own row says it of itself."""
        return f"{parent}.id" if level.parent is None else self._value(level.parent.label, parent, "id")

    def _order(self, level: Level, node: str) -> str:
        keys = [(self._value(level.label, node, key.removeprefix("-")), key[0] == "-") for key in level.order]
        return ", ".join(f"{value} DESC" if descends else value for value, descends in keys)


def _above(level: Level) -> tuple[str, str]:
    """What a level's subquery takes in, and the list that it starts from: its parents, or groups of ids."""
    if level.parent is None:
        return "", f"$groups{level.number}"
    return f"l{level.parent.number}", f"l{level.parent.number}"


def _comparison(test: str, where: Sequence[str], value: str) -> str:
    if test == "contains":
        return "(" + " OR ".join(f"toLower({each}) CONTAINS {value}" for each in where) + ")"
    if test == "holds":
        return f"{value} IN {where[0]}"
    sign = {"equals": "=", "among": "IN", "at_least": ">=", "at_most": "<="}[test]
    return f"{where[0]} {sign} {value}"


def _after(order: Sequence[tuple[bool, str]], keys: Sequence[object], names: Sequence[str]) -> str:
    """The condition for what comes after the keys; nulls come last going up and first going down.

    `order` says of each sort key whether it descends, and what stands for it. The last one, the id, is never null.
    """
    (descends, value), name = order[0], names[0]
    rest = _after(order[1:], keys[1:], names[1:]) if len(order) > 1 else None
    if keys[0] is None:
        beyond = f"{value} IS NOT NULL" if descends else None
        equal = f"{value} IS NULL"
    else:
        beyond = f"{value} < {name}" if descends else f"{value} > {name}"
        if rest and not descends:
            beyond += f" OR {value} IS NULL"
        equal = f"{value} = {name}"
    parts = [part for part in (beyond, f"({equal} AND {rest})" if rest else None) if part]
    return "(" + " OR ".join(parts) + ")" if parts else "false"
