"""Plain graphql-core over the same data, kept in Python: what every answer is compared with.

It shares no code with the compiler: its resolvers are written here, one a field, over `NODES` and `LINKS`.
It gives no cursors, so compared documents select none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    default_field_resolver,
    graphql_sync,
)

from tests.schema.kit.orchards import LINKS, NODES, TODAY

Record = dict[str, Any]
KINDS = {"GARDENER": "Gardener", "BEEKEEPER": "Beekeeper"}
LABELS = {"ZH": {"CLAY": "黏土", "SAND": "沙土"}, "EN": {"CLAY": "clay", "SAND": "sand"}}


def answer(sdl: str, document: str, variables: dict[str, Any] | None = None) -> tuple[Any, Any]:
    """`(data, [(message, path)])` of a document."""
    schema = build_schema(sdl)
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for name, field in kind.fields.items():
                field.resolve = _RESOLVERS.get((kind.name, name), field.resolve or default_field_resolver)
    _type_abstracts(schema)
    result = graphql_sync(schema, document, variable_values=variables)
    return result.data, [(error.message, error.path) for error in result.errors or ()]


def _type_abstracts(schema: GraphQLSchema) -> None:
    for name in ("Node", "Helper"):
        kind: Any = schema.type_map[name]
        kind.resolve_type = lambda record, info, of: record["__typename"]


def _records(label: str) -> list[Record]:
    return [_record(label, row) for row in NODES[label]]


def _record(label: str, row: dict[str, object]) -> Record:
    kind = KINDS[str(row["kind"])] if label == "Helper" else label
    lists: Record = {"skills": [], "soils": []}
    return {
        **lists,
        **row,
        "own": row["id"],
        "id": f"{label}:{row['id']}",
        "code": row["id"],
        "__typename": kind,
        "label": label,
    }


def _follow(record: Record, relationship: str, label: str, out: bool) -> list[Record]:
    found = []
    for start_label, start, name, end_label, end in LINKS:
        here, there = (
            ((start_label, start), (end_label, end)) if out else ((end_label, end), (start_label, start))
        )
        if name == relationship and here == (record["label"], record["own"]) and there[0] == label:
            found += [each for each in _records(label) if each["own"] == there[1]]
    return found


def _sorted(records: list[Record], order: tuple[str, ...]) -> list[Record]:
    """Each once, by `order`; nulls last going up and first going down."""
    once = list({(each["label"], each["own"]): each for each in records}.values())
    once.sort(key=lambda each: each["own"])
    for key in reversed(order):
        name, down = key.removeprefix("-"), key.startswith("-")
        once.sort(
            key=lambda each: (
                (each.get(name) is None, each.get(name) or 0) if each.get(name) is not None else (True, 0)
            ),
            reverse=down,
        )
    return once


def _page(records: list[Record], first: int | None) -> Record:
    first = 20 if first is None else first
    if not 0 <= first <= 100:
        raise GraphQLError(f"first must be between 0 and 100, got {first}")
    page = records[:first]
    return {
        "totalCount": len(records),
        "pageInfo": {"hasNextPage": len(records) > first, "hasPreviousPage": False},
        "edges": [{"node": each} for each in page],
    }


def _helpers(orchard: Record, current: bool) -> list[Record]:
    day = TODAY.isoformat()
    cares = _follow(orchard, "AT", "Care", False)
    if current:
        cares = [
            each for each in cares if each["start"] <= day and (each.get("end") is None or each["end"] >= day)
        ]
    return [helper for care in cares for helper in _follow(care, "BY", "Helper", True)]


def _orchards(source: object, info: object, first: int | None = 20, **given: Any) -> Record:
    tests: dict[str, Callable[[Record, Any], bool]] = {
        "text": lambda each, value: value.lower() in each["name"].lower(),
        "soil": lambda each, value: each.get("soil") == value,
        "soilIn": lambda each, value: each.get("soil") in value,
        "soils": lambda each, value: value in each["soils"],
        "plantedFrom": lambda each, value: each.get("planted") is not None and each["planted"] >= value,
        "plantedTo": lambda each, value: each.get("planted") is not None and each["planted"] <= value,
        "helper": lambda each, value: value in [helper["id"] for helper in _helpers(each, False)],
    }
    kept = [
        each
        for each in _records("Orchard")
        if all(tests[name](each, value) for name, value in given.items() if value is not None)
    ]
    return _page(_sorted(kept, ("name",)), first)


def _first_or_none(records: list[Record]) -> Record | None:
    return records[0] if records else None


def _trees(orchard: Record, info: object, first: int | None = 20, kind: str | None = None) -> Record:
    found = [each for each in _follow(orchard, "IN", "Tree", False) if kind in (None, each["kind"])]
    return _page(_sorted(found, ("height",)), first)


def _kind(name: str) -> Any:
    return lambda source, info, first=20: _page(
        _sorted(
            [each for each in _records("Helper") if name in ("Helper", each["__typename"])],
            ("-name",) if name == "Helper" else (),
        ),
        first,
    )


def _cares(helper: Record, info: object, first: int | None = 20) -> Record:
    return _page(_sorted(_follow(helper, "BY", "Care", False), ("-start",)), first)


def _node(source: object, info: object, id: str) -> Record | None:  # the argument's name
    return next((each for label in NODES for each in _records(label) if each["id"] == id), None)


_RESOLVERS: dict[tuple[str, str], Any] = {
    ("Query", "orchards"): _orchards,
    ("Query", "gardeners"): _kind("Gardener"),
    ("Query", "helpers"): _kind("Helper"),
    ("Query", "trees"): lambda source, info, first=20: _page(_sorted(_records("Tree"), ("-height",)), first),
    ("Query", "node"): _node,
    ("Query", "nodes"): lambda source, info, ids: [_node(source, info, each) for each in ids],
    ("Query", "bestTree"): lambda source, info, own: _node(source, info, f"Tree:{own}"),
    ("Orchard", "soilLabel"): lambda orchard, info, lang="EN": LABELS[lang].get(orchard.get("soil")),
    ("Orchard", "title"): lambda orchard, info: f"{orchard['name']} ({orchard.get('area')})",
    ("Orchard", "trees"): _trees,
    ("Orchard", "caring"): lambda orchard, info, first=20: _page(_sorted(_helpers(orchard, True), ()), first),
    ("Orchard", "gardeners"): lambda orchard, info: _sorted(
        [each for each in _helpers(orchard, False) if each["__typename"] == "Gardener"], ()
    ),
    ("Orchard", "oldest"): lambda orchard, info: _first_or_none(
        _sorted(_follow(orchard, "IN", "Tree", False), ("planted",))
    ),
    ("Gardener", "boss"): lambda helper, info: _first_or_none(_follow(helper, "UNDER", "Helper", True)),
    ("Gardener", "cares"): _cares,
    ("Beekeeper", "cares"): _cares,
    ("Tree", "orchard"): lambda tree, info: _first_or_none(_follow(tree, "IN", "Orchard", True)),
    ("Care", "helper"): lambda care, info: _first_or_none(_follow(care, "BY", "Helper", True)),
    ("Care", "orchard"): lambda care, info: _first_or_none(_follow(care, "AT", "Orchard", True)),
}
