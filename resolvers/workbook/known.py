"""What the store already holds, as far as a workbook may refer to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.model.alliance import School
from graph.model.check import faults_in
from graph.model.describe import describe
from graph.model.needs import Need, Topic
from graph.model.orders import Attendance, Feedback, Session, TrainingOrder
from graph.model.people import Person
from graph.model.resources import Resource
from graph.model.roles import RoleAssignment
from graph.model.terms import PersonKind


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What tells one person of the store from another."""

    name: str
    distinguisher: str | None
    kind: PersonKind


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """What a training order is about, who trains and assists in it, and the ids of the needs it serves."""

    topic: str
    trainer: str
    assistant: str | None = None
    needs: tuple[str, ...] = ()


class KnownFeedback(NamedTuple):
    """Who rated which session, and how."""

    session: str
    person: str
    rating: int


@dataclass(frozen=True, slots=True)
class KnownIds:
    """Ids of the store, with the little that the rows of a file are judged by.

    `names`: label → id → name ("" where there is none), for every label, rule sets and rules too.
    `people`: person id → who that is. `orders`: training order id → the order; `sessions`: session id → id of its
    order; `taught`: need id → id of its teacher, where it has one. `hours`: session id → its 学时, where an older
    version took some that are out of range now.
    `parents`: topic id → id of the wider topic. `origins`: resource id → id of what it was adapted from.
    `absences`: attendance id → ids of session and person, for who is recorded as absent; `feedback`: feedback
    id → the feedback. `roles`: assignment id → the assignment. `counties`: school id → county.
    """

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    orders: Mapping[str, KnownOrder] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    absences: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    feedback: Mapping[str, KnownFeedback] = field(default_factory=dict)
    roles: Mapping[str, RoleAssignment] = field(default_factory=dict)
    counties: Mapping[str, str] = field(default_factory=dict)
    sessions: Mapping[str, str] = field(default_factory=dict)
    taught: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, nouns: Iterable[object]) -> KnownIds:
        """What those nouns would be known as, were they the whole store."""
        held = list(nouns)
        people = _those(held, Person)
        absent = [each for each in _those(held, Attendance) if each.present is False]
        return cls(
            names=_names(held),
            people={each.id: KnownPerson(each.name, each.distinguisher, each.kind) for each in people},
            orders={each.id: known_order(each) for each in _those(held, TrainingOrder)},
            parents={each.id: each.parent for each in _those(held, Topic) if each.parent is not None},
            origins={
                each.id: each.adapted_from for each in _those(held, Resource) if each.adapted_from is not None
            },
            absences={each.id: (each.session, each.person) for each in absent},
            feedback={
                each.id: KnownFeedback(each.session, each.person, each.rating)
                for each in _those(held, Feedback)
            },
            roles={each.id: each for each in _those(held, RoleAssignment)},
            counties={each.id: each.county for each in _those(held, School) if each.county is not None},
            sessions={each.id: each.order for each in _those(held, Session)},
            taught={each.id: each.teacher for each in _those(held, Need) if each.teacher is not None},
            hours=hours_out_of_range((each.id, each.hours) for each in _those(held, Session)),
        )

    def has(self, label: str, code: str) -> bool:
        """Whether the store holds a node of that label with that id."""
        return code in self.names.get(label, ())


def known_order(order: TrainingOrder) -> KnownOrder:
    """The order, as far as a workbook is judged by it."""
    return KnownOrder(order.topic, order.trainer, order.assistant, order.needs)


def hours_out_of_range(sessions: Iterable[tuple[str, float | None]]) -> dict[str, float]:
    """Those of the sessions, by id, whose hours would be refused today, with the hours."""
    told = {id: hours for id, hours in sessions if hours is not None}
    return {id: hours for id, hours in told.items() if faults_in(Session, {"hours": hours})}


def _those[T](nouns: Iterable[object], cls: type[T]) -> list[T]:
    return [each for each in nouns if isinstance(each, cls)]


def _names(nouns: Iterable[object]) -> Mapping[str, Mapping[str, str]]:
    names: dict[str, dict[str, str]] = {}
    for noun in nouns:
        kind: type = type(noun)
        code = str(getattr(noun, "id"))  # noqa: B009 — a described noun always has an id
        same = names.setdefault(describe(kind).label, {})
        same[code] = str(getattr(noun, "name", "") or "") or same.get(code, "")
    return names
