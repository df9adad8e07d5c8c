"""What the README shows of the sample is what the sample answers: its question, its table, its size."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from graph.access.viewer import administrator
from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.model.alliance import Membership
from graph.model.people import Employment, Teacher
from graph.model.resources import Resource
from graph.model.terms import Side
from graph.nodes import load
from graph.store import Store
from recommender.indicators import Indicator
from resolvers.indicators import indicators
from schema.kit.context import Context
from schema.root import schema
from seeds.loader import load_sample
from tests.journeys.spring import RULES

README = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
ALLIANCE = "a1-alliance"
YEARS = (2022, 2023, 2024)
"""In which the three school years of the table begin, on 1 September."""
NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)

_QUESTION = re.compile(r"```graphql\n(.*?)```\n\n```json\n(.*?)```\n\n\(([^)]*)\)", re.DOTALL)
_TABLE = re.compile(r"^\| indicator \|.*?(?=\n\n)", re.DOTALL | re.MULTILINE)
_FORMS = re.compile(r"in 2024-25, (\d+) of (\d+) expected feedback forms were received")
_SIZE = re.compile(
    r"a help group, (\w+) helped schools and a helping one,\s(\d+) teachers at the helped ones, (\d+) resources"
)
_OPENERS = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What the sample answers: to the question, the indicators of each year, schools, teachers, resources."""

    asked: dict[str, Any]
    years: tuple[Mapping[str, Indicator], ...]
    size: tuple[str, str, str]


@pytest_asyncio.fixture(scope="module")
async def answers(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Answers]:
    """The answers of a sample made for this module."""
    async with await EmbeddedEngine.start(tmp_path_factory.mktemp("readme") / "sample") as engine:
        store = await Store.open(engine.address)
        await migrate(store)
        await load_sample(store)
        years = tuple([await _rates(store, year) for year in YEARS])
        yield Answers(await _asked(store), years, await _size(store))
        await store.close()


async def _rates(store: Store, year: int) -> Mapping[str, Indicator]:
    found = await indicators(store, ALLIANCE, date(year, 9, 1), date(year + 1, 8, 31))
    return {f"{each.definition.en} {each.definition.zh}": each for each in found}


async def _asked(store: Store) -> dict[str, Any]:
    day, who = date(2025, 7, 31), administrator("reader")
    context = Context(store, day, "zh", b"s", "r", who.holder, f"{day}T02:00:00Z", RULES, who)
    result = await schema.execute(_shown(README)[0], context_value=context)
    assert result.errors is None
    assert result.data is not None
    node: dict[str, Any] = result.data["needs"]["edges"][0]["node"]
    return node


async def _size(store: Store) -> tuple[str, str, str]:
    members = await load(store.read, Membership)
    helped = {each.school for each in members if each.side is Side.HELPED}
    posts = await load(store.read, Employment)
    seconded = {each.id for each in await load(store.read, Teacher) if each.help_group is not None}
    teachers = {each.person for each in posts if each.school in helped} - seconded
    return NUMBERS[len(helped)], str(len(teachers)), str(len(await load(store.read, Resource)))


def _shown(readme: str) -> tuple[str, str, str]:
    """The question, what is shown of its answer, and the remark below it."""
    found = _QUESTION.search(readme)
    assert found is not None, "no question with its answer"
    return found[1], found[2], found[3]


def _closed(shown: str) -> Any:
    """The answer as far as it is shown: what the ellipsis leaves open is closed."""
    text = shown.partition("…")[0].rstrip().removesuffix(",")
    open_: list[str] = []
    for mark in re.sub(r'"[^"]*"', "", text.replace('\\"', "")):
        if mark in _OPENERS:
            open_.append(_OPENERS[mark])
        elif open_ and mark == open_[-1]:
            open_.pop()
    return json.loads(text + "".join(reversed(open_)))


def _of_answer(readme: str, answers: Answers) -> list[str]:
    _, shown, remark = _shown(readme)
    said = _closed(shown)
    kept = len(said["recommendations"]["edges"][0]["node"]["contributions"])
    asked = json.loads(json.dumps(answers.asked))
    contributions = asked["recommendations"]["edges"][0]["node"]["contributions"]
    more = NUMBERS[len(contributions) - kept]
    asked["recommendations"]["edges"][0]["node"]["contributions"] = contributions[:kept]
    wrong = [] if said == asked else [f"the answer is {json.dumps(asked, ensure_ascii=False)}"]
    right = f"the node of the first edge; {more} more contributions follow"
    return wrong if remark == right else [*wrong, right]


def _of_table(readme: str, answers: Answers) -> list[str]:
    found = _TABLE.search(readme)
    assert found is not None, "no table of indicators"
    header, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in found[0].split("\n")
    ]
    right = [f"{year}-{(year + 1) % 100}" for year in YEARS] + [_cited_years(answers)]
    wrong = [] if [cell.removeprefix("sample ") for cell in header[1:]] == right else [f"header: {right}"]
    said = {row[0]: row[1:] for row in rows}
    if set(said) != set(answers.years[0]):
        return [*wrong, f"rows: {list(answers.years[0])}"]
    for name, cells in said.items():
        counted = [_cell(year[name]) for year in answers.years]
        if cells[:3] != counted:
            wrong.append(f"{name}: {counted}")
        cited = answers.years[0][name].definition.cited
        if cited is not None and cells[3] != f"{cited.before} % → {cited.after} %":
            wrong.append(f"{name}: the paper has {cited.before} and {cited.after}")
        if cited is None and cells[3] not in ("not given", "under 30 % before"):
            wrong.append(f"{name}: the paper gives no figure")
    return wrong


def _cited_years(answers: Answers) -> str:
    cited = [each.definition.cited for each in answers.years[0].values() if each.definition.cited]
    ((before, after),) = {(each.before_year, each.after_year) for each in cited}
    return f"the paper, {before} → {after}"


def _cell(rate: Indicator) -> str:
    return f"{len(rate.numerator)}/{len(rate.denominator)} = {rate.percent:.1f} %"


def _of_rest(readme: str, answers: Answers) -> list[str]:
    forms, size = _FORMS.search(readme), _SIZE.search(readme)
    rate = answers.years[-1]["satisfaction 培训满意度"]
    wrong = []
    if forms is None or forms.groups() != (str(rate.received), str(rate.expected)):
        wrong.append(f"{rate.received} of {rate.expected} feedback forms")
    if size is None or size.groups() != answers.size:
        wrong.append(f"the sample has {answers.size}")
    return wrong


def differences(readme: str, answers: Answers) -> list[str]:
    """What a README says otherwise than the sample answers."""
    return [*_of_answer(readme, answers), *_of_table(readme, answers), *_of_rest(readme, answers)]


async def test_the_readme_shows_what_the_sample_answers(answers: Answers) -> None:
    assert differences(README, answers) == []


async def test_every_figure_of_it_is_compared(answers: Answers) -> None:
    spans = [pattern.search(README) for pattern in (_TABLE, _FORMS, _SIZE)]
    places = [span.span() for span in spans if span is not None]
    shown = _shown(README)[1]
    start = README.index(shown)
    places.append((start, start + len(shown)))
    figures = [figure for start, end in places for figure in re.compile(r"\d+").finditer(README, start, end)]
    assert len(figures) > 80
    for figure in figures:
        other = README[: figure.start()] + str(int(figure[0]) + 1) + README[figure.end() :]
        assert differences(other, answers) != [], README[figure.start() - 40 : figure.end() + 10]
