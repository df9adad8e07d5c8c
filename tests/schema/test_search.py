"""Full text over the served schema: everything with text at once, and each list with its other arguments."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model.alliance import School
from graph.nodes import load_some, save
from graph.store import Store, Transaction, count_statements
from tests.journeys import spring
from tests.schema.test_root import answer


@pytest.fixture
async def county(store: Store) -> Store:
    """The small county as its office filled it in."""
    await spring.bring_the_workbook(store)
    return store


async def _found(store: Store, text: str) -> list[str]:
    document = "query ($text: String!) { search(text: $text) { __typename ... on Node { id } } }"
    with count_statements() as counted:
        data = await answer(store, document, text=text)
    assert counted.total == 1
    return [each["id"] for each in data["search"]]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("青溪", ["Alliance:a-qx", "School:s-q"]),
        ("朗读", ["Request:q-10", "Evidence:w-05", "Resource:z-1", "Topic:t-ld"]),
        ("READ", ["Topic:t-ld", "Topic:t-yd"]),
        ("reading 教学", ["Topic:t-yd"]),
        ("石丁", ["Person:p-12"]),
        ("石 丁", ["Person:p-12"]),
        ("专家", ["Person:x-01"]),
        ("教研", ["Person:r-01"]),
        ("支教", ["HelpGroup:g-qx"]),
        ("样例 小学", ["School:s-e", "School:s-m", "School:s-q"]),
        ("没有人", []),
    ],
)
async def test_one_field_finds_all_that_has_text(county: Store, text: str, ids: list[str]) -> None:
    assert await _found(county, text) == ids


async def test_a_list_is_searched_beside_its_other_arguments(county: Store) -> None:
    document = """{ resources(search: "朗读", topic: "Topic:t-ld") { edges { node { code } } }
        schools(search: "小学", alliance: "Alliance:a-qx", orderBy: [{code: DESC}]) { totalCount edges { node { code
            teachers(search: "丁") { edges { node { name } } } } } }
        topics(search: "reading", where: {parent: {code: {eq: "t-yd"}}}) { aggregate { count } } }"""
    with count_statements() as counted:
        data = await answer(county, document)
    assert counted.total == 1
    assert data["resources"] == {"edges": [{"node": {"code": "z-1"}}]}
    found = {
        each["node"]["code"]: [t["node"]["name"] for t in each["node"]["teachers"]["edges"]]
        for each in data["schools"]["edges"]
    }
    assert found == {"s-q": ["青丁"], "s-m": ["石丁"], "s-e": []}
    assert list(found) == ["s-q", "s-m", "s-e"]
    assert data["topics"] == {"aggregate": {"count": 1}}


async def test_a_changed_name_is_found_at_once_and_the_former_no_more(county: Store) -> None:
    async def rename(transaction: Transaction) -> None:
        (school,) = (await load_some(transaction.run, School, ["s-m"])).values()
        await save(transaction.run, [replace(school, name="新石小学")])

    await county.write(rename)

    assert await _found(county, "石门") == []
    assert await _found(county, "新石") == ["School:s-m"]
