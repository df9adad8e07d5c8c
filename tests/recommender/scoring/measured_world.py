"""Pairs of the small world, made fuller: something known and something unknown for each feature."""

from __future__ import annotations

from datetime import date
from math import inf

from graph.model.orders import Capability, Feedback, Session, TrainingOrder
from graph.model.people import Mentorship
from graph.model.resources import Use
from graph.model.terms import GradeBand, OrderForm, OrderStatus, Rung, SessionKind, Subject, UseLevel
from recommender.ranking import Measured, measured
from recommender.rules import RuleEntry
from recommender.scoring.assistants import Assistants
from recommender.scoring.cases import cases_of
from recommender.scoring.feature import Column, Over
from recommender.scoring.material_pairs import MaterialPairs, Materials
from recommender.scoring.surroundings import Surroundings
from recommender.scoring.trainer_pairs import TrainerPairs, Trainers
from recommender.scoring.wishes import wish_of_case
from recommender.situation import Situation
from tests.recommender.small_world import (
    RULES,
    class_of,
    diagnosed,
    hours,
    need,
    person,
    post,
    resource,
    seconded,
    sounding,
)

ORDER = TrainingOrder(
    id="old",
    needs=(),
    topic="aloud",
    subject=Subject.CHINESE,
    form=OrderForm.SCHOOL_CLINIC,
    trainer="lin",
    status=OrderStatus.UNDER_WAY,
    placed_on=date(2025, 2, 20),
)
SESSION = Session(
    id="s", order="old", number=1, kind=SessionKind.MAIN, delivered_on=date(2025, 3, 1), hours=2.0
)


def full_world() -> Situation:
    """Four trainers of different standing, three needs, four resources."""
    return diagnosed(
        sounding("said", 3, text="朗读没有节奏"),
        people=(
            person("bo"),
            person("far", subject=None, bands=(), trains=("writing",)),
            person("hua", trains=("reading",)),
            person("lin", trains=("aloud", "groups")),
            person("mei"),
            person("ping", bands=(GradeBand.LOWER,), trains=("aloud",)),
        ),
        teachers=(seconded("lin", digital=4),),
        employments=(post("mei", "west"), post("hua", "north"), post("bo", "west"), post("ping", "east")),
        needs=(
            need("n1", evidence=("said",)),
            need("n2", teacher="bo", topic="reading"),
            need("n3", teacher="stranger", topic="groups", band=None),
        ),
        availabilities=(hours("lin", 2.0), hours("hua", 0.1)),
        class_contexts=(class_of("mei", edition="人教版", size=60),),
        mentorships=(Mentorship(id="pair", mentor="mei", mentee="hua", start=date(2024, 9, 1)),),
        resources=(
            resource("known", edition="人教版", tags=("大班额", "农村学校")),
            resource("other", edition="北师大版", tags=("复式班",), suffix="mp4", size=1000),
            resource("untold", topics=(), size=None, suffix=None),
            resource("groups", topics=("groups",)),
        ),
        uses=tuple(
            Use(
                id=f"u{rating}",
                resource="known",
                person="bo",
                school="west",
                level=UseLevel.TAUGHT_WITH,
                on=date(2025, 1, 1),
                rating=rating,
            )
            for rating in (3, 4, 5)
        ),
        orders=(ORDER,),
        sessions=(SESSION,),
        feedback=(Feedback(id="f", session="s", person="mei", rating=5, on=date(2025, 3, 2)),),
        capabilities=(
            Capability(
                id="k", session="s", person="hua", topic="reading", rung=Rung.CO_LED, on=date(2025, 3, 1)
            ),
        ),
    )


def pairs_of(situation: Situation, over: Over) -> TrainerPairs | MaterialPairs:
    """All pairs of one sort in a situation, nothing screened."""
    around = Surroundings.of(situation, RULES.numbers)
    cases = cases_of(situation, around.locals, RULES.numbers, None)
    if over is Over.MATERIAL:
        return MaterialPairs([wish_of_case(case, around) for case in cases], Materials(around), inf)
    assistants = Assistants(around)
    found = [assistants.nearest(case) for case in cases]
    best = [("known", 0.5) if case.topic != "groups" else (None, float("nan")) for case in cases]
    return TrainerPairs(cases, Trainers(around), found, best, inf)


def measure(rule: RuleEntry, situation: Situation) -> tuple[Measured, Column]:
    """The pairs that a rule is over, and its feature measured on them."""
    pairs = pairs_of(situation, rule.feature.over)
    return pairs, measured(pairs, rule)
