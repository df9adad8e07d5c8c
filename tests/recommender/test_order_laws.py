"""Laws of recommending over generated alliances: sums are exact, hard rules are never broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model.needs import Need
from graph.model.orders import Capability
from graph.model.people import Availability, Employment, Person, Teacher
from graph.model.terms import GradeBand, OrderForm, PersonKind, Rung, Subject
from recommender.ladder import Locals
from recommender.orders import recommend_orders
from recommender.scoring.capacity import hours_of, spare_hours
from recommender.scoring.trainer_pairs import days_of
from recommender.situation import Situation
from recommender.topics import TopicTree
from tests.recommender.small_world import RULES, TODAY, TOPICS, need, resource, world

TREE = TopicTree(TOPICS)
_subjects = st.sampled_from([None, Subject.CHINESE, Subject.ENGLISH, Subject.GENERAL])
_bands = st.lists(st.sampled_from(GradeBand), max_size=2, unique=True).map(tuple)
_topics = st.sampled_from([each.id for each in TOPICS])
_schools = st.sampled_from(["east", "west", "north"])


_days = st.integers(-40, 80).map(lambda ahead: TODAY + timedelta(days=ahead))


def _some(draw: st.DrawFn, names: list[str]) -> list[str]:
    return [name for name in names if draw(st.booleans())]


def _person(draw: st.DrawFn, name: str) -> Person:
    return Person(
        id=name,
        name=name,
        kind=PersonKind.TEACHER,
        subject=draw(_subjects),
        grade_bands=draw(_bands),
        trains=tuple(draw(st.lists(_topics, max_size=2, unique=True))),
    )


def _seconded(draw: st.DrawFn, name: str) -> Teacher:
    begun = TODAY - timedelta(days=90)
    return Teacher(id=name, help_group="help", seconded_from=begun, seconded_to=draw(_days))


def _post(draw: st.DrawFn, name: str) -> Employment:
    begun, end = TODAY - timedelta(days=200), draw(st.one_of(st.none(), _days))
    return Employment(id=f"e-{name}", person=name, school=draw(_schools), start=begun, end=end)


def _hours(draw: st.DrawFn, name: str) -> Availability:
    hours = draw(st.floats(0, 1))
    return Availability(
        id=f"h-{name}", person=name, semester="2025a", first_week=1, last_week=20, hours=hours
    )


def _role(draw: st.DrawFn, name: str) -> Capability:
    topic, rung = draw(_topics), draw(st.sampled_from(Rung))
    return Capability(id=f"k-{name}", session="s", person=name, topic=topic, rung=rung, on=TODAY)


def _need(draw: st.DrawFn, id: str, names: list[str]) -> Need:
    return replace(
        need(id, teacher=draw(st.sampled_from([*names, "gone"])), topic=draw(_topics)),
        severity=draw(st.floats(0, 3)),
        confidence=draw(st.floats(0, 0.9)),
        grade_band=draw(st.sampled_from([None, *GradeBand])),
    )


@st.composite
def alliances(draw: st.DrawFn) -> Situation:
    """An alliance of up to eight people with whatever may be known or not known of them."""
    names = [f"p{place}" for place in range(draw(st.integers(0, 8)))]
    return world(
        people=tuple(_person(draw, name) for name in names),
        teachers=tuple(_seconded(draw, name) for name in _some(draw, names)),
        employments=tuple(_post(draw, name) for name in _some(draw, names)),
        availabilities=tuple(_hours(draw, name) for name in _some(draw, names)),
        capabilities=tuple(_role(draw, name) for name in _some(draw, names)),
        needs=tuple(_need(draw, f"n{place}", names) for place in range(draw(st.integers(0, 5)))),
        resources=(resource("a"), resource("b", topics=("groups",), size=10**6)),
    )


@settings(max_examples=150, deadline=None)
@given(alliances())
def test_contributions_add_up_to_the_score_exactly(situation: Situation) -> None:
    for proposal in recommend_orders(situation, RULES).proposals:
        total = sum(each.millionths for each in proposal.contributions)
        assert total == proposal.recommendation.score_millionths
        assert 0 <= total <= 1_000_000


@settings(max_examples=150, deadline=None)
@given(alliances())
def test_no_hard_rule_is_ever_broken(situation: Situation) -> None:
    people = {each.id: each for each in situation.people}
    needs = {each.id: each for each in situation.needs}
    teachers = {each.id: each for each in situation.teachers}
    spare = spare_hours(situation, RULES.numbers)
    locals_ = Locals(situation)
    last = TODAY + timedelta(days=days_of(OrderForm.SCHOOL_CLINIC, RULES.numbers))
    for proposal in recommend_orders(situation, RULES).proposals:
        given_ = proposal.recommendation
        trainer, served = people[given_.trainer], needs[given_.needs[0]]
        topic = TREE.topics[served.topic]
        assert trainer.id != served.teacher
        assert trainer.subject in (None, Subject.GENERAL, served.subject) or topic.subject is Subject.GENERAL
        assert not trainer.grade_bands or served.grade_band in (None, *trainer.grade_bands)
        assert spare.get(trainer.id, 99.0) >= hours_of(given_.form, RULES.numbers)
        if locals_.is_seconded(trainer.id, TODAY):
            ends = teachers[trainer.id].seconded_to
            assert ends is None or ends >= last
        own = [each.topic for each in situation.needs if each.teacher == trainer.id]
        assert not any(TREE.is_within(each, served.topic) for each in own)
        if given_.assistant is not None:
            assert locals_.is_local(given_.assistant, TODAY)
            assert not locals_.is_local(trainer.id, TODAY)
            assert given_.assistant not in (trainer.id, served.teacher)
        assert sum(
            each.size_bytes or 0 for each in situation.resources if each.id in given_.resources
        ) <= 100 or (locals_.school_of(served.teacher or "", TODAY) != "west")


@settings(max_examples=100, deadline=None)
@given(alliances())
def test_every_waiting_need_is_either_served_or_told_why_not(situation: Situation) -> None:
    recommended = recommend_orders(situation, RULES)
    served = {name for each in recommended.proposals for name in each.recommendation.needs}
    left = {name for each in recommended.unserved for name in each.needs}
    assert served | left == {each.id for each in situation.needs}
    assert not served & left
    hard = {rule.key for rule in RULES.rules}
    assert all(each.rule in hard and each.zh and each.en for each in recommended.unserved)


@settings(max_examples=50, deadline=None)
@given(alliances())
def test_the_order_of_input_does_not_matter(situation: Situation) -> None:
    turned = replace(
        situation,
        people=situation.people[::-1],
        teachers=situation.teachers[::-1],
        needs=situation.needs[::-1],
        capabilities=situation.capabilities[::-1],
        topics=situation.topics[::-1],
        resources=situation.resources[::-1],
    )
    assert recommend_orders(turned, RULES) == recommend_orders(situation, RULES)
