"""Any content that a store may hold, drawn by hypothesis from the nouns' own descriptions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from hypothesis import strategies as st

from graph.model.check import faults_of
from graph.model.describe import Field, describe
from graph.model.made_ids import made_id
from graph.model.needs import Diagnosis, Evidence
from graph.model.nouns import NOUNS
from graph.model.orders import Attendance, Capability, Feedback, Session
from graph.model.people import Person
from graph.model.roles import SCOPES, RoleAssignment
from graph.model.rules import Contribution, Decision, Recommendation, Rule, RuleSet
from graph.model.terms import PersonKind, RoleKind, Rung, Term
from resolvers.workbook.cells.text import clean_name, clean_text, split_list
from resolvers.workbook.known import KnownIds, KnownOrder

RULE_KEYS = ("topic", "context", "local-trainer")
FIRST_DAY = date(2020, 1, 1)
TEXTS = st.text(min_size=1, max_size=30).map(clean_text).filter(bool)
NAMES = TEXTS.map(clean_name)
HOLDERS = (
    st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=30).map(clean_text).filter(bool)
)
WORDS = TEXTS.filter(lambda text: split_list(text) == [text])

COMPOSED = (Diagnosis, Evidence, Recommendation, Contribution, Decision, Session, Capability)
PLAIN = [noun.cls for noun in NOUNS if noun.cls not in (*COMPOSED, RuleSet, Rule)]

STORE = KnownIds(
    {noun.label: {f"{noun.label}-{number}": "" for number in (1, 2, 3)} for noun in NOUNS}
    | {"Rule": {f"RuleSet-{number}/{key}": "" for number in (1, 2, 3) for key in RULE_KEYS}},
    orders={"TrainingOrder-3": KnownOrder("Topic-1", "Person-4")},
)
"""A store that knows the ids 1 to 3 of every label, so that any reference leads somewhere."""


@st.composite
def stores(draw: st.DrawFn) -> list[object]:
    """Up to two nouns of each kind, right in themselves and to each other; rule sets are left out."""
    nouns: list[object] = []
    for cls in PLAIN:
        label = describe(cls).label
        nouns += [draw(noun_of(cls, f"{label}-{number}")) for number in range(1, draw(st.integers(1, 3)))]
    nouns = _without_feedback_of_absent(nouns)
    for number in (1, 2):
        nouns += draw(_soundings(f"Diagnosis-{number}"))
        nouns += draw(_proposals(f"Recommendation-{number}"))
        nouns += draw(_meetings(f"Session-{number}"))
    return nouns


def _without_feedback_of_absent(nouns: list[object]) -> list[object]:
    away = {(n.session, n.person) for n in nouns if isinstance(n, Attendance) and n.present is False}
    return [n for n in nouns if not isinstance(n, Feedback) or (n.session, n.person) not in away]


def noun_of(cls: type, code: str, **fixed: object) -> st.SearchStrategy[object]:
    """A noun of that class and id, right in itself; `fixed` values are taken as they are."""
    if cls is Person:
        # people of the store are teachers, whom nothing else tells apart
        fixed |= {"kind": PersonKind.TEACHER, "distinguisher": code}
    fields = {field.name: field for field in describe(cls).fields}
    drawn = {
        name: st.just(fixed[name]) if name in fixed else _values(field, code)
        for name, field in fields.items()
    }
    if cls is RoleAssignment:
        drawn["holder"] = HOLDERS
    return st.fixed_dictionaries(drawn).map(lambda given: _settled(cls, given)).filter(_is_right)


def _settled(cls: type, given: Mapping[str, object]) -> object:
    """The noun; an optional value that another one forbids is left out."""
    there = {name: value for name, value in given.items() if value is not None}
    if cls is RoleAssignment:
        # what binds a role has to be there, and few would be drawn with just that
        bound = {"person": "Person-3", "school": "School-3", "county": "石桥县", "alliance": "Alliance-3"}
        there = {name: bound[name] for name in SCOPES[cast(RoleKind, given["role"])]} | there
    if "teacher" in there and "school" in given and cls.__name__ in ("Diagnosis", "Need"):
        there.pop("school", None)
    noun: object = cls(**there)
    wrong = {fault.field for fault in faults_of(noun)}
    optional = {field.name for field in describe(cls).fields if field.optional}
    return cls(**{name: value for name, value in there.items() if name not in wrong & optional})


def _is_right(noun: object) -> bool:
    return not faults_of(noun)


def _values(field: Field, code: str) -> st.SearchStrategy[object]:
    if field.name == "id":
        return st.just(code)
    one = _one_value(field, code)
    if field.many:
        some = st.sets(one, min_size=0 if field.optional else 1, max_size=3)
        return some.map(lambda found: tuple(sorted(found, key=str)))
    return st.none() | one if field.optional else one


def _one_value(field: Field, code: str) -> st.SearchStrategy[object]:
    if field.reference is not None:
        label = field.reference.label
        # what refers to its own kind leads to a node of the store alone, so that there is no circle
        numbers = (3,) if code.startswith(f"{label}-") else (1, 2, 3)
        return st.sampled_from([f"{label}-{number}" for number in numbers])
    if issubclass(field.kind, Term):
        return st.sampled_from(list(field.kind))
    low = int(field.minimum or 0)
    high = int(field.maximum) if field.maximum is not None else low + 100
    text = WORDS if field.many else NAMES if field.name == "name" else TEXTS
    kinds: dict[type, st.SearchStrategy[object]] = {
        bool: st.booleans(),
        int: st.integers(low, high),
        float: st.floats(low, high),
        date: st.integers(0, 3000).map(lambda days: FIRST_DAY + timedelta(days=days)),
        str: text,
    }
    return kinds[field.kind]


@st.composite
def _soundings(draw: st.DrawFn, code: str) -> list[object]:
    diagnosis = draw(noun_of(Diagnosis, code))
    count = draw(st.integers(0, 2))
    return [
        diagnosis,
        *(draw(noun_of(Evidence, f"{code}.{number}", diagnosis=code)) for number in range(count)),
    ]


@st.composite
def _proposals(draw: st.DrawFn, code: str) -> list[object]:
    shares = draw(st.dictionaries(st.sampled_from(RULE_KEYS), st.integers(-(10**6), 10**6)))
    total = sum(shares.values())
    recommendation = draw(noun_of(Recommendation, code, score_millionths=total))
    assert isinstance(recommendation, Recommendation)
    nouns: list[object] = [recommendation]
    for key, share in shares.items():
        rule = f"{recommendation.rule_set}/{key}"
        fixed = {"recommendation": code, "rule": rule, "millionths": share}
        nouns.append(draw(noun_of(Contribution, f"{code}/{key}", **fixed)))
    if draw(st.booleans()):
        nouns.append(draw(noun_of(Decision, f"{code}/decision", recommendation=code)))
    return nouns


@st.composite
def _meetings(draw: st.DrawFn, code: str) -> list[object]:
    session = draw(noun_of(Session, code, order="TrainingOrder-3"))
    assert isinstance(session, Session)
    if session.delivered_on is None:
        return [session]
    people = draw(st.dictionaries(st.sampled_from(("Person-1", "Person-2")), st.sampled_from(list(Rung))))
    return [
        session,
        *(
            Capability(
                id=made_id("Capability", code, person),
                session=code,
                person=person,
                topic="Topic-1",
                rung=rung,
                on=session.delivered_on,
            )
            for person, rung in people.items()
        ),
    ]
