"""Each verb is done by the roles that may and by no other; what a writer may not see is not there for him."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model.rules import Recommendation
from graph.nodes import load
from graph.store import Store
from tests.access.asking import answered, data_for
from tests.access.expected import Facts
from tests.access.matrix import DOES, HOLDERS, VERBS
from tests.access.world import World, read_world
from tests.journeys.standing import unchanged
from tests.resolvers.traces import last_audit

MUTATIONS = VERBS[:11]
IN_ORDER = (
    *("giveFeedback", "deliverSession", "recordAttendance", "decideRecommendation", "placeOrder"),
    *("raiseRequest", "recordEvidence", "formNeeds", "issueRecommendations", "grantRole", "revokeRole"),
)
"""As none of them takes from another what it needs."""
NAMES = {
    "nobody": None,
    "teacher": "p-05",
    "trainer": "p-03",
}
_SOUNDING = {"on": "2025-05-05", "items": [{"topic": "Topic:t-ld", "severity": 1}]}


class Cases:
    """Inputs that are right for the county as it stands."""

    def __init__(self, world: World) -> None:
        self.world = world
        facts = Facts(world, "2025-05-06")
        held = {id for id, node in world.of("Session").items() if node.get("delivered_on")}
        self.session = min(held & facts.sessions_of(facts.led_by({"p-03"})) - {"o-12-1"})
        """A session of the county class, held by p-03."""
        self.session_beside = min(held & facts.sessions_of(facts.led_by({"b-1"})))
        ordered = facts.reached("TrainingOrder", set(world.of("TrainingOrder")), "FOLLOWS", "Recommendation")
        offered = facts.whose("Recommendation", "BY ASSISTED_BY", "Person", {"p-03"})
        self.offered = min(offered - ordered)
        """A recommendation that names p-03 and that no order follows."""
        self.offered_beside = min(facts.whose("Recommendation", "BY", "Person", {"b-1"}))
        of = dict(world.pairs("Need", "OF", "Person"))
        waiting = [id for id, node in world.of("Need").items() if node["status"] in ("OPEN", "REOPENED")]
        self.waiting = {of.get(id, ""): id for id in sorted(waiting)}
        """Needs that wait for an order, by their teacher."""

    def input(self, verb: str, holder: str) -> dict[str, Any]:
        """The verb's input for what is the holder's own, or for what there is."""
        given: dict[str, Any] = getattr(self, f"_{verb}")(holder)
        return given

    def _raiseRequest(self, holder: str) -> dict[str, Any]:  # noqa: N802 — named by the verb
        person = NAMES.get(holder) or "p-05"
        return {"teacher": f"Person:{person}", "topic": "Topic:t-ld", "severity": 2, "text": holder}

    def _giveFeedback(self, holder: str) -> dict[str, Any]:  # noqa: N802
        person = NAMES.get(holder) or "p-05"
        session = self.session if person == "p-05" else "o-99-1"  # nobody rates what he trains himself
        return {"session": f"Session:{session}", "person": f"Person:{person}", "rating": 4}

    def _recordEvidence(self, holder: str) -> dict[str, Any]:  # noqa: N802
        return {**_SOUNDING, "instrument": "OBSERVATION", "teacher": "Person:p-05"}

    def _formNeeds(self, holder: str) -> dict[str, Any]:  # noqa: N802
        return {"alliance": "Alliance:a-qx"}

    def _issueRecommendations(self, holder: str) -> dict[str, Any]:  # noqa: N802
        return {"alliance": "Alliance:a-qx"}

    def _decideRecommendation(self, holder: str) -> dict[str, Any]:  # noqa: N802
        return {"recommendation": f"Recommendation:{self.offered}", "verdict": "ACCEPTED"}

    def _placeOrder(self, holder: str) -> dict[str, Any]:  # noqa: N802
        teacher = "p-left" if holder == "administrator" else "p-08"
        choice = {
            "needs": [f"Need:{self.waiting[teacher]}"],
            "trainer": "Person:p-04",
            "topic": "Topic:t-xz",
            "form": "SCHOOL_CLINIC",
        }
        return {"start": "2025-05-12", "choice": choice}

    def _deliverSession(self, holder: str) -> dict[str, Any]:  # noqa: N802
        roles = [
            {"person": "Person:p-03", "rung": "LED_ALONE"},
            {"person": "Person:p-08", "rung": "ASSISTED"},
        ]
        return {"session": f"Session:{self.session}", "hours": 2.0, "roles": roles, "on": "2025-04-01"}

    def _recordAttendance(self, holder: str) -> dict[str, Any]:  # noqa: N802
        presences = [{"person": "Person:p-09", "present": True}]
        return {"session": f"Session:{self.session}", "presences": presences}

    def _grantRole(self, holder: str) -> dict[str, Any]:  # noqa: N802
        return {"holder": f"new-{holder}", "role": "ADMINISTRATOR"}

    def _revokeRole(self, holder: str) -> dict[str, Any]:  # noqa: N802
        return {"assignment": "RoleAssignment:ra-who-has-left-0"}


async def refusals(
    store: Store, holder: str, verb: str, given: dict[str, Any]
) -> list[tuple[str, str | None]]:
    """Code and field of every refusal of a mutation."""
    kind = verb[0].upper() + verb[1:]
    document = f"mutation ($input: {kind}Input!) {{ {verb}(input: $input) {{ userErrors {{ code field message }} }} }}"
    data, codes = await answered(store, holder, document, input=given)
    assert codes == []
    return [(each["code"], each["field"]) for each in data[verb]["userErrors"]]


async def test_a_verb_is_refused_to_the_roles_that_may_not_and_nothing_changes(county: Store) -> None:
    cases = Cases(await read_world(county))
    async with unchanged(county):
        for holder, verb in DOES:
            if verb in MUTATIONS and not DOES[holder, verb]:
                found = await refusals(county, holder, verb, cases.input(verb, holder))
                assert found == [("FORBIDDEN", None)], (holder, verb)


async def test_a_verb_is_done_by_the_roles_that_may_and_the_audit_names_them(
    county_with_anothers_order: Store,
) -> None:
    county = county_with_anothers_order

    async def hold(transaction: Any) -> None:
        await transaction.run(
            "MATCH (s:Session {id: 'o-99-1'}) SET s.delivered_on = '2025-05-05', s.hours = 2.0"
            " CREATE (a:Attendance {id: 'o-99-1/p-03', expected: false, present: true, pseudonym: 'x-h-99'})"
            " WITH s, a MATCH (p:Person {id: 'p-03'}) CREATE (a)-[:AT]->(s) CREATE (a)-[:OF]->(p)"
        )

    await county.write(hold)
    cases = Cases(await read_world(county))
    for verb in IN_ORDER:
        for holder in HOLDERS:
            if DOES[holder, verb]:
                assert await refusals(county, holder, verb, cases.input(verb, holder)) == [], (holder, verb)
                assert (await last_audit(county))[:2] == (verb, holder)


BEYOND: dict[str, tuple[str, str, str]] = {
    # What he sees but may not write to is FORBIDDEN; what he doesn't see is NOT_FOUND.
    "a colleague's request": ("teacher", "raiseRequest", "FORBIDDEN"),
    "a stranger's request": ("teacher", "raiseRequest", "NOT_FOUND"),
    "a colleague's feedback": ("teacher", "giveFeedback", "FORBIDDEN"),
    "feedback on a session beside": ("teacher", "giveFeedback", "NOT_FOUND"),
    "a survey by a trainer": ("trainer", "recordEvidence", "FORBIDDEN"),
    "an observation in another's name": ("trainer", "recordEvidence", "FORBIDDEN"),
    "an observation of his assistant": ("trainer", "recordEvidence", "FORBIDDEN"),
    "an observation of a stranger": ("trainer", "recordEvidence", "NOT_FOUND"),
    "an observation of a school": ("trainer", "recordEvidence", "FORBIDDEN"),
    "evidence on an ally of another county": ("officer", "recordEvidence", "FORBIDDEN"),
    "evidence on who is out of sight": ("officer", "recordEvidence", "NOT_FOUND"),
    "needs of an alliance of other counties": ("officer beside", "formNeeds", "FORBIDDEN"),
    "recommendations for other counties": ("officer beside", "issueRecommendations", "FORBIDDEN"),
    "recommendations for a need of another county": ("officer", "issueRecommendations", "NOT_FOUND"),
    "a decision on what names another": ("trainer", "decideRecommendation", "NOT_FOUND"),
    "a decision in another's name": ("trainer", "decideRecommendation", "FORBIDDEN"),
    "a decision for another county": ("officer beside", "decideRecommendation", "NOT_FOUND"),
    "an order for a need of another county": ("officer", "placeOrder", "NOT_FOUND"),
    "a session that another holds": ("trainer", "deliverSession", "NOT_FOUND"),
    "a session of his alliance that another holds": ("trainer", "deliverSession", "FORBIDDEN"),
    "attendance at another county's session": ("officer", "recordAttendance", "NOT_FOUND"),
}


def _input_beyond(cases: Cases, what: str) -> dict[str, Any]:
    inputs = {
        **_voices_beyond(cases),
        **_evidence_beyond(),
        **_orders_beyond(cases),
        **_sessions_beyond(cases),
    }
    return inputs[what]


def _voices_beyond(cases: Cases) -> dict[str, dict[str, Any]]:
    beside = f"Session:{cases.session_beside}"
    request = {"topic": "Topic:t-ld", "severity": 2}
    return {
        "a colleague's request": {**request, "teacher": "Person:p-06"},
        "a stranger's request": {**request, "teacher": "Person:b-2"},
        "a colleague's feedback": {
            "session": f"Session:{cases.session}",
            "person": "Person:p-06",
            "rating": 1,
        },
        "feedback on a session beside": {"session": beside, "person": "Person:p-05", "rating": 1},
    }


def _evidence_beyond() -> dict[str, dict[str, Any]]:
    observed = {**_SOUNDING, "instrument": "OBSERVATION"}
    return {
        "a survey by a trainer": {**_SOUNDING, "instrument": "SURVEY", "teacher": "Person:p-05"},
        "an observation in another's name": {**observed, "teacher": "Person:p-05", "by": "Person:p-08"},
        "an observation of his assistant": {**observed, "teacher": "Person:p-08"},
        "an observation of a stranger": {**observed, "teacher": "Person:b-2"},
        "an observation of a school": {**observed, "school": "School:s-q"},
        "evidence on an ally of another county": {**observed, "teacher": "Person:b-2"},
        "evidence on who is out of sight": {**observed, "teacher": "Person:p-old"},
    }


def _orders_beyond(cases: Cases) -> dict[str, dict[str, Any]]:
    return {
        "needs of an alliance of other counties": {"alliance": "Alliance:a-qx"},
        "recommendations for other counties": {"alliance": "Alliance:a-qx"},
        "recommendations for a need of another county": {
            "alliance": "Alliance:a-b",
            "needs": [f"Need:{cases.waiting['b-3']}"],
        },
        "a decision on what names another": {
            "recommendation": f"Recommendation:{cases.offered_beside}",
            "verdict": "ACCEPTED",
        },
        "a decision in another's name": {
            "recommendation": f"Recommendation:{cases.offered}",
            "verdict": "ACCEPTED",
            "by": "Person:p-08",
        },
        "a decision for another county": {
            "recommendation": f"Recommendation:{cases.offered}",
            "verdict": "ACCEPTED",
        },
        "an order for a need of another county": {
            "start": "2025-05-12",
            "choice": {
                "needs": [f"Need:{cases.waiting['b-3']}"],
                "trainer": "Person:p-04",
                "topic": "Topic:t-xz",
                "form": "SCHOOL_CLINIC",
            },
        },
    }


def _sessions_beyond(cases: Cases) -> dict[str, dict[str, Any]]:
    beside = f"Session:{cases.session_beside}"
    return {
        "a session that another holds": {
            "session": beside,
            "hours": 1.0,
            "roles": [{"person": "Person:p-03", "rung": "LED_ALONE"}],
        },
        "a session of his alliance that another holds": {
            "session": "Session:o-99-1",
            "hours": 1.0,
            "roles": [{"person": "Person:p-03", "rung": "LED_ALONE"}],
        },
        "attendance at another county's session": {
            "session": beside,
            "presences": [{"person": "Person:p-09", "present": True}],
        },
    }


@pytest.fixture
async def county_with_anothers_order(county: Store) -> Store:
    """An order of the first alliance that p-04 leads."""

    async def work(transaction: Any) -> None:
        await transaction.run(
            "MATCH (n:Need {id: 'n-12'}) MATCH (p:Person {id: 'p-04'}) MATCH (t:Topic {id: 't-tw'})"
            " CREATE (o:TrainingOrder {id: 'o-99', subject: 'CHINESE', form: 'SCHOOL_CLINIC', status: 'PLACED',"
            " placed_on: '2025-05-01', pseudonym: 'x-o-99'}) CREATE (o)-[:FOR]->(n) CREATE (o)-[:BY]->(p)"
            " CREATE (o)-[:ABOUT]->(t) CREATE (:Session {id: 'o-99-1', number: 1, kind: 'MAIN',"
            " planned_on: '2025-05-05', pseudonym: 'x-o-99-1'})-[:OF]->(o)"
        )

    await county.write(work)
    return county


async def test_beyond_his_own_a_writer_is_refused_and_nothing_changes(
    county_with_anothers_order: Store,
) -> None:
    store = county_with_anothers_order
    cases = Cases(await read_world(store))
    for what, (holder, verb, code) in BEYOND.items():
        async with unchanged(store):
            found = await refusals(store, holder, verb, _input_beyond(cases, what))
        assert [each for each, _ in found] == [code], what


async def test_what_is_out_of_sight_is_refused_word_for_word_as_what_is_not_there(county: Store) -> None:
    document = "mutation ($input: RaiseRequestInput!) { raiseRequest(input: $input) { userErrors { code field message } } }"
    told = []
    for person in ("b-2", "nobody"):
        given = {"teacher": f"Person:{person}", "topic": "Topic:t-ld", "severity": 9}
        data, codes = await answered(county, "teacher", document, input=given)
        assert codes == []
        errors = data["raiseRequest"]["userErrors"]
        assert {each["code"] for each in errors} == {"NOT_FOUND", "INVALID_INPUT"}
        told.append(str(errors).replace(person, "…"))
    assert told[0] == told[1]


async def test_a_refusal_names_the_verb_and_who_may(county: Store) -> None:
    document = 'mutation { formNeeds(input: {alliance: "Alliance:a-qx"}) { userErrors { message } } }'
    data, _ = await answered(county, "teacher", document)
    assert data["formNeeds"]["userErrors"] == [
        {
            "message": "your roles do not allow formNeeds here; these may: an administrator;"
            " a research officer (in his county)"
        }
    ]


READS = {
    "recommendOrders": '{ recommendOrders(alliance: "Alliance:a-qx") { orders { rank trainer { code } } } }',
    "recommendResources": "{ recommendResources(%s) { resources { resource { code } } pack { code } } }",
    "indicators": '{ indicators(alliance: "Alliance:a-qx", period: {start: "2025-02-17", end: "2025-07-06"})'
    " { code numerator denominator numeratorItems(first: 50) { totalCount } } }",
}
NOT_HIS = (
    ("teacher", 'teacher: "Person:p-06"', "FORBIDDEN"),
    ("teacher", 'teacher: "Person:b-2"', "NOT_FOUND"),
    ("teacher", 'school: "School:s-q"', "FORBIDDEN"),
    ("principal", 'teacher: "Person:p-05"', "FORBIDDEN"),
    ("principal", 'school: "School:s-m"', "FORBIDDEN"),
    ("trainer", 'teacher: "Person:p-08"', "FORBIDDEN"),
    ("officer", 'teacher: "Person:b-2"', "FORBIDDEN"),
    ("officer", 'teacher: "Person:p-old"', "NOT_FOUND"),
)
WANTED = {"principal": 'school: "School:s-q"', "trainer": 'teacher: "Person:p-11"'}


async def test_what_is_computed_is_answered_to_the_roles_that_may(county: Store) -> None:
    for holder, verb in DOES:
        if verb in READS:
            document = READS[verb].replace("%s", WANTED.get(holder, 'teacher: "Person:p-05"'))
            data, codes = await answered(county, holder, document)
            assert codes == ([] if DOES[holder, verb] else ["FORBIDDEN"]), (holder, verb)
            assert (data is not None) == DOES[holder, verb], (holder, verb)


async def test_resources_are_recommended_for_ones_own_only(county: Store) -> None:
    for holder, asked, code in NOT_HIS:
        _, codes = await answered(county, holder, READS["recommendResources"].replace("%s", asked))
        assert codes == [code], (holder, asked)


async def test_indicators_count_everything_and_list_what_is_seen(county: Store) -> None:
    counts = {
        "TRAINING_ATTENDANCE": (10, 16),
        "SHARING": (1, 7),
        "USE": (1, 5),
        "SATISFACTION": (5, 6),
        "LOCAL_DELIVERY": (None, None),
        "NEEDS_MET": (1, 6),
    }
    listed = {"officer": (10, 1, 1, 5, 0, 1), "principal": (0, 1, 0, 0, 0, 0), "council": (0, 0, 0, 0, 0, 0)}
    for holder, lengths in listed.items():
        found = (await data_for(county, holder, READS["indicators"]))["indicators"]
        assert {each["code"]: (each["numerator"], each["denominator"]) for each in found} == counts, holder
        assert tuple(each["numeratorItems"]["totalCount"] for each in found) == lengths, holder
    whole = (await data_for(county, "administrator", READS["indicators"]))["indicators"]
    counts["LOCAL_DELIVERY"] = (2, 4)
    assert {each["code"]: (each["numerator"], each["denominator"]) for each in whole} == counts


async def test_an_officer_gets_recommendations_for_his_county_only(county: Store) -> None:
    document = 'mutation { issueRecommendations(input: {alliance: "Alliance:a-b"}) { recommendations { code } userErrors { code } } }'
    for holder, teachers in (("officer", set()), ("officer beside", {"b-3"})):
        before = {each.id for each in await load(county.read, Recommendation)}
        data, codes = await answered(county, holder, document)
        assert (codes, data["issueRecommendations"]["userErrors"]) == ([], [])
        world = await read_world(county)
        facts = Facts(world, "2025-05-06")
        new = {each["code"] for each in data["issueRecommendations"]["recommendations"]} | (
            set(world.of("Recommendation")) - before
        )
        needs = facts.reached("Recommendation", new, "FOR", "Need")
        assert facts.reached("Need", needs, "OF", "Person") == teachers


async def test_explanations_of_other_counties_needs_stay_with_them(county: Store) -> None:
    document = """mutation { formNeeds(input: {alliance: "Alliance:a-b"}) {
        explanations { need { teacher { code } } } below { teacher { code } school { code } }
        userErrors { code } } }"""
    data, codes = await answered(county, "officer beside", document)
    assert codes == []
    seen = {each["need"]["teacher"]["code"] for each in data["formNeeds"]["explanations"]}
    assert seen == {"b-3"}
    data, codes = await answered(county, "officer", document)
    assert (codes, data["formNeeds"]["explanations"], data["formNeeds"]["below"]) == ([], [], [])
