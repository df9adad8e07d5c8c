"""Sessions as they are held: who did what, who came, what they said, what they learned."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from random import Random

from graph.model.alliance import Semester
from graph.model.needs import Need
from graph.model.orders import Session
from graph.model.terms import Rung
from resolvers.sessions import (
    Delivery,
    Opinion,
    Part,
    Presence,
    deliver_session,
    give_feedback,
    record_attendance,
)
from seeds import reactions
from seeds.deciding import Ruling
from seeds.office import Office
from seeds.raw.alliances import SHAPES
from seeds.sample import AllianceSample

HOURS = 2.0
# The more the assistant carries, the less the trainer.
_BESIDE = {Rung.CO_LED: Rung.CO_LED, Rung.LED_WITH_SUPPORT: Rung.ASSISTED}


@dataclass(frozen=True, slots=True)
class Meeting:
    """One session ahead, with what was decided of its order."""

    session: Session
    ruling: Ruling
    needs: tuple[Need, ...]
    is_last: bool

    @property
    def day(self) -> date:
        """When it is planned."""
        return self.session.planned_on or date.max

    def topics(self) -> dict[str, str]:
        """What each teacher in need comes for (one topic of several)."""
        return {need.teacher: need.topic for need in self.needs if need.teacher is not None}


class Meetings:
    """Holds the sessions of one alliance, remembering who did what how often."""

    def __init__(self, office: Office, sample: AllianceSample) -> None:
        self._office = office
        self._skills = sample.skills
        self._people = {each.id: each for each in sample.colleagues}
        self._roles: Counter[tuple[str, str]] = Counter()
        # The last shape is the remote school's.
        self._remote = sample.frame.helped[len(SHAPES) - 1].id

    async def hold(self, semester: Semester, meeting: Meeting) -> None:
        """Deliver one session and record what came of it, on its day or at the end of the semester."""
        name, topics = meeting.session.id, meeting.topics()
        day, rng = min(meeting.day, semester.end), self._office.chance(name)
        store, caller = self._office.store, self._office.caller
        delivery = Delivery(name, day, HOURS, self._parts(meeting))
        await deliver_session(store, caller(day, f"held/{name}"), delivery)
        present = [each for each in topics if self._comes(each, day, rng)]
        presences = tuple(Presence(each, each in present) for each in topics)
        await record_attendance(store, caller(day, f"came/{name}"), name, presences)
        await self._ask(meeting, {each: topics[each] for each in present}, day, rng)
        lessons = [(need.teacher, need.topic) for need in meeting.needs if need.teacher in present]
        trainer, assistant = meeting.ruling.recommendation.trainer, meeting.ruling.assistant
        reactions.learn(self._skills, lessons, trainer, assistant)

    def _comes(self, teacher: str, day: date, rng: Random) -> bool:
        colleague = self._people[teacher]
        return reactions.attends(colleague, day, colleague.school_on(day) == self._remote, rng)

    def _parts(self, meeting: Meeting) -> tuple[Part, ...]:
        asked, assistant = meeting.ruling.recommendation, meeting.ruling.assistant
        topic, trainer = asked.topic, self._people[asked.trainer]
        leads = reactions.rung_of_trainer(trainer.helped, self._roles[trainer.id, topic])
        self._roles[trainer.id, topic] += 1
        if assistant is None:
            return (Part(trainer.id, leads),)
        level = self._skills.level(assistant, meeting.needs[0].topic)
        helps = reactions.rung_of_assistant(self._roles[assistant, topic], level)
        self._roles[assistant, topic] += 1
        return (Part(trainer.id, _BESIDE.get(helps, leads)), Part(assistant, helps))

    async def _ask(self, meeting: Meeting, present: dict[str, str], day: date, rng: Random) -> None:
        """Collect the forms of those present."""
        trainer, name = meeting.ruling.recommendation.trainer, meeting.session.id
        for teacher, topic in present.items():
            said = reactions.opinion(self._skills.level(trainer, topic), day, meeting.is_last, rng)
            if said is not None:
                opinion = Opinion(name, teacher, said.rating, day, said.remark)
                caller = self._office.caller(day, f"said/{name}/{teacher}")
                await give_feedback(self._office.store, caller, opinion, self._office.rules)
