"""What a calculation is given of an alliance: every part, fetched by name, one statement each."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from graph.errors import NotFound
from graph.store import Store, count_statements
from recommender.situation import Situation
from resolvers.situation import COUNTING, FORMING, ORDERING, PARTS, load_situation
from tests.journeys.county import ALLIANCE, SHEETS

TODAY = date(2025, 3, 10)


def test_every_field_of_a_situation_can_be_fetched() -> None:
    assert set(PARTS) == {field.name for field in fields(Situation)} - {"today"}


@pytest.mark.parametrize("parts", [FORMING, ORDERING, COUNTING])
def test_each_purpose_fetches_known_parts_once(parts: list[str]) -> None:
    assert set(parts) <= set(PARTS)
    assert len(parts) == len(set(parts))


async def test_a_situation_holds_what_the_workbook_brought(county: Store) -> None:
    with count_statements() as counted:
        found = await load_situation(county.read, ALLIANCE, TODAY, list(PARTS))

    assert counted.total == len(PARTS) + 1
    assert found.today == TODAY
    # Experts and officers serve every alliance; a node is read as a teacher where its kind says so.
    assert len(found.people) == len(SHEETS["人员"])
    assert len(found.teachers) == 12
    assert [each.id for each in found.schools] == ["s-e", "s-m", "s-q"]
    assert len(found.memberships) == 3
    assert len(found.employments) == 12
    assert [each.id for each in found.needs] == ["n-12"]
    assert [each.id for each in found.attendances] == ["h-1"]
    assert sorted((each.person, each.rung.name) for each in found.capabilities) == [
        ("p-03", "LED_ALONE"),
        ("p-11", "ASSISTED"),
    ]
    assert [each.id for each in found.resources] == ["z-1", "z-2", "z-3", "z-4"]
    assert len(found.evidence) == 9


async def test_what_is_not_asked_for_stays_empty(county: Store) -> None:
    found = await load_situation(county.read, ALLIANCE, TODAY, ["topics"])
    assert len(found.topics) == 5
    assert found.people == ()


async def test_an_unknown_alliance_is_refused(county: Store) -> None:
    with pytest.raises(NotFound) as refused:
        await load_situation(county.read, "a-none", TODAY, FORMING)
    assert refused.value.field == "alliance"
