"""The compiled answers equal those of plain graphql-core: data, errors, paths and order."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.store import Store
from tests.schema.kit import reference
from tests.schema.kit.orchards import context, orchard_schema, plant

DOCUMENTS: list[tuple[str, dict[str, Any]]] = [
    ("{ orchards { totalCount edges { node { id code name planted soil soils area } } } }", {}),
    ("{ orchards(first: 2) { pageInfo { hasNextPage hasPreviousPage } edges { node { name } } } }", {}),
    ("{ orchards(first: 3) { pageInfo { hasNextPage } totalCount } }", {}),
    ("{ orchards(first: 0) { totalCount pageInfo { hasNextPage } edges { node { id } } } }", {}),
    ("{ orchards(first: null) { totalCount edges { node { id } } } }", {}),
    ("{ orchards(first: 101) { totalCount } trees { totalCount } }", {}),
    ("{ trees(first: 2) { edges { node { id height orchard { id name } } } } }", {}),
    ('{ orchards(text: "AP") { edges { node { id } } } }', {}),
    ("{ orchards(soil: SAND) { totalCount edges { node { id soil } } } }", {}),
    ("query ($s: [Soil!]) { orchards(soilIn: $s) { edges { node { id } } } }", {"s": ["SAND", "CLAY"]}),
    ("query ($s: Soil) { orchards(soils: $s) { totalCount } }", {"s": "SAND"}),
    ("query ($s: Soil) { orchards(soil: $s) { totalCount } }", {}),
    ("query ($s: Soil) { orchards(soil: $s) { totalCount } }", {"s": None}),
    (
        '{ orchards(plantedFrom: "2001-04-05", plantedTo: "2009-12-31") { edges { node { id planted } } } }',
        {},
    ),
    ('{ orchards(helper: "Helper:h3") { edges { node { id } } } }', {}),
    ('{ orchards(helper: "Helper:h3", soil: CLAY, text: "p") { totalCount } }', {}),
    (
        "{ orchards { edges { node { trees(first: 2) { totalCount pageInfo { hasNextPage } edges { node { id height } } } } } } }",
        {},
    ),
    (
        "query ($k: String) { orchards { edges { node { trees(kind: $k) { totalCount edges { node { id kind } } } } } } }",
        {"k": "pear"},
    ),
    ("{ orchards { edges { node { trees(first: -1) { totalCount } name } } } }", {}),
    (
        "{ orchards { edges { node { a: trees(first: 1) { edges { node { id } } } b: trees { edges { node { kind } } } } } } }",
        {},
    ),
    (
        "{ orchards { edges { node { trees { edges { node { id } } } } } a: edges { n: node { trees { totalCount } } } } }",
        {},
    ),
    (
        "{ orchards { edges { node { caring { totalCount edges { node { __typename id name skills } } } } } } }",
        {},
    ),
    ("{ orchards { edges { node { gardeners { id name boss { name boss { name } } } } } } }", {}),
    ("{ orchards { edges { node { oldest { id planted orchard { oldest { kind } } } } } } }", {}),
    ("{ orchards { edges { node { soilLabel en: soilLabel(lang: EN) title } } } }", {}),
    ("query ($l: Language!) { orchards { edges { node { soilLabel(lang: $l) } } } }", {"l": "EN"}),
    (
        "{ helpers { edges { node { __typename name ... on Beekeeper { hives } ... on Gardener { boss { id } } } } } }",
        {},
    ),
    ("{ helpers { edges { node { ... on Beekeeper { x: hives } ... on Gardener { x: name } } } } }", {}),
    (
        "{ helpers { edges { node { ...H cares { edges { node { start end orchard { name } } } } } } } } fragment H on Helper { ... on Node { id code } name }",
        {},
    ),
    (
        "{ gardeners { totalCount edges { node { __typename name cares(first: 1) { totalCount edges { node { id } } } } } } }",
        {},
    ),
    (
        "query ($y: Boolean!) { orchards { edges { node { id name @include(if: $y) trees @skip(if: $y) { totalCount } } } } }",
        {"y": True},
    ),
    (
        "query ($y: Boolean!) { orchards { edges { node { id name @include(if: $y) trees @skip(if: $y) { totalCount } } } } }",
        {"y": False},
    ),
    (
        "{ orchards { ...P } orchards { edges { node { name } } } } fragment P on OrchardConnection { totalCount edges { node { id } } }",
        {},
    ),
    ("{ orchards { __typename pageInfo { __typename } edges { __typename node { __typename } } } }", {}),
    ("{ x: orchards { __typename } }", {}),
    (
        '{ node(id: "Orchard:o2") { __typename id code ... on Orchard { name trees { edges { node { id } } } } ... on Tree { kind } } }',
        {},
    ),
    (
        '{ node(id: "Helper:h2") { __typename ... on Helper { name } ... on Beekeeper { hives } } none: node(id: "Tree:t9") { id } }',
        {},
    ),
    (
        '{ nodes(ids: ["Tree:t5", "Orchard:o1", "Tree:t1", "Tree:t5", "Helper:h3", "Pear:p1"]) { __typename id ... on Tree { height } ... on Gardener { name } } }',
        {},
    ),
    ("{ nodes(ids: []) { id } }", {}),
    ('{ bestTree(own: "t2") { id orchard { name } } }', {}),
    ('{ bestTree(own: "t9") { id } }', {}),
    ('{ __typename orchards { totalCount } __type(name: "Orchard") { name } }', {}),
]


@pytest.fixture
def sdl() -> str:
    """The printed schema of the small world."""
    return orchard_schema().as_str()


@pytest.mark.parametrize("index", range(len(DOCUMENTS)))
async def test_the_compiled_answer_is_the_walked_one(store: Store, sdl: str, index: int) -> None:
    document, variables = DOCUMENTS[index]
    await plant(store)
    result = await orchard_schema().execute(document, variable_values=variables, context_value=context(store))
    errors = [(error.message, error.path) for error in result.errors or ()]
    expected_data, expected_errors = reference.answer(sdl, document, variables)
    assert json.dumps(result.data) == json.dumps(expected_data)
    assert errors == expected_errors
