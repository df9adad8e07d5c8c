"""Small counties made from a seed: every noun several times, dated and linked at random, and holders of every role.

Nothing follows from rules here, so that rows stand in ways in which no use case would leave them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from hashlib import sha256
from random import Random
from typing import Any

from graph.model.describe import Field, Noun
from graph.model.nouns import NOUNS
from graph.model.pseudonyms import PSEUDONYM, PSEUDONYMOUS
from graph.nodes import stored
from graph.words import SEARCHED, searched_text
from tests.oracle.graph import Rows

TODAY = date(2025, 4, 22)
COUNTIES = ("青溪县", "石门县")
HOLDERS: Mapping[str, tuple[str, ...]] = {
    "nobody": (),
    "teacher": ("TEACHER",),
    "trainer": ("TRAINER",),
    "principal": ("PRINCIPAL",),
    "expert": ("EXPERT",),
    "officer": ("RESEARCH_OFFICER",),
    "council": ("COUNCIL",),
    "researcher": ("RESEARCHER",),
    "researching teacher": ("TEACHER", "RESEARCHER"),
    "researching council": ("COUNCIL", "RESEARCHER"),
    "training principal": ("TRAINER", "PRINCIPAL"),
    "officer who teaches": ("RESEARCH_OFFICER", "TEACHER"),
    "council that trains": ("COUNCIL", "TRAINER", "RESEARCHER"),
}
"""The roles that each holder has today; beside them all have had one, and will have one."""

_MANY = {
    "HelpGroup": 3, "Alliance": 3, "School": 6, "Membership": 9, "Semester": 2, "Topic": 5, "Person": 14,
    "Employment": 15, "Availability": 9, "ClassContext": 9, "Mentorship": 8, "Diagnosis": 11, "Evidence": 14,
    "Request": 9, "Resource": 12, "Gift": 9, "Use": 11, "RuleSet": 1, "Rule": 3, "NeedGroup": 3, "Need": 16,
    "Recommendation": 8, "Contribution": 8, "Decision": 6, "TrainingOrder": 10, "Session": 14,
    "Attendance": 18, "Feedback": 14, "Capability": 12,
}  # fmt: skip
_WORDS = ("青", "溪", "石", "门", "课件", "朗读", "习作", "plan", "Design")
_EITHER = {
    ("Need", "teacher"): "school",
    ("Diagnosis", "teacher"): "school",
    ("Resource", "school"): "contributor",
}
"""Fields of which a row has one or the other."""
_BOUND = {
    "TEACHER": "person", "TRAINER": "person", "EXPERT": "person", "PRINCIPAL": "school",
    "RESEARCH_OFFICER": "county", "COUNCIL": "alliance", "RESEARCHER": "alliance",
}  # fmt: skip
"""What each role is bound to."""


def county(seed: int) -> Rows:
    """The county of that seed."""
    return _Maker(Random(f"county/{seed}")).made(seed)


@dataclass(slots=True)
class _Maker:
    """Makes one county."""

    chance: Random
    nodes: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    links: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def made(self, seed: int) -> Rows:
        for noun in NOUNS:
            self.nodes.setdefault(noun.label, {})
            for id in self._ids(noun):
                self._add(noun, id)
        for holder, roles in HOLDERS.items():
            self._assign(holder, roles)
        for label in PSEUDONYMOUS:
            for id, node in self.nodes[label].items():
                node[PSEUDONYM] = "x" + sha256(f"{seed}/{label}/{id}".encode()).hexdigest()[:12]
        return Rows({label: list(each.values()) for label, each in self.nodes.items()}, self.links)

    def _ids(self, noun: Noun) -> list[str]:
        if noun.cls.__name__ == "Teacher":
            return [id for id, node in self.nodes["Person"].items() if node["kind"] == "TEACHER"]
        return [f"{noun.label.lower()}-{number}" for number in range(_MANY.get(noun.label, 0))]

    def _add(self, noun: Noun, id: str) -> None:
        node = self.nodes[noun.label].setdefault(id, {"id": id})
        left_out = set(self._one_of_two(noun))
        for each in noun.fields:
            if each.name == "id" or each.name in left_out:
                continue
            is_given = self._is_given(noun, each)
            if each.reference is None:
                node[each.name] = stored(self._value(each) if is_given else _default(noun, each))
            elif is_given:
                self._link(noun.label, id, each)
        if noun.searched:
            node[SEARCHED] = searched_text(node.get(name) for name in noun.searched)
        for name in [name for name, value in node.items() if value is None]:
            del node[name]

    def _one_of_two(self, noun: Noun) -> Iterator[str]:
        for (label, one), other in _EITHER.items():
            if label == noun.label:
                yield self.chance.choice((one, other))

    def _is_given(self, noun: Noun, each: Field) -> bool:
        if not each.optional or (noun.label, each.name) in _EITHER or each.name in _EITHER.values():
            return True
        return self.chance.random() < (0.35 if each.name in ("end", "group", "recommendation") else 0.6)

    def _link(self, label: str, id: str, each: Field) -> None:
        assert each.reference is not None
        there = [
            far for far in self.nodes[each.reference.label] if (label, id) != (each.reference.label, far)
        ]
        wanted = self.chance.randint(1, 2) if each.many else 1
        for far in self.chance.sample(there, min(wanted, len(there))):
            self.links.append((label, id, each.reference.relationship, each.reference.label, far))

    def _value(self, each: Field) -> object:
        if each.many:
            kinds = list(each.kind) if issubclass(each.kind, Enum) else list(_WORDS)
            return tuple(self.chance.sample(kinds, 2))
        return self._one(each)

    def _one(self, each: Field) -> object:
        if each.name == "county":
            return self.chance.choice(COUNTIES)
        if issubclass(each.kind, Enum):
            terms = list(each.kind)
            # Most people are teachers, as most of what there is to see is of teachers.
            return terms[0] if self.chance.random() < 0.4 else self.chance.choice(terms)
        if each.kind is date:
            return self._day(each.name)
        if each.kind is bool:
            return self.chance.random() < 0.5
        if each.kind is str:
            return " ".join(self.chance.sample(_WORDS, 2))
        least = int(each.minimum or 0)
        whole = self.chance.randint(least, min(int(each.maximum or 9), least + 5))
        return max(least, whole / 2) if each.kind is float else whole

    def _day(self, name: str) -> date:
        """Ends lie a little later than starts; some of both on the day itself, one on either side of it."""
        first, last = (-60, 200) if name in ("end", "seconded_to") else (-400, 30)
        near = self.chance.random() < 0.2
        return TODAY + timedelta(self.chance.randint(-1, 1) if near else self.chance.randint(first, last))

    def _assign(self, holder: str, roles: tuple[str, ...]) -> None:
        held = [(role, TODAY - timedelta(100), None) for role in roles]
        other = self.chance.choice([role for role in _BOUND if role != "EXPERT"])
        dated = [
            *held,
            (other, TODAY - timedelta(90), TODAY - timedelta(1)),
            (other, TODAY + timedelta(1), None),
        ]
        for number, (role, start, end) in enumerate(dated):
            id = f"role-{holder}-{number}".replace(" ", "-")
            node = {"id": id, "holder": holder, "role": role, "start": start.isoformat()}
            if end is not None:
                node["end"] = end.isoformat()
            self.nodes["RoleAssignment"][id] = node
            self._bind(id, node, role)

    def _bind(self, id: str, node: dict[str, Any], role: str) -> None:
        bound = _BOUND[role]
        if bound == "county":
            node["county"] = self.chance.choice(COUNTIES)
            return
        label, relationship = {
            "person": ("Person", "OF"),
            "school": ("School", "AT"),
            "alliance": ("Alliance", "IN"),
        }[bound]
        self.links.append(("RoleAssignment", id, relationship, label, self._bound_to(role, label)))

    def _bound_to(self, role: str, label: str) -> str:
        """Somebody or something at random; a trainer leads an order."""
        leaders = [far for at, _, kind, _, far in self.links if (at, kind) == ("TrainingOrder", "BY")]
        return self.chance.choice(leaders if role == "TRAINER" else list(self.nodes[label]))


def _default(noun: Noun, each: Field) -> object:
    """What a field is without having been given."""
    return next(known.default for known in dataclasses.fields(noun.cls) if known.name == each.name)
