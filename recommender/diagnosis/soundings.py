"""Evidence and requests sorted by whose they are and what they are about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from graph.model.needs import Diagnosis, Need
from graph.model.terms import GradeBand, Subject
from recommender.diagnosis.evidence import Item
from recommender.ladder import Locals
from recommender.rule_files.form import REQUEST
from recommender.scoring.grades import band_of_grade, classes_now
from recommender.situation import Situation
from recommender.topics import TopicTree


@dataclass(frozen=True, slots=True, order=True)
class Owner:
    """Whose need it is: a teacher's, or, where no teacher is meant, a school's; the other is ''."""

    teacher: str
    school: str


def owner_of(noun: Need | Diagnosis) -> Owner:
    """Whose it is: the teacher's where one is meant, else the school's."""
    return Owner(noun.teacher or "", "" if noun.teacher else noun.school or "")


def items_by_owner(situation: Situation) -> dict[tuple[Owner, str], list[Item]]:
    """All items up to today by owner and topic; remarks without a topic are left out."""
    found: dict[tuple[Owner, str], list[Item]] = defaultdict(list)
    diagnoses = {each.id: each for each in situation.diagnoses}
    for evidence in situation.evidence:
        diagnosis = diagnoses.get(evidence.diagnosis)
        if diagnosis is None or evidence.topic is None or diagnosis.on > situation.today:
            continue
        found[owner_of(diagnosis), evidence.topic].append(
            Item(
                source=evidence.id,
                instrument=diagnosis.instrument.name,
                severity=evidence.severity,
                on=diagnosis.on,
            )
        )
    for request in situation.requests:
        if request.on <= situation.today:
            item = Item(source=request.id, instrument=REQUEST, severity=request.severity, on=request.on)
            found[Owner(request.teacher, ""), request.topic].append(item)
    return {key: found[key] for key in sorted(found) if key[0] != Owner("", "")}


class Placing:
    """The subject, grade band and school that a need of an owner in a topic falls under."""

    def __init__(self, situation: Situation, tree: TopicTree) -> None:
        self._tree = tree
        self._today = situation.today
        self._people = {each.id: each for each in situation.people}
        self._locals = Locals(situation)
        self._classes = classes_now(situation)

    def subject(self, owner: Owner, topic: str) -> Subject:
        """The topic's subject; for a general topic the teacher's, where it is known."""
        known = self._tree.topics.get(topic)
        person = self._people.get(owner.teacher)
        if known is not None and known.subject is not Subject.GENERAL:
            return known.subject
        return Subject.GENERAL if person is None or person.subject is None else person.subject

    def grade_band(self, owner: Owner) -> GradeBand | None:
        """The band of the teacher's classes if they share one, else of his record if it names just one."""
        taught = {band_of_grade(each.grade) for each in self._classes.get(owner.teacher, ())}
        if len(taught) == 1:
            return taught.pop()
        person = self._people.get(owner.teacher)
        if taught or person is None or len(person.grade_bands) != 1:
            return None
        return person.grade_bands[0]

    def school(self, owner: Owner) -> str | None:
        """The school itself, or where the teacher is employed today."""
        return owner.school or self._locals.school_of(owner.teacher, self._today)
