"""The writes that are being made while the service is killed: whoever knows a write's name knows its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from graph.model.alliance import School
from graph.model.describe import Identified
from graph.model.people import Employment, Person
from graph.model.terms import PersonKind, SchoolLevel
from graph.writing import Command, Event, Outcome

IMPORT = 250
"""People in an import: with their employments and their school 501 nouns and 500 relationships."""
AT = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Write:
    """One write: a school and people employed there; a mutation has one, an import has hundreds."""

    name: str
    people: int

    @classmethod
    def numbered(cls, series: str, number: int) -> Write:
        """The write at a place of a series: every third is an import."""
        is_import = number % 3 == 1
        return cls(f"{series}-{number}{'i' if is_import else 'm'}", IMPORT if is_import else 1)

    @classmethod
    def named(cls, name: str) -> Write:
        """The write with that name."""
        return cls(name, IMPORT if name.endswith("i") else 1)

    @property
    def command(self) -> Command:
        """Who wants it; its key is its name."""
        return Command("killed", "p-1", AT, self.name, f"{self.people} people")

    def nouns(self, token: str) -> list[Identified]:
        """Its content; the token, new at each try, tells two tries of one write apart."""
        nouns: list[Identified] = [School(id=self.name, name=token, county="沿河", level=SchoolLevel.PRIMARY)]
        for person in self.person_ids:
            nouns.append(Person(id=person, name=token, kind=PersonKind.TEACHER))
            nouns.append(Employment(id=person, person=person, school=self.name, start=date(2025, 2, 17)))
        return nouns

    @property
    def person_ids(self) -> list[str]:
        """The people's ids, which are their employments' ids too."""
        return [f"{self.name}/{place:03d}" for place in range(self.people)]

    def outcome(self, token: str) -> Outcome:
        """What it answers, touches and tells."""
        subject = f"School:{self.name}"
        return Outcome({"write": self.name, "token": token}, (subject,), (Event("written", subject),))
