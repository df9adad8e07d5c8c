"""What can't be taken as a GraphQL request is told by its place, with what would be right."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.reading import read_address, read_body
from server.refusing import RequestRefused

HALF_A_PAIR = rb'{"query": "{ __typename }", "variables": {"text": "\ud800"}}'
DEEP = b'{"query": "{ __typename }", "variables": {"x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}"


def _refusal(read: Callable[[], object]) -> RequestRefused:
    with pytest.raises(RequestRefused) as caught:
        read()
    return caught.value


def test_a_request_is_read_with_all_its_parts() -> None:
    body = b'{"query": "{ a }", "variables": {"n": 1}, "operationName": "A", "extensions": {}}'
    read = read_body("application/json; charset=utf-8", body)
    assert (read.query, read.variables, read.operation_name, read.extensions) == ("{ a }", {"n": 1}, "A", {})


def test_parts_that_are_null_are_absent() -> None:
    read = read_body("application/json", b'{"query": "{ a }", "variables": null, "operationName": null}')
    assert (read.variables, read.operation_name, read.extensions) == (None, None, None)


def test_an_address_brings_its_variables_as_json() -> None:
    read = read_address({"query": "{ a }", "variables": '{"n": 1}', "operationName": "", "extensions": ""})
    assert (read.query, read.variables, read.operation_name, read.extensions) == (
        "{ a }",
        {"n": 1},
        None,
        None,
    )


@pytest.mark.parametrize(
    ("body", "zh", "en"),
    [
        (b"null", "请求正文应为 JSON 对象，得到的是 null", "the body should be a JSON object, got null"),
        (b'"x"', "请求正文应为 JSON 对象，得到的是 string", "the body should be a JSON object, got string"),
        (b"5", "请求正文应为 JSON 对象，得到的是 number", "the body should be a JSON object, got number"),
        (
            b"true",
            "请求正文应为 JSON 对象，得到的是 boolean",
            "the body should be a JSON object, got boolean",
        ),
        (
            b'[{"query": "{ a }"}]',
            "不支持一次发送多个请求（JSON 数组）；请逐个发送 JSON 对象",
            "batches (JSON arrays) are not served; send one JSON object a request",
        ),
        (
            b" ",
            '请求正文为空；应为 JSON 对象，如 {"query": "{ needs { totalCount } }"}',
            'the body is empty; it should be a JSON object, as {"query": "{ needs { totalCount } }"}',
        ),
        (
            b"{}",
            "请求中没有 query；应为一份 GraphQL 文档",
            "there is no query in the request; it should be a GraphQL document",
        ),
        (b'{"query": ["{ a }"]}', "query 应为字符串，得到的是 array", "query should be a string, got array"),
        (
            b'{"query": "{ a }", "operationName": 5}',
            "operationName 应为字符串，得到的是 number",
            "operationName should be a string, got number",
        ),
        (
            b'{"query": "{ a }", "variables": [1]}',
            "variables 应为 JSON 对象，得到的是 array",
            "variables should be a JSON object, got array",
        ),
        (
            b'{"query": "{ a }", "extensions": "x"}',
            "extensions 应为 JSON 对象，得到的是 string",
            "extensions should be a JSON object, got string",
        ),
    ],
)
def test_a_body_of_another_shape_is_told_in_both_languages(body: bytes, zh: str, en: str) -> None:
    refusal = _refusal(lambda: read_body("application/json", body))
    assert (refusal.status, refusal.code, refusal.zh, refusal.en) == (400, "BAD_REQUEST", zh, en)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (HALF_A_PAIR, "第 1 行第 52 列：\\u 转义的代理对不完整"),
        (DEEP, "第 1 行第 1071 列：嵌套过深"),
        (b'{"query": "\xff\xfe"}', "含有无效的 UTF-8"),
        (b"{", "第 1 行第 2 列：内容到此中断"),
        (b"query=x", "第 1 行第 1 列：不合 JSON 语法"),
    ],
)
def test_what_is_no_json_that_can_be_answered_is_refused(body: bytes, why: str) -> None:
    refusal = _refusal(lambda: read_body("application/json", body))
    assert (refusal.status, refusal.data) == (400, {"field": "body"})
    assert refusal.zh == f"请求正文不是有效的 UTF-8 JSON：{why}"
    assert refusal.en.startswith("the body is no valid JSON in UTF-8: ")


@pytest.mark.parametrize("variables", ['"\\ud800"', "[" * 50_000, "{"])
def test_variables_of_an_address_are_read_as_strictly(variables: str) -> None:
    refusal = _refusal(lambda: read_address({"query": "{ a }", "variables": variables}))
    assert (refusal.status, refusal.data) == (400, {"field": "variables"})


@pytest.mark.parametrize(
    "given", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_another_content_type_is_refused_before_the_body_is_read(given: str) -> None:
    refusal = _refusal(lambda: read_body(given, b'{"query": "{ a }"}'))
    assert (refusal.status, refusal.data) == (415, {"given": given.partition(";")[0]})
