"""What makes a noun's values right: ids, ranges, and how its fields fit together.

The ranges stand with the fields (`describe.column`); what needs two fields stands here. The workbook
and the mutations ask the same questions, so that a row and an input are refused for the same reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from graph.errors import InvalidInput
from graph.model.alliance import Membership, Semester
from graph.model.describe import Field, describe
from graph.model.needs import Diagnosis, Need, Topic
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.people import Availability, ClassContext, Employment, Mentorship, Teacher
from graph.model.resources import Resource
from graph.model.roles import (
    ALSO,
    MOST_HOLDER,
    RESERVED_HOLDER,
    SCOPE_FIELDS,
    SCOPES,
    RoleAssignment,
    is_holder,
)
from graph.model.rules import Contribution, Decision, Recommendation, Rule, RuleSet
from graph.model.terms import RoleKind, Verdict

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


@dataclass(frozen=True, slots=True)
class _Law:
    """A sentence on some fields of a noun; `broken` tells of their values."""

    fields: tuple[str, ...]
    blamed: str
    broken: Callable[..., bool]
    zh: str
    en: str

    def is_broken_by(self, values: Mapping[str, object]) -> bool:
        """Whether all its fields are among the values, and disagree."""
        if not all(name in values for name in self.fields):
            return False
        return self.broken(*(values[name] for name in self.fields))

    def fault(self) -> InvalidInput:
        """What is told of it."""
        return InvalidInput(self.blamed, self.zh, self.en)


def _rising(low: str, high: str, blamed: str, zh: str, en: str) -> _Law:
    def broken(low_value: object, high_value: object) -> bool:
        if isinstance(low_value, date) and isinstance(high_value, date):
            return high_value < low_value
        return isinstance(low_value, int) and isinstance(high_value, int) and high_value < low_value

    return _Law((low, high), blamed, broken, zh, en)


def _dated(first: str = "start", last: str = "end") -> _Law:
    return _rising(first, last, last, "结束不得早于开始", "the end must not be before the start")


def _within_class(part: str) -> _Law:
    return _rising(
        part, "class_size", part, "人数不得超过班额", "there are more of them than pupils in the class"
    )


def _differ(one: str, other: str, zh: str, en: str) -> _Law:
    return _Law((one, other), other, lambda a, b: a is not None and a == b, zh, en)


_ONE_OF_TWO = _Law(
    ("teacher", "school"),
    "teacher",
    lambda teacher, school: (teacher is None) == (school is None),
    "教师与学校必须且只能填一个",
    "exactly one of teacher and school must be given",
)
_REASONED = _Law(
    ("verdict", "reason"),
    "reason",
    lambda verdict, reason: reason is None and verdict in (Verdict.CHANGED, Verdict.REFUSED),
    "修改后采纳或不采纳时必须写明理由",
    "a change or a refusal needs a reason",
)
_CHANGES = _Law(
    ("verdict", "trainer", "assistant"),
    "trainer",
    lambda verdict, trainer, assistant: verdict is Verdict.CHANGED and trainer is None and assistant is None,
    "修改后采纳时必须写明改为哪位培训者或助教",
    "a change must name another trainer or another assistant",
)


def _only_changed(field: str) -> _Law:
    return _Law(
        ("verdict", field),
        field,
        lambda verdict, other: other is not None and verdict not in (None, Verdict.CHANGED),
        "改换人选时决定应为“修改后采纳”",
        "only a change names another person: the verdict should be CHANGED",
    )


def _needed(field: str) -> _Law:
    roles = [role for role, scope in SCOPES.items() if field in scope]
    zh, en = "、".join(role.zh for role in roles), " or ".join(role.en for role in roles)
    return _Law(
        ("role", field),
        field,
        lambda role, value: value is None and role in roles,
        f"角色为{zh}时必须填写{describe(RoleAssignment).field(field).zh}",
        f"{en} needs the {field}",
    )


def _unused(field: str) -> _Law:
    roles = [role for role in RoleKind if field not in (*SCOPES[role], *ALSO.get(role, ()))]
    zh, en = "、".join(role.zh for role in roles), " or ".join(role.en for role in roles)
    return _Law(
        ("role", field),
        field,
        lambda role, value: value is not None and role in roles,
        f"角色为{zh}时不填{describe(RoleAssignment).field(field).zh}",
        f"the {field} is left out for {en}",
    )


_ROLE_TENURE = _Law(
    ("start", "end"),
    "end",
    # Not counted back from the start: before the first day of all calendars there is none.
    lambda start, end: end is not None and (start - end).days > 1,
    "结束最早为开始的前一天（表示未曾生效）",
    "the end must not be before the day before the start (which says that it never held)",
)
_NOT_RESERVED = _Law(
    ("holder",),
    "holder",
    lambda holder: holder == RESERVED_HOLDER,
    f"{RESERVED_HOLDER!r} 是本机无令牌访问者的名称，请换一个",
    f"{RESERVED_HOLDER!r} is the caller from the service's own machine; choose another name",
)


def _is_no_holder(holder: object) -> bool:
    """Whether nobody can bear that name; blank texts and the reserved name are told for what they are."""
    is_told = not isinstance(holder, str) or holder.strip() == "" or holder == RESERVED_HOLDER
    return not is_told and not is_holder(str(holder))


_A_HOLDER = _Law(
    ("holder",),
    "holder",
    _is_no_holder,
    f"持有人应为 1 至 {MOST_HOLDER} 个可见字符，首尾无空格",
    f"a holder has 1 to {MOST_HOLDER} visible characters, without spaces around them",
)
_TWO_TRAINERS = _differ(
    "trainer", "assistant", "本土助教不能是培训者本人", "the assistant must not be the trainer himself"
)
_SOME_HOURS = _Law(
    ("hours",),
    "hours",
    lambda hours: hours == 0,
    "学时应大于 0；未实施的不填",
    "the hours must be more than 0; leave them out before the session is held",
)
_WEEKS = _rising(
    "first_week",
    "last_week",
    "last_week",
    "结束周不得早于起始周",
    "the last week must not be before the first",
)
_LAWS: dict[type, tuple[_Law, ...]] = {
    Membership: (_dated(),),
    Semester: (_dated(),),
    Topic: (_differ("id", "parent", "上级主题不能是自己", "a topic is not its own parent"),),
    Teacher: (_dated("seconded_from", "seconded_to"),),
    Employment: (_dated(),),
    Availability: (_WEEKS,),
    ClassContext: (_within_class("boarding"), _within_class("left_behind")),
    Mentorship: (_dated(), _differ("mentor", "mentee", "师傅与徒弟不能是同一人", "nobody mentors himself")),
    Diagnosis: (_ONE_OF_TWO,),
    Need: (_ONE_OF_TWO,),
    Resource: (
        _dated("available_from", "available_to"),
        _differ("id", "adapted_from", "不能改编自自己", "a resource is not adapted from itself"),
    ),
    Recommendation: (_TWO_TRAINERS,),
    TrainingOrder: (_TWO_TRAINERS,),
    Session: (_SOME_HOURS,),
    Decision: (_REASONED, _CHANGES, _only_changed("trainer"), _only_changed("assistant"), _TWO_TRAINERS),
    RoleAssignment: (
        _ROLE_TENURE,
        _NOT_RESERVED,
        _A_HOLDER,
        *(_needed(field) for field in SCOPE_FIELDS),
        *(_unused(field) for field in SCOPE_FIELDS),
    ),
}


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
    return [*faults, *(law.fault() for law in _LAWS.get(cls, ()) if law.is_broken_by(values))]


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
