from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.model.alliance import School, Semester
from graph.model.check import faults_in, faults_of
from graph.model.needs import Diagnosis, Evidence, Need
from graph.model.orders import Capability, Feedback, Session
from graph.model.people import Availability, ClassContext, Mentorship
from graph.model.resources import Resource
from graph.model.rules import Decision
from graph.model.terms import Instrument, NeedStatus, Pool, Reach, Rung, SessionKind, Subject, Verdict

DAY = date(2024, 9, 1)


def fields(noun: object) -> list[str]:
    return [fault.field for fault in faults_of(noun)]


def feedback(rating: int) -> Feedback:
    return Feedback(id="f-1", session="x", person="p", rating=rating, on=DAY)


def classroom(boarding: int) -> ClassContext:
    return ClassContext(id="c", teacher="p", school="s", grade=4, class_size=45, boarding=boarding)


def decision(verdict: Verdict, reason: str | None) -> Decision:
    return Decision(id="d", recommendation="b", verdict=verdict, reason=reason, on=DAY)


@pytest.mark.parametrize(("rating", "wrong"), [(0, ["rating"]), (1, []), (5, []), (6, ["rating"])])
def test_a_range_includes_both_its_bounds(rating: int, wrong: list[str]) -> None:
    assert fields(feedback(rating)) == wrong


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (None, []),
        (0.5, []),
        (24, []),
        (0, ["the hours must be more than 0; leave them out before the session is held"]),
        (24.5, ["must be between 0 and 24"]),
        (-1, ["must be between 0 and 24"]),
    ],
)
def test_a_session_has_some_hours_and_no_more_than_a_day(hours: float | None, told: list[str]) -> None:
    session = Session(id="x", order="o", number=1, kind=SessionKind.MAIN, hours=hours)
    assert [fault.en for fault in faults_of(session)] == told
    assert set(fields(session)) <= {"hours"}


def test_a_number_out_of_range_names_the_range_in_both_languages() -> None:
    (fault,) = faults_of(feedback(9))

    assert fault.message("zh") == "应在 1 至 5 之间"
    assert fault.message("en") == "must be between 1 and 5"
    assert fault.data == {"field": "rating", "value": 9}


def test_what_is_no_number_is_out_of_every_range() -> None:
    need = Need(
        id="n",
        teacher="p",
        topic="t",
        subject=Subject.ART,
        severity=float("nan"),
        confidence=0.5,
        reach=Reach.COMMON,
        status=NeedStatus.OPEN,
        formed_on=DAY,
    )

    assert fields(need) == ["severity"]


@pytest.mark.parametrize("code", ["s-01", "5301", "学校一", "a/b.c_d", "x" * 64])
def test_an_id_of_letters_digits_and_few_marks_is_right(code: str) -> None:
    assert fields(School(id=code, name="一小")) == []


@pytest.mark.parametrize("code", ["", "-a", "_a", "a b", "a:b", "a；b", "a,b", "#1", "x" * 65])
def test_any_other_id_is_wrong(code: str) -> None:
    assert fields(School(id=code, name="一小")) == ["id"]


def test_an_id_made_of_two_others_may_be_longer() -> None:
    code = f"{'s' * 64}/{'p' * 64}"
    role = Capability(id=code, session="s", person="p", topic="t", rung=Rung.CO_LED, on=DAY)

    assert fields(role) == []


def test_an_end_before_its_start_is_blamed_on_the_end() -> None:
    assert fields(Semester(id="a", name="秋", start=DAY, end=date(2024, 8, 31))) == ["end"]
    assert fields(Semester(id="a", name="秋", start=DAY, end=DAY)) == []


def test_a_date_of_another_century_is_wrong() -> None:
    assert fields(Semester(id="a", name="秋", start=date(224, 9, 1), end=DAY)) == ["start"]


def test_weeks_must_rise() -> None:
    weeks = Availability(id="v", person="p", semester="a", first_week=9, last_week=3, hours=2)

    assert fields(weeks) == ["last_week"]


def test_no_more_boarders_than_pupils() -> None:
    assert fields(classroom(boarding=45)) == []
    assert fields(classroom(boarding=46)) == ["boarding"]


@pytest.mark.parametrize(("teacher", "school"), [(None, None), ("p", "s")])
def test_a_diagnosis_is_of_a_teacher_or_of_a_school(teacher: str | None, school: str | None) -> None:
    diagnosis = Diagnosis(id="d", instrument=Instrument.SURVEY, teacher=teacher, school=school, on=DAY)

    assert fields(diagnosis) == ["teacher"]


def test_nobody_mentors_himself() -> None:
    assert fields(Mentorship(id="m", mentor="p", mentee="p", start=DAY)) == ["mentee"]


@pytest.mark.parametrize("verdict", [Verdict.CHANGED, Verdict.REFUSED])
def test_a_change_or_a_refusal_needs_a_reason(verdict: Verdict) -> None:
    other = "p-9" if verdict is Verdict.CHANGED else None
    assert fields(replace(decision(verdict, None), trainer=other)) == ["reason"]
    assert fields(replace(decision(verdict, "时间冲突"), trainer=other)) == []


def test_a_change_and_nothing_else_names_another_person() -> None:
    assert fields(decision(Verdict.CHANGED, "时间冲突")) == ["trainer"]
    assert fields(replace(decision(Verdict.CHANGED, "时间冲突"), assistant="p-9")) == []
    both = replace(decision(Verdict.ACCEPTED, None), trainer="p-8", assistant="p-9")
    assert fields(both) == ["trainer", "assistant"]
    assert fields(replace(decision(Verdict.REFUSED, "时间冲突"), assistant="p-9")) == ["assistant"]


def test_an_acceptance_needs_no_reason() -> None:
    assert fields(decision(Verdict.ACCEPTED, None)) == []


def test_one_value_of_a_list_holds_no_separator() -> None:
    resource = Resource(
        id="r", name="课件", pool=Pool.SOFTWARE, available_from=DAY, context_tags=("大班额", "寄宿、留守")
    )

    assert fields(resource) == ["context_tags"]


def test_a_blank_or_endless_text_is_wrong() -> None:
    assert fields(Evidence(id="z", diagnosis="d", severity=1, text=" ")) == ["text"]
    assert fields(Evidence(id="z", diagnosis="d", severity=1, text="长" * 30_001)) == ["text"]


def test_laws_on_fields_that_are_not_there_are_left_alone() -> None:
    assert faults_in(Semester, {"end": DAY}) == []
    assert [fault.field for fault in faults_in(Feedback, {"rating": 7})] == ["rating"]


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x1b", "\x1f", "\x7f", "\ud800", "￿"])
def test_a_control_character_in_a_text_is_wrong_and_named(character: str) -> None:
    remark = replace(feedback(4), remark=f"讲得{character}清楚")
    (fault,) = faults_of(remark)
    assert fault.field == "remark"
    assert repr(character) in fault.en


def test_line_breaks_and_tabs_are_no_control_characters() -> None:
    assert fields(replace(feedback(4), remark="一\n二\r\n三\t四")) == []
