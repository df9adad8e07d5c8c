"""Who assists: the nearest local person who is not yet ready, so that he climbs by the order."""

from __future__ import annotations

from collections import Counter, defaultdict

from graph.model.people import Person
from graph.model.terms import BackboneLevel, GradeBand, OrderStatus, Subject
from recommender.scoring.cases import Case
from recommender.scoring.surroundings import Surroundings, in_need

_Nearness = tuple[bool, int, bool, int, int]
_Place = tuple[str, Subject, GradeBand | None]


class Assistants:
    """Finds the assistant of a case among the local people.

    Nearest is, in this order: who is not in need of the topic himself; the highest rung below
    `ready_rung`; who knows the grades; the fewest orders assisted now; the highest backbone level;
    a colleague at the school; the lowest id. Rule of this system (OURS), to be judged by later diagnoses.
    """

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        today = around.situation.today
        self._by_subject: dict[Subject | None, list[Person]] = defaultdict(list)
        self._school: dict[str, str | None] = {}
        for person in around.people.values():
            if around.locals.is_local(person.id, today):
                self._by_subject[person.subject].append(person)
                self._school[person.id] = around.locals.school_of(person.id, today)
        running = (OrderStatus.PLACED, OrderStatus.UNDER_WAY)
        self._busy = Counter(each.assistant for each in around.situation.orders if each.status in running)
        self._in_need = in_need(around)
        self._rows: dict[_Place, list[tuple[_Nearness, str]]] = {}

    def nearest(self, case: Case) -> str | None:
        """The assistant's id; None if no local person of the subject is short of ready."""
        place = (case.topic, case.subject, case.grade_band)
        if place not in self._rows:
            self._rows[place] = self._row(*place)
        row = [each for each in self._rows[place] if case.group is not None or each[1] not in case.teachers]
        if not row:
            return None
        equals = [name for key, name in row if key == row[0][0]]
        colleagues = (name for name in equals if self._school[name] in case.schools)
        return next(colleagues, equals[0])

    def _row(self, topic: str, subject: Subject, band: GradeBand | None) -> list[tuple[_Nearness, str]]:
        """Who is short of ready in the topic, nearest first, and the lowest id first among equals."""
        ready = self._around.numbers["ready_rung"]
        found = []
        for person in self._of_subject(topic, subject):
            rung = self._around.ladder.rung(person.id, topic)
            height = -1 if rung is None else rung.height
            if height < ready:
                found.append((self._key(person, topic, band, height), person.id))
        return sorted(found)

    def _of_subject(self, topic: str, subject: Subject) -> list[Person]:
        known = self._around.tree.topics.get(topic)
        if known is not None and known.subject is Subject.GENERAL and subject is Subject.GENERAL:
            return [person for people in self._by_subject.values() for person in people]
        return self._by_subject.get(subject, [])

    def _key(self, person: Person, topic: str, band: GradeBand | None, height: int) -> _Nearness:
        tree = self._around.tree
        teacher = self._around.teachers.get(person.id)
        backbone = None if teacher is None else teacher.backbone_level
        return (
            any(tree.is_within(wanted, topic) for wanted in self._in_need.get(person.id, ())),
            -height,
            band is not None and band not in person.grade_bands,
            self._busy[person.id],
            0 if backbone is None else -1 - list(BackboneLevel).index(backbone),
        )
