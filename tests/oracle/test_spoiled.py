"""Stored data that does not fit the schema gives the errors that plain graphql-core gives, where it gives them."""

from __future__ import annotations

import pytest

from tests.oracle import test_oracle
from tests.oracle.campaign import Campaign
from tests.oracle.corpus import corpus
from tests.oracle.documents import Document
from tests.oracle.plants import PLANTS, Plant
from tests.oracle.test_oracle import COUNT, SEED, SOAKED, asked_of
from tests.oracle.test_planted import first_found

WALK = """query ($id: ID!) { node(id: $id) { __typename
  ... on Person { who: name kind subject subjectLabel gradeBands gradeBandLabels availabilities { totalCount } }
  ... on Teacher { yearsTaught secondedFrom }
  ... on School { devices level }
  ... on Employment { start person { name } school { name } }
  ... on Capability { on session { id } topic { name } }
  ... on Session { number sort: kind sortLabel: kindLabel order { sessions { edges { node { number kind } } } } }
  ... on Resource { sizeBytes contextTags name }
  ... on Need { formedOn topic { name } where: school { name } }
} }"""
"""Everything that was spoiled, node by node."""


def _walk(asked: Campaign) -> Document:
    keys = [node.key for node in asked.graph.all() if node.label in asked.ground().pool.ids]
    return Document(WALK, tuple({"id": key} for key in sorted(keys)))


async def test_every_node_that_was_spoiled_is_told_alike(spoiled: Campaign) -> None:
    asked = spoiled.again()
    found = await asked.differing([_walk(asked)])
    assert not found, test_oracle._told(found)
    assert asked.seen["BAD_REQUEST"] == 0
    assert asked.seen["BAD_DATA"] >= 11


async def test_documents_that_are_kept_fail_alike(spoiled: Campaign) -> None:
    # Numbers over what does not fit are the engine's own refusals.
    found = await spoiled.again().differing([each for each in corpus() if "aggregate" not in each.text])
    assert not found, test_oracle._told(found)


async def test_generated_documents_fail_alike(spoiled: Campaign) -> None:
    assert await test_oracle._differing(spoiled, SEED + 2, asked_of(spoiled.store.engine, COUNT // 2)) == []


@pytest.mark.soak
async def test_thousands_of_generated_documents_fail_alike(spoiled: Campaign) -> None:
    assert await test_oracle._differing(spoiled, SEED + 3, max(COUNT, SOAKED) // 2) == []


@pytest.mark.parametrize("plant", [each for each in PLANTS if each.needs_spoiled], ids=lambda each: each.name)
async def test_a_bug_planted_in_what_checks_stored_data_is_found(
    spoiled: Campaign, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await first_found(spoiled, plant, monkeypatch, [_walk(spoiled)]) is not None
