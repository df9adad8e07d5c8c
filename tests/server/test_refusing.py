"""The media type and the language that an asker prefers."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from server.refusing import JSON, RESPONSE_JSON, RequestRefused, media_type_of, refusal_answer


@pytest.mark.parametrize(
    ("accepted", "given"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/json", JSON),
        ("application/graphql-response+json", RESPONSE_JSON),
        ("application/graphql-response+json; charset=utf-8, application/json", RESPONSE_JSON),
        ("application/json, application/graphql-response+json;q=0.9", JSON),
        ("application/graphql-response+json;q=0", JSON),
        ("application/graphql-response+json;q=often", JSON),
    ],
)
def test_the_media_type_is_the_one_preferred(accepted: str, given: str) -> None:
    assert media_type_of(Headers({"Accept": accepted})) == given


def test_a_method_that_is_not_allowed_names_those_that_are() -> None:
    answer = refusal_answer(RequestRefused("不行", "no", status=405), Headers({}), "zh")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(("accepted", "message"), [("en", b"no"), ("zh-CN", "不行".encode())])
def test_a_refusal_is_in_the_askers_language(accepted: str, message: bytes) -> None:
    answer = refusal_answer(RequestRefused("不行", "no"), Headers({"Accept-Language": accepted}), "zh")
    assert (
        answer.body
        == b'{"errors":[{"message":"' + message + b'","extensions":{"code":"BAD_REQUEST","data":{}}}]}'
    )
