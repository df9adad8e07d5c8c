"""What each person can really do, topic by topic: hidden, so that evidence only hints at it."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from graph.model.terms import AgeBand, Subject
from seeds.raw.catalogue import Catalogue
from seeds.raw.colleagues import Colleague

DIGITAL_BRANCH = "t-gen-digital"
READY = 0.62
WEAK = 0.5


class Skills:
    """Skill of 0 to 1 by person and topic; it grows by `learn`, never by itself."""

    def __init__(self, levels: dict[tuple[str, str], float]) -> None:
        self._levels = levels

    def level(self, person: str, topic: str) -> float:
        """The skill of `person` in `topic`; 0.3 where it was never drawn (another subject's topic)."""
        return self._levels.get((person, topic), 0.3)

    def topics(self, person: str) -> tuple[str, ...]:
        """The topics drawn for `person`, weakest first."""
        mine = [(level, topic) for (who, topic), level in self._levels.items() if who == person]
        return tuple(topic for _, topic in sorted(mine))

    def learn(self, person: str, topic: str, effort: float) -> None:
        """Close the share `effort` (0 to 1) of the gap to mastery."""
        level = self.level(person, topic)
        self._levels[person, topic] = level + (1 - level) * effort


def draw_skills(colleagues: Iterable[Colleague], catalogue: Catalogue, rng: Random) -> Skills:
    """Skills of everybody in the topics of the own subject and the general ones.

    Some topics are weak in the whole county: from them the common needs come.
    """
    county = {topic: rng.choice((-0.1, -0.02, 0.04, 0.08)) for topic in catalogue.leaves}
    levels: dict[tuple[str, str], float] = {}
    for colleague in colleagues:
        for topic in catalogue.for_subject(colleague.subject):
            level = 0.54 + colleague.ability + rng.gauss(0, 0.1) + _fit(colleague, topic, catalogue)
            if colleague.helped:
                level += county[topic]
            levels[colleague.id, topic] = min(max(level, 0.02), 0.98)
    return Skills(levels)


def severity_of(level: float) -> int:
    """How severe a skill looks: 0 none, 1 slight, 2 clear, 3 severe."""
    return sum(level < edge for edge in (WEAK, 0.38, 0.24))


def _fit(colleague: Colleague, topic: str, catalogue: Catalogue) -> float:
    """What age and subject add or take: screens are harder for the oldest, managing a class easier."""
    shift = 0.05 if catalogue.leaves[topic].topic.subject is not Subject.GENERAL else 0.0
    if catalogue.leaves[topic].topic.parent == DIGITAL_BRANCH:
        shift += {AgeBand.FROM_50: -0.2, AgeBand.FROM_40: -0.05}.get(colleague.age or AgeBand.FROM_30, 0.05)
    if topic == "t-gen-management":
        shift += {AgeBand.UNDER_30: -0.12, AgeBand.FROM_50: 0.15}.get(colleague.age or AgeBand.FROM_30, 0.0)
    return shift
