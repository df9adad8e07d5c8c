"""An idempotency key has a length that a graph can index and a log line can hold."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from schema.root import schema
from tests.journeys.spring import bring_the_workbook
from tests.journeys.standing import everything
from tests.schema.test_root import context

RAISE = """mutation ($input: RaiseRequestInput!) {
    raiseRequest(input: $input) { request { code } userErrors { field code message } }
}"""


async def _raised(store: Store, key: str) -> Any:
    wish = {"teacher": "Person:p-05", "topic": "Topic:t-ld", "severity": 2, "key": key}
    result = await schema.execute(RAISE, variable_values={"input": wish}, context_value=context(store))
    assert result.errors is None
    assert result.data is not None
    return result.data["raiseRequest"]


@pytest.mark.parametrize("length", [0, 201, 100_000])
async def test_a_key_of_no_or_too_many_characters_is_refused_and_nothing_is_written(
    store: Store, length: int
) -> None:
    await bring_the_workbook(store)
    before = await everything(store)
    assert await _raised(store, "k" * length) == {
        "request": None,
        "userErrors": [
            {
                "field": "key",
                "code": "INVALID_INPUT",
                "message": f"an idempotency key has 1 to 200 characters, got {length}; leave it out to send none",
            }
        ],
    }
    assert await everything(store) == before


@pytest.mark.parametrize("length", [1, 200])
async def test_a_key_of_few_characters_is_kept_and_answers_again(store: Store, length: int) -> None:
    await bring_the_workbook(store)
    first = await _raised(store, "键" * length)
    assert first["userErrors"] == []
    assert await _raised(store, "键" * length) == first


@pytest.mark.parametrize("key", ["\x00", "k\n1", "k\x7f", "\x85k"])
async def test_a_key_with_a_control_character_is_refused_and_nothing_is_written(
    store: Store, key: str
) -> None:
    await bring_the_workbook(store)
    before = await everything(store)
    control = next(each for each in key if each != "k")
    told = (
        f"an idempotency key holds no control characters, got {control!r}; use visible ones, such as a UUID"
    )
    assert await _raised(store, key) == {
        "request": None,
        "userErrors": [{"field": "key", "code": "INVALID_INPUT", "message": told}],
    }
    assert await everything(store) == before
