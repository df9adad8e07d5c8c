"""From an HTTP request to a GraphQL request: every way in which it can be none is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import orjson
from strawberry.http import GraphQLRequestData

from graph.causes import cause_of
from server.refusing import JSON, RequestRefused
from server.wording import wanted_zh

_PARAMETERS = ("query", "variables", "operationName", "extensions")


def read_address(parameters: Mapping[str, object]) -> GraphQLRequestData:
    """The request of a GET, its variables and extensions as JSON. Raises RequestRefused."""
    given = {name: parameters[name] for name in _PARAMETERS if parameters.get(name)}
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _json(str(given[name]), name)
    return _request(given)


def read_body(content_type: str, body: bytes) -> GraphQLRequestData:
    """The request of a POST. Raises RequestRefused."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type != JSON:
        raise RequestRefused(
            f"请求正文的 Content-Type 应为 {JSON}，得到的是 {media_type!r}",
            f"the Content-Type of the body should be {JSON}, got {media_type!r}",
            status=415,
            given=media_type,
        )
    if not body.strip():
        raise RequestRefused(
            '请求正文为空；应为 JSON 对象，如 {"query": "{ needs { totalCount } }"}',
            'the body is empty; it should be a JSON object, as {"query": "{ needs { totalCount } }"}',
        )
    told = _json(body, "body")
    if isinstance(told, list):
        raise RequestRefused(
            "不支持一次发送多个请求（JSON 数组）；请逐个发送 JSON 对象",
            "batches (JSON arrays) are not served; send one JSON object a request",
        )
    if not isinstance(told, dict):
        raise _misfit("body", "JSON 对象", "a JSON object", told)
    return _request(told)


def _request(given: Mapping[str, object]) -> GraphQLRequestData:
    query, name = given.get("query"), given.get("operationName")
    if query is None or query == "":
        raise RequestRefused(
            "请求中没有 query；应为一份 GraphQL 文档",
            "there is no query in the request; it should be a GraphQL document",
            field="query",
        )
    if not isinstance(query, str):
        raise _misfit("query", "字符串", "a string", query)
    if not isinstance(name, str | None):
        raise _misfit("operationName", "字符串", "a string", name)
    for field in ("variables", "extensions"):
        if not isinstance(given.get(field), dict | None):
            raise _misfit(field, "JSON 对象", "a JSON object", given[field])
    return GraphQLRequestData(
        query=query,
        variables=cast("dict[str, object] | None", given.get("variables")),
        operation_name=name,
        extensions=cast("dict[str, object] | None", given.get("extensions")),
    )


def _json(text: str | bytes, field: str) -> object:
    """The JSON value. orjson refuses what no answer could hold: wrong UTF-8, half a surrogate pair, endless nesting."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as fault:
        zh, en = _PLACES.get(field, (f"{field} ", field))
        why_zh, why_en = cause_of(fault)
        raise RequestRefused(
            f"{zh}不是有效的 UTF-8 JSON：{why_zh}", f"{en} is no valid JSON in UTF-8: {why_en}", field=field
        ) from fault


def _misfit(field: str, right_zh: str, right_en: str, given: object) -> RequestRefused:
    zh, en = _PLACES.get(field, (f"{field} ", field))
    kind = _KINDS.get(type(given), "number")
    return RequestRefused(
        f"{zh}{wanted_zh(right_zh)}，得到的是 {kind}",
        f"{en} should be {right_en}, got {kind}",
        field=field,
        given=kind,
    )


_PLACES = {"body": ("请求正文", "the body")}
_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    str: "string",
    list: "array",
    dict: "object",
}
