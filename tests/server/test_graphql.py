"""GraphQL over HTTP: statuses by media type, refusals as JSON, and nothing hostile that is run."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import get_introspection_query

from graph.store import Store, count_statements
from server.app import create_app
from server.settings import read_settings

TOTAL = "{ needs { totalCount } }"
RESPONSE_JSON = "application/graphql-response+json"


@pytest.fixture
async def client(store: Store, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the app on an empty graph, in English."""
    app = create_app(read_settings({}, {"data": str(tmp_path), "language": "en"}), store)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


async def _post(client: httpx.AsyncClient, body: bytes, accept: str = "*/*") -> tuple[int, Any]:
    headers = {"Content-Type": "application/json", "Accept": accept}
    with count_statements() as counted:
        answer = await client.post("/graphql", content=body, headers=headers)
    assert counted.total == 0
    return answer.status_code, answer.json()


def _fan(deep: int) -> str:
    """A document whose fragments are each spread twice by the one before."""
    fragments = [
        f"fragment F{i} on Need {{ a{i}: teacher {{ needs {{ edges {{ node {{ ...F{i + 1} }} }} }} }}"
        f" b{i}: teacher {{ needs {{ edges {{ node {{ ...F{i + 1} }} }} }} }} }}"
        for i in range(deep)
    ]
    return "\n".join(
        ["{ needs { edges { node { ...F0 } } } }", *fragments, f"fragment F{deep} on Need {{ id }}"]
    )


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b'"x"',
        b"5",
        b"",
        b"[]",
        b'{"query": "\xff"}',
        rb'{"query": "{ __typename }", "variables": {"x": "\ud800"}}',
        b'{"query": "{ __typename }", "variables": {"x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}",
        b'{"query": "{ __typename }", "variables": 5}',
        b'{"query": "{ __typename }", "operationName": {}}',
        b'{"query": "{ __typename }", "operationName": "Other"}',
        b'{"query": "fragment F on Need { id }"}',
    ],
)
async def test_a_body_that_is_no_request_is_answered_400_with_a_reason(
    client: httpx.AsyncClient, body: bytes
) -> None:
    status, told = await _post(client, body)
    assert status == 400
    (error,) = told["errors"]
    assert error["extensions"]["code"] == "BAD_REQUEST"
    assert "data" not in told


async def test_1000_levels_of_json_are_refused_by_the_type_that_they_do_not_fit(
    client: httpx.AsyncClient,
) -> None:
    deep = b"[" * 1_000 + b"]" * 1_000
    query = b'"query ($x: [NeedStatus!]) { needs(status: $x) { totalCount } }"'
    status, told = await _post(client, b'{"query": ' + query + b', "variables": {"x": ' + deep + b"}}")
    assert (status, told["errors"][0]["extensions"]["code"]) == (200, "BAD_REQUEST")


async def test_the_status_tells_what_was_not_run_under_the_newer_media_type_alone(
    client: httpx.AsyncClient,
) -> None:
    body = json.dumps({"query": "{ apples }"}).encode()
    older, newer = await _post(client, body), await _post(client, body, RESPONSE_JSON)
    assert (older[0], newer[0]) == (200, 400)
    assert older[1] == newer[1]
    assert "data" not in older[1]


async def test_a_document_that_does_not_fit_is_told_in_chinese_with_the_english_beside_it(
    client: httpx.AsyncClient,
) -> None:
    body = {"query": "{ needs { totalCont } }"}
    answers = [
        await client.post("/graphql", json=body, headers={"Accept-Language": language})
        for language in ("zh-CN,zh;q=0.9", "en", "zh")
    ]
    chinese, english, again = (answer.json()["errors"][0] for answer in answers)
    assert chinese["message"] == "类型 NeedConnection 没有字段 totalCont；是否想写 totalCount？"
    assert chinese["extensions"] == {"code": "BAD_REQUEST", "data": {"original": english["message"]}}
    assert english["extensions"] == {"code": "BAD_REQUEST"}
    assert (again, again["locations"]) == (chinese, english["locations"])


async def test_an_answer_has_the_media_type_that_was_preferred(client: httpx.AsyncClient) -> None:
    for accepted in (RESPONSE_JSON, "application/json"):
        answer = await client.post("/graphql", json={"query": TOTAL}, headers={"Accept": accepted})
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, accepted)
        assert answer.json() == {"data": {"needs": {"totalCount": 0}}}


async def test_a_field_that_fails_is_no_failed_request(client: httpx.AsyncClient) -> None:
    body = {"query": "{ needs(first: 101) { totalCount } }"}
    answer = await client.post("/graphql", json=body, headers={"Accept": RESPONSE_JSON})
    assert (answer.status_code, answer.json()["data"]) == (200, None)


async def test_other_methods_are_told_which_are_served(client: httpx.AsyncClient) -> None:
    answer = await client.put("/graphql", json={"query": TOTAL})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")
    assert answer.json()["errors"][0]["message"] == (
        "PUT is not served; send GraphQL by POST, or a query by GET"
    )


async def test_a_get_without_a_query_says_so(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphql")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["data"] == {"field": "query"}


async def test_a_kilobyte_of_fragments_is_counted_and_not_expanded(client: httpx.AsyncClient) -> None:
    document = _fan(8)
    assert len(document) < 1_200
    status, told = await _post(client, json.dumps({"query": document}).encode())
    assert status == 200
    assert [(each["extensions"]["code"], each["extensions"]["data"]) for each in told["errors"]] == [
        ("DOCUMENT_TOO_LARGE", {"limit": "fields", "found": 2299, "most": 500}),
        ("DOCUMENT_TOO_LARGE", {"limit": "objects", "found": 1_021, "most": 100}),
        ("DOCUMENT_TOO_LARGE", {"limit": "values", "found": 1_000_000_000, "most": 1_000_000}),
    ]


async def test_a_document_that_would_be_longer_than_the_world_is_refused_as_fast(
    client: httpx.AsyncClient,
) -> None:
    spreads = [f"fragment F{i} on Need {{ ...F{i + 1} ...F{i + 1} }}" for i in range(99)]
    document = "\n".join(["{ needs { edges { node { ...F0 } } } }", *spreads, "fragment F99 on Need { id }"])
    _, told = await _post(client, json.dumps({"query": document}).encode())
    found = {
        each["extensions"]["data"]["limit"]: each["extensions"]["data"]["found"] for each in told["errors"]
    }
    assert found == {"depth": 104, "fields": 1_000_000_000, "values": 1_000_000_000}


async def test_more_root_fields_than_an_engine_bears_are_refused_and_no_lost_engine(
    client: httpx.AsyncClient,
) -> None:
    document = "{" + " ".join(f"a{i}: __typename" for i in range(1_600)) + "}"
    _, told = await _post(client, json.dumps({"query": document}).encode())
    assert [each["extensions"]["data"] for each in told["errors"]] == [
        {"limit": "root_fields", "found": 1_600, "most": 50},
        {"limit": "fields", "found": 1_600, "most": 500},
    ]


async def test_a_setting_raises_the_limit(store: Store, tmp_path: Path) -> None:
    settings = read_settings({"ZAOXUE_QUERY_FIELDS": "600"}, {"data": str(tmp_path)})
    transport = httpx.ASGITransport(app=create_app(settings, store))
    fields = " ".join(f"a{i}: totalCount" for i in range(599))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.post("/graphql", json={"query": f"{{ needs {{ {fields} }} }}"})
        beyond = await client.post("/graphql", json={"query": f"{{ needs {{ {fields} b: totalCount }} }}"})
    assert len(answer.json()["data"]["needs"]) == 599
    (error,) = beyond.json()["errors"]
    assert error["message"] == "查询过大：字段数（展开片段后） 601，最多 600；请少选一些，或分几次查询"


async def test_a_client_that_asks_for_the_whole_schema_is_answered(client: httpx.AsyncClient) -> None:
    query = get_introspection_query(
        input_value_deprecation=True,
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
    )
    answer = await client.post("/graphql", json={"query": query})
    assert answer.json()["data"]["__schema"]["queryType"]["name"] == "Query"
