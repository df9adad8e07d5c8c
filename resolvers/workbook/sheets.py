"""The sheets of the workbook and their columns, drawn from the nouns' own descriptions."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from graph.model.alliance import Alliance, HelpGroup, Membership, School, Semester
from graph.model.describe import Field, Reference, describe
from graph.model.needs import Diagnosis, Evidence, Need, NeedGroup, Request, Topic
from graph.model.nouns import NOUNS
from graph.model.orders import Attendance, Feedback, Session, TrainingOrder
from graph.model.people import Availability, ClassContext, Employment, Mentorship, Person, Teacher
from graph.model.resources import Gift, Resource, Use
from graph.model.roles import RoleAssignment
from graph.model.rules import Decision, Recommendation
from graph.model.terms import Instrument, Rung
from resolvers.workbook.cells.text import fold

REQUIRED_MARK = "*"
"""Stands after the header of a column that every row fills; a reader passes over it."""

ZH_OF_LABEL: Mapping[str, str] = {noun.label: noun.zh for noun in reversed(NOUNS)}
"""What the nodes of a label are called in Chinese."""

_MARKS = re.compile(r"[*＊]|[(（]必填[)）]")
_CONTINUED = re.compile(r"(.+)\((?:续|continued)(\d{0,9})\)")


class Form(Enum):
    """How a row of a sheet becomes nouns."""

    PLAIN = auto()
    """One row, one noun."""
    SOUNDING = auto()
    """A row is one Evidence with the Diagnosis that it is part of."""
    PROPOSAL = auto()
    """A row is a Recommendation with its Contributions and, once decided, its Decision."""
    MEETING = auto()
    """A row is a Session with the roles in it, from which Capabilities follow."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` names it in its sheet, `header` and `english` are the headers that it may bear.

    `required` says that the column must be there and that every row fills it; where `settled` is true, the
    rows' fillings are judged together with other cells instead. `continues`: key of the column whose list goes
    on in this one; "" for a column of its own. `part`: which part of its list the column holds, from 1.
    """

    key: str
    field: Field
    header: str
    english: str
    required: bool
    settled: bool = False
    continues: str = ""
    part: int = 1

    @property
    def title(self) -> str:
        """The header as it is written, with the mark of a required column."""
        return self.header + (REQUIRED_MARK if self.required else "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its names, the noun of its rows, its columns in order.

    `identity` names the columns from which a blank id is made; empty where an id must be given.
    """

    name: str
    english: str
    form: Form
    noun: type
    columns: tuple[Column, ...]
    identity: tuple[str, ...]
    instrument: Instrument | None = None

    def column(self, key: str) -> Column:
        """The column of that key. Raises KeyError when there is none."""
        for each in self.columns:
            if each.key == key:
                return each
        raise KeyError(key)

    def spellings(self) -> Mapping[str, Column]:
        """Every folded header and the column that it means."""
        found = {fold_header(each.english): each for each in self.columns}
        return found | {fold_header(each.header): each for each in self.columns}


def meant_by(title: str, spellings: Mapping[str, Column]) -> Column | None:
    """The column that a header means, a list's further columns (证据（续2）) included; None where there is none."""
    if (further := further_part(title, spellings)) is not None:
        column, number = further
        return continued(column, number) if number > 1 else None
    return spellings.get(fold_header(title))


def further_part(title: str, spellings: Mapping[str, Column]) -> tuple[Column, int] | None:
    """The list that a header says to go on, and its number (2 where it has none); None where it says no such thing."""
    header = fold_header(title)
    found = None if header in spellings else _CONTINUED.fullmatch(header)
    column = spellings.get(found[1]) if found else None
    if found is None or column is None or not column.field.many:
        return None
    return column, int(found[2] or 2)


def continued(column: Column, number: int) -> Column:
    """The further column, of that number from 2, in which the list of `column` goes on."""
    return dataclasses.replace(
        column,
        key=f"{column.key}#{number}",
        header=f"{column.header}（续{number}）",
        english=f"{column.english} (continued {number})",
        required=False,
        continues=column.key,
        part=number,
    )


def plain_header(text: str) -> str:
    """A header without the mark of a required column."""
    return _MARKS.sub("", text).strip()


def fold_header(text: str) -> str:
    """A header as it is compared: without marks, blanks, case and full-width forms."""
    return fold(plain_header(text))


def _columns_of(cls: type, *names: str, prefix: str = "") -> tuple[Column, ...]:
    """Columns for the named fields of a noun (all where none is named)."""
    described = describe(cls)
    fields = [described.field(name) for name in names] if names else list(described.fields)
    return tuple(_column(field, prefix) for field in fields)


def _column(field: Field, prefix: str = "") -> Column:
    required = not field.optional and field.name != "id"
    return Column(prefix + field.name, field, field.zh, field.name, required)


def _plain_sheet(cls: type, *identity: str, name: str = "") -> Sheet:
    described = describe(cls)
    columns = _columns_of(cls)
    if not identity:
        columns = (dataclasses.replace(columns[0], required=True), *columns[1:])
    english = cls.__name__
    return Sheet(name or described.zh, english, Form.PLAIN, cls, columns, identity)


def _sounding(instrument: Instrument) -> Sheet:
    evidence = {each.key: each for each in _columns_of(Evidence)}
    diagnosis = _columns_of(Diagnosis, "teacher", "school", "on", "by", prefix="diagnosis.")
    number = dataclasses.replace(evidence["diagnosis"], required=False)
    severity = dataclasses.replace(evidence["severity"], settled=True)
    columns = (evidence["id"], number, *diagnosis, evidence["topic"], severity, evidence["text"])
    identity = ("diagnosis", "topic", "text")
    english = instrument.name.title()
    return Sheet(instrument.zh, english, Form.SOUNDING, Evidence, columns, identity, instrument)


_TEXT = Field("", "", "", str, False, True, None, "", "")


def _extra(key: str, header: str, en: str, field: Field) -> Column:
    return Column(key, dataclasses.replace(field, zh=header, en=en, optional=True), header, key, False)


def _proposal() -> Sheet:
    def decision(name: str, header: str, english: str) -> Column:
        field = dataclasses.replace(describe(Decision).field(name), optional=True)
        return Column(f"decision.{name}", field, header, english, required=False)

    contributions = "each rule and what it added in millionths, as key=millionths joined by ；"
    columns = (
        *_columns_of(Recommendation),
        _extra("contributions", "贡献", contributions, _TEXT),
        _extra("because_zh", "理由", "a line for each rule: key：sentence in Chinese", _TEXT),
        _extra("because_en", "英文理由", "a line for each rule: key：sentence in English", _TEXT),
        decision("id", "决定编号", "decision"),
        decision("verdict", "决定", "verdict"),
        decision("reason", "决定理由", "reason"),
        decision("by", "决定人", "decided_by"),
        decision("on", "决定日期", "decided_on"),
        decision("trainer", "改为培训者", "trainer_instead"),
        decision("assistant", "改为助教", "assistant_instead"),
    )
    identity = ("needs", "topic", "trainer", "rank", "issued_on")
    return Sheet("推荐与决定", "Recommendation", Form.PROPOSAL, Recommendation, columns, identity)


def _meeting() -> Sheet:
    people = Field("person", "", "", str, True, True, Reference("OF", "Person"), "", "")
    rungs = tuple(
        _extra(rung.name.lower(), rung.zh, f"people who {rung.en} there, ids joined by ；", people)
        for rung in reversed(Rung)
    )
    columns = (*_columns_of(Session), *rungs)
    return Sheet("场次", "Session", Form.MEETING, Session, columns, ("order", "number"))


SHEETS: tuple[Sheet, ...] = (
    _plain_sheet(Alliance, "name"),
    _plain_sheet(School, "name", "county"),
    _plain_sheet(Membership, "alliance", "school", "start"),
    _plain_sheet(HelpGroup, "name"),
    _plain_sheet(Person, "name", "distinguisher"),
    _plain_sheet(Semester, "name"),
    _plain_sheet(Teacher),
    _plain_sheet(Employment, "person", "school", "role", "start"),
    _plain_sheet(Availability, "person", "semester", "first_week"),
    _plain_sheet(ClassContext, "teacher", "school", "semester", "grade", "class_size"),
    _plain_sheet(Mentorship, "mentor", "mentee", "subject", "topic", "start"),
    _plain_sheet(Topic, "name", "subject"),
    *(_sounding(instrument) for instrument in Instrument),
    _plain_sheet(Request, "teacher", "topic", "on"),
    _plain_sheet(Resource, "name", "pool", "school", "contributor"),
    _plain_sheet(Gift, "resource", "school", "on"),
    _plain_sheet(Use, "resource", "person", "school", "level", "on"),
    _plain_sheet(NeedGroup, "alliance", "topic", "subject", "grade_band", "formed_on", name="需求组"),
    _plain_sheet(Need, "teacher", "school", "topic", "formed_on"),
    _proposal(),
    _plain_sheet(TrainingOrder, "needs", "topic", "trainer", "placed_on"),
    _meeting(),
    _plain_sheet(Attendance, "session", "person"),
    _plain_sheet(Feedback, "session", "person", "on"),
    _plain_sheet(
        RoleAssignment, "holder", "role", "person", "school", "county", "alliance", "start", name="角色"
    ),
)
"""Every sheet, in the order in which they stand in a workbook."""


def sheet_of(title: str) -> Sheet | None:
    """The sheet that a file's sheet title means, Chinese or English, or None."""
    wanted = fold(title)
    for sheet in SHEETS:
        if wanted == fold(sheet.name) or wanted.removesuffix("s") == fold(sheet.english):
            return sheet
    return None
