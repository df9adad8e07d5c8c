"""The assistant is the nearest local person who is not yet ready."""

from __future__ import annotations

from datetime import date

from graph.model.orders import Capability, TrainingOrder
from graph.model.people import Teacher
from graph.model.terms import BackboneLevel, GradeBand, OrderForm, OrderStatus, Rung, Subject
from recommender.scoring.assistants import Assistants
from recommender.scoring.cases import case_of_need
from recommender.scoring.surroundings import Surroundings
from tests.recommender.small_world import RULES, need, person, post, world

NAMES = ("ai", "bo", "chen", "mei")
PEOPLE = tuple(person(name) for name in NAMES)
POSTS = tuple(post(name, "west" if name in ("chen", "mei") else "north") for name in NAMES)


def _role(name: str, rung: Rung, topic: str = "aloud") -> Capability:
    return Capability(id=f"k-{name}", session="s", person=name, topic=topic, rung=rung, on=date(2025, 1, 1))


def _nearest(topic: str = "aloud", **parts: object) -> str | None:
    situation = world(**{"people": PEOPLE, "employments": POSTS, **parts})
    around = Surroundings.of(situation, RULES.numbers)
    return Assistants(around).nearest(case_of_need(need("n", topic=topic), situation, around.locals))


def test_the_highest_rung_below_ready_is_nearest() -> None:
    roles = (_role("ai", Rung.OBSERVED), _role("bo", Rung.ASSISTED))
    assert _nearest(capabilities=roles) == "bo"


def test_who_is_ready_needs_no_assistant_s_slot() -> None:
    roles = (_role("ai", Rung.CO_LED), _role("bo", Rung.LED_ALONE), _role("chen", Rung.CO_LED, "reading"))
    assert _nearest(capabilities=roles) is None


def test_a_colleague_at_the_school_comes_first_among_equals() -> None:
    assert _nearest() == "chen"


def test_a_named_backbone_comes_before_a_colleague() -> None:
    backbones = (
        Teacher(id="ai", backbone_level=BackboneLevel.SCHOOL),
        Teacher(id="bo", backbone_level=BackboneLevel.CITY),
    )
    assert _nearest(teachers=backbones) == "bo"


def test_who_assists_already_waits_and_who_is_in_need_comes_last() -> None:
    busy = TrainingOrder(
        id="o",
        needs=(),
        topic="aloud",
        subject=Subject.CHINESE,
        form=OrderForm.SCHOOL_CLINIC,
        trainer="lin",
        assistant="chen",
        status=OrderStatus.PLACED,
        placed_on=date(2025, 3, 1),
    )
    assert _nearest(orders=(busy,)) == "ai"
    assert _nearest(needs=(need("own", teacher="chen"),)) == "ai"
    assert _nearest(needs=(need("own", teacher="chen", topic="writing"),)) == "chen"


def test_nobody_assists_in_his_own_clinic_or_from_another_subject_or_side() -> None:
    assert _nearest(people=(person("mei"),)) is None
    assert _nearest(people=(person("chen", subject=Subject.ENGLISH),)) is None
    assert _nearest(employments=(post("chen", "east"),)) is None


def test_who_knows_the_grades_comes_before_who_does_not() -> None:
    people = (person("ai", bands=(GradeBand.LOWER,)), person("bo"))
    assert _nearest(people=people) == "bo"
