"""Each query of the README and of the /graphql page's tabs, asked of the sample by each role over HTTP.

What each is answered stands in `shown/table.py`. It runs on the embedded engine only: what a role sees is the same
on both engines by `tests/access` and `tests/nonleak`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import pytest_asyncio

from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.store import Store
from graph.writing import version
from seeds.loader import load_sample
from server.settings import read_settings
from tests.access.expected import Role
from tests.access.world import World, read_world
from tests.journeys.shown.asking import Answer, Service, asking, grant
from tests.journeys.shown.documents import README, Document, shown
from tests.journeys.shown.job import Job
from tests.journeys.shown.seen import Indexed, Sight, revealing, unrevealed
from tests.journeys.shown.table import CALLED, MAY, READS, SCHOOL, TEACHER, WRITES, bound

DAY = date(2025, 7, 31)
"""The last day of the sample's last school year."""
DOCUMENTS = shown()
READ = {name: each for name, each in DOCUMENTS.items() if each.operation.operation.value == "query"}
HOLDERS = tuple(READS["Needs"])
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(slots=True)
class Stage:
    """The sample with a service in front of it, and who asks."""

    store: Store
    service: Service
    world: World
    roles: dict[str, tuple[Role, ...]]

    def sight(self, holder: str) -> Sight:
        """What the holder sees of the world as it was last read."""
        return Sight(self.world, holder, self.roles[holder], DAY.isoformat())

    async def look_again(self) -> None:
        """Reads the world anew."""
        self.world = Indexed.of_world(await read_world(self.store))


@pytest_asyncio.fixture(scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """The sample made for this module, with somebody in each role."""
    folder = tmp_path_factory.mktemp("shown")
    async with await EmbeddedEngine.start(folder / "sample") as engine:
        store = await Store.open(engine.address)
        await migrate(store)
        await load_sample(store)
        roles = bound(await _somebody_in_need(store), await _busiest_local_trainer(store))
        await grant(store, roles)
        world = Indexed.of_world(await read_world(store))
        async with asking(store, read_settings({"ZAOXUE_DATA": str(folder)}), DAY) as service:
            yield Stage(store, service, world, roles)
        await store.close()


async def _somebody_in_need(store: Store) -> str:
    """A teacher of the tabs' school with an open need, who came to a session once."""
    rows = await store.read(
        "MATCH (:School {id: $school})<-[:AT]-(:Employment)-[:OF]->(p:Person)<-[:OF]-(:Need {status: 'OPEN'})"
        " MATCH (p)<-[:OF]-(:Attendance {present: true}) RETURN min(p.id) AS id",
        school=SCHOOL,
    )
    return str(rows[0]["id"])


async def _busiest_local_trainer(store: Store) -> str:
    rows = await store.read(
        "MATCH (o:TrainingOrder)-[:BY]->(p:Person {kind: 'TEACHER'}) WHERE NOT (p)-[:SECONDED_TO]->(:HelpGroup)"
        " RETURN p.id AS id, count(o) AS led ORDER BY led DESC, id LIMIT 1"
    )
    return str(rows[0]["id"])


def test_the_table_has_a_row_for_every_document_and_root_field() -> None:
    told = {
        (document, field)
        for table in (READS, WRITES)
        for document in table
        for field in _columns(table, document)
    }
    assert told == {(name, field) for name, each in DOCUMENTS.items() for field in each.fields}


def _columns(table: dict[str, dict[str, dict[str, str]]], document: str) -> set[str]:
    return {field for cells in table[document].values() for field in cells}


def test_every_role_is_in_the_table() -> None:
    kinds = {role.kind for roles in bound("", "").values() for role in roles}
    assert kinds | {"ADMINISTRATOR"} == set(CALLED)
    assert {holder for cells in READS.values() for holder in cells} == {*bound("", ""), "administrator"}


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("name", READ)
async def test_a_role_is_answered_as_the_table_says(stage: Stage, name: str, holder: str) -> None:
    document, (field, cell) = READ[name], next(iter(READS[name][holder].items()))
    answer = await stage.service.ask(holder, document.text, document.variables)
    if cell == "FORBIDDEN":
        in_english = await stage.service.ask(holder, document.text, document.variables, "en")
        _is_refused(field, answer, in_english)
        return
    assert answer.errors == []
    assert _shows_something(answer.data[field]) == (cell == "rows")
    if holder != "administrator":
        await _shows_what_he_may_see(stage, holder, document, answer)


def _is_refused(field: str, *answers: Answer) -> None:
    """With a code at that field and nothing besides, in Chinese, then in English."""
    errors = [each for answer in answers for each in answer.errors]
    assert [(each["extensions"]["code"], each["path"]) for each in errors] == [("FORBIDDEN", [field])] * 2
    assert [answer.data for answer in answers] == [None, None]
    chinese, english = (each["message"] for each in errors)
    assert _CHINESE.search(chinese)
    assert not _CHINESE.search(english)
    _tells_who_may(field, chinese, english)


def _tells_who_may(verb: str, chinese: str, english: str) -> None:
    assert verb in chinese
    assert verb in english
    for role, (zh, en) in CALLED.items():
        may = role == "ADMINISTRATOR" or role in MAY[verb]
        named = (f"{zh}（" in chinese or f"：{zh}" in chinese, en in english)
        assert named == (may, may), (verb, role)


def _shows_something(value: Any) -> bool:
    for key in ("edges", "orders", "resources"):
        if isinstance(value, dict) and key in value:
            return bool(value[key])
    return bool(value)


async def _shows_what_he_may_see(stage: Stage, holder: str, document: Document, answer: Answer) -> None:
    """Only rows of his, each field of them that his view shows, and no name that he is not shown."""
    sight = stage.sight(holder)
    revealed = await stage.service.ask(holder, revealing(document), document.variables)
    assert unrevealed(revealed.data) == answer.data
    assert sight.faults(document, revealed.data) == []
    assert [name for name in sight.unnamed() if name in answer.text] == []


@pytest.mark.parametrize("holder", HOLDERS)
async def test_the_needs_shown_are_all_of_his_that_wait(stage: Stage, holder: str) -> None:
    needs = (await stage.service.ask(holder, DOCUMENTS["Needs"].text, {})).data["needs"]
    every = stage.world.of("Need")
    seen = set(every) if holder == "administrator" else stage.sight(holder).ids("Need")
    waiting = sorted(f"Need:{id}" for id in seen if every[id]["status"] in ("OPEN", "REOPENED"))
    assert needs["totalCount"] == len(waiting)
    assert [each["node"]["id"] for each in needs["edges"]] == waiting[:5]


async def test_the_figures_are_one_for_all_who_are_told_them_and_stand_in_the_readme(stage: Stage) -> None:
    document = DOCUMENTS["Indicators"]
    told = []
    for holder, cells in READS["Indicators"].items():
        if cells["indicators"] == "rows":
            found = (await stage.service.ask(holder, document.text, document.variables, "en")).data
            told.append(
                [[each[key] for key in ("label", "numerator", "denominator")] for each in found["indicators"]]
            )
    assert len(told) == 4
    assert all(each == told[0] for each in told)
    last_year = dict(
        re.findall(
            r"^\| ([a-z ]+) [\u4e00-\u9fff]+ \|.*\| (\d+/\d+) = [^|]+\| [^|]+\|$", README, re.MULTILINE
        )
    )
    assert {label: f"{numerator}/{denominator}" for label, numerator, denominator in told[0]} == last_year


@pytest.mark.parametrize("holder", HOLDERS)
async def test_the_words_of_the_readme_find_what_each_role_sees_of_them(stage: Stage, holder: str) -> None:
    document = DOCUMENTS["README line: search"]
    ((chinese, english),) = re.findall(r'text: "(\w+) (\w+)"', document.text)
    found = (await stage.service.ask(holder, document.text, {})).data["search"]
    labels = (
        "HelpGroup",
        "Alliance",
        "School",
        "Topic",
        "Person",
        "Resource",
        "Evidence",
        "Request",
        "Feedback",
    )
    holding = {
        (label, id)
        for label in labels
        for id, node in stage.world.of(label).items()
        if chinese in (text := " ".join(map(str, node.values()))) and re.search(rf"\b{english}", text)
    }
    seen = holding if holder == "administrator" else holding & set(stage.sight(holder).seen)
    assert Counter(each["__typename"] for each in found) == Counter(label for label, _ in seen)


async def test_the_job_is_done_by_those_who_may_and_refused_to_the_others(stage: Stage) -> None:
    (trainer,), (needy,) = stage.roles["trainer"], stage.roles["needy"]
    job = Job(str(trainer.person), {TEACHER, str(needy.person)}, DAY.isoformat())
    for name, holders in WRITES.items():
        if name == "PlaceOrder":
            stage.roles["served"] = (Role("TEACHER", person=job.served),)
            await grant(stage.store, {"served": stage.roles["served"]})
        if name == "DeliverSession":
            await stage.look_again()
        for holder, cells in holders.items():
            given = job.variables(DOCUMENTS[name], holder)
            job.take(stage.world, name, holder, await _does(stage, DOCUMENTS[name], holder, cells, given))
    await _it_showed_what_each_may_see(stage, job)


async def _it_showed_what_each_may_see(stage: Stage, job: Job) -> None:
    """Sent again each is answered as the first time, now with the ids of everything, and nothing is done twice."""
    told = [
        (name, holder, await stage.service.ask(holder, again, job.variables(DOCUMENTS[name], holder)))
        for name, holders in WRITES.items()
        for again in (revealing(DOCUMENTS[name]),)
        for holder, cells in holders.items()
        if "done" in cells.values() and holder != "administrator"
    ]
    await stage.look_again()
    for name, holder, answer in told:
        sight = stage.sight(holder)
        assert sight.faults(DOCUMENTS[name], answer.data) == [], (name, holder)
        assert [each for each in sight.unnamed() if each in answer.text] == [], (name, holder)


async def _does(
    stage: Stage, document: Document, holder: str, cells: dict[str, str], given: dict[str, Any]
) -> Any:
    """The answer of the first time, after it was found to be as the table says, in both languages."""
    before = await version(stage.store.read)
    first, second = [
        await stage.service.ask(holder, document.text, given, language) for language in ("zh", "en")
    ]
    assert first.errors == second.errors == [], (document.name, holder)
    if "done" not in cells.values():
        assert await version(stage.store.read) == before
    for field, cell in cells.items():
        code = _code_beyond(stage, holder, given) if cell == "beyond" else cell
        told = [answer.data[field]["userErrors"] for answer in (first, second)]
        codes = [[each["code"] for each in errors] for errors in told]
        assert codes == ([[], []] if code == "done" else [[code], [code]]), (document.name, field, holder)
        if code == "done":
            assert _is_done(field, holder, first.data[field]), (field, holder)
        if code == "FORBIDDEN":
            _tells_who_may(field, *(errors[0]["message"] for errors in told))
    return first.data


def _code_beyond(stage: Stage, holder: str, given: dict[str, Any]) -> str:
    """He names another: whom he sees he may not do it for, and whom he doesn't see is not there."""
    named = (given.get("request") or {}).get("teacher") or given["feedback"]["person"]
    sees = named.removeprefix("Person:") in stage.sight(holder).ids("Person")
    return "FORBIDDEN" if sees else "NOT_FOUND"


def _is_done(field: str, holder: str, payload: Any) -> bool:
    """Whether the answer shows what was made; of one request a need is formed once, by the officer, who asks first."""
    if field == "formNeeds":
        return bool(payload["created"]) == (holder == "officer")
    return all(value for key, value in payload.items() if key not in ("userErrors", "warning", "unserved"))
