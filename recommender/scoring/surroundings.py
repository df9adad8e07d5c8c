"""What is read once from a situation and shared by everything that is scored in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model.alliance import School
from graph.model.people import ClassContext, Person, Teacher
from graph.model.resources import Resource
from graph.model.terms import Connectivity
from recommender.ladder import Ladder, Locals
from recommender.scoring.cases import WAITING
from recommender.scoring.feature import Numbers
from recommender.scoring.grades import classes_now
from recommender.situation import Situation
from recommender.topics import TopicTree


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is read once from a situation and shared by everything that is scored in it."""

    situation: Situation
    numbers: Numbers
    tree: TopicTree
    locals: Locals
    ladder: Ladder
    people: dict[str, Person]
    teachers: dict[str, Teacher]
    schools: dict[str, School]
    resources: dict[str, Resource]
    classes: dict[str, tuple[ClassContext, ...]]

    def classes_of(self, teachers: Sequence[str]) -> tuple[ClassContext, ...]:
        """The classes that these teachers have now."""
        return tuple(each for name in teachers for each in self.classes.get(name, ()))

    @staticmethod
    def of(situation: Situation, numbers: Numbers) -> Surroundings:
        """The surroundings of a situation under the rule file's numbers."""
        tree = TopicTree(situation.topics)
        return Surroundings(
            situation=situation,
            numbers=numbers,
            tree=tree,
            locals=Locals(situation),
            ladder=Ladder(situation, tree, int(numbers["rung_counts_within"])),
            people={each.id: each for each in sorted(situation.people, key=lambda each: each.id)},
            teachers={each.id: each for each in situation.teachers},
            schools={each.id: each for each in situation.schools},
            resources={each.id: each for each in sorted(situation.resources, key=lambda each: each.id)},
            classes=classes_now(situation),
        )


def line_of(schools: Sequence[str], around: Surroundings) -> Connectivity | None:
    """The weakest line among the schools; None when none is known."""
    lines = [around.schools[name].connectivity for name in schools if name in around.schools]
    order = list(Connectivity)
    return max((line for line in lines if line is not None), key=order.index, default=None)


def digital_of(teachers: Sequence[str], around: Surroundings) -> float:
    """Mean digital skill (JY/T 0646 dimension 2, 1 to 5) of the teachers; NaN when none is known."""
    levels = [around.teachers[name].digital_skill for name in teachers if name in around.teachers]
    known = [level for level in levels if level is not None]
    return sum(known) / len(known) if known else float("nan")


def in_need(around: Surroundings) -> dict[str, tuple[str, ...]]:
    """The topics of each person's own waiting needs."""
    topics: dict[str, list[str]] = defaultdict(list)
    for need in around.situation.needs:
        if need.teacher is not None and need.status in WAITING:
            topics[need.teacher].append(need.topic)
    return {person: tuple(names) for person, names in topics.items()}
