"""From a row to the drafts of its nouns: one, or several where a sheet is composed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from graph.model.describe import describe
from graph.model.made_ids import made_id
from graph.model.needs import Diagnosis
from graph.model.orders import Capability
from graph.model.rules import Contribution, Decision
from graph.model.terms import Rung
from resolvers.workbook.cells.contributions import Part, read_parts, read_sentences
from resolvers.workbook.cells.dates import Misread
from resolvers.workbook.faults import CellFault, Disagreement, MissingValue, WrongValue
from resolvers.workbook.incoming.rows import Findings, Row, blank_cell
from resolvers.workbook.sheets import Form


@dataclass(slots=True)
class Draft:
    """A noun to be: `values` by field, `keys` the column that a field's value comes from."""

    cls: type
    values: dict[str, object]
    row: Row
    keys: Mapping[str, str]
    made: bool = False

    def fault(self, kind: type[CellFault], field: str, zh: str, en: str, value: object = None) -> CellFault:
        """A fault of the cell from which that field's value comes."""
        return kind(self.row.place(self.keys.get(field, field), value), zh, en, value)

    def noun(self) -> object:
        """The noun itself; what is blank takes its field's default."""
        return self.cls(**{name: value for name, value in self.values.items() if value not in (None, ())})


def drafts_of(row: Row, findings: Findings) -> list[Draft]:
    """The drafts of the nouns of a row; the main noun comes first but for a diagnosis before its evidence."""
    make: Mapping[Form, Callable[[Row, Findings], list[Draft]]] = {
        Form.PLAIN: _plain,
        Form.SOUNDING: _sounding,
        Form.PROPOSAL: _proposal,
        Form.MEETING: _meeting,
    }
    return make[row.sheet.form](row, findings)


def _main(row: Row) -> Draft:
    names = {field.name for field in describe(row.sheet.noun).fields}
    values = {key: value for key, value in row.values.items() if key in names}
    draft = Draft(row.sheet.noun, values, row, {})
    _give_id(draft, row.sheet.identity)
    return draft


def _give_id(draft: Draft, identity: tuple[str, ...]) -> None:
    """Make an id where the cell is blank, unless a value that identifies the row is at fault."""
    if draft.values.get("id", "") is not None:
        return
    if identity and all(name in draft.values for name in identity):
        parts = tuple(draft.values[name] for name in identity)
        draft.values["id"] = made_id(describe(draft.cls).label, *parts)
        draft.made = True
    else:
        del draft.values["id"]


def _plain(row: Row, findings: Findings) -> list[Draft]:
    return [_main(row)]


def _sounding(row: Row, findings: Findings) -> list[Draft]:
    values = {key.removeprefix("diagnosis."): row.values[key] for key in row.values if "." in key}
    values["instrument"] = row.sheet.instrument
    keys = {name: f"diagnosis.{name}" for name in ("teacher", "school", "on", "by")} | {"id": "diagnosis"}
    diagnosis = Draft(Diagnosis, values, row, keys)
    if "diagnosis" in row.values:
        values["id"] = row.values["diagnosis"]
        _give_id(diagnosis, ("instrument", "teacher", "school", "on", "by"))
    if _is_bare(row):
        return [diagnosis]
    if row.values.get("severity", 0) is None:
        findings.faults.append(blank_cell(row, row.sheet.column("severity")))
        del row.values["severity"]
    row.values.pop("diagnosis", None)
    if "id" in values:
        row.values["diagnosis"] = values["id"]
    return [diagnosis, _main(row)]


def _is_bare(row: Row) -> bool:
    """Whether the row is a diagnosis, named as such, from which no evidence came."""
    told = [row.values.get(key, "at fault") for key in ("id", "topic", "severity", "text")]
    return bool(row.values.get("diagnosis")) and all(value is None for value in told)


def _proposal(row: Row, findings: Findings) -> list[Draft]:
    recommendation = _main(row)
    drafts = [recommendation]
    if all(key in row.values for key in ("contributions", "because_zh", "because_en")):
        drafts.extend(_contributions(recommendation, findings))
    drafts.extend(_decision(recommendation, findings))
    return drafts


def _contributions(recommendation: Draft, findings: Findings) -> list[Draft]:
    row, made = recommendation.row, recommendation.values
    try:
        parts = read_parts(row.values["contributions"])
    except Misread as wrong:
        value = row.values["contributions"]
        findings.faults.append(WrongValue(row.place("contributions"), wrong.zh, wrong.en, value))
        return []
    score, total = made.get("score_millionths"), sum(part.millionths for part in parts)
    if isinstance(score, int) and total != score:
        findings.faults.append(
            Disagreement(
                row.place("contributions"),
                f"各项贡献合计 {total}，应等于得分 {score}",
                f"the contributions add up to {total}, and must add up to the score {score}",
            )
        )
    if not all(isinstance(made.get(name), str) for name in ("id", "rule_set")):
        return []
    sentences = {key: _sentences(row, key, parts, findings) for key in ("because_zh", "because_en")}
    return [_contribution(recommendation, part, sentences) for part in parts]


def _sentences(row: Row, key: str, parts: list[Part], findings: Findings) -> dict[str, str]:
    """The sentence of each rule; one that is missing, or of a rule that added nothing, is a fault."""
    try:
        found = read_sentences(row.values[key])
    except Misread as wrong:
        findings.faults.append(WrongValue(row.place(key), wrong.zh, wrong.en))
        return {}
    keys = [part.key for part in parts]
    for name in keys:
        if name not in found:
            zh, en = f"缺少规则 {name} 的理由，每行写“{name}：……”", f"no sentence for the rule {name!r}"
            findings.faults.append(MissingValue(row.place(key), zh, en))
    for name in found:
        if name not in keys:
            zh, en = f"贡献中没有规则 {name!r}", f"no contribution is of a rule {name!r}"
            findings.faults.append(Disagreement(row.place(key), zh, en))
    return found


def _contribution(recommendation: Draft, part: Part, sentences: Mapping[str, Mapping[str, str]]) -> Draft:
    code, rule_set = recommendation.values["id"], recommendation.values["rule_set"]
    values: dict[str, object] = {
        "id": f"{code}/{part.key}",
        "recommendation": code,
        "rule": f"{rule_set}/{part.key}",
        "millionths": part.millionths,
    }
    # a sentence that is missing is a fault of its cell already
    values |= {key: texts[part.key] for key, texts in sentences.items() if part.key in texts}
    keys = dict.fromkeys(("id", "recommendation", "rule", "millionths"), "contributions")
    return Draft(Contribution, values, recommendation.row, keys)


def _decision(recommendation: Draft, findings: Findings) -> Iterator[Draft]:
    row = recommendation.row
    names = [field.name for field in describe(Decision).fields if field.name != "recommendation"]
    values = {name: row.values[f"decision.{name}"] for name in names if f"decision.{name}" in row.values}
    if all(value is None for value in values.values()):
        return
    for name in ("verdict", "on"):
        if name in values and values[name] is None:
            findings.faults.append(blank_cell(row, row.sheet.column(f"decision.{name}")))
            del values[name]
    code = recommendation.values.get("id")
    if isinstance(code, str):
        values["recommendation"] = code
        if values.get("id", "") is None:
            values["id"] = f"{code}/decision"
    keys = {name: f"decision.{name}" for name in names} | {"recommendation": "id"}
    yield Draft(Decision, values, row, keys)


def _meeting(row: Row, findings: Findings) -> list[Draft]:
    session = _main(row)
    roles = [(rung, person) for rung in reversed(Rung) for person in _people(row, rung)]
    if roles and row.values.get("delivered_on", "at fault") is None:
        zh, en = "写了角色就必须填实施日期", "roles need the date on which the session was delivered"
        findings.faults.append(MissingValue(row.place("delivered_on"), zh, en))
        return [session]
    if not all(name in session.values for name in ("id", "order", "delivered_on")):
        return [session]
    return [session, *(_capability(session, rung, person) for rung, person in roles)]


def _people(row: Row, rung: Rung) -> tuple[str, ...]:
    people = row.values.get(rung.name.lower(), ())
    return people if isinstance(people, tuple) else ()


def _capability(session: Draft, rung: Rung, person: str) -> Draft:
    code, key = session.values["id"], rung.name.lower()
    values: dict[str, object] = {
        "id": made_id("Capability", code, person),
        "session": code,
        "person": person,
        "rung": rung,
        "on": session.values["delivered_on"],
    }
    keys = {"id": key, "person": key, "rung": key, "topic": "order", "session": "id", "on": "delivered_on"}
    return Draft(Capability, values, session.row, keys)
