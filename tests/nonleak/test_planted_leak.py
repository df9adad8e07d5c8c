"""A leak planted in any rule, or in any place that asks the rules, is found by a fixed number of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    shown_by = await _first_shown(leaking, asked[:MOST], f"\n# {leak.name}")
    print(f"{leak.name}: found by triple {shown_by} of {len(asked)} {leak.shown_by}")
    assert shown_by is not None, f"{min(len(asked), MOST)} triples did not show it"


async def _first_shown(
    leaking: Mapping[str, SightedCampaign], asked: Iterable[tuple[str, Document]], mark: str
) -> int | None:
    """Which triple shows a leak first; marked, so that no text from before is used."""
    for number, (holder, document) in enumerate(asked, start=1):
        if await leaking[holder].first_differing([document], mark=mark):
            return number
    return None


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
