"""What makes a noun's values right: ids, ranges, and how its fields fit together.

The ranges stand with the fields (`describe.column`), what needs two fields with the laws (`laws.py`). The
workbook and the mutations ask the same questions, so that a row and an input are refused for the same reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from graph.errors import InvalidInput
from graph.model.describe import Field, describe
from graph.model.laws import LAWS
from graph.model.orders import Attendance, Capability, Feedback
from graph.model.rules import Contribution, Decision, Rule, RuleSet

ID_LENGTH = 64
"""Most characters of an id that a person types."""

COMPOSED_ID_LENGTH = 200
"""Most characters of an id made of another and a name without "/", joined by "/".

Attendances, feedback and capabilities bear such ids where an older version joined session and person.
"""

TEXT_LENGTH = 30_000
"""Most characters of one text: a workbook's cell holds 32,767."""

FIRST_YEAR, LAST_YEAR = 1950, 2100
"""Years in which a date of the alliance can lie."""

_ID = re.compile(r"[^\W_][\w\-./]*")
_COMPOSED = (Rule, Contribution, Capability, Decision, Attendance, Feedback)
# What neither a workbook's cell nor an XML file can hold; line breaks and tabs it can.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SEPARATORS = re.compile("[；;，,、\n]")
_FREE = (RuleSet,)


def faults_of(noun: object) -> list[InvalidInput]:
    """Everything wrong with a noun's own values, each naming its field; empty when it is right.

    Whether what it refers to exists is for the store, or the file, to say.
    """
    cls: type = type(noun)
    return faults_in(cls, {field.name: getattr(noun, field.name) for field in describe(cls).fields})


def faults_in(cls: type, values: Mapping[str, object]) -> list[InvalidInput]:
    """Everything wrong with the values of those fields of `cls` that are there."""
    described = describe(cls)
    faults: list[InvalidInput] = []
    for field in described.fields:
        if values.get(field.name) is not None:
            faults.extend(_of_value(cls, field, values[field.name]))
    return [*faults, *(law.fault() for law in LAWS.get(cls, ()) if law.is_broken_by(values))]


def _of_value(cls: type, field: Field, value: object) -> Iterator[InvalidInput]:
    if field.name == "id":
        yield from _of_id(value, COMPOSED_ID_LENGTH if cls in _COMPOSED else ID_LENGTH)
    elif isinstance(value, bool) or field.reference is not None:
        return
    elif isinstance(value, int | float):
        yield from _of_number(field, value)
    elif isinstance(value, date):
        yield from _of_date(field, value)
    elif cls not in _FREE:
        yield from _of_text(field, value)


def _of_id(value: object, longest: int) -> Iterator[InvalidInput]:
    if not isinstance(value, str) or len(value) > longest or not _ID.fullmatch(value):
        yield InvalidInput(
            "id",
            f"编号应为 1 至 {longest} 个字符，以字母、汉字或数字开头，其后可用 - _ . /",
            f"an id has 1 to {longest} characters: a letter or digit, then letters, digits, - _ . /",
            value=value,
        )


def _of_number(field: Field, value: float) -> Iterator[InvalidInput]:
    low, high = field.minimum, field.maximum
    # written so that a NaN is refused as well
    if (low is None or value >= low) and (high is None or value <= high):
        return
    if high is None:
        zh, en = f"应不小于 {low}", f"must be at least {low}"
    elif low is None:
        zh, en = f"应不大于 {high}", f"must be at most {high}"
    else:
        zh, en = f"应在 {low} 至 {high} 之间", f"must be between {low} and {high}"
    yield InvalidInput(field.name, zh, en, value=value)


def _of_date(field: Field, value: date) -> Iterator[InvalidInput]:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        yield InvalidInput(
            field.name,
            f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间",
            f"the year must be between {FIRST_YEAR} and {LAST_YEAR}",
            value=value.isoformat(),
        )


def _of_text(field: Field, value: object) -> Iterator[InvalidInput]:
    for text in value if isinstance(value, tuple) else (value,):
        if not isinstance(text, str):
            continue
        if not text.strip():
            yield InvalidInput(
                field.name, "文字不能为空，没有就不填", "a text must not be blank: leave it out"
            )
        if control := _CONTROL.search(text):
            zh = f"文字中含有控制字符 {control[0]!r}，请删去"
            yield InvalidInput(field.name, zh, f"a text holds no control characters: take {control[0]!r} out")
        if len(text) > TEXT_LENGTH:
            zh = f"文字过长（{len(text)} 字），最多 {TEXT_LENGTH} 字"
            yield InvalidInput(field.name, zh, f"{len(text)} characters are too many: {TEXT_LENGTH} at most")
        if field.many and _SEPARATORS.search(text):
            zh = f"单个值 {text!r} 中不能含有分隔符"
            yield InvalidInput(field.name, zh, f"one value must not hold a separator: {text!r}")
