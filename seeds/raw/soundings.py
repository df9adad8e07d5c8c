"""What the three instruments and the teachers' own requests bring to light, semester by semester."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from graph.model.alliance import Semester
from graph.model.describe import Identified
from graph.model.needs import Diagnosis, Evidence, Request
from graph.model.terms import Instrument, PersonKind, Subject
from seeds.raw.alliances import SEMESTERS, SHAPES, Frame, day_of
from seeds.raw.calendars import is_serving
from seeds.raw.catalogue import Catalogue
from seeds.raw.colleagues import Colleague
from seeds.raw.skills import Skills, severity_of

# How far an instrument misses the skill (standard deviation), and how many topics it asks for.
NOISE = {Instrument.SURVEY: 0.14, Instrument.INTERVIEW: 0.11, Instrument.OBSERVATION: 0.08}
_INTERVIEW_PERCENT, _OBSERVATION_PERCENT, _UNTAGGED_PERCENT = 30, 35, 4
_LATER_TEACHERS, _LATER_OBSERVED_PERCENT = 45, 60
_REQUESTS = 18
MULTIGRADE = "t-gen-multigrade"


@dataclass(frozen=True, slots=True)
class Soundings:
    """What came to light in one semester, before anybody was trained in it."""

    semester: Semester
    diagnoses: tuple[Diagnosis, ...]
    evidence: tuple[Evidence, ...]
    requests: tuple[Request, ...]

    def nouns(self) -> list[Identified]:
        """All of it, what is referred to first."""
        return [*self.diagnoses, *self.evidence, *self.requests]


def officer_of(colleagues: tuple[Colleague, ...], subject: Subject) -> str:
    """The research officer of `subject`, the general one where it has none."""
    officers = [each for each in colleagues if each.kind is PersonKind.RESEARCH_OFFICER]
    return next((each.id for each in officers if each.subject is subject), officers[-1].id)


@dataclass(slots=True)
class _Notes:
    diagnoses: list[Diagnosis] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)


class Sounder:
    """Sounds the teachers of one alliance; a teacher is asked for a topic in one semester only.

    So no sounding ever contradicts what a training changed: what became of a need is seen by
    the re-observations of `seeds.reactions`.
    """

    def __init__(
        self,
        frame: Frame,
        colleagues: tuple[Colleague, ...],
        catalogue: Catalogue,
        skills: Skills,
        rng: Random,
    ) -> None:
        self._frame = frame
        self._colleagues = colleagues
        self._local = [each for each in colleagues if each.helped]
        self._catalogue = catalogue
        self._rng = rng
        self._skills = skills
        self._multigrade = {
            school.id for school, shape in zip(frame.helped, SHAPES, strict=True) if shape.multigrade_percent
        }
        self._weakest = {each.id: self._askable(each) for each in self._local}

    def sound(self) -> tuple[Soundings, ...]:
        """All six semesters: everybody in the first, a part of the teachers in each later one."""
        return tuple(self._semester(semester) for semester in SEMESTERS)

    def _semester(self, semester: Semester) -> Soundings:
        notes = _Notes()
        if semester is SEMESTERS[0]:
            self._baseline(notes, semester)
        else:
            self._later(notes, semester)
        self._requests(notes, semester)
        return Soundings(semester, tuple(notes.diagnoses), tuple(notes.evidence), tuple(notes.requests))

    def _baseline(self, notes: _Notes, semester: Semester) -> None:
        for school in self._frame.helped:
            self._school_survey(notes, semester, school.id)
        for teacher in self._local:
            weakest = self._take(teacher, 2)
            asked = [*weakest, *self._take(teacher, 1, strongest=True)]
            self._diagnose(notes, semester, teacher, Instrument.SURVEY, asked)
            if self._rng.random() * 100 < _INTERVIEW_PERCENT:
                self._diagnose(notes, semester, teacher, Instrument.INTERVIEW, weakest)
            if self._rng.random() * 100 < _OBSERVATION_PERCENT:
                self._diagnose(notes, semester, teacher, Instrument.OBSERVATION, weakest)

    def _later(self, notes: _Notes, semester: Semester) -> None:
        for teacher in self._rng.sample(self._local, _LATER_TEACHERS):
            asked = self._take(teacher, 2)
            self._diagnose(notes, semester, teacher, Instrument.SURVEY, asked)
            if self._rng.random() * 100 < _LATER_OBSERVED_PERCENT:
                self._diagnose(notes, semester, teacher, Instrument.OBSERVATION, asked)

    def _askable(self, teacher: Colleague) -> list[str]:
        """Topics that make sense for `teacher`, weakest first, the own subject's and the general in turn."""
        topics = [
            topic
            for topic in self._skills.topics(teacher.id)
            if topic != MULTIGRADE or teacher.school in self._multigrade
        ]
        own = [topic for topic in topics if self._is_own(topic)]
        general = [topic for topic in topics if not self._is_own(topic)]
        paired = [each for pair in zip(own, general, strict=False) for each in pair]
        return paired + [topic for topic in topics if topic not in paired]

    def _is_own(self, topic: str) -> bool:
        return self._catalogue.leaves[topic].topic.subject is not Subject.GENERAL

    def _take(self, teacher: Colleague, count: int, *, strongest: bool = False) -> list[str]:
        """Topics of `teacher` that were not asked for yet, weakest first."""
        left = self._weakest[teacher.id]
        taken = left[-count:] if strongest else left[:count]
        self._weakest[teacher.id] = [topic for topic in left if topic not in taken]
        return taken

    def _school_survey(self, notes: _Notes, semester: Semester, school: str) -> None:
        number = len(notes.diagnoses) + 1
        diagnosis = Diagnosis(
            id=f"{self._frame.prefix}d-{semester.id}-{number:03d}",
            instrument=Instrument.SURVEY,
            school=school,
            on=day_of(semester, 2),
            by=officer_of(self._colleagues, Subject.GENERAL),
        )
        notes.diagnoses.append(diagnosis)
        for topic, severity in (("t-gen-leading", 2), ("t-gen-platform", self._rng.randint(1, 3))):
            self._note(notes, diagnosis, topic, severity)

    def _diagnose(
        self,
        notes: _Notes,
        semester: Semester,
        teacher: Colleague,
        instrument: Instrument,
        topics: list[str],
    ) -> None:
        week = {Instrument.SURVEY: 2, Instrument.INTERVIEW: 3, Instrument.OBSERVATION: 4}[instrument]
        diagnosis = Diagnosis(
            id=f"{self._frame.prefix}d-{semester.id}-{len(notes.diagnoses) + 1:03d}",
            instrument=instrument,
            teacher=teacher.id,
            on=day_of(semester, week, self._rng.randrange(5)),
            by=self._sounded_by(teacher, semester, instrument),
        )
        notes.diagnoses.append(diagnosis)
        for topic in topics:
            level = self._skills.level(teacher.id, topic) + self._rng.gauss(0, NOISE[instrument])
            self._note(notes, diagnosis, topic, severity_of(level))

    def _note(self, notes: _Notes, diagnosis: Diagnosis, topic: str, severity: int) -> None:
        leaf = self._catalogue.leaves[topic]
        phrases = leaf.observed if diagnosis.instrument is Instrument.OBSERVATION else leaf.said
        interviewed = diagnosis.instrument is Instrument.INTERVIEW
        untagged = interviewed and severity > 0 and self._rng.random() * 100 < _UNTAGGED_PERCENT
        notes.evidence.append(
            Evidence(
                id=f"{diagnosis.id.replace('d-', 'x-', 1)}-{len(notes.evidence) + 1:04d}",
                diagnosis=diagnosis.id,
                topic=None if untagged else topic,
                severity=severity,
                text=self._rng.choice(phrases) if severity else None,
            )
        )

    def _requests(self, notes: _Notes, semester: Semester) -> None:
        for number, teacher in enumerate(self._rng.sample(self._local, _REQUESTS), start=1):
            for topic in self._take(teacher, 1):
                notes.requests.append(
                    Request(
                        id=f"{self._frame.prefix}q-{semester.id}-{number:03d}",
                        teacher=teacher.id,
                        topic=topic,
                        severity=max(1, severity_of(self._skills.level(teacher.id, topic))),
                        text=self._rng.choice(self._catalogue.leaves[topic].said),
                        on=day_of(semester, 4, self._rng.randrange(5)),
                    )
                )

    def _sounded_by(self, teacher: Colleague, semester: Semester, instrument: Instrument) -> str:
        """A seconded teacher of the subject observes where there is one, else the research officer."""
        if instrument is Instrument.OBSERVATION:
            for each in self._colleagues:
                if each.is_seconded and each.subject is teacher.subject and is_serving(each, semester):
                    return each.id
        return officer_of(self._colleagues, teacher.subject)
