"""Answers that are computed tell of nobody and nothing what the asker may not see: sentences, counts, refusals."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from graph.model.alliance import School
from graph.model.describe import Identified
from graph.model.needs import Diagnosis, Need
from graph.model.people import Availability, Person
from graph.model.resources import Gift, Resource
from graph.model.rules import Contribution, Decision
from graph.model.terms import GradeBand, NeedStatus, PersonKind, Pool, Reach, Subject
from graph.nodes import load, save
from graph.refusals import Unavailable
from graph.store import Store, Transaction
from graph.writing import version
from resolvers import needs as forming
from resolvers.diagnosis import Wish, raise_request
from tests.access.asking import answered, data_for
from tests.access.county import TODAY
from tests.access.expected import Facts
from tests.access.test_writes import Cases
from tests.access.world import World, read_world
from tests.journeys.spring import RULES, on
from tests.journeys.standing import unchanged

SECRET = "远县秘密课件"
WOULD = """{ recommendOrders(alliance: "Alliance:%s", top: 10) {
    orders { trainer { code } assistant { code } resources { code } contributions { millionths because(lang: ZH) } }
    unserved { candidate { code } because(lang: ZH) needs { code } } } }"""


async def put(store: Store, *nouns: Identified) -> None:
    """Save nouns as they are."""

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, list(nouns))

    await store.write(work)


async def put_a_resource_from_afar(store: Store) -> None:
    """A gift to a school of the first alliance, by a school of a county that nobody here sees."""
    about = {"topics": ("t-xz", "t-ld"), "subject": Subject.CHINESE, "available_from": date(2022, 9, 1)}
    await put(
        store,
        School(id="s-far", name="远县小学", county="远县"),
        Resource(id="z-far", name=SECRET, pool=Pool.SOFTWARE, school="s-far", **about),  # type: ignore[arg-type]  # each of its own type
        Gift(id="y-far", resource="z-far", school="s-q", on=date(2025, 1, 10)),
    )


async def put_an_ally_in_need(store: Store) -> None:
    """Of the second alliance's own people only b-3 could train b-4, and waits for an order in that topic himself."""

    async def work(transaction: Transaction) -> None:
        await transaction.run("MATCH (:Person {id: 'b-1'})<-[:OF]-(c:Capability) DETACH DELETE c")

    await store.write(work)
    need: dict[str, Any] = {"subject": Subject.CHINESE, "severity": 2.0, "confidence": 0.9}
    await put(
        store,
        Need(
            id="n-b4",
            teacher="b-4",
            topic="t-xz",
            reach=Reach.INDIVIDUAL,
            status=NeedStatus.OPEN,
            formed_on=date(2025, 5, 1),
            **need,
        ),
        Person(id="b-1", name="邻甲", kind=PersonKind.TEACHER, subject=Subject.CHINESE),
        Person(
            id="b-3",
            name="邻丙",
            kind=PersonKind.TEACHER,
            subject=Subject.CHINESE,
            trains=("t-xz",),
            grade_bands=tuple(GradeBand),
        ),
        Availability(id="v-b3", person="b-3", semester="2025春", first_week=1, last_week=25, hours=30.0),
    )


async def test_the_sentences_of_a_proposal_speak_of_a_trainer_only_to_who_sees_him_whole(
    county: Store,
) -> None:
    whole = (await data_for(county, "administrator", WOULD % "a-b"))["recommendOrders"]["orders"]
    assert all(one["because"] for each in whole for one in each["contributions"])
    seen = (await data_for(county, "officer beside", WOULD % "a-b"))["recommendOrders"]["orders"]
    allied = [each for each in seen if (each["trainer"] or {}).get("code") == "b-1"]
    assert allied
    assert {one["because"] for each in allied for one in each["contributions"]} == {None}
    assert all(sum(one["millionths"] for one in each["contributions"]) > 0 for each in allied)
    mine = await _whole_to_the_officer(county)
    own = (await data_for(county, "officer", WOULD % "a-qx"))["recommendOrders"]["orders"]
    told = {
        (each["trainer"]["code"], all(one["because"] is not None for one in each["contributions"]))
        for each in own
    }
    assert told == {(trainer, trainer in mine) for trainer, _ in told}
    assert {is_told for _, is_told in told} == {True, False}


async def _whole_to_the_officer(store: Store) -> set[str]:
    world = await read_world(store)
    facts = Facts(world, "2025-05-06")
    schools = {id for id, node in world.of("School").items() if node.get("county") == "样例县"}
    return facts.staff(schools) | facts.seconded_to(facts.alliances_of(schools)) | facts.outsiders()


async def test_of_needs_unserved_it_is_not_told_that_the_last_candidate_waits_himself(county: Store) -> None:
    await put_an_ally_in_need(county)
    for holder, told in (("administrator", {"code": "b-3"}), ("officer", None)):
        unserved = (await data_for(county, holder, WOULD % "a-b"))["recommendOrders"]["unserved"]
        (case,) = (each for each in unserved if each["needs"] == [{"code": "n-b4"}])
        assert case["candidate"] == told
        assert "邻丙" in case["because"] if told else case["because"] is None, holder
    document = """mutation { issueRecommendations(input: {alliance: "Alliance:a-b"}) {
        unserved { candidate { code } because(lang: ZH) } } }"""
    issued = (await data_for(county, "officer", document))["issueRecommendations"]
    assert issued["unserved"] == [{"candidate": None, "because": None}]


async def test_a_resource_out_of_sight_is_neither_proposed_nor_named(county: Store) -> None:
    await put_a_resource_from_afar(county)
    whole = await data_for(county, "administrator", WOULD % "a-qx")
    assert SECRET in json.dumps(whole, ensure_ascii=False)
    assert (await data_for(county, "officer", '{ node(id: "Resource:z-far") { id } }'))["node"] is None
    assert SECRET not in json.dumps(await data_for(county, "officer", WOULD % "a-qx"), ensure_ascii=False)
    document = """mutation { issueRecommendations(input: {alliance: "Alliance:a-qx", top: 10}) {
        recommendations { code } userErrors { code } } }"""
    assert (await data_for(county, "officer", document))["issueRecommendations"]["recommendations"]
    assert [each for each in await load(county.read, Contribution) if SECRET in each.because_zh] == []


async def test_reasons_kept_are_read_by_who_sees_their_trainer_whole(county: Store) -> None:
    document = """{ recommendations { edges { node { code trainer { code }
        contributions { millionths because(lang: ZH) rule { key } } } } } }"""

    async def told(holder: str) -> dict[str | None, bool]:
        found = (await data_for(county, holder, document))["recommendations"]["edges"]
        return {
            (each["node"]["trainer"] or {}).get("code"): all(
                one["because"] is not None for one in each["node"]["contributions"]
            )
            for each in found
        }

    assert set((await told("administrator")).values()) == {True}
    assert await told("officer beside") == {"b-1": False}
    assert await told("trainer beside") == {"b-1": True}
    officer, mine = await told("officer"), await _whole_to_the_officer(county)
    assert officer == {trainer: trainer in mine for trainer in officer}
    assert set(officer.values()) == {True, False}


SEMESTER = '{start: "2025-02-17", end: "2025-07-06"}'
SCHOOL_YEAR = '{start: "2024-09-01", end: "2025-08-31"}'
RATES = """{ indicators(alliance: "Alliance:a-b", period: %s) { code numerator denominator percent received expected
    interval { low } withheld(lang: EN) parts { code } medians { code }
    numeratorItems(first: 5) { totalCount } denominatorItems(first: 5) { totalCount } } }"""
_NOTHING = dict.fromkeys(("numerator", "denominator", "percent", "received", "expected", "interval"))


async def test_indicators_are_told_over_whole_semesters_and_school_years_only(county: Store) -> None:
    one_day = RATES % '{start: "2025-04-28", end: "2025-04-28"}'
    for holder in ("principal beside", "officer", "council"):
        alliance = "a-qx" if holder == "council" else "a-b"
        for period in (SEMESTER, SCHOOL_YEAR):
            _, codes = await answered(county, holder, (RATES % period).replace("a-b", alliance))
            assert codes == [], (holder, period)
        data, codes = await answered(county, holder, one_day.replace("a-b", alliance))
        assert (data, codes) == (None, ["INVALID_INPUT"]), holder
    assert len((await data_for(county, "administrator", one_day))["indicators"]) == 6


async def test_too_few_cases_give_no_count_no_rate_and_no_list(county: Store) -> None:
    whole = (await data_for(county, "administrator", RATES % SEMESTER))["indicators"]
    (rating,) = (each for each in whole if each["code"] == "SATISFACTION")
    assert (rating["numerator"], rating["denominator"], rating["withheld"]) == (1, 1, None)
    few = {each["code"] for each in whole if each["denominator"] < 5}
    seen = (await data_for(county, "principal beside", RATES % SEMESTER))["indicators"]
    assert {each["code"] for each in seen if each["withheld"] is not None} == few
    empty = {"totalCount": 0}
    for each in seen:
        if each["code"] in few:
            told = {name: each[name] for name in (*_NOTHING, "parts", "medians")}
            assert told == {**_NOTHING, "parts": [], "medians": []}
            assert (each["numeratorItems"], each["denominatorItems"]) == (empty, empty)
            assert each["withheld"] == "fewer than 5 cases: only an administrator is told the counts"


async def test_a_median_of_too_few_cases_is_not_told(county: Store) -> None:
    document = f"""{{ indicators(alliance: "Alliance:a-qx", period: {SEMESTER}) {{
        code denominator medians {{ days cases }} }} }}"""
    for holder, is_told in (("administrator", True), ("officer", False)):
        found = (await data_for(county, holder, document))["indicators"]
        (met,) = (each for each in found if each["code"] == "NEEDS_MET")
        assert met["denominator"] == 6
        assert [each["cases"] for each in met["medians"]] == [1, 1]
        assert [each["days"] is not None for each in met["medians"]] == [is_told, is_told]


async def test_a_trainer_is_not_told_who_is_in_need_when_he_names_another(county: Store) -> None:
    """b-1 sees narrowly who was recommended with him; the needs of the common case are not his to see."""
    world = await read_world(county)
    recommendation, teacher = _narrowly_seen_in_need(world)
    document = """mutation ($input: DecideRecommendationInput!) { decideRecommendation(input: $input) {
        userErrors { code message } decision { code } } }"""
    given = {
        "recommendation": f"Recommendation:{recommendation}",
        "verdict": "CHANGED",
        "reason": "另请他人",
        "trainer": f"Person:{teacher}",
    }
    needs = await data_for(county, "trainer", "{ needs { edges { node { teacher { code } } } } }")
    assert teacher not in {(each["node"]["teacher"] or {}).get("code") for each in needs["needs"]["edges"]}
    data, codes = await answered(county, "trainer", document, input=given)
    assert codes == []
    assert "in need" not in str(data["decideRecommendation"]["userErrors"])
    told, _ = await answered(county, "administrator", document, input=given)
    assert "is among the teachers in need himself" in str(told["decideRecommendation"]["userErrors"])


def _narrowly_seen_in_need(world: World) -> tuple[str, str]:
    """A recommendation of p-03's that no order follows, and a teacher in need whom he sees and whose need he doesn't."""
    facts = Facts(world, "2025-05-06")
    ordered = facts.reached("TrainingOrder", set(world.of("TrainingOrder")), "FOLLOWS", "Recommendation")
    offered = facts.whose("Recommendation", "BY ASSISTED_BY", "Person", {"p-03"})
    taught = facts.reached(
        "Need",
        facts.reached("TrainingOrder", facts.led_by({"p-03"}), "FOR", "Need"),
        "OF",
        "Person",
    )
    colleagues = facts.staff(facts.schools_of({"p-03"})) | facts.in_charge("Recommendation", offered)
    for each in sorted(offered - ordered):
        needing = facts.reached(
            "Need", facts.reached("Recommendation", {each}, "FOR", "Need"), "OF", "Person"
        )
        for teacher in sorted((needing & colleagues) - taught - {"p-03"}):
            return each, teacher
    raise AssertionError("the county has no such recommendation")


async def test_a_decision_without_a_name_bears_the_trainers_own(county: Store) -> None:
    offered = Cases(await read_world(county)).offered
    document = """mutation ($input: DecideRecommendationInput!) { decideRecommendation(input: $input) {
        userErrors { code message } } }"""
    for holder, by in (("officer", None), ("trainer", "p-03")):
        given = {"recommendation": f"Recommendation:{offered}", "verdict": "ACCEPTED"}
        await data_for(county, holder, document, input=given)
        found = {each.recommendation: each.by for each in await load(county.read, Decision)}
        assert found[offered] == by, holder


async def test_an_observation_without_a_name_bears_the_trainers_own(county: Store) -> None:
    document = """mutation ($input: RecordEvidenceInput!) { recordEvidence(input: $input) {
        userErrors { code message } diagnosis { code } } }"""
    given = {
        "on": "2025-05-05",
        "items": [{"topic": "Topic:t-ld", "severity": 1}],
        "instrument": "OBSERVATION",
        "teacher": "Person:p-05",
    }
    for holder, by in (("officer", None), ("trainer", "p-03")):
        made = (await data_for(county, holder, document, input=given))["recordEvidence"]["diagnosis"]["code"]
        kept = {each.id: each.by for each in await load(county.read, Diagnosis)}
        assert kept[made] == by, holder


async def test_an_absence_is_refused_without_telling_a_trainer_who_gave_feedback(county: Store) -> None:
    """All three gave feedback on o-12-1; of p-03's, his own, the trainer knows."""
    document = """mutation ($input: RecordAttendanceInput!) { recordAttendance(input: $input) {
        userErrors { code field message } } }"""
    neutral = {
        "code": "NOT_ALLOWED_NOW",
        "field": "session",
        "message": "an absence in this list does not agree with what is kept of the session;"
        " ask a research officer of the county",
    }
    for holder, person, is_named in (
        ("trainer", "p-11", False),
        ("trainer", "p-12", False),
        ("trainer", "p-03", True),
        ("officer", "p-11", True),
    ):
        presences = [{"person": f"Person:{person}", "present": False}]
        async with unchanged(county):
            given = {"session": "Session:o-12-1", "presences": presences}
            data = await data_for(county, holder, document, input=given)
        (error,) = data["recordAttendance"]["userErrors"]
        assert error["code"] == "NOT_ALLOWED_NOW"
        assert error["field"] == "presences.0.present" if is_named else error == neutral, (holder, person)


async def test_an_officer_forms_the_needs_of_his_own_county_only(county: Store) -> None:
    await raise_request(county, on(date(2025, 5, 5)), Wish("b-2", "t-tw", 3, date(2025, 5, 5)))
    before = await load(county.read, Need)
    document = """mutation { formNeeds(input: {alliance: "Alliance:a-b"}) {
        created { code } changed { code } groups { code } userErrors { code } } }"""
    formed = (await data_for(county, "officer", document))["formNeeds"]
    assert formed == {"created": [], "changed": [], "groups": [], "userErrors": []}
    assert sorted(await load(county.read, Need), key=lambda each: each.id) == sorted(
        before, key=lambda each: each.id
    )
    formed = (await data_for(county, "officer beside", document))["formNeeds"]
    assert len(formed["created"]) == 1
    known = {each.id for each in before}
    assert [each.teacher for each in await load(county.read, Need) if each.id not in known] == ["b-2"]


async def test_an_engine_lost_after_the_needs_were_written_says_that_they_may_be(
    county: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await raise_request(county, on(date(2025, 5, 5)), Wish("b-2", "t-tw", 3, date(2025, 5, 5)))
    before = await version(county.read)

    async def lost(*_: object, **__: object) -> set[str]:
        raise Unavailable()

    monkeypatch.setattr(forming, "seen_among", lost)
    with pytest.raises(Unavailable) as refused:
        await forming.form_needs(county, on(TODAY), "a-b", RULES)
    assert refused.value.outcome_unknown is True
    assert await version(county.read) == before + 1
