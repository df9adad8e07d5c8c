"""The sample: raw input of one or more alliances from a seed, and what is hidden behind it.

No need, recommendation, order or session is in it: `seeds.loader` makes them by the use cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from graph.model.describe import Identified
from graph.model.needs import Topic
from graph.model.people import Availability, ClassContext, Mentorship
from graph.model.resources import Use
from seeds.raw.alliances import SEMESTERS, Frame, build_frame
from seeds.raw.calendars import build_availability, build_class_contexts, build_mentorships
from seeds.raw.catalogue import read_catalogue
from seeds.raw.colleagues import Colleague, draw_colleagues
from seeds.raw.names import NameGiver
from seeds.raw.people import Staff, build_staff
from seeds.raw.resources import Pools, build_pools
from seeds.raw.skills import Skills, draw_skills
from seeds.raw.soundings import Sounder, Soundings
from seeds.raw.uses import build_uses

DEFAULT_SEED = 2022


@dataclass(frozen=True, slots=True)
class AllianceSample:
    """Raw input of one alliance, with the hidden `colleagues` and `skills` that reactions need."""

    frame: Frame
    staff: Staff
    availability: tuple[Availability, ...]
    class_contexts: tuple[ClassContext, ...]
    mentorships: tuple[Mentorship, ...]
    pools: Pools
    uses: tuple[Use, ...]
    soundings: tuple[Soundings, ...]
    colleagues: tuple[Colleague, ...]
    skills: Skills

    def standing_nouns(self) -> list[Identified]:
        """Everything but the soundings, what is referred to before what refers to it."""
        frame, staff = self.frame, self.staff
        return [
            frame.group,
            frame.alliance,
            *frame.schools,
            *frame.memberships,
            *staff.persons,
            *staff.teachers,
            *staff.employments,
            *self.availability,
            *self.class_contexts,
            *self.mentorships,
            *self.pools.resources,
            *self.pools.gifts,
            *self.uses,
        ]

    def sounding_nouns(self) -> list[Identified]:
        """Diagnoses, evidence and requests of all semesters."""
        return [each for sounding in self.soundings for each in sounding.nouns()]


@dataclass(frozen=True, slots=True)
class Sample:
    """The whole sample; topics and semesters are shared by its alliances."""

    seed: int
    topics: tuple[Topic, ...]
    alliances: tuple[AllianceSample, ...]

    def shared_nouns(self) -> list[Identified]:
        """What all alliances share: the calendar and the topic tree."""
        return [*SEMESTERS, *self.topics]


def generate(seed: int = DEFAULT_SEED, scale: int = 1) -> Sample:
    """The sample of `scale` alliances; the same seed gives the same sample, alliance by alliance.

    Alliance 1 of a larger sample is alliance 1 of a smaller one.
    """
    names = NameGiver(Random(f"{seed}:names"))
    alliances = tuple(_alliance(seed, number, names) for number in range(1, scale + 1))
    return Sample(seed, read_catalogue().topics, alliances)


def _alliance(seed: int, number: int, names: NameGiver) -> AllianceSample:
    catalogue, frame = read_catalogue(), build_frame(number)

    def rng(part: str) -> Random:
        return Random(f"{seed}:{number}:{part}")

    colleagues = draw_colleagues(frame, names, rng("colleagues"))
    skills = draw_skills(colleagues, catalogue, rng("skills"))
    staff = build_staff(frame, colleagues, skills, rng("staff"))
    pools = build_pools(frame, colleagues, catalogue, rng("pools"))
    return AllianceSample(
        frame=frame,
        staff=staff,
        availability=build_availability(colleagues, staff.persons, rng("availability")),
        class_contexts=build_class_contexts(frame, colleagues, rng("classes")),
        mentorships=build_mentorships(colleagues, rng("mentorships")),
        pools=pools,
        uses=build_uses(frame, colleagues, pools.resources, pools.gifts, rng("uses")),
        soundings=Sounder(frame, colleagues, catalogue, skills, rng("soundings")).sound(),
        colleagues=colleagues,
        skills=skills,
    )
