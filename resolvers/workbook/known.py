"""What the store already holds, as far as a workbook may refer to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.model.describe import describe
from graph.model.needs import Topic
from graph.model.orders import Attendance, TrainingOrder
from graph.model.people import Person
from graph.model.resources import Resource
from graph.model.terms import PersonKind


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What tells one person of the store from another."""

    name: str
    distinguisher: str | None
    kind: PersonKind


@dataclass(frozen=True, slots=True)
class KnownIds:
    """Ids of the store, with the little that the rows of a file are judged by.

    `names`: label → id → name ("" where there is none), for every label, rule sets and rules too.
    `people`: person id → who that is. `order_topics`: training order id → topic id.
    `parents`: topic id → id of the wider topic. `origins`: resource id → id of what it was adapted from.
    `absences`: attendance id → ids of session and person, for who is recorded as absent.
    """

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    order_topics: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    absences: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, nouns: Iterable[object]) -> KnownIds:
        """What those nouns would be known as, were they the whole store."""
        names: dict[str, dict[str, str]] = {}
        people: dict[str, KnownPerson] = {}
        topics: dict[str, str] = {}
        parents: dict[str, str] = {}
        origins: dict[str, str] = {}
        absences: dict[str, tuple[str, str]] = {}
        for noun in nouns:
            kind: type = type(noun)
            code = str(getattr(noun, "id"))  # noqa: B009 — a described noun always has an id
            same = names.setdefault(describe(kind).label, {})
            same[code] = str(getattr(noun, "name", "") or "") or same.get(code, "")
            if isinstance(noun, Person):
                people[code] = KnownPerson(noun.name, noun.distinguisher, noun.kind)
            elif isinstance(noun, TrainingOrder):
                topics[code] = noun.topic
            elif isinstance(noun, Topic) and noun.parent is not None:
                parents[code] = noun.parent
            elif isinstance(noun, Resource) and noun.adapted_from is not None:
                origins[code] = noun.adapted_from
            elif isinstance(noun, Attendance) and noun.present is False:
                absences[code] = (noun.session, noun.person)
        return cls(names, people, topics, parents, origins, absences)

    def has(self, label: str, code: str) -> bool:
        """Whether the store holds a node of that label with that id."""
        return code in self.names.get(label, ())
