"""From nouns to the rows of each sheet, the way back of `incoming/drafts.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.model.describe import describe
from graph.model.needs import Diagnosis, Evidence
from graph.model.orders import Capability, Session
from graph.model.rules import Contribution, Decision, Recommendation
from resolvers.workbook.cells.contributions import Part, write_parts, write_sentences
from resolvers.workbook.faults import WorkbookUnwritable
from resolvers.workbook.sheets import Form, Sheet

Line = Mapping[str, object]
"""The values of one row, by column key."""


@dataclass(frozen=True, slots=True)
class Stock:
    """The nouns to be written, by class, each kind in the order of its ids."""

    nouns: Mapping[type, tuple[object, ...]]

    @classmethod
    def of(cls, nouns: Iterable[object]) -> Stock:
        """The stock of those nouns, which may come in any order."""
        found: dict[type, list[object]] = defaultdict(list)
        for noun in nouns:
            found[type(noun)].append(noun)
        return cls({kind: tuple(sorted(each, key=_id_of)) for kind, each in found.items()})

    def each[T](self, cls: type[T]) -> tuple[T, ...]:
        """The nouns of one class, ordered by id."""
        return tuple(noun for noun in self.nouns.get(cls, ()) if isinstance(noun, cls))

    def grouped[T](self, cls: type[T], key: Callable[[T], str]) -> Mapping[str, list[T]]:
        """The nouns of one class by what `key` gives of each, ordered by id."""
        found: dict[str, list[T]] = defaultdict(list)
        for noun in self.each(cls):
            found[key(noun)].append(noun)
        return found


def lines_of(sheet: Sheet, stock: Stock) -> list[Line]:
    """The rows of a sheet, ordered by id. Raises WorkbookUnwritable where something would be lost."""
    make: Mapping[Form, Callable[[Sheet, Stock], Iterator[Line]]] = {
        Form.PLAIN: _plain,
        Form.SOUNDING: _soundings,
        Form.PROPOSAL: _proposals,
        Form.MEETING: _meetings,
    }
    return list(make[sheet.form](sheet, stock))


def _id_of(noun: object) -> str:
    return str(getattr(noun, "id"))  # noqa: B009 — a described noun always has an id


def _values(noun: object, prefix: str = "") -> dict[str, object]:
    cls: type = type(noun)
    return {prefix + field.name: getattr(noun, field.name) for field in describe(cls).fields}


def _plain(sheet: Sheet, stock: Stock) -> Iterator[Line]:
    for noun in stock.nouns.get(sheet.noun, ()):
        yield _values(noun)


def _soundings(sheet: Sheet, stock: Stock) -> Iterator[Line]:
    diagnoses = {each.id: each for each in stock.each(Diagnosis)}
    heard = set()
    for evidence in stock.each(Evidence):
        diagnosis = diagnoses.get(evidence.diagnosis)
        if diagnosis is None:
            raise _lost(f"证据 {evidence.id} 的诊断", f"the diagnosis of evidence {evidence.id!r}")
        heard.add(diagnosis.id)
        if diagnosis.instrument is sheet.instrument:
            yield _values(evidence) | _values(diagnosis, "diagnosis.")
    for diagnosis in diagnoses.values():
        if diagnosis.instrument is sheet.instrument and diagnosis.id not in heard:
            yield {"diagnosis": diagnosis.id} | _values(diagnosis, "diagnosis.")


def _proposals(sheet: Sheet, stock: Stock) -> Iterator[Line]:
    contributions = stock.grouped(Contribution, lambda each: each.recommendation)
    decisions = stock.grouped(Decision, lambda each: each.recommendation)
    for recommendation in stock.each(Recommendation):
        line = _values(recommendation)
        line |= _contributions(recommendation, contributions.get(recommendation.id, []))
        decided = decisions.get(recommendation.id, [])
        if len(decided) > 1:
            zh = f"推荐 {recommendation.id} 的第二个决定"
            raise _lost(zh, f"a second decision on recommendation {recommendation.id!r}")
        yield line | (_values(decided[0], "decision.") if decided else {})


def _contributions(recommendation: Recommendation, given: list[Contribution]) -> Line:
    """The three cells of contributions, the greatest first."""
    prefix = recommendation.rule_set + "/"
    for each in given:
        if not each.rule.startswith(prefix):
            raise _lost(f"贡献 {each.id} 的规则", f"the rule of contribution {each.id!r}")
    keyed = sorted(
        ((each.rule.removeprefix(prefix), each) for each in given),
        key=lambda pair: (-pair[1].millionths, pair[0]),
    )
    return {
        "contributions": write_parts(Part(key, each.millionths) for key, each in keyed),
        "because_zh": write_sentences((key, each.because_zh) for key, each in keyed),
        "because_en": write_sentences((key, each.because_en) for key, each in keyed),
    }


def _meetings(sheet: Sheet, stock: Stock) -> Iterator[Line]:
    roles = stock.grouped(Capability, lambda each: each.session)
    for session in stock.each(Session):
        people: dict[str, tuple[str, ...]] = {}
        for role in roles.get(session.id, []):
            key = role.rung.name.lower()
            people[key] = (*people.get(key, ()), role.person)
        yield _values(session) | people


def _lost(zh: str, en: str) -> WorkbookUnwritable:
    return WorkbookUnwritable(f"{zh}无法写入工作簿", f"{en} has no place in the workbook")
