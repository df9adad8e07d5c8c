"""Errors: a code, the facts, the asker's language, and nothing of what was not meant for him."""

from __future__ import annotations

import pytest
import structlog

from graph.errors import Faults, InvalidInput, Language
from graph.store import Store
from schema.kit.errors import tell
from tests.schema.kit.orchards import context, orchard_schema


@pytest.mark.parametrize(("language", "message"), [("zh", "树累了"), ("en", "the tree is tired")])
async def test_a_refusal_is_told_in_the_askers_language(
    store: Store, language: Language, message: str
) -> None:
    result = await orchard_schema().execute("{ tired }", context_value=context(store, language))
    (error,) = result.errors or []
    assert (error.message, error.path) == (message, ["tired"])
    assert error.extensions == {
        "code": "TREE_IS_TIRED",
        "data": {"field": "tree", "since": "2024-09-01", "soil": "CLAY"},
    }


async def test_a_fault_is_masked_and_logged_with_the_requests_id(store: Store) -> None:
    with structlog.testing.capture_logs() as logs:
        result = await orchard_schema().execute("{ broken }", context_value=context(store))
    (error,) = result.errors or []
    assert error.message == "internal error, request r-1"
    assert error.extensions == {"code": "INTERNAL", "data": {"requestId": "r-1"}}
    assert "hunter2" not in str(error.formatted)
    assert [(log["event"], log["request_id"], log["path"]) for log in logs] == [
        ("unexpected error", "r-1", ["broken"])
    ]


async def test_a_document_that_does_not_fit_the_schema_is_a_bad_request(store: Store) -> None:
    for document in ("{ apples }", "{ orchards(first: true) { totalCount } }", "{"):
        result = await orchard_schema().execute(document, context_value=context(store))
        (error,) = result.errors or []
        assert error.extensions == {"code": "BAD_REQUEST"}


async def test_a_document_that_is_known_to_be_wrong_is_told_to_each_asker_in_his_language(
    store: Store,
) -> None:
    told, schema = {}, orchard_schema()
    for language in ("zh", "en", "zh"):  # what is found wrong is kept, whoever asked first
        for document in ("{ apples }", "{", "query ($n: Int!) { orchards(first: $n) { totalCount } }"):
            result = await schema.execute(document, context_value=context(store, language))
            (error,) = result.errors or []
            told[language, document] = error.message, error.extensions
    for (language, document), (message, extensions) in told.items():
        if language == "zh":
            english, _ = told["en", document]
            assert extensions == {"code": "BAD_REQUEST", "data": {"original": english}}
            assert message != english
        else:
            assert extensions == {"code": "BAD_REQUEST"}
    assert [message for (language, _), (message, _) in told.items() if language == "zh"] == [
        "类型 Query 没有字段 apples",
        "语法错误：此处应为名称，得到的是文档结尾",
        "变量 $n 的值不对：没有给出；须有 Int! 的值",
    ]


def test_several_faults_are_told_one_by_one(store: Store) -> None:
    from graphql import GraphQLError

    faults = Faults(
        [InvalidInput("a", "甲错", "a is wrong"), InvalidInput("b", "乙错", "b is wrong", limit=3)]
    )
    told = tell(GraphQLError("x", original_error=faults), context(store, "zh"))
    assert told.message == "甲错；乙错"
    assert told.extensions == {
        "code": "INVALID_INPUT",
        "data": {
            "count": 2,
            "faults": [
                {"message": "甲错", "code": "INVALID_INPUT", "data": {"field": "a"}},
                {"message": "乙错", "code": "INVALID_INPUT", "data": {"field": "b", "limit": 3}},
            ],
        },
    }
