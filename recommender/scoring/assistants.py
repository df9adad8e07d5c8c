"""Who assists: the nearest local person who is not yet ready, so that he climbs by the order."""

from __future__ import annotations

from collections import Counter, defaultdict

from graph.model.people import Person
from graph.model.terms import BackboneLevel, OrderStatus, Subject
from recommender.scoring.cases import Case
from recommender.scoring.surroundings import Surroundings, in_need


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
        for person in around.people.values():
            if around.locals.is_local(person.id, today):
                self._by_subject[person.subject].append(person)
        running = (OrderStatus.PLACED, OrderStatus.UNDER_WAY)
        self._busy = Counter(each.assistant for each in around.situation.orders if each.status in running)
        self._in_need = in_need(around)

    def nearest(self, case: Case) -> str | None:
        """The assistant's id; None if no local person of the subject is short of ready."""
        ready = self._around.numbers["ready_rung"]
        keys = [
            self._key(person, case, height)
            for person in self._of_subject(case)
            if (case.group is not None or person.id not in case.teachers)
            and (height := self._height(person, case)) < ready
        ]
        return min(keys)[-1] if keys else None

    def _of_subject(self, case: Case) -> list[Person]:
        topic = self._around.tree.topics.get(case.topic)
        if topic is not None and topic.subject is Subject.GENERAL and case.subject is Subject.GENERAL:
            return [person for people in self._by_subject.values() for person in people]
        return self._by_subject.get(case.subject, [])

    def _height(self, person: Person, case: Case) -> int:
        rung = self._around.ladder.rung(person.id, case.topic)
        return -1 if rung is None else rung.height

    def _key(self, person: Person, case: Case, height: int) -> tuple[bool, int, bool, int, int, bool, str]:
        tree, today = self._around.tree, self._around.situation.today
        needs_it = any(tree.is_within(topic, case.topic) for topic in self._in_need.get(person.id, ()))
        teacher = self._around.teachers.get(person.id)
        backbone = None if teacher is None else teacher.backbone_level
        return (
            needs_it,
            -height,
            case.grade_band is not None and case.grade_band not in person.grade_bands,
            self._busy[person.id],
            0 if backbone is None else -1 - list(BackboneLevel).index(backbone),
            self._around.locals.school_of(person.id, today) not in case.schools,
            person.id,
        )
