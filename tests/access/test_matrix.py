"""Each role sees of each label the rows and the fields that were agreed on, over the API, on both engines."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from graph.access.viewer import Viewer
from graph.model.nouns import LABELS as ALL_LABELS
from graph.model.nouns import NOUNS
from graph.store import Store
from schema.root import schema
from tests.access.asking import data_for
from tests.access.county import MIXED, ROLES, TODAY
from tests.access.expected import Role, Views, shown_id, shows, views
from tests.access.matrix import HOLDERS, LABELS, SEES
from tests.access.world import World, read_world

TYPES = {"Person": ("Teacher", "Expert", "ResearchOfficer")}
"""The types of a label, where they are not of its name."""


def test_the_matrix_names_every_label_and_every_role() -> None:
    assert set(LABELS) == set(ALL_LABELS)
    assert set(HOLDERS) == {*ROLES, "administrator"}


async def test_every_role_sees_the_rows_and_fields_of_the_matrix_and_no_others(county: Store) -> None:
    world = await read_world(county)
    for holder in HOLDERS:
        roles = ROLES.get(holder, ())
        seen = _expected(world, holder, roles)
        for label in LABELS:
            assert _cell(seen, label) == SEES[holder, label], (holder, label)
            await _assert_seen(county, world, holder, label, seen)


async def test_somebody_with_several_roles_and_those_of_the_second_alliance_see_theirs(county: Store) -> None:
    world = await read_world(county)
    for holder, roles in MIXED.items():
        seen = _expected(world, holder, roles)
        for label in LABELS:
            await _assert_seen(county, world, holder, label, seen)


def _expected(world: World, holder: str, roles: tuple[Role, ...]) -> Views:
    if holder == "administrator":
        return {(label, id): {"whole", "everything"} for label in LABELS for id in world.of(label)}
    return views(world, roles, TODAY.isoformat(), holder)


def _cell(seen: Views, label: str) -> str:
    """How the matrix writes the widest views of the label's rows."""
    letters = {"whole": "W", "narrow": "N", "pseudonym": "P"}
    widest = {
        next(view for view in letters if view in kinds) for (each, _), kinds in seen.items() if each == label
    }
    return "".join(letters[view] for view in letters if view in widest) or "-"


async def _assert_seen(store: Store, world: World, holder: str, label: str, seen: Views) -> None:
    """The holder gets exactly the rows that he should, asked for under every id, with exactly their fields."""
    own = sorted(world.of(label))
    false_names = [str(node["pseudonym"]) for node in world.of(label).values() if "pseudonym" in node]
    wanted = {
        f"{label}:{shown_id(world, label, id, seen[label, id])}": _row(world, label, id, seen[label, id])
        for id in own
        if (label, id) in seen
    }
    found: dict[str, Any] = {}
    for ids in ([f"{label}:{id}" for id in own], [f"{label}:{id}" for id in false_names]):
        data = await data_for(store, holder, _document(label), ids=ids) if ids else {"nodes": []}
        found |= {each["id"]: each for each in data["nodes"] if each is not None}
    assert found == wanted, (holder, label)


def _leaves(kind: str, label: str) -> dict[str, str]:
    """The stored properties of a type by GraphQL name: `pseudonym` and the noun's own."""
    fields = [each.name for noun in NOUNS if noun.label == label for each in noun.properties]
    definition = schema._schema.type_map[kind]
    assert isinstance(definition, GraphQLObjectType)
    by_name = {_camel(name): name for name in [*fields, "pseudonym"] if name != "id"}
    return {
        name: stored
        for name, stored in by_name.items()
        if name in definition.fields and is_leaf_type(get_named_type(definition.fields[name].type))
    }


def _document(label: str) -> str:
    parts = " ".join(
        f"... on {kind} {{ {' '.join(_leaves(kind, label))} }}" for kind in TYPES.get(label, (label,))
    )
    return f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename id code {parts} }} }}"


def _row(world: World, label: str, id: str, kinds: set[str]) -> dict[str, object]:
    stored = world.of(label)[id]
    kind = label if label != "Person" else _type_of(str(stored["kind"]))
    under = shown_id(world, label, id, kinds)
    row: dict[str, object] = {"__typename": kind, "id": f"{label}:{under}", "code": under}
    for name, field in _leaves(kind, label).items():
        is_shown = "everything" in kinds or shows(label, kinds, field)
        row[name] = stored.get(field) if is_shown else None
        if row[name] is None and field in ("grade_bands", "context_tags"):
            row[name] = []
    return row


def _type_of(kind: str) -> str:
    return "".join(part.capitalize() for part in kind.split("_"))


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


@pytest.mark.parametrize("holder", ["somebody nobody knows"])
async def test_a_holder_without_a_role_sees_the_vocabulary_only(county: Store, holder: str) -> None:
    assert Viewer(holder).assignments == ()
    world = await read_world(county)
    seen = _expected(world, holder, ())
    assert {label for label, _ in seen} == {"Topic", "Semester", "RuleSet", "Rule"}
    for label in LABELS:
        await _assert_seen(county, world, holder, label, seen)
