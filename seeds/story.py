"""Three school years of one alliance, told by the same use cases that mutations call.

What follows is read from answers and from what never changes, so that telling it again after an
interruption takes the same course.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from graph.model.alliance import Semester
from graph.model.describe import Identified
from graph.model.needs import Diagnosis, Evidence, Need
from graph.model.orders import Session
from graph.model.rules import Recommendation
from graph.model.terms import Instrument, OrderForm, Subject
from graph.nodes import load_some
from resolvers.needs import form_needs
from resolvers.orders import Placing, place_order
from resolvers.recommendations import Asked, decide_recommendation, issue_recommendations
from seeds import reactions
from seeds.deciding import Ruling, decide
from seeds.meetings import Meeting, Meetings
from seeds.office import Office
from seeds.raw.alliances import SEMESTERS, day_of
from seeds.raw.soundings import officer_of
from seeds.sample import AllianceSample

# Weeks of a semester, from 1.
_FORMED, _DECIDED, _FIRST_SESSION, _RECHECKED, _CLOSED = 5, 6, 7, 18, 19
_RECHECKED_SHARE = 0.8
_LOOKING_DAYS = 3


class Story:
    """Tells one alliance of the sample to a store, semester by semester."""

    def __init__(self, office: Office, sample: AllianceSample) -> None:
        self._office = office
        self._sample = sample
        self._people = {each.id: each for each in sample.colleagues}
        self._meetings = Meetings(office, sample)
        self._delivered: dict[str, Need] = {}

    async def found(self, shared: Sequence[Identified]) -> None:
        """Everything that stands before the first sounding."""
        await self._office.keep([*shared, *self._sample.standing_nouns()], SEMESTERS[0].start, "standing")

    async def tell(self, place: int) -> None:
        """The semester at `place` of `SEMESTERS`, from its soundings to its re-observations."""
        semester, sounding = SEMESTERS[place], self._sample.soundings[place]
        await self._office.keep(sounding.nouns(), day_of(semester, _FORMED), f"{semester.id}/sounded")
        await self._form(semester, _FORMED)
        rulings = await self._rule(semester)
        ordered = [await self._order(semester, each) for each in rulings if each.is_ordered]
        meetings = [each for series in ordered for each in series]
        for meeting in sorted(meetings, key=lambda each: (each.day, each.session.id)):
            await self._meetings.hold(semester, meeting)
            self._delivered |= {need.id: need for need in meeting.needs}
        await self._look_again(semester)
        # Elsewhere the next semester's forming rechecks what was observed at the end of this one.
        if semester is SEMESTERS[-1]:
            await self._form(semester, _CLOSED)

    async def _form(self, semester: Semester, week: int) -> None:
        caller = self._office.caller(day_of(semester, week), f"{semester.id}/formed/{week}")
        await form_needs(self._office.store, caller, self._sample.frame.alliance.id, self._office.rules)

    async def _rule(self, semester: Semester) -> list[Ruling]:
        store, day = self._office.store, day_of(semester, _DECIDED)
        caller = self._office.caller(day_of(semester, _FORMED), f"{semester.id}/issued")
        asked = Asked(self._sample.frame.alliance.id)
        issued = await issue_recommendations(store, caller, asked, self._office.rules)
        found = await load_some(store.read, Recommendation, issued.recommendations)
        proposed = await self._with_teachers([found[each] for each in issued.recommendations])
        by = officer_of(self._sample.colleagues, Subject.GENERAL)
        local_share = reactions.progress(semester.start)
        rng = self._office.chance(semester.id, "ruling")
        rulings = decide(proposed, self._people, by, local_share, rng)
        for ruling in rulings:
            caller = self._office.caller(day, f"decided/{ruling.recommendation.id}")
            await decide_recommendation(store, caller, ruling.judgement)
        return rulings

    async def _with_teachers(self, proposed: list[Recommendation]) -> list[Recommendation]:
        """Those that serve teachers: a school's own need waits for the school, not for a class."""
        ids = dict.fromkeys(need for each in proposed for need in each.needs)
        needs = await load_some(self._office.store.read, Need, list(ids))
        return [each for each in proposed if all(needs[need].teacher is not None for need in each.needs)]

    async def _order(self, semester: Semester, ruling: Ruling) -> list[Meeting]:
        asked, read = ruling.recommendation, self._office.store.read
        found = await load_some(read, Need, asked.needs)
        needs = tuple(found[each] for each in asked.needs)
        start = day_of(semester, _FIRST_SESSION, self._office.chance(asked.id, "start").randrange(14))
        school = self._place(asked, needs)
        placing = Placing(start=start, recommendation=asked.id, school=school, semester=semester.id)
        caller = self._office.caller(day_of(semester, _DECIDED), f"ordered/{asked.id}")
        placed = await place_order(self._office.store, caller, placing, self._office.rules)
        sessions = await load_some(read, Session, placed.sessions)
        last = placed.sessions[-1]
        return [Meeting(sessions[each], ruling, needs, each == last) for each in placed.sessions]

    def _place(self, asked: Recommendation, needs: tuple[Need, ...]) -> str:
        """A clinic is held at the teacher's school, a county class at the largest one."""
        teacher = needs[0].teacher
        if asked.form is OrderForm.COUNTY_CLASS or teacher is None:
            return self._sample.frame.helped[0].id
        return self._people[teacher].school_on(asked.issued_on)

    async def _look_again(self, semester: Semester) -> None:
        """Observations some weeks after delivery; what was not seen this time is seen next semester."""
        rng, day = self._office.chance(semester.id, "again"), day_of(semester, _RECHECKED, 1)
        seen = [need for need in self._delivered.values() if rng.random() < _RECHECKED_SHARE]
        nouns: list[Identified] = []
        for number, need in enumerate(seen, start=1):
            del self._delivered[need.id]
            nouns += self._observed(f"{semester.id}-r{number:03d}", need, day, rng)
        await self._office.keep(nouns, day + timedelta(days=_LOOKING_DAYS), f"{semester.id}/again")

    def _observed(self, place: str, need: Need, day: date, rng: Random) -> tuple[Diagnosis, Evidence]:
        teacher, prefix = need.teacher or "", self._sample.frame.prefix
        severity, text = reactions.seen_later(self._sample.skills, teacher, need.topic, rng)
        diagnosis = Diagnosis(
            id=f"{prefix}d-{place}",
            instrument=Instrument.OBSERVATION,
            teacher=teacher,
            on=day + timedelta(days=rng.randrange(_LOOKING_DAYS)),
            by=officer_of(self._sample.colleagues, need.subject),
        )
        name = f"{prefix}x-{place}"
        return diagnosis, Evidence(
            id=name, diagnosis=diagnosis.id, topic=need.topic, severity=severity, text=text
        )
