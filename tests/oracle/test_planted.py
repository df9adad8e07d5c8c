"""A bug planted in any part of the compiler is found by the corpus and the generated documents."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import pytest

from tests.oracle.campaign import Campaign, Difference
from tests.oracle.corpus import corpus
from tests.oracle.documents import Document, documents
from tests.oracle.plants import PLANTS, Plant
from tests.oracle.test_oracle import SEED

COUNT = 60
"""How many generated documents may be needed beside the corpus."""


@pytest.mark.parametrize(
    "plant", [each for each in PLANTS if not each.needs_spoiled], ids=lambda each: each.name
)
async def test_a_planted_bug_is_found(
    campaign: Campaign, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await first_found(campaign, plant, monkeypatch) is not None


async def first_found(
    campaign: Campaign, plant: Plant, monkeypatch: pytest.MonkeyPatch, first: Sequence[Document] = ()
) -> Difference | None:
    """Plants the bug and gives the first difference that shows it, or None. Documents are marked, so that no plan from before is used."""
    asked = campaign.again()
    plant.plant(monkeypatch)
    everything = chain(first, corpus(), documents(asked.ground(), SEED, COUNT))
    found = await asked.first_differing(everything, mark=f"\n# {plant.name}")
    print(f"{plant.name}: {'found' if found else 'NOT FOUND'} by execution {asked.executions}")
    return found
