"""The parts of a statement: patterns, conditions and sort keys over one node, under one visibility.

No value that a caller gave is in the text. Names are fresh in every subquery, and no pattern starts from
what may be null: so it runs unchanged on both engines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.compiler.conditions import ALWAYS, AllOf, AnyOf, Comparison, Condition, Leads, Not, Search
from graph.compiler.declare import Compare, Filter, Hop, Within
from graph.compiler.grounds import Step
from graph.compiler.ordering import Key
from graph.compiler.visibility import Visibility
from graph.words import SEARCHED

_SIGNS = {
    "eq": "=",
    "in": "IN",
    "lt": "<",
    "lte": "<=",
    "gt": ">",
    "gte": ">=",
    "contains": "CONTAINS",
    "startsWith": "STARTS WITH",
}


class Speech:
    """Writes the parts of one statement; names that it makes up are numbered through."""

    def __init__(self, visibility: Visibility) -> None:
        self._visibility = visibility
        self._names = 0

    def value(self, label: str, node: str, name: str) -> str:
        """What stands for a property of a node wherever it is given away, compared or sorted by."""
        return self._visibility.value(label, node, name) or f"{node}.{name}"

    def seen(self, label: str, node: str) -> Iterator[str]:
        """The condition that the node may be seen, if there is one."""
        found = self._visibility.predicate(label, node)
        if found is not None:
            yield f"({found})"

    def pattern(
        self, label: str, start: str, hops: Sequence[Hop], end: str, stem: str
    ) -> tuple[str, list[str]]:
        """The pattern from `start`, of that label, along `hops` to `end`, and the conditions on the way."""
        text, before = f"({start})", (label, start)
        conditions: list[str] = []
        for index, hop in enumerate(hops):
            node = end if index == len(hops) - 1 else f"{stem}{index}"
            text += f"-[:{hop.relationship}]->" if hop.outgoing else f"<-[:{hop.relationship}]-"
            text += f"({node}:{hop.label})"
            conditions.extend(f"{node}.{name} = '{value}'" for name, value in hop.constants)
            if hop.current:
                conditions.append(f"{node}.start <= $today AND ({node}.end IS NULL OR {node}.end >= $today)")
            conditions.extend(self.seen(hop.label, node))
            conditions.extend(self._followed(before, hop, (hop.label, node)))
            before = (hop.label, node)
        return text, conditions

    def _followed(self, before: tuple[str, str], hop: Hop, after: tuple[str, str]) -> Iterator[str]:
        """What lets the hop be followed, asked at the node that its relationship starts from."""
        (label, node), (end, _) = (before, after) if hop.outgoing else (after, before)
        found = self._visibility.link(label, node, hop.relationship, end)
        if found is not None:
            yield f"({found})"

    def filter(self, declared: Filter, label: str, node: str, value: str, stem: str) -> str:
        """The condition of a declared filter, its value being the parameter `value`."""
        if isinstance(declared, Within):
            found = [self._within(label, node, path, value, stem) for path in declared.paths]
            return found[0] if len(found) == 1 else f"({' OR '.join(found)})"
        return _compared(declared, [self.value(label, node, name) for name in declared.properties], value)

    def condition(self, condition: Condition, label: str, node: str, *, is_strict: bool = False) -> str:
        """The condition of a `where`; a strict one is false, not null, where a property is absent."""
        match condition:
            case Comparison():
                text = self._comparison(condition, node)
                return f"coalesce({text}, false)" if is_strict else text
            case AllOf(parts=parts) | AnyOf(parts=parts):
                word, of_none = ("AND", "true") if isinstance(condition, AllOf) else ("OR", "false")
                written = [self.condition(each, label, node, is_strict=is_strict) for each in parts]
                return f"({f' {word} '.join(written)})" if written else of_none
            case Not(part=part):
                return f"NOT ({self.condition(part, label, node, is_strict=True)})"
            case Leads():
                return self._leads(condition, label, node)

    def search(self, search: Search, label: str, node: str, words: str) -> Iterator[str]:
        """The conditions that the node's text holds each of the `words`, a parameter.

        A node is found by what is shown of it: one whose text is partly masked is not found at all.
        """
        for name in search.properties:
            shown = self._visibility.value(label, node, name)
            if shown is not None:
                yield f"({node}.{name} IS NULL OR {shown} = {node}.{name})"
        yield f"all({node}w IN {words} WHERE {node}.{SEARCHED} CONTAINS {node}w)"

    def key(self, key: Key, label: str, node: str) -> str:
        """What a sort key is worth for the node."""
        if key.is_length:
            return f"size({node}.{key.name})"
        if not key.steps:
            return self.value(label, node, key.name or "id")
        return self._far(key, key.steps, label, node)

    def _far(
        self, key: Key, steps: Sequence[tuple[Step, tuple[str, str] | None]], start: str, node: str
    ) -> str:
        (step, only), rest = steps[0], steps[1:]
        pattern, conditions, end = self._matched(step, only, start, node)
        match, label = where(f"MATCH {pattern}", conditions), step.hops[-1].label
        if key.name is None and not rest:
            return f"size(COLLECT {{ {match} RETURN DISTINCT {end}.id }})"
        first = ", ".join(
            self.directed(each.removeprefix("-"), each[0] == "-", label, end) for each in step.order
        )
        inner = self._far(key, rest, label, end) if rest else self.value(label, end, key.name or "id")
        return f"head(COLLECT {{ {match} WITH {end} ORDER BY {first} LIMIT 1 RETURN {inner} }})"

    def directed(self, name: str, descends: bool, label: str, node: str) -> str:
        """A property as a term of ORDER BY."""
        return self.value(label, node, name) + (" DESC" if descends else "")

    def _matched(
        self, step: Step, only: tuple[str, str] | None, label: str, node: str
    ) -> tuple[str, list[str], str]:
        """The pattern along a step, its conditions, and the name of the node at its end."""
        self._names += 1
        end = f"{node}e{self._names}"
        pattern, conditions = self.pattern(label, node, step.hops, end, f"{end}h")
        if only:
            conditions.append(f"{end}.{only[0]} = '{only[1]}'")
        return pattern, conditions, end

    def _leads(self, leads: Leads, label: str, node: str) -> str:
        pattern, conditions, end = self._matched(leads.step, leads.only, label, node)
        if leads.part != ALWAYS:
            conditions.append(self.condition(leads.part, leads.step.hops[-1].label, end))
        return f"EXISTS {{ {where(f'MATCH {pattern}', conditions)} }}"

    def _comparison(self, asked: Comparison, node: str) -> str:
        value = self.value(asked.label, node, asked.name)
        if asked.operator in ("isNull", "notNull"):
            return f"{value} IS {'NULL' if asked.operator == 'isNull' else 'NOT NULL'}"
        if asked.operator == "has":
            return f"${asked.parameter} IN {value}"
        return f"{value} {_SIGNS[asked.operator]} ${asked.parameter}"

    def _within(self, label: str, node: str, path: Sequence[Hop], value: str, end: str) -> str:
        pattern, conditions = self.pattern(label, node, path, end, f"{end}_h")
        conditions.append(f"{self.value(path[-1].label, end, 'id')} = {value}")
        return f"EXISTS {{ MATCH {pattern} WHERE {' AND '.join(conditions)} }}"


def _compared(declared: Compare, properties: Sequence[str], value: str) -> str:
    if declared.test == "contains":
        return "(" + " OR ".join(f"toLower({each}) CONTAINS {value}" for each in properties) + ")"
    if declared.test == "holds":
        return f"{value} IN {properties[0]}"
    sign = {"equals": "=", "among": "IN", "at_least": ">=", "at_most": "<="}[declared.test]
    return f"{properties[0]} {sign} {value}"


def where(text: str, conditions: Sequence[str]) -> str:
    """The text under those conditions, all of them."""
    return f"{text} WHERE {' AND '.join(conditions)}" if conditions else text


def beyond(keys: Sequence[tuple[str, bool]], given: Sequence[object], names: Sequence[str]) -> str:
    """The condition for what comes after the node whose sort keys were `given`, as parameters `names`.

    Nulls come last going up and first going down. `keys` are `(text, descends)`; the last one, the id, is never null.
    """
    (value, descends), name = keys[0], names[0]
    rest = beyond(keys[1:], given[1:], names[1:]) if len(keys) > 1 else None
    if given[0] is None:
        past = f"{value} IS NOT NULL" if descends else None
        equal = f"{value} IS NULL"
    else:
        past = f"{value} < {name}" if descends else f"{value} > {name}"
        if rest and not descends:
            past += f" OR {value} IS NULL"
        equal = f"{value} = {name}"
    parts = [part for part in (past, f"({equal} AND {rest})" if rest else None) if part]
    return "(" + " OR ".join(parts) + ")" if parts else "false"
