"""Recording evidence and requests; a later observation closes a need or reopens it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graph.errors import Faults, InvalidInput
from graph.model.needs import Diagnosis, Evidence, Need, Request
from graph.model.terms import Instrument
from graph.nodes import load, load_some
from graph.store import Store, count_statements
from resolvers.diagnosis import Remark, Sounding, Wish, raise_request, record_evidence
from tests.journeys.spring import RULES, Ordered, on, statuses
from tests.journeys.standing import unchanged
from tests.resolvers.traces import events, last_audit, told

DAY = date(2025, 4, 22)


def seen(severity: int, *, teacher: str = "p-05", topic: str = "t-ld", day: date = DAY) -> Sounding:
    return Sounding(Instrument.OBSERVATION, day, (Remark(topic, severity, "看课"),), teacher, by="r-01")


async def test_evidence_is_kept_with_its_diagnosis(county: Store) -> None:
    items = (Remark("t-ld", 2, "拖腔"), Remark(None, 1))
    sounding = Sounding(Instrument.INTERVIEW, DAY, items, "p-08", by="r-01")
    with count_statements() as counted:
        kept = await record_evidence(county, on(DAY), sounding, RULES)

    assert counted.total == 11
    assert kept.evidence == [f"{kept.diagnosis}/1", f"{kept.diagnosis}/2"]
    assert kept.rechecked == []
    diagnosis = (await load_some(county.read, Diagnosis, [kept.diagnosis]))[kept.diagnosis]
    assert (diagnosis.instrument, diagnosis.teacher, diagnosis.by, diagnosis.on) == (
        Instrument.INTERVIEW,
        "p-08",
        "r-01",
        DAY,
    )
    evidence = await load_some(county.read, Evidence, kept.evidence)
    assert [(each.topic, each.severity, each.text) for each in evidence.values()] == [
        ("t-ld", 2, "拖腔"),
        (None, 1, None),
    ]
    assert (await last_audit(county))[0] == "recordEvidence"


async def test_the_same_told_twice_is_one_diagnosis(county: Store) -> None:
    first = await record_evidence(county, on(DAY), seen(2), RULES)
    diagnoses = await load(county.read, Diagnosis)
    assert await record_evidence(county, on(DAY), seen(2), RULES) == first
    assert await load(county.read, Diagnosis) == diagnoses


async def test_all_that_is_wrong_is_told_at_once(county: Store) -> None:
    items = (Remark("t-none", 2), Remark("t-ld", 7))
    sounding = Sounding(Instrument.SURVEY, date(1900, 1, 1), items, "p-none", by="x-none")
    async with unchanged(county):
        with pytest.raises(Faults) as refused:
            await record_evidence(county, on(DAY), sounding, RULES)
    assert sorted(told(refused.value), key=str) == [
        ("by", "NOT_FOUND"),
        ("items.0.topic", "NOT_FOUND"),
        ("items.1.severity", "INVALID_INPUT"),
        ("on", "INVALID_INPUT"),
        ("teacher", "NOT_FOUND"),
    ]


async def test_an_officer_is_no_teacher_and_tomorrow_is_no_day_of_evidence(county: Store) -> None:
    tomorrow = DAY + timedelta(days=1)
    sounding = Sounding(Instrument.SURVEY, tomorrow, (Remark("t-ld", 2),), "r-01")
    async with unchanged(county):
        with pytest.raises(Faults) as evidence:
            await record_evidence(county, on(DAY), sounding, RULES)
        with pytest.raises(Faults) as wish:
            await raise_request(county, on(DAY), Wish("r-01", "t-ld", 2, tomorrow))
    assert told(evidence.value) == [("on", "INVALID_INPUT"), ("teacher", "INVALID_INPUT")]
    assert told(wish.value) == [("on", "INVALID_INPUT"), ("teacher", "INVALID_INPUT")]


@pytest.mark.parametrize(("teacher", "school"), [("p-05", "s-q"), (None, None)])
async def test_a_diagnosis_is_of_a_teacher_or_of_a_school(
    county: Store, teacher: str | None, school: str | None
) -> None:
    sounding = Sounding(Instrument.SURVEY, DAY, (Remark("t-ld", 2),), teacher, school)
    async with unchanged(county):
        with pytest.raises(Faults) as refused:
            await record_evidence(county, on(DAY), sounding, RULES)
    assert told(refused.value) == [("teacher", "INVALID_INPUT")]


@pytest.mark.parametrize("count", [0, 201])
async def test_a_diagnosis_without_items_or_with_too_many_is_refused(county: Store, count: int) -> None:
    items = (Remark(None, 1),) * count
    async with unchanged(county):
        with pytest.raises(InvalidInput) as refused:
            await record_evidence(county, on(DAY), Sounding(Instrument.SURVEY, DAY, items, "p-05"), RULES)
    assert refused.value.field == "items"


async def test_an_observation_without_difficulty_closes_that_need_and_no_other(
    formed: Store, trained: Ordered
) -> None:
    before = await statuses(formed)
    with count_statements() as counted:
        kept = await record_evidence(formed, on(DAY), seen(0), RULES)

    assert counted.total == 18
    assert await statuses(formed) == {**before, "p-05": "MET"}
    need = (await load_some(formed.read, Need, kept.rechecked))[kept.rechecked[0]]
    assert (need.teacher, need.rechecked_on, need.reopened_on) == ("p-05", DAY, None)
    assert need.evidence == tuple(sorted(("k-05", "w-05", kept.evidence[0])))
    assert await events(formed, "NeedReopened") == []


async def test_an_observation_with_difficulty_reopens_it_and_says_so(formed: Store, trained: Ordered) -> None:
    before = await statuses(formed)
    kept = await record_evidence(formed, on(DAY), seen(1), RULES)
    assert await statuses(formed) == {**before, "p-05": "REOPENED"}
    assert await events(formed, "NeedReopened") == [f"Need:{kept.rechecked[0]}"]


@pytest.mark.parametrize(
    "sounding",
    [
        Sounding(Instrument.SURVEY, DAY, (Remark("t-ld", 0),), "p-05"),
        seen(0, topic="t-xz"),
        seen(0, topic="t-yd"),
        seen(0, day=date(2025, 3, 31)),
    ],
    ids=["a survey", "another topic", "a wider topic", "on the day of delivery"],
)
async def test_what_tells_nothing_of_the_need_leaves_it(
    formed: Store, trained: Ordered, sounding: Sounding
) -> None:
    before = await statuses(formed)
    assert (await record_evidence(formed, on(DAY), sounding, RULES)).rechecked == []
    assert await statuses(formed) == before


async def test_a_request_is_kept(county: Store) -> None:
    wish = Wish("p-11", "t-xz", 3, DAY, "想学习作讲评")
    with count_statements() as counted:
        id = await raise_request(county, on(DAY), wish)
    assert counted.total == 7
    request = (await load_some(county.read, Request, [id]))[id]
    assert request == Request(id=id, teacher="p-11", topic="t-xz", severity=3, text="想学习作讲评", on=DAY)
    assert await raise_request(county, on(DAY), wish) == id


async def test_a_wrong_request_is_refused(county: Store) -> None:
    async with unchanged(county):
        with pytest.raises(Faults) as refused:
            await raise_request(county, on(DAY), Wish("p-none", "t-none", 0, DAY))
    assert sorted(told(refused.value)) == [
        ("severity", "INVALID_INPUT"),
        ("teacher", "NOT_FOUND"),
        ("topic", "NOT_FOUND"),
    ]
