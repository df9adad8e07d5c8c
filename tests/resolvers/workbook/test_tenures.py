"""Roles in a workbook: none comes back that was revoked, none is held twice, none in a county that is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.model.roles import RoleAssignment
from graph.model.terms import PersonKind, RoleKind
from resolvers.workbook.known import KnownIds, KnownPerson
from tests.resolvers.workbook.office import Lines, faults_in_file, faults_of, typed

HEAD = ["编号", "持有人", "角色", "人员", "学校", "县区", "联盟", "开始", "结束"]
FIRST, LAST = date(2024, 9, 1), date(2025, 3, 13)
ENDED = RoleAssignment(
    id="k-1", holder="li.si", role=RoleKind.RESEARCH_OFFICER, county="样例县", start=FIRST, end=LAST
)
HELD = RoleAssignment(id="k-2", holder="head", role=RoleKind.PRINCIPAL, school="s-1", start=FIRST)
KNOWN = KnownIds(
    {
        "School": {"s-1": "一小", "s-2": "二小"},
        "Person": {"p-1": "甲", "x-1": "丙"},
        "RoleAssignment": {"k-1": "", "k-2": ""},
    },
    {
        "p-1": KnownPerson("甲", None, PersonKind.TEACHER),
        "x-1": KnownPerson("丙", None, PersonKind.EXPERT),
    },
    roles={"k-1": ENDED, "k-2": HELD},
    counties={"s-1": "样例县", "s-2": "邻县"},
)
type Faults = list[tuple[str, str, str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "角色.xlsx"


def officer(id: str | None, end: date | None, start: date = FIRST, county: str = "样例县") -> list[object]:
    return [id, "li.si", "教研员", None, None, county, None, start, end]


def principal(id: str | None, start: date = FIRST, school: str = "s-1", **more: object) -> list[object]:
    return [id, "head", "校长", more.get("person"), school, None, None, start, more.get("end")]


def faults(path: Path, *lines: list[object]) -> Faults:
    return faults_of(typed(path, {"角色": [HEAD, *lines]}), KNOWN)


@pytest.mark.parametrize("end", [None, date(2025, 3, 14), date(2099, 1, 1)])
def test_a_role_that_has_ended_does_not_come_back_by_its_row(path: Path, end: date | None) -> None:
    (fault,) = faults_in_file(typed(path, {"角色": [HEAD, officer("k-1", end)]}), KNOWN)

    assert (fault.place.row, fault.place.column, fault.code) == (2, "I", "DISAGREEMENT")
    assert "库中这一角色至 2025-03-13 为止（已收回或期满）；要再次授予，请换一个编号" in fault.zh
    assert (
        "in the store this role ends on 2025-03-13 (revoked, or over); to grant it again, give it a new id"
        in (fault.en)
    )


@pytest.mark.parametrize("end", [LAST, date(2025, 1, 31)])
def test_the_same_or_an_earlier_end_comes_in(path: Path, end: date) -> None:
    assert faults(path, officer("k-1", end)) == []


def test_what_has_ended_may_be_granted_anew_under_another_id(path: Path) -> None:
    assert faults(path, officer("k-1", LAST), officer("k-9", None, date(2025, 3, 14))) == []
    assert faults(path, officer("k-9", None, date(2025, 3, 14))) == []


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([principal("k-9")], [("角色", "H2", "DISAGREEMENT")]),
        ([principal("k-9", person="p-1")], [("角色", "H2", "DISAGREEMENT")]),
        ([principal("k-9", start=date(2020, 9, 1))], [("角色", "H2", "DISAGREEMENT")]),
        ([principal("k-9", start=date(2020, 9, 1), end=date(2024, 8, 31))], []),
        ([principal("k-9", school="s-2")], []),
        ([principal("k-9", end=date(2024, 8, 31))], []),
        ([principal("k-2")], []),
        ([principal("k-2", end=LAST), principal("k-9", start=date(2025, 3, 14))], []),
        ([principal("k-2"), principal("k-9", start=date(2025, 3, 14))], [("角色", "H3", "DISAGREEMENT")]),
        (
            [
                officer("k-5", None, county="邻县"),
                officer("k-6", date(2024, 10, 1), date(2024, 9, 2), "邻县"),
                officer("k-7", date(2024, 12, 1), date(2024, 11, 1), "邻县"),
            ],
            [("角色", "H3", "DISAGREEMENT"), ("角色", "H4", "DISAGREEMENT")],
        ),
    ],
)
def test_one_role_is_not_held_twice_on_a_day(path: Path, lines: list[list[object]], told: Faults) -> None:
    assert faults(path, *lines) == told


def test_what_the_store_holds_twice_from_before_comes_in_as_it_is(path: Path) -> None:
    twice = RoleAssignment(id="k-3", holder="head", role=RoleKind.PRINCIPAL, school="s-1", start=FIRST)
    known = KnownIds(
        {**KNOWN.names, "RoleAssignment": {"k-2": "", "k-3": ""}}, roles={"k-2": HELD, "k-3": twice}
    )
    assert faults_of(typed(path, {"角色": [HEAD, principal("k-2"), principal("k-3")]}), known) == []


def test_a_county_that_no_school_is_in_is_answered_with_those_that_are(path: Path) -> None:
    (fault,) = faults_in_file(typed(path, {"角色": [HEAD, officer("k-9", None, county="样倒县")]}), KNOWN)

    assert (fault.place.column, fault.code) == ("F", "UNKNOWN_REFERENCE")
    assert "没有学校属于这个县区；现有：样例县、邻县" in fault.zh
    assert "no school is in this county; there are: 样例县、邻县" in fault.en


def test_a_county_of_the_files_own_schools_will_do_and_one_that_they_leave_will_not(path: Path) -> None:
    schools: Lines = [["编号", "名称", "县区"], ["s-1", "一小", "新县"]]
    for county, told in (("新县", []), ("样例县", [("角色", "F2", "UNKNOWN_REFERENCE")])):
        sheets: dict[str, Lines] = {
            "学校": schools,
            "角色": [HEAD, officer("k-9", None, date(2025, 3, 14), county)],
        }
        assert faults_of(typed(path, sheets), KNOWN) == told


@pytest.mark.parametrize(("person", "told"), [("p-1", []), ("x-1", [("角色", "D2", "DISAGREEMENT")])])
def test_who_holds_the_role_of_a_teacher_teaches(path: Path, person: str, told: Faults) -> None:
    assert faults(path, ["k-9", "bing", "教师", person, None, None, None, FIRST, None]) == told
