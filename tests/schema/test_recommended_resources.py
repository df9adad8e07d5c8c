"""Resources that fit, as a client asks for them over the small county."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model.needs import Need
from graph.model.resources import Resource
from graph.model.terms import Pool, Subject
from graph.nodes import load, save
from graph.store import Store, Transaction
from schema.root import schema
from tests.journeys import spring
from tests.schema.test_root import DAY, context

QUERY = """query ($need: ID, $teacher: ID, $school: ID, $top: Int! = 5) {
    recommendResources(need: $need, teacher: $teacher, school: $school, top: $top) {
        resources { rank scoreMillionths resource { code } reasons { millionths because unknown rule { key } } }
        pack { code } } }"""


async def ask(store: Store, **given: object) -> Any:
    """The answer, its errors told by code and field."""
    result = await schema.execute(QUERY, variable_values=given, context_value=context(store))
    if result.errors:
        return [(each.extensions["code"], each.extensions["data"]["field"]) for each in result.errors]  # type: ignore[index]  # told errors have them
    assert result.data is not None
    return result.data["recommendResources"]


@pytest.fixture
async def county(store: Store) -> Store:
    """The small county with one small and one large resource for reading aloud."""
    await spring.bring_the_workbook(store)
    await spring.form(store)
    resources = [
        Resource(
            id=id,
            name=id,
            pool=Pool.SOFTWARE,
            school="s-e",
            topics=("t-ld",),
            subject=Subject.CHINESE,
            available_from=DAY,
            size_bytes=size,
        )
        for id, size in (("r-small", 1_000), ("r-large", 2_000))
    ]

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, resources)
        await transaction.run("MATCH (n:School {id: 's-q'}) SET n.download_limit_bytes = 2500")

    await store.write(work)
    return store


async def test_a_need_a_teacher_and_a_school_get_what_fits_with_reasons_that_add_up(county: Store) -> None:
    need = next(each for each in await load(county.read, Need) if each.teacher == "p-05")
    for given in (
        {"need": f"Need:{need.id}"},
        {"teacher": "Person:p-05"},
        {"school": "School:s-q"},
    ):
        resources = (await ask(county, **given))["resources"]
        found = {each["resource"]["code"] for each in resources}
        assert {"r-small", "r-large"} <= found
        assert [each["rank"] for each in resources] == list(range(1, len(found) + 1))
        for each in resources:
            assert sum(reason["millionths"] for reason in each["reasons"]) == each["scoreMillionths"]
            assert all(reason["because"] and reason["rule"]["key"] for reason in each["reasons"])


async def test_the_pack_stays_within_what_the_line_carries(county: Store) -> None:
    pack = [each["code"] for each in (await ask(county, teacher="Person:p-05"))["pack"]]
    assert len({"r-small", "r-large"} & set(pack)) == 1


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, ("INVALID_INPUT", "need")),
        ({"teacher": "Person:p-05", "school": "School:s-q"}, ("INVALID_INPUT", "need")),
        ({"teacher": "Person:p-05", "top": 0}, ("INVALID_INPUT", "top")),
        ({"teacher": "Person:p-05", "top": 21}, ("INVALID_INPUT", "top")),
        ({"need": "Need:nowhere"}, ("NOT_FOUND", "need")),
        ({"teacher": "Person:nobody"}, ("NOT_FOUND", "teacher")),
        ({"school": "School:nowhere"}, ("NOT_FOUND", "school")),
        ({"teacher": "Person:x-01"}, ("NOT_ALLOWED_NOW", "teacher")),
    ],
)
async def test_what_is_unclear_or_unknown_is_refused(
    county: Store, given: dict[str, object], refused: tuple[str, str]
) -> None:
    assert await ask(county, **given) == [refused]
