"""The people of one alliance as the generator knows them, with an ability that no node keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from graph.model.terms import AgeBand, GradeBand, PersonKind, Subject
from seeds.raw.alliances import SHAPES, Frame
from seeds.raw.names import NameGiver

# Shares of a primary school's staff, per cent; main subject only (many teach a second one).
SUBJECT_SHARES = {
    Subject.CHINESE: 33,
    Subject.MATHEMATICS: 28,
    Subject.ENGLISH: 12,
    Subject.SCIENCE: 6,
    Subject.MORALITY_AND_LAW: 6,
    Subject.PHYSICAL_EDUCATION: 5,
    Subject.MUSIC: 4,
    Subject.ART: 3,
    Subject.INFORMATION_TECHNOLOGY: 3,
}
SECONDED = (
    (Subject.CHINESE, date(2022, 9, 1), date(2024, 7, 31)),
    (Subject.MATHEMATICS, date(2022, 9, 1), date(2024, 7, 31)),
    (Subject.ENGLISH, date(2022, 9, 1), date(2024, 7, 31)),
    (Subject.SCIENCE, date(2022, 9, 1), date(2024, 7, 31)),
    (Subject.CHINESE, date(2022, 9, 1), date(2025, 7, 31)),
    (Subject.MATHEMATICS, date(2022, 9, 1), date(2025, 7, 31)),
    (Subject.ENGLISH, date(2022, 9, 1), date(2025, 7, 31)),
    (Subject.INFORMATION_TECHNOLOGY, date(2022, 9, 1), date(2025, 7, 31)),
    (Subject.MUSIC, date(2024, 9, 1), date(2025, 7, 31)),
    (Subject.MORALITY_AND_LAW, date(2024, 9, 1), date(2025, 7, 31)),
)
HELPING_TEACHERS = 28
# A few local teachers change schools inside the county on this day.
MOVED_ON = date(2023, 9, 1)
_TRANSFERS = 6
OFFICERS = (Subject.CHINESE, Subject.MATHEMATICS, Subject.ENGLISH, Subject.SCIENCE, Subject.GENERAL)
EXPERTS = (Subject.CHINESE, Subject.MATHEMATICS, Subject.GENERAL)
_PRIMARY = (GradeBand.LOWER, GradeBand.MIDDLE, GradeBand.UPPER)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person; `school` is the place in the frame's schools (None: none), `ability` -0.3 to 0.4."""

    id: str
    name: str
    kind: PersonKind
    subject: Subject
    bands: tuple[GradeBand, ...]
    ability: float
    age: AgeBand | None = None
    years: int | None = None
    school: str | None = None
    helped: bool = False
    moved_to: str | None = None
    seconded_from: date | None = None
    seconded_to: date | None = None

    @property
    def is_seconded(self) -> bool:
        """Whether the person is a member of the help group."""
        return self.seconded_from is not None

    def school_on(self, day: date) -> str:
        """The school where a local teacher works that day. Raises ValueError for people of no school."""
        school = self.moved_to if self.moved_to is not None and day >= MOVED_ON else self.school
        if school is None:
            raise ValueError(f"{self.id} works at no school")
        return school


def draw_colleagues(frame: Frame, names: NameGiver, rng: Random) -> tuple[Colleague, ...]:
    """Everybody of one alliance: local teachers, the helping school's, the seconded, officers, experts."""
    drawer = _Drawer(frame.prefix, names, rng)
    local = drawer.transferred(
        [each for place in range(len(SHAPES)) for each in drawer.local(frame, place)], frame
    )
    subjects = drawer.subjects(HELPING_TEACHERS)
    helping = [drawer.teacher(subject, frame.helping.id, 0.12, helped=False) for subject in subjects]
    seconded = [drawer.seconded(frame, place, *terms) for place, terms in enumerate(SECONDED)]
    officers = [drawer.outsider(PersonKind.RESEARCH_OFFICER, subject, 0.22) for subject in OFFICERS]
    experts = [drawer.outsider(PersonKind.EXPERT, subject, 0.32) for subject in EXPERTS]
    return (*local, *helping, *seconded, *officers, *experts)


class _Drawer:
    """Draws people one after the other, numbering them."""

    def __init__(self, prefix: str, names: NameGiver, rng: Random) -> None:
        self._prefix = prefix
        self._names = names
        self._rng = rng
        self._number = 0

    def local(self, frame: Frame, place: int) -> list[Colleague]:
        """The teachers of one helped school, its share over 50 exact."""
        shape = SHAPES[place]
        older = round(shape.teachers * shape.over_50_percent / 100)
        ages = [AgeBand.FROM_50] * older + self._younger(shape.teachers - older)
        self._rng.shuffle(ages)
        subjects, school = self.subjects(shape.teachers), frame.helped[place].id
        return [
            self.teacher(subject, school, 0.0, helped=True, age=age)
            for subject, age in zip(subjects, ages, strict=True)
        ]

    def transferred(self, local: list[Colleague], frame: Frame) -> list[Colleague]:
        """The same people, a few of them moving to the next school on `MOVED_ON`."""
        ids = [school.id for school in frame.helped]
        moving = {each.id for each in self._rng.sample(local, _TRANSFERS)}
        return [
            replace(each, moved_to=ids[(ids.index(each.school or "") + 1) % len(ids)])
            if each.id in moving
            else each
            for each in local
        ]

    def subjects(self, count: int) -> list[Subject]:
        """`count` main subjects in the usual shares, shuffled; each subject at least once."""
        drawn = list(SUBJECT_SHARES)
        drawn += self._rng.choices(list(SUBJECT_SHARES), list(SUBJECT_SHARES.values()), k=count - len(drawn))
        self._rng.shuffle(drawn)
        return drawn

    def teacher(
        self, subject: Subject, school: str, lift: float, *, helped: bool, age: AgeBand | None = None
    ) -> Colleague:
        """One teacher; `lift` is added to the ability."""
        age = age or self._younger(1)[0]
        return Colleague(
            id=self._next(),
            name=self._names.person(),
            kind=PersonKind.TEACHER,
            subject=subject,
            bands=self._bands(subject),
            ability=_clip(self._rng.gauss(lift + _EXPERIENCE[age], 0.12)),
            age=age,
            years=self._rng.randint(*_YEARS[age]),
            school=school,
            helped=helped,
        )

    def seconded(self, frame: Frame, place: int, subject: Subject, start: date, end: date) -> Colleague:
        """One member of the help group, at a helped school for the tenure."""
        return Colleague(
            id=self._next(),
            name=self._names.person(),
            kind=PersonKind.TEACHER,
            subject=subject,
            bands=_PRIMARY if subject is not Subject.ENGLISH else _PRIMARY[1:],
            ability=_clip(self._rng.gauss(0.28, 0.06)),
            age=self._rng.choice((AgeBand.FROM_30, AgeBand.FROM_40)),
            years=self._rng.randint(10, 24),
            school=frame.helped[place % len(frame.helped)].id,
            seconded_from=start,
            seconded_to=end,
        )

    def outsider(self, kind: PersonKind, subject: Subject, ability: float) -> Colleague:
        """An expert or a research officer, of no school."""
        name, spread = self._names.person(), self._rng.gauss(ability, 0.05)
        return Colleague(self._next(), name, kind, subject, _PRIMARY, _clip(spread))

    def _younger(self, count: int) -> list[AgeBand]:
        bands = (AgeBand.UNDER_30, AgeBand.FROM_30, AgeBand.FROM_40)
        return self._rng.choices(bands, (30, 40, 30), k=count)

    def _bands(self, subject: Subject) -> tuple[GradeBand, ...]:
        if subject in (Subject.CHINESE, Subject.MATHEMATICS):
            return (self._rng.choice(_PRIMARY),)
        return _PRIMARY[1:] if subject is Subject.ENGLISH else _PRIMARY

    def _next(self) -> str:
        self._number += 1
        return f"{self._prefix}p-{self._number:03d}"


_EXPERIENCE = {
    AgeBand.UNDER_30: -0.08,
    AgeBand.FROM_30: 0.0,
    AgeBand.FROM_40: 0.04,
    AgeBand.FROM_50: 0.02,
}
_YEARS = {
    AgeBand.UNDER_30: (1, 6),
    AgeBand.FROM_30: (6, 16),
    AgeBand.FROM_40: (16, 26),
    AgeBand.FROM_50: (26, 38),
}


def _clip(ability: float) -> float:
    return min(max(ability, -0.3), 0.4)
