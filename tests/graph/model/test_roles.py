"""A role is bound to what it needs and to nothing else, and holds on the days of its tenure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from graph.model.check import faults_of
from graph.model.roles import SCOPE_FIELDS, RoleAssignment
from graph.model.terms import RoleKind

DAY = date(2025, 3, 1)
NEEDS = {
    RoleKind.TEACHER: {"person"},
    RoleKind.TRAINER: {"person"},
    RoleKind.PRINCIPAL: {"school"},
    RoleKind.EXPERT: {"person"},
    RoleKind.RESEARCH_OFFICER: {"county"},
    RoleKind.COUNCIL: {"alliance"},
    RoleKind.RESEARCHER: {"alliance"},
    RoleKind.ADMINISTRATOR: set(),
}


def role(kind: RoleKind, *bound: str, **more: Any) -> RoleAssignment:
    scope = {name: f"{name}-1" for name in bound}
    return RoleAssignment(**{"id": "k", "holder": "zhang", "role": kind, "start": DAY, **scope, **more})


def fields(noun: RoleAssignment) -> list[str]:
    return [fault.field for fault in faults_of(noun)]


@pytest.mark.parametrize("kind", RoleKind)
def test_a_role_needs_what_binds_it_and_no_more(kind: RoleKind) -> None:
    assert fields(role(kind, *NEEDS[kind])) == []
    assert fields(role(kind)) == sorted(NEEDS[kind])


@pytest.mark.parametrize("kind", RoleKind)
@pytest.mark.parametrize("field", SCOPE_FIELDS)
def test_what_a_role_does_not_use_stays_empty(kind: RoleKind, field: str) -> None:
    is_used = field in NEEDS[kind] or (kind, field) == (RoleKind.PRINCIPAL, "person")
    assert fields(role(kind, *NEEDS[kind] | {field})) == ([] if is_used else [field])


def test_the_refusal_names_the_roles_in_both_languages() -> None:
    (needed,) = faults_of(role(RoleKind.EXPERT))
    (unused,) = faults_of(role(RoleKind.ADMINISTRATOR, "county"))

    assert needed.message("zh") == "角色为教师、培训者、专家时必须填写人员"
    assert needed.message("en") == "teacher or trainer or expert needs the person"
    assert unused.message("zh") == "角色为教师、培训者、校长、专家、联席会议、研究者、管理员时不填县区"


def test_a_tenure_may_be_empty_but_not_turned_round() -> None:
    ended = [DAY - timedelta(days=days) for days in (0, 1, 2)]
    assert [fields(role(RoleKind.ADMINISTRATOR, end=end)) for end in ended] == [[], [], ["end"]]


def test_nobody_takes_the_name_of_the_caller_from_this_machine() -> None:
    assert fields(role(RoleKind.ADMINISTRATOR, holder="administrator")) == ["holder"]


def test_a_start_on_the_first_day_of_all_calendars_is_told_and_not_counted_back_from() -> None:
    assert fields(role(RoleKind.ADMINISTRATOR, start=date.min, end=DAY)) == ["start"]
