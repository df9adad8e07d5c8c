"""A leak planted in any rule, or in any place that asks the rules, is found by a fixed number of documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

import pytest

from tests.nonleak.asked import in_turns, walks
from tests.nonleak.campaign import SightedCampaign
from tests.nonleak.conftest import Settle
from tests.nonleak.leaks import LEAKS, Leak
from tests.nonleak.sweeps import PARTLY_SHOWN, filters, refusals, searches, sweeps
from tests.oracle.documents import Document, documents

COUNTY = 2025
COUNT = 30
"""How many generated documents there are; each is asked by several holders."""
MOST = 250
"""How many triples of the kind that must show a leak are asked at most."""


@pytest.mark.parametrize("leak", LEAKS, ids=lambda each: each.name)
async def test_a_planted_leak_is_found(settle: Settle, leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    found = await settle(COUNTY)
    asked = list(_triples(found, leak.shown_by))
    Random(COUNTY).shuffle(asked)
    leak.plant(monkeypatch)
    leaking = {holder: await each.with_viewer_read_anew() for holder, each in found.items()}
    for number, (holder, document) in enumerate(asked[:MOST], start=1):
        # Marked, so that no text from before is used.
        if await leaking[holder].first_differing([document], mark=f"\n# {leak.name}"):
            print(f"{leak.name}: found by triple {number} of {len(asked)} {leak.shown_by}, of {holder}")
            return
    pytest.fail(f"{min(len(asked), MOST)} triples did not show it")


def _triples(found: Mapping[str, SightedCampaign], kind: str) -> Iterator[tuple[str, Document]]:
    if kind == "generated":
        for holders, document in in_turns(documents(found["nobody"].ground(), COUNTY, COUNT)):
            yield from ((holder, document) for holder in holders)
        return
    for holder, asked in found.items():
        made = {
            "walks": walks(asked),
            "sweeps": sweeps(asked, PARTLY_SHOWN),
            "searches": searches(asked),
            "refusals": refusals(asked),
            "filters": filters(asked),
        }
        yield from ((holder, document) for document in made[kind])
