"""Documents over the graph's reads, made from the schema itself; the same seed makes the same documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLField,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

from graph.compiler.declare import Entry, Path, Within
from tests.oracle.declarations import Declarations, camel
from tests.oracle.scopes import Scope
from tests.oracle.values import Argument, Pool, draw, spelled
from tests.oracle.variables import Variables

DEPTH = 4
"""How many connections or links stand inside each other at most."""
_BOOLEAN = GraphQLNonNull(GraphQLBoolean)


@dataclass(frozen=True, slots=True)
class Document:
    """A document with the sets of variables that it is asked with, and its variables that want cursors."""

    text: str
    bindings: tuple[Mapping[str, Any], ...] = ({},)
    cursors: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What documents are made from; without tallies they ask for no numbers over lists."""

    schema: GraphQLSchema
    declared: Declarations
    pool: Pool
    with_tallies: bool = True


def documents(ground: Ground, seed: int, count: int) -> Iterator[Document]:
    """The first `count` documents of a seed; document n does not depend on how many are asked for."""
    for number in range(count):
        yield _Writer(ground, Random(f"{seed}/{number}")).document()


class _Writer:
    """Writes one document."""

    def __init__(self, ground: Ground, chance: Random) -> None:
        self._schema, self._declared, self._pool = ground.schema, ground.declared, ground.pool
        self._chance = chance
        self._variables = Variables(chance)
        self._fragments: list[tuple[str, str]] = []
        """The type and the text of each named fragment."""
        self._with_tallies = ground.with_tallies
        self._is_bad = chance.random() < 0.2
        self._links = chance.choice((0, 1, 2, 3, 5, 8))
        """How many more links the document may follow, whatever its depth."""

    def document(self) -> Document:
        """The document; now and then its root selection stands in a fragment."""
        chance = self._chance
        query = self._schema.query_type
        assert query is not None
        scope = Scope()
        roots = [self._root(query, scope) for _ in range(chance.choice((1, 1, 1, 1, 2, 2, 3)))]
        if chance.random() < 0.1:
            roots.append("__typename")
        selection = " ".join(roots)
        if chance.random() < 0.08:
            selection = f"... on Query {self._directive()}{{ {selection} }}"
        parts = [f"{self._variables.head()}{{ {selection} }}"]
        parts += [
            f"fragment F{number} on {kind} {{ {text} }}"
            for number, (kind, text) in enumerate(self._fragments)
        ]
        chance.shuffle(parts)
        bindings = tuple(dict(each) for each in self._variables.bindings)
        return Document("\n".join(parts), bindings, dict(self._variables.cursors))

    def _root(self, query: GraphQLObjectType, scope: Scope) -> str:
        names = list(self._declared.entries)
        weights = [3 if name in ("node", "nodes") else 1 for name in names]
        (name,) = self._chance.choices(names, weights)
        declared = self._declared.entries[name]
        if isinstance(declared, Entry):
            return self._list(query.fields[name], name, scope, declared.filters, DEPTH)
        return self._field(query.fields[name], name, scope, DEPTH, {})

    def _list(
        self, field: GraphQLField, name: str, scope: Scope, filters: Mapping[str, Any], depth: int
    ) -> str:
        """A connection, sometimes a second time with other arguments."""
        labels = {camel(f): w.paths[0][-1].label for f, w in filters.items() if isinstance(w, Within)}
        found = self._field(field, name, scope, depth, labels)
        if self._chance.random() < 0.12:
            found += " " + self._field(field, name, scope, min(depth, 2), labels)
        return found

    def _field(
        self, field: GraphQLField, name: str, scope: Scope, depth: int, labels: Mapping[str, str]
    ) -> str:
        """One field with its alias, arguments, directives and selection."""
        chance = self._chance
        wanted = scope.new_alias() if chance.random() < 0.25 else name
        arguments = self._arguments(field, labels, wanted)
        named = get_named_type(field.type)
        told = (name, arguments, str(field.type))
        key = scope.claim(wanted, told, has_parts=bool(field.args) or not is_leaf_type(named))
        text = (name if key == name else f"{key}: {name}") + arguments + self._directive()
        if is_leaf_type(named):
            return text
        inner = scope.below(key)
        if _is_connection(named):
            assert isinstance(named, GraphQLObjectType)
            return f"{text} {{ {self._connection(named, inner, depth - 1)} }}"
        return f"{text} {{ {self._node(named, inner, depth - 1)} }}"

    def _arguments(self, field: GraphQLField, labels: Mapping[str, str], key: str) -> str:
        found: list[str] = []
        end = "first" if self._chance.random() < 0.85 else "last"
        for name, each in field.args.items():
            argument = Argument(name, each.type, labels.get(name))
            if self._is_given(argument, end):
                found.append(f"{name}: {self._value(argument, key)}")
        self._chance.shuffle(found)
        return f"({', '.join(found)})" if found else ""

    def _is_given(self, argument: Argument, end: str) -> bool:
        if isinstance(argument.kind, GraphQLNonNull):
            return True
        if argument.name in ("first", "last"):
            return self._chance.random() < (0.85 if argument.name == end else 0.02)
        likely = {"after": 0.22, "before": 0.08, "lang": 0.4, "alliance": 0.3, "text": 0.3}
        return self._chance.random() < likely.get(argument.name, 0.2)

    def _value(self, argument: Argument, key: str) -> str:
        chance = self._chance
        is_bad = self._is_bad and chance.random() < 0.15

        def value() -> Any:
            return draw(chance, self._pool, argument, argument.kind, is_bad)

        if argument.is_cursor and not is_bad:
            return self._variables.add_cursor(key)
        if chance.random() < 0.4:
            return self._variables.add(argument.kind, value)
        if not isinstance(argument.kind, GraphQLNonNull) and chance.random() < 0.08:
            return "null"
        return self._literal(argument, value())

    def _literal(self, argument: Argument, value: Any) -> str:
        """The value; of a list, some items as variables, or an only item without its brackets."""
        if not isinstance(value, list) or not 0 < len(value) < 5 or self._chance.random() < 0.6:
            return spelled(argument.kind, value)
        listed: Any = argument.kind
        listed = listed.of_type if isinstance(listed, GraphQLNonNull) else listed
        item = listed.of_type
        if len(value) == 1 and self._chance.random() < 0.5:
            return spelled(item, value[0])
        each = self._variables.add(item, lambda: value[-1])
        return f"[{', '.join([*(spelled(item, one) for one in value[:-1]), each])}]"

    def _connection(self, kind: GraphQLObjectType, scope: Scope, depth: int) -> str:
        chance = self._chance
        edge = get_named_type(kind.fields["edges"].type)
        info = get_named_type(kind.fields["pageInfo"].type)
        assert isinstance(edge, GraphQLObjectType)
        assert isinstance(info, GraphQLObjectType)
        parts: list[str] = []
        if chance.random() < 0.45:
            parts.append(self._field(kind.fields["totalCount"], "totalCount", scope, 0, {}))
        if chance.random() < 0.45:
            parts.append(self._composite("pageInfo", scope, lambda inner: self._info(info, inner)))
        for _ in range(chance.choice((0, 1, 1, 1, 1, 1, 1, 1, 1, 2)) if parts else 1):
            parts.append(self._composite("edges", scope, lambda inner: self._edge(edge, inner, depth)))
        if self._with_tallies and chance.random() < 0.15:
            parts.append(self._tally(kind, chance.choice(("aggregate", "groups")), scope))
        if chance.random() < 0.08:
            parts.append("__typename")
        chance.shuffle(parts)
        return self._wrapped(kind, parts)

    def _tally(self, kind: GraphQLObjectType, name: str, scope: Scope) -> str:
        """Numbers over the list or over its groups, where the type has them."""
        if name not in kind.fields:
            return "__typename"
        field = kind.fields[name]
        arguments = self._arguments(field, {}, name)
        key = scope.claim(name, (name, arguments, str(field.type)), has_parts=True)
        head = name if key == name else f"{key}: {name}"
        return f"{head}{arguments}{self._directive()} {{ {self._numbers(field, scope.below(key))} }}"

    def _numbers(self, field: GraphQLField, scope: Scope) -> str:
        kind = get_named_type(field.type)
        assert isinstance(kind, GraphQLObjectType)
        parts: list[str] = []
        for name in self._chance.sample(list(kind.fields), min(len(kind.fields), self._chance.randint(1, 3))):
            each = kind.fields[name]
            if is_leaf_type(get_named_type(each.type)):
                parts.append(self._field(each, name, scope, 0, {}))
            else:
                parts.append(self._tally(kind, name, scope))
        return " ".join(parts)

    def _composite(self, name: str, scope: Scope, write: Any) -> str:
        wanted = scope.new_alias() if self._chance.random() < 0.15 else name
        key = scope.claim(wanted, (name, "", ""), has_parts=True)
        head = name if key == name else f"{key}: {name}"
        return f"{head}{self._directive()} {{ {write(scope.below(key))} }}"

    def _info(self, kind: GraphQLObjectType, scope: Scope) -> str:
        names = self._chance.sample(list(kind.fields), self._chance.randint(1, 4))
        return " ".join(self._field(kind.fields[name], name, scope, 0, {}) for name in names)

    def _edge(self, kind: GraphQLObjectType, scope: Scope, depth: int) -> str:
        node = get_named_type(kind.fields["node"].type)
        parts = [self._composite("node", scope, lambda inner: self._node(node, inner, depth))]
        if self._chance.random() < 0.5:
            parts.append(self._field(kind.fields["cursor"], "cursor", scope, 0, {}))
        if self._chance.random() < 0.05:
            parts.append("__typename")
        self._chance.shuffle(parts)
        return " ".join(parts)

    def _node(self, kind: GraphQLNamedType, scope: Scope, depth: int) -> str:
        """Fields, inline fragments and named fragments on a node of that type."""
        chance = self._chance
        parts = [self._leaf(kind, scope) for _ in range(chance.randint(1, 4))]
        if depth > 0:
            parts += [self._link(kind, scope, depth) for _ in range(chance.choice((0, 1, 1, 2)))]
        conditions = self._conditions(kind)
        for _ in range(chance.choice((1, 2, 3)) if is_abstract_type(kind) else chance.choice((0, 0, 0, 1))):
            parts.append(self._condition(chance.choice(conditions), scope, depth))
        if chance.random() < 0.12:
            parts.append(self._named(self._schema.type_map[chance.choice(conditions)], depth))
        chance.shuffle(parts)
        return " ".join(part for part in parts if part)

    def _leaf(self, kind: Any, scope: Scope) -> str:
        names = [name for name, each in kind.fields.items() if is_leaf_type(get_named_type(each.type))]
        name = self._chance.choice([*names, "__typename"])
        return name if name == "__typename" else self._field(kind.fields[name], name, scope, 0, {})

    def _link(self, kind: Any, scope: Scope, depth: int) -> str:
        names = [name for name, each in kind.fields.items() if not is_leaf_type(get_named_type(each.type))]
        if not names or self._links <= 0:
            return ""
        self._links -= 1
        name = self._chance.choice(names)
        declared = self._path(kind, name)
        if declared.shape == "many":
            return self._list(kind.fields[name], name, scope, declared.filters, depth)
        return self._field(kind.fields[name], name, scope, depth, {})

    def _path(self, kind: GraphQLNamedType, name: str) -> Path:
        """The declaration behind a field that leads on; an interface's is that of any type that bears it."""
        possible = self._schema.get_possible_types(kind) if is_abstract_type(kind) else [kind]
        found: Path = self._declared.kinds[possible[0].name].fields[name]
        return found

    def _conditions(self, kind: GraphQLNamedType) -> list[str]:
        """The types that a node of this type may be, or be seen as."""
        possible = self._schema.get_possible_types(kind) if is_abstract_type(kind) else [kind]
        names = [each.name for each in possible if isinstance(each, GraphQLObjectType)]
        interfaces = [each.name for one in possible for each in getattr(one, "interfaces", ())]
        return [*names, *dict.fromkeys(interfaces)]

    def _condition(self, name: str, scope: Scope, depth: int) -> str:
        kind = self._schema.type_map[name]
        inner = [self._leaf(kind, scope) for _ in range(self._chance.randint(1, 3))]
        if depth > 0 and self._chance.random() < 0.5:
            inner.append(self._link(kind, scope, depth))
        return f"... on {name}{self._directive()} {{ {' '.join(part for part in inner if part)} }}"

    def _named(self, kind: GraphQLNamedType, depth: int) -> str:
        """A spread of a named fragment: a new one, or one that is there already."""
        known = [number for number, (name, _) in enumerate(self._fragments) if name == kind.name]
        if known and self._chance.random() < 0.5:
            return f"...F{self._chance.choice(known)}{self._directive()}"
        scope = Scope(prefix=f"f{self._chance.randrange(10**6)}_")
        parts = [self._leaf(kind, scope) for _ in range(self._chance.randint(1, 3))]
        if depth > 0 and self._chance.random() < 0.6:
            parts.append(self._link(kind, scope, depth))
        self._fragments.append((kind.name, " ".join(part for part in parts if part)))
        return f"...F{len(self._fragments) - 1}{self._directive()}"

    def _wrapped(self, kind: GraphQLObjectType, parts: list[str]) -> str:
        """The parts, a few of them inside an inline fragment, with or without its type condition."""
        if self._chance.random() < 0.15:
            cut = self._chance.randrange(len(parts))
            on = self._chance.choice(["", f" on {kind.name}"])
            parts = [*parts[:cut], f"...{on}{self._directive()} {{ {' '.join(parts[cut:])} }}"]
        return " ".join(parts)

    def _directive(self) -> str:
        chance = self._chance
        if chance.random() > 0.08:
            return ""
        name = chance.choice(("skip", "include"))
        argument = Argument("if", _BOOLEAN, None)
        if chance.random() < 0.5:
            value = self._variables.add(_BOOLEAN, lambda: chance.random() < 0.5)
        else:
            value = spelled(_BOOLEAN, draw(chance, self._pool, argument, _BOOLEAN, False))
        return f" @{name}(if: {value})"


def _is_connection(kind: GraphQLNamedType) -> bool:
    return isinstance(kind, GraphQLObjectType) and "edges" in kind.fields
