"""Who is local on a day, and which rung counts in which topic."""

from __future__ import annotations

from datetime import date

from graph.model.orders import Capability
from graph.model.terms import Rung
from recommender.ladder import Ladder, Locals
from recommender.topics import TopicTree
from tests.recommender.small_world import TODAY, TOPICS, post, seconded, world


def _role(person: str, topic: str, rung: Rung, on: date = date(2025, 1, 1)) -> Capability:
    return Capability(
        id=f"{person}-{topic}-{rung.name}", session="s", person=person, topic=topic, rung=rung, on=on
    )


def test_local_is_who_works_at_a_helped_member_school() -> None:
    locals_ = Locals(world())
    assert [locals_.is_local(name, TODAY) for name in ("mei", "hua", "lin", "nobody")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_seconded_teacher_is_not_local_even_with_a_post_at_a_helped_school() -> None:
    locals_ = Locals(world(teachers=(seconded("mei"),)))
    assert not locals_.is_local("mei", TODAY)
    assert locals_.is_local("mei", date(2025, 7, 11))


def test_nobody_is_local_before_the_school_is_a_member_or_after_the_post_ends() -> None:
    locals_ = Locals(world(employments=(post("mei", "west", end=date(2025, 1, 31)),)))
    assert not locals_.is_local("mei", date(2022, 8, 31))
    assert locals_.is_local("mei", date(2025, 1, 31))
    assert not locals_.is_local("mei", date(2025, 2, 1))


def test_a_rung_counts_for_its_parent_and_children_but_not_for_its_siblings() -> None:
    roles = (_role("bo", "aloud", Rung.ASSISTED), _role("bo", "reading", Rung.CO_LED))
    ladder = Ladder(world(capabilities=roles), TopicTree(TOPICS), within=1)
    assert ladder.rung("bo", "aloud") is Rung.CO_LED
    assert ladder.rung("bo", "questions") is Rung.CO_LED
    assert ladder.rung("bo", "chinese") is Rung.CO_LED
    assert ladder.rung("bo", "writing") is None
    assert ladder.rungs("bo") == {"aloud": Rung.ASSISTED, "reading": Rung.CO_LED}


def test_the_highest_rung_stays_and_a_later_lower_role_takes_nothing_away() -> None:
    roles = (_role("bo", "aloud", Rung.LED_ALONE), _role("bo", "aloud", Rung.OBSERVED, date(2025, 2, 1)))
    assert (
        Ladder(world(capabilities=roles), TopicTree(TOPICS), within=1).rung("bo", "aloud") is Rung.LED_ALONE
    )


def test_a_role_of_tomorrow_does_not_count_today() -> None:
    roles = (_role("bo", "aloud", Rung.LED_ALONE, date(2025, 3, 11)),)
    assert Ladder(world(capabilities=roles), TopicTree(TOPICS), within=1).people() == ()
