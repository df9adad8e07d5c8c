"""The laws of the nouns: how the fields of one fit together, each with what is told of a breach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from graph.errors import InvalidInput
from graph.model.alliance import Membership, Semester
from graph.model.describe import describe
from graph.model.needs import Diagnosis, Need, Topic
from graph.model.orders import Session, TrainingOrder
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
from graph.model.rules import Decision, Recommendation
from graph.model.terms import RoleKind, Verdict


@dataclass(frozen=True, slots=True)
class Law:
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


def _rising(low: str, high: str, blamed: str, zh: str, en: str) -> Law:
    def broken(low_value: object, high_value: object) -> bool:
        if isinstance(low_value, date) and isinstance(high_value, date):
            return high_value < low_value
        return isinstance(low_value, int) and isinstance(high_value, int) and high_value < low_value

    return Law((low, high), blamed, broken, zh, en)


def _dated(first: str = "start", last: str = "end") -> Law:
    return _rising(first, last, last, "结束不得早于开始", "the end must not be before the start")


def _within_class(part: str) -> Law:
    return _rising(
        part, "class_size", part, "人数不得超过班额", "there are more of them than pupils in the class"
    )


def _differ(one: str, other: str, zh: str, en: str) -> Law:
    return Law((one, other), other, lambda a, b: a is not None and a == b, zh, en)


_ONE_OF_TWO = Law(
    ("teacher", "school"),
    "teacher",
    lambda teacher, school: (teacher is None) == (school is None),
    "教师与学校必须且只能填一个",
    "exactly one of teacher and school must be given",
)
_REASONED = Law(
    ("verdict", "reason"),
    "reason",
    lambda verdict, reason: reason is None and verdict in (Verdict.CHANGED, Verdict.REFUSED),
    "修改后采纳或不采纳时必须写明理由",
    "a change or a refusal needs a reason",
)
_CHANGES = Law(
    ("verdict", "trainer", "assistant"),
    "trainer",
    lambda verdict, trainer, assistant: verdict is Verdict.CHANGED and trainer is None and assistant is None,
    "修改后采纳时必须写明改为哪位培训者或助教",
    "a change must name another trainer or another assistant",
)


def _only_changed(field: str) -> Law:
    return Law(
        ("verdict", field),
        field,
        lambda verdict, other: other is not None and verdict not in (None, Verdict.CHANGED),
        "改换人选时决定应为“修改后采纳”",
        "only a change names another person: the verdict should be CHANGED",
    )


def _needed(field: str) -> Law:
    roles = [role for role, scope in SCOPES.items() if field in scope]
    zh, en = "、".join(role.zh for role in roles), " or ".join(role.en for role in roles)
    return Law(
        ("role", field),
        field,
        lambda role, value: value is None and role in roles,
        f"角色为{zh}时必须填写{describe(RoleAssignment).field(field).zh}",
        f"{en} needs the {field}",
    )


def _unused(field: str) -> Law:
    roles = [role for role in RoleKind if field not in (*SCOPES[role], *ALSO.get(role, ()))]
    zh, en = "、".join(role.zh for role in roles), " or ".join(role.en for role in roles)
    return Law(
        ("role", field),
        field,
        lambda role, value: value is not None and role in roles,
        f"角色为{zh}时不填{describe(RoleAssignment).field(field).zh}",
        f"the {field} is left out for {en}",
    )


_ROLE_TENURE = Law(
    ("start", "end"),
    "end",
    # Not counted back from the start: before the first day of all calendars there is none.
    lambda start, end: end is not None and (start - end).days > 1,
    "结束最早为开始的前一天（表示未曾生效）",
    "the end must not be before the day before the start (which says that it never held)",
)
_NOT_RESERVED = Law(
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


_A_HOLDER = Law(
    ("holder",),
    "holder",
    _is_no_holder,
    f"持有人应为 1 至 {MOST_HOLDER} 个可见字符，首尾无空格",
    f"a holder has 1 to {MOST_HOLDER} visible characters, without spaces around them",
)
_TWO_TRAINERS = _differ(
    "trainer", "assistant", "本土助教不能是培训者本人", "the assistant must not be the trainer himself"
)
_SOME_HOURS = Law(
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
LAWS: Mapping[type, tuple[Law, ...]] = {
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
"""What must hold between the fields of each noun."""
