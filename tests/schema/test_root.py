"""The served reads over the small county: what their filters take, and how many statements they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from graphql import FieldNode, OperationDefinitionNode, parse, print_ast

from graph.access.viewer import administrator
from graph.model.alliance import Alliance, Membership, School
from graph.model.describe import Identified
from graph.model.needs import Need
from graph.model.people import Employment
from graph.model.resources import Resource
from graph.model.rules import Contribution
from graph.model.terms import NeedStatus, Pool, Reach, Side, Subject
from graph.nodes import load, save
from graph.store import Store, Transaction, count_statements
from schema.kit.context import Context
from schema.root import schema
from server.pages.tabs import read_tabs
from tests.journeys import spring
from tests.journeys.county import ALLIANCE
from tests.journeys.spring import RULES

DAY = date(2025, 3, 10)


def context(store: Store) -> Context:
    """A request in English on the day when the workbook was filled in."""
    who = administrator("tester")
    return Context(store, DAY, "en", b"secret", "r-1", who.holder, f"{DAY}T02:00:00Z", RULES, who)


async def answer(store: Store, document: str, **variables: object) -> Any:
    """The data of an answer without errors."""
    result = await schema.execute(document, variable_values=variables, context_value=context(store))
    assert result.errors is None
    return result.data


async def codes(store: Store, field: str, **filters: str) -> list[str]:
    """The codes of all nodes that a root field finds."""
    given = ", ".join(f'{name}: "{value}"' for name, value in filters.items())
    data = await answer(store, f"{{ {field}(first: 100, {given}) {{ edges {{ node {{ code }} }} }} }}")
    return [each["node"]["code"] for each in data[field]["edges"]]


@pytest.fixture
async def county(store: Store) -> Store:
    """The small county with an alliance beside it, a school's own need, and a teacher who has left."""
    await spring.bring_the_workbook(store)
    since = date(2020, 9, 1)
    beside: list[Identified] = [
        Alliance(id="a-x", name="旁边"),
        School(id="s-x", name="旁边小学"),
        Membership(id="m-x", alliance="a-x", school="s-x", side=Side.HELPED, start=since),
        Employment(id="e-left", person="p-06", school="s-x", start=since, end=date(2023, 7, 1)),
        _need("n-s", school="s-q"),
        _need("n-x", school="s-x"),
        _need("n-t", teacher="p-06", topic="t-xz"),
        Resource(id="r-x", name="旁边的课件", pool=Pool.SOFTWARE, school="s-x", available_from=since),
    ]

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, beside)

    await store.write(work)
    return store


def _need(id: str, teacher: str | None = None, school: str | None = None, topic: str = "t-ld") -> Need:
    return Need(
        id=id,
        teacher=teacher,
        school=school,
        topic=topic,
        subject=Subject.CHINESE,
        severity=2.0,
        confidence=0.9,
        reach=Reach.INDIVIDUAL,
        status=NeedStatus.OPEN,
        formed_on=DAY,
    )


async def test_needs_of_an_alliance_or_school_are_its_teachers_and_its_own(county: Store) -> None:
    assert {"n-s", "n-t"} <= set(await codes(county, "needs", alliance=f"Alliance:{ALLIANCE}"))
    assert await codes(county, "needs", alliance="Alliance:a-x") == ["n-x"]
    assert {"n-s", "n-t"} <= set(await codes(county, "needs", school="School:s-q"))
    assert await codes(county, "needs", school="School:s-x") == ["n-x"]


async def test_teachers_of_a_school_or_alliance_are_those_who_work_there_now(county: Store) -> None:
    at_school = await answer(
        county, '{ node(id: "School:s-q") { ... on School { teachers { edges { node { code } } } } } }'
    )
    now = [each["node"]["code"] for each in at_school["node"]["teachers"]["edges"]]
    assert await codes(county, "teachers", school="School:s-q") == now == ["p-05", "p-06", "p-07", "p-08"]
    assert await codes(county, "teachers", school="School:s-x") == []
    assert await codes(county, "teachers", alliance="Alliance:a-x") == []


async def test_a_seconded_teacher_is_the_alliances_that_his_group_is_bound_to(county: Store) -> None:
    async def work(transaction: Transaction) -> None:
        await save(transaction.run, [Employment(id="e-03", person="p-03", school="s-x", start=DAY)])

    await county.write(work)
    assert "p-03" in await codes(county, "teachers", alliance=f"Alliance:{ALLIANCE}")


async def test_what_is_kept_of_an_alliance_is_found_by_it(county: Store) -> None:
    await spring.form(county)
    ordered = await spring.order(county)
    own = f"Alliance:{ALLIANCE}"
    assert ordered.order in await codes(county, "trainingOrders", alliance=own)
    assert ordered.recommendation in await codes(county, "recommendations", alliance=own)
    assert set(ordered.sessions) <= set(await codes(county, "sessions", alliance=own))
    assert len(await codes(county, "needGroups", alliance=own)) == 1
    assert "r-x" not in await codes(county, "resources", alliance=own)
    assert await codes(county, "resources", alliance="Alliance:a-x") == ["r-x"]
    for field in ("recommendations", "needGroups"):
        assert await codes(county, field, alliance="Alliance:a-x") == []


async def test_whoever_is_employed_can_be_asked_for(county: Store) -> None:
    async def work(transaction: Transaction) -> None:
        await save(transaction.run, [Employment(id="e-r", person="r-01", school="s-q", start=DAY)])

    await county.write(work)
    found = await answer(
        county, '{ node(id: "Employment:e-r") { ... on Employment { person { kindLabel } } } }'
    )
    assert found == {"node": {"person": {"kindLabel": "research officer"}}}


def _graph_fields() -> Iterator[str]:
    """Each root field of the examples that leads straight into the graph, as a query of its own."""
    for tab in read_tabs():
        for operation in parse(tab.query).definitions:
            assert isinstance(operation, OperationDefinitionNode)
            for field in operation.selection_set.selections:
                assert isinstance(field, FieldNode)
                if field.name.value in ("needs", "teachers", "resources"):
                    yield f"{{ {print_ast(field)} }}"


@pytest.mark.parametrize("query", list(_graph_fields()))
async def test_a_connection_of_the_examples_is_one_statement(county: Store, query: str) -> None:
    await spring.form(county)
    with count_statements() as counted:
        await answer(county, query)
    assert counted.total == 1


async def test_the_lists_of_all_indicators_are_one_statement_a_field(county: Store) -> None:
    await spring.form(county)
    query = """query ($alliance: ID!, $period: PeriodInput!) { indicators(alliance: $alliance, period: $period) {
        numerator denominator %s } }"""
    given = {
        "alliance": f"Alliance:{ALLIANCE}",
        "period": {"start": "2025-02-01", "end": "2025-07-01"},
    }
    with count_statements() as alone:
        await answer(county, query % "", **given)
    lists = (
        "numeratorItems(first: 2) { totalCount edges { node { __typename id } } }"
        " denominatorItems(first: 2) { totalCount edges { node { __typename } } }"
    )
    with count_statements() as counted:
        data = await answer(county, query % lists, **given)
    found = data["indicators"]
    assert [each["denominatorItems"]["totalCount"] for each in found] == [
        each["denominator"] for each in found
    ]
    assert [each["numeratorItems"]["totalCount"] for each in found] == [each["numerator"] for each in found]
    labels = {edge["node"]["__typename"] for each in found for edge in each["denominatorItems"]["edges"]}
    assert labels == {"Attendance", "Feedback", "Gift", "Need", "Resource", "Session"}
    assert counted.total == alone.total + 2


async def test_forming_needs_explains_what_was_formed_and_what_was_not(county: Store) -> None:
    form = """mutation ($input: FormNeedsInput!) { formNeeds(input: $input) {
        created { id } explanations { need { id } because zh: because(lang: ZH) contradiction }
        below { teacher { name } school { name } topic { name } because contradiction } userErrors { code } } }"""
    given = {"alliance": f"Alliance:{ALLIANCE}", "key": "k-1"}
    first = (await answer(county, form, input=given))["formNeeds"]
    assert first["userErrors"] == []
    explained = {each["need"]["id"]: each for each in first["explanations"]}
    assert {each["id"] for each in first["created"]} <= set(explained)
    for each in explained.values():
        assert "confidence by rule" in each["because"]
        assert "置信度" in each["zh"]
    assert first["below"]
    assert all("no need is formed" in each["because"] and each["topic"]["name"] for each in first["below"])
    # Sent again with its key, the answer is the stored one.
    assert (await answer(county, form, input=given))["formNeeds"] == first


async def test_a_kept_contribution_gives_its_reason_in_the_language_asked_for(county: Store) -> None:
    await spring.form(county)
    await spring.issue(county)
    query = "{ recommendations(first: 1) { edges { node { contributions { because zh: because(lang: ZH) rule { sentence } } } } } }"
    (edge,) = (await answer(county, query))["recommendations"]["edges"]
    kept = {(each.because_en, each.because_zh) for each in await load(county.read, Contribution)}
    reasons = edge["node"]["contributions"]
    assert reasons
    assert {(each["because"], each["zh"]) for each in reasons} <= kept
    assert all(each["rule"]["sentence"] for each in reasons)
