"""Forming needs: once they are there, done again changes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import NotFound
from graph.model.needs import Need, NeedGroup
from graph.nodes import load
from graph.store import Store, count_statements
from resolvers.needs import form_needs
from tests.journeys.county import ALLIANCE
from tests.journeys.spring import NEEDY, RULES, on, statuses
from tests.journeys.standing import everything, unchanged
from tests.resolvers.traces import last_audit

DAY = date(2025, 3, 10)


async def test_needs_rest_on_evidence_and_requests_and_five_of_them_are_common(county: Store) -> None:
    with count_statements() as counted:
        formed = await form_needs(county, on(DAY), ALLIANCE, RULES)

    assert counted.total == 29
    needs = {each.teacher: each for each in await load(county.read, Need)}
    assert sorted(formed.created) == sorted(each.id for each in needs.values() if each.id != "n-12")
    assert (formed.changed, len(formed.groups)) == ([], 1)
    # Odds of .5 from the prior, times 1.31 for the survey and 1.64 for the observation: 1.0742.
    assert needs["p-05"].confidence == pytest.approx(0.5179, abs=1e-4)
    assert needs["p-05"].severity == 2.5
    assert needs["p-05"].evidence == ("k-05", "w-05")
    assert needs["p-10"].requests == ("q-10",)
    assert needs["p-10"].confidence == pytest.approx(0.5122, abs=1e-4)
    assert {teacher for teacher, need in needs.items() if need.group} == set(NEEDY)
    (group,) = await load(county.read, NeedGroup)
    assert (group.topic, group.teachers, group.schools) == ("t-ld", 5, 2)
    action, actor, subjects = await last_audit(county)
    assert (action, actor, subjects[0], len(subjects)) == ("formNeeds", "clerk", f"Alliance:{ALLIANCE}", 7)


async def test_formed_again_nothing_is_new_and_no_noun_moves(formed: Store) -> None:
    needs, groups = await load(formed.read, Need), await load(formed.read, NeedGroup)
    again = await form_needs(formed, on(DAY), ALLIANCE, RULES)
    assert (again.created, again.changed, again.groups) == ([], [], [])
    assert (await load(formed.read, Need), await load(formed.read, NeedGroup)) == (needs, groups)


async def test_under_one_key_it_is_answered_as_at_first_and_nothing_is_written(county: Store) -> None:
    first = await form_needs(county, on(DAY, "k"), ALLIANCE, RULES)
    async with unchanged(county):
        assert await form_needs(county, on(DAY, "k"), ALLIANCE, RULES) == first


async def test_evidence_older_than_a_year_forms_none_and_is_told_as_what_it_is(county: Store) -> None:
    formed = await form_needs(county, on(date(2026, 4, 1)), ALLIANCE, RULES)
    assert (formed.created, formed.changed, formed.groups, formed.explanations) == ([], [], [], [])
    told = {str(each.teacher): (each.topic, each.zh, each.en) for each in formed.below}
    assert sorted(told) == ["p-05", "p-06", "p-07", "p-08", "p-09", "p-10", "p-11"]
    topic, zh, en = told["p-05"]
    assert (topic, zh) == (
        "t-ld",
        "“朗读指导”：2条证据都已超过365天（最近一条2025-03-05），不再计入，不形成需求",
    )
    assert en == (
        "“reading aloud”: 2 items of evidence are older than 365 days (the latest of 2025-03-05), "
        "so no need is formed"
    )
    assert await statuses(county) == {"p-12": "DELIVERED"}


async def test_an_unknown_alliance_is_refused(county: Store) -> None:
    before = await everything(county)
    with pytest.raises(NotFound):
        await form_needs(county, on(DAY), "a-none", RULES)
    assert await everything(county) == before
