"""Three school years of one alliance, told by the same use cases that mutations call.

Every call bears a key, and what follows is read from answers and from what never changes: a load that
was interrupted can be told again from the start and writes only what is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from graph.model.alliance import Semester
from graph.model.describe import Identified
from graph.model.needs import Diagnosis, Evidence, Need
from graph.model.orders import Session
from graph.model.rules import Recommendation
from graph.model.terms import Instrument, OrderForm, Rung, SessionKind, Subject
from graph.nodes import load_some, save
from graph.store import Store, Transaction
from graph.writing import Outcome, commit
from recommender.rules import Rules
from resolvers.caller import Caller
from resolvers.needs import form_needs
from resolvers.orders import Placing, place_order
from resolvers.recommendations import Asked, decide_recommendation, issue_recommendations
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
from seeds.deciding import Ruling, decide
from seeds.raw.alliances import SEMESTERS, SHAPES, day_of
from seeds.raw.soundings import officer_of
from seeds.sample import AllianceSample

ACTOR = "sample"
HOURS = 2.0
_FORMED, _DECIDED, _FIRST_SESSION, _RECHECKED, _CLOSED = 5, 6, 7, 18, 19
_RECHECKED_SHARE = 0.8
_LOOKING_DAYS = 3


@dataclass(frozen=True, slots=True)
class Held:
    """One session ahead, with what its order decided."""

    session: Session
    ruling: Ruling
    needs: tuple[Need, ...]
    is_last: bool


class Story:
    """Tells one alliance of the sample to a store, semester by semester."""

    def __init__(self, store: Store, sample: AllianceSample, seed: int, rules: Rules) -> None:
        self._store = store
        self._sample = sample
        self._seed = seed
        self._rules = rules
        self._people = {each.id: each for each in sample.colleagues}
        self._roles: Counter[tuple[str, str]] = Counter()
        self._delivered: list[Need] = []
        # The last shape is the remote school's.
        self._remote = sample.frame.helped[len(SHAPES) - 1].id

    async def found(self, shared: Sequence[Identified]) -> None:
        """Everything that stands before the first sounding."""
        day = SEMESTERS[0].start
        await self._keep([*shared, *self._sample.standing_nouns()], day, "standing")

    async def tell(self, place: int) -> None:
        """The semester at `place` of `SEMESTERS`, from its soundings to its re-observations."""
        semester = SEMESTERS[place]
        alliance = self._sample.frame.alliance.id
        await self._keep(
            self._sample.soundings[place].nouns(), day_of(semester, _FORMED), f"{semester.id}/sounded"
        )
        await form_needs(self._store, self._caller(semester, _FORMED, "formed"), alliance, self._rules)
        rulings = await self._rule(semester, alliance)
        ahead = [
            held for ruling in rulings if ruling.is_ordered for held in await self._order(semester, ruling)
        ]
        for held in sorted(ahead, key=lambda each: (each.session.planned_on or date.max, each.session.id)):
            await self._hold(semester, held)
        await self._look_again(semester)
        await form_needs(self._store, self._caller(semester, _CLOSED, "closed"), alliance, self._rules)

    async def _rule(self, semester: Semester, alliance: str) -> list[Ruling]:
        caller = self._caller(semester, _FORMED, "issued")
        issued = await issue_recommendations(self._store, caller, Asked(alliance), self._rules)
        found = await load_some(self._store.read, Recommendation, issued.recommendations)
        teachable = await self._with_teachers([found[each] for each in issued.recommendations])
        by = officer_of(self._sample.colleagues, Subject.GENERAL)
        local_share = reactions.progress(semester.start)
        rulings = decide(teachable, self._people, by, local_share, self._rng(semester.id, "ruling"))
        for ruling in rulings:
            caller = self._caller(semester, _DECIDED, f"decided/{ruling.recommendation.id}")
            await decide_recommendation(self._store, caller, ruling.judgement)
        return rulings

    async def _with_teachers(self, proposed: list[Recommendation]) -> list[Recommendation]:
        """Those that serve teachers: a school's own need waits for the school, not for a class."""
        ids = dict.fromkeys(need for each in proposed for need in each.needs)
        needs = await load_some(self._store.read, Need, list(ids))
        return [each for each in proposed if all(needs[need].teacher is not None for need in each.needs)]

    async def _order(self, semester: Semester, ruling: Ruling) -> list[Held]:
        asked = ruling.recommendation
        found = await load_some(self._store.read, Need, asked.needs)
        needs = tuple(found[each] for each in asked.needs)
        start = day_of(semester, _FIRST_SESSION, self._rng(asked.id, "start").randrange(14))
        placing = Placing(
            start=start, recommendation=asked.id, school=self._place(asked, needs), semester=semester.id
        )
        caller = self._caller(semester, _DECIDED, f"ordered/{asked.id}")
        placed = await place_order(self._store, caller, placing, self._rules)
        sessions = await load_some(self._store.read, Session, placed.sessions)
        last = placed.sessions[-1]
        return [Held(sessions[each], ruling, needs, each == last) for each in placed.sessions]

    def _place(self, asked: Recommendation, needs: tuple[Need, ...]) -> str:
        """A clinic is held at the teacher's school, a county class at the largest one."""
        teacher = needs[0].teacher
        if asked.form is OrderForm.COUNTY_CLASS or teacher is None:
            return self._sample.frame.helped[0].id
        return self._people[teacher].school_on(needs[0].formed_on)

    async def _hold(self, semester: Semester, held: Held) -> None:
        session, rng = held.session, self._rng(held.session.id)
        day = min(session.planned_on or semester.end, semester.end)
        topics = {need.teacher: need.topic for need in held.needs if need.teacher is not None}
        delivery = Delivery(session.id, day, HOURS, self._parts(held))
        await deliver_session(self._store, self._caller_on(day, f"held/{session.id}"), delivery)
        present = [each for each in topics if self._comes(each, day, rng)]
        presences = tuple(Presence(each, each in present) for each in topics)
        await record_attendance(
            self._store, self._caller_on(day, f"came/{session.id}"), session.id, presences
        )
        await self._ask_opinions(held, {each: topics[each] for each in present}, day, rng)
        asked = held.ruling.recommendation
        lessons = [(need.teacher, need.topic) for need in held.needs if need.teacher in present]
        reactions.learn(self._sample.skills, lessons, asked.trainer, held.ruling.assistant)
        if session.kind is SessionKind.MAIN:
            known = {need.id for need in self._delivered}
            self._delivered += [need for need in held.needs if need.id not in known]

    def _comes(self, teacher: str, day: date, rng: Random) -> bool:
        colleague = self._people[teacher]
        return reactions.attends(colleague, day, colleague.school_on(day) == self._remote, rng)

    def _parts(self, held: Held) -> tuple[Part, ...]:
        """What trainer and assistant do: the more the assistant carries, the less the trainer."""
        asked, assistant = held.ruling.recommendation, held.ruling.assistant
        topic, trainer = asked.topic, self._people[asked.trainer]
        leads = reactions.rung_of_trainer(trainer.helped, self._roles[trainer.id, topic])
        self._roles[trainer.id, topic] += 1
        if assistant is None:
            return (Part(trainer.id, leads),)
        level = self._sample.skills.level(assistant, held.needs[0].topic)
        helps = reactions.rung_of_assistant(self._roles[assistant, topic], level)
        self._roles[assistant, topic] += 1
        beside = {Rung.CO_LED: Rung.CO_LED, Rung.LED_WITH_SUPPORT: Rung.ASSISTED}
        return (Part(trainer.id, beside.get(helps, leads)), Part(assistant, helps))

    async def _ask_opinions(self, held: Held, present: dict[str, str], day: date, rng: Random) -> None:
        trainer = held.ruling.recommendation.trainer
        for teacher, topic in present.items():
            level = self._sample.skills.level(trainer, topic)
            said = reactions.opinion(level, day, held.is_last, rng)
            if said is None:
                continue
            opinion = Opinion(held.session.id, teacher, said.rating, day, said.remark)
            caller = self._caller_on(day, f"said/{held.session.id}/{teacher}")
            await give_feedback(self._store, caller, opinion, self._rules)

    async def _look_again(self, semester: Semester) -> None:
        """Observations some weeks after delivery; what was not seen this time is seen next semester."""
        rng, day = self._rng(semester.id, "again"), day_of(semester, _RECHECKED, 1)
        seen = [need for need in self._delivered if rng.random() < _RECHECKED_SHARE]
        ids = {need.id for need in seen}
        self._delivered = [need for need in self._delivered if need.id not in ids]
        nouns: list[Identified] = []
        for number, need in enumerate(seen, start=1):
            nouns += self._observed(semester, number, need, day, rng)
        await self._keep(nouns, day + timedelta(days=_LOOKING_DAYS), f"{semester.id}/again")

    def _observed(
        self, semester: Semester, number: int, need: Need, day: date, rng: Random
    ) -> tuple[Diagnosis, Evidence]:
        teacher = need.teacher or ""
        severity, text = reactions.seen_later(self._sample.skills, teacher, need.topic, rng)
        prefix, place = self._sample.frame.prefix, f"{semester.id}-r{number:03d}"
        diagnosis = Diagnosis(
            id=f"{prefix}d-{place}",
            instrument=Instrument.OBSERVATION,
            teacher=teacher,
            on=day + timedelta(days=rng.randrange(_LOOKING_DAYS)),
            by=officer_of(self._sample.colleagues, need.subject),
        )
        evidence = Evidence(
            id=f"{prefix}x-{place}", diagnosis=diagnosis.id, topic=need.topic, severity=severity, text=text
        )
        return diagnosis, evidence

    async def _keep(self, nouns: Sequence[Identified], day: date, key: str) -> None:
        """Raw input through the one write path."""

        async def work(transaction: Transaction) -> Outcome:
            return Outcome({"kept": await save(transaction.run, nouns)})

        command = self._caller_on(day, key).command("loadSample", {"seed": self._seed, "nouns": len(nouns)})
        await commit(self._store, command, work)

    def _caller(self, semester: Semester, week: int, key: str) -> Caller:
        return self._caller_on(day_of(semester, week), f"{semester.id}/{key}")

    def _caller_on(self, day: date, key: str) -> Caller:
        at = datetime.combine(day, time(8), UTC)
        return Caller(ACTOR, at, day, f"{self._seed}/{self._sample.frame.prefix}{key}")

    def _rng(self, *parts: str) -> Random:
        """A generator of its own for each thing told, so that one more thing moves no other."""
        return Random(f"{self._seed}:{self._sample.frame.prefix}:{':'.join(parts)}")
