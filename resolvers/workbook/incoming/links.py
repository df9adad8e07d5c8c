"""What the rows of a file must be to each other, and to the store: ids, references, kinds, cycles."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graph.model.check import faults_in
from graph.model.describe import Field, describe
from graph.model.needs import Diagnosis, Topic
from graph.model.orders import Capability, Session, TrainingOrder
from graph.model.people import Person, Teacher
from graph.model.resources import Resource
from graph.model.terms import PersonKind
from resolvers.workbook.cells.text import clean_name, fold
from resolvers.workbook.faults import CellFault, Disagreement, DuplicateId, OutOfRange, UnknownReference
from resolvers.workbook.incoming.absences import absence_of_heard, feedback_of_absent
from resolvers.workbook.incoming.drafts import Draft
from resolvers.workbook.incoming.ratings import rated_by_themselves
from resolvers.workbook.incoming.tenures import wrong_roles
from resolvers.workbook.known import KnownIds
from resolvers.workbook.sheets import ZH_OF_LABEL

MOST_GUESSES = 50
"""How many unknown ids are compared with all known ones for the nearest; the others are only named."""

NAMED_ONCE = ("Alliance", "HelpGroup", "School", "Semester")
"""Labels of what is known by its name, so that a row without an id may be one that the store has."""

TEACHER_FIELDS = ("teacher", "mentor", "mentee")
"""Fields that mean a person who teaches, and no expert or research officer."""


@dataclass(slots=True)
class Index:
    """Where an id may lead: the ids of the file and of the store, label by label, with their names."""

    known: KnownIds
    file: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _guesses: dict[tuple[str, str], str] = field(default_factory=dict)
    _spellings: dict[str, Mapping[str, list[str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, drafts: list[Draft], known: KnownIds) -> Index:
        """The index of a file's drafts and a store."""
        index = cls(known)
        for draft in drafts:
            code = draft.values.get("id")
            # a row of 教师 says more of a person whom 人员 declares: it declares nobody
            if isinstance(code, str) and draft.cls is not Teacher:
                index.file[describe(draft.cls).label][code] = str(draft.values.get("name") or "")
        return index

    def has(self, label: str, code: str) -> bool:
        """Whether the file or the store holds it."""
        return code in self.file.get(label, ()) or self.known.has(label, code)

    def guess(self, label: str, code: str) -> str:
        """The ids, with names, that may have been meant; "" where nothing comes near."""
        if (label, code) not in self._guesses:
            self._guesses[label, code] = self._guess(label, code, len(self._guesses) < MOST_GUESSES)
        return self._guesses[label, code]

    def _guess(self, label: str, code: str, thoroughly: bool) -> str:
        names = {**self.known.names.get(label, {}), **self.file.get(label, {})}
        spellings = self._spellings_of(label, names)
        near = spellings.get(fold(code)) or spellings.get(fold(clean_name(code))) or []
        if not near and thoroughly:
            near = difflib.get_close_matches(code, names, n=1, cutoff=0.6)
        return "、".join(f"{each}（{names[each]}）" if names[each] else each for each in near[:3])

    def _spellings_of(self, label: str, names: Mapping[str, str]) -> Mapping[str, list[str]]:
        """Folded id or name → the ids that it may mean."""
        if label not in self._spellings:
            found: dict[str, list[str]] = defaultdict(list)
            for code, name in names.items():
                for word in {fold(code), fold(name)} - {""}:
                    found[word].append(code)
            self._spellings[label] = found
        return self._spellings[label]


def settle_topics(drafts: list[Draft], known: KnownIds) -> None:
    """Give each capability the topic of its session's order, where that order is known."""
    topics = {code: order.topic for code, order in known.orders.items()}
    orders: dict[str, str] = {}
    for draft in drafts:
        code, topic, order = (draft.values.get(name) for name in ("id", "topic", "order"))
        if draft.cls is TrainingOrder and isinstance(code, str) and isinstance(topic, str):
            topics[code] = topic
        elif draft.cls is Session and isinstance(code, str) and isinstance(order, str):
            orders[code] = order
    for draft in drafts:
        session = draft.values.get("session")
        if draft.cls is Capability and isinstance(session, str) and orders.get(session) in topics:
            draft.values["topic"] = topics[orders[session]]


def faults_between(drafts: list[Draft], known: KnownIds) -> Iterator[CellFault]:
    """Everything wrong with the drafts' values and between them (namesakes are found in `namesakes`)."""
    index = Index.of(drafts, known)
    kinds = _kinds(drafts, known)
    for draft in drafts:
        yield from _out_of_range(draft, known)
        yield from _lost_references(draft, index)
        yield from _wrong_kinds(draft, kinds)
    yield from _duplicates(drafts)
    yield from _twins(drafts, known)
    yield from _cycles(drafts, Topic, "parent", known.parents)
    yield from _cycles(drafts, Resource, "adapted_from", known.origins)
    yield from feedback_of_absent(drafts, known.absences)
    yield from absence_of_heard(drafts, known.feedback)
    yield from rated_by_themselves(drafts, known)
    yield from wrong_roles(drafts, known, kinds)


def _out_of_range(draft: Draft, known: KnownIds) -> Iterator[CellFault]:
    """What is wrong with a row's own values; hours that the store took before they were refused are passed."""
    hours = known.hours.get(str(draft.values.get("id"))) if draft.cls is Session else None
    for wrong in faults_in(draft.cls, draft.values):
        value = draft.values.get(wrong.field)
        if wrong.field != "hours" or hours is None or value != hours:
            yield draft.fault(OutOfRange, wrong.field, wrong.zh, wrong.en, value)


def _lost_references(draft: Draft, index: Index) -> Iterator[CellFault]:
    for each in describe(draft.cls).references:
        value = draft.values.get(each.name)
        for code in value if isinstance(value, tuple) else (value,):
            if isinstance(code, str) and not index.has(_label(each), code):
                yield _lost(draft, each.name, _label(each), code, index)
    code = draft.values.get("id")
    if draft.cls is Teacher and isinstance(code, str) and not index.has("Person", code):
        yield _lost(draft, "id", "Person", code, index)


def _label(reference: Field) -> str:
    return reference.reference.label if reference.reference is not None else ""


def _lost(draft: Draft, name: str, label: str, code: str, index: Index) -> CellFault:
    kind, near = ZH_OF_LABEL[label], index.guess(label, code)
    zh = f"文件和库中都没有这个{kind}编号，应填已有的{kind}编号"
    en = f"neither file nor store has a {label} with this id; the id of a {label} is wanted"
    if near:
        zh, en = f"{zh}，是不是 {near}？", f"{en}; did you mean {near}?"
    return draft.fault(UnknownReference, name, zh, en, code)


def _kinds(drafts: list[Draft], known: KnownIds) -> dict[str, PersonKind]:
    kinds = {code: person.kind for code, person in known.people.items()}
    for draft in drafts:
        code, kind = draft.values.get("id"), draft.values.get("kind")
        if draft.cls is Person and isinstance(code, str) and isinstance(kind, PersonKind):
            kinds[code] = kind
    return kinds


def _wrong_kinds(draft: Draft, kinds: Mapping[str, PersonKind]) -> Iterator[CellFault]:
    for name in ("id",) if draft.cls is Teacher else TEACHER_FIELDS:
        code = draft.values.get(name)
        kind = kinds.get(code) if isinstance(code, str) else None
        if kind is not None and kind is not PersonKind.TEACHER:
            zh = f"此人的身份是{kind.zh}，这里应为教师"
            yield draft.fault(
                Disagreement, name, zh, f"this person is a {kind.en}; a teacher is wanted", code
            )


def _duplicates(drafts: list[Draft]) -> Iterator[CellFault]:
    first: dict[tuple[type, str], Draft] = {}
    for draft in drafts:
        code = draft.values.get("id")
        if not isinstance(code, str):
            continue
        other = first.setdefault((draft.cls, code), draft)
        if other is draft:
            continue
        if draft.cls is Diagnosis:
            yield from _disagreements(draft, other)
        elif draft.cls is not Person or not (draft.made and other.made):
            # two people of one name without ids are namesakes, which says it better
            yield _duplicate(draft, other, code)


def _duplicate(draft: Draft, other: Draft, code: str) -> CellFault:
    where_zh, where_en = other.row.place("id").zh, other.row.place("id").en
    if draft.cls is Capability:
        zh, en = "同一人在一个场次只能有一个角色", "a person has one role in a session"
        return draft.fault(DuplicateId, "person", zh, en, draft.values.get("person"))
    if draft.made:
        zh = f"与{where_zh}内容相同而都没有编号：请删去一行，或各填编号"
        en = f"the same as {where_en} and both without an id: delete one, or give each an id"
        return draft.fault(DuplicateId, "id", zh, en)
    zh, en = (
        f"编号重复，已见于{where_zh}；每行应有自己的编号",
        f"this id is at {where_en} too; each row has its own",
    )
    return draft.fault(DuplicateId, "id", zh, en, code)


def _twins(drafts: list[Draft], known: KnownIds) -> Iterator[CellFault]:
    """Rows without an id whose name the store knows under another id: they would come in a second time."""
    stored: dict[tuple[str, str], str] = {
        (label, fold(name)): code
        for label in NAMED_ONCE
        for code, name in known.names.get(label, {}).items()
        if name
    }
    for draft in drafts:
        name, label = draft.values.get("name"), describe(draft.cls).label
        code = stored.get((label, fold(name))) if draft.made and isinstance(name, str) else None
        if code is not None and code != draft.values.get("id"):
            kind = ZH_OF_LABEL[label]
            zh = f"库中已有同名的{kind} {code}：是它就填这个编号，不是就另填编号"
            en = f"the store has a {label} of this name, {code}: give that id, or another if it is not the same"
            yield draft.fault(DuplicateId, "id", zh, en)


def _disagreements(draft: Draft, other: Draft) -> Iterator[CellFault]:
    """Where two rows of one diagnosis say different things of it."""
    for each in describe(Diagnosis).fields:
        mine, theirs = draft.values.get(each.name), other.values.get(each.name)
        if each.name in draft.values and each.name in other.values and mine != theirs:
            at = other.row.place(other.keys.get(each.name, "id"))
            name = "id" if each.name == "instrument" else each.name
            zh = f"同一诊断编号的行，{each.zh}应一致；{at.zh}不同"
            en = f"rows of one diagnosis must agree on {each.name}; {at.en} differs"
            yield draft.fault(Disagreement, name, zh, en, draft.values.get(name))


def _cycles(drafts: list[Draft], cls: type, name: str, stored: Mapping[str, str]) -> Iterator[CellFault]:
    """Each row from which following that reference comes back to the row itself."""
    above = dict(stored)
    own = [
        (str(draft.values["id"]), draft) for draft in drafts if draft.cls is cls and draft.values.get("id")
    ]
    for code, draft in own:
        above.pop(code, None)
        parent = draft.values.get(name)
        if isinstance(parent, str):
            above[code] = parent
    for code, draft in own:
        # a reference to the row itself is a fault of the row alone (graph/model/check.py)
        if above.get(code) != code and _comes_back(code, above):
            zh, en = "循环：沿此列向上会回到本行", "a circle: following this column leads back to this row"
            yield draft.fault(Disagreement, name, zh, en, draft.values.get(name))


def _comes_back(code: str, above: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    at = above.get(code)
    while at is not None and at != code and at not in seen:
        seen.add(at)
        at = above.get(at)
    return at == code
