"""What is to be served: one need alone (a school clinic) or a group of needs (a county class)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from graph.model.needs import Need, NeedGroup
from graph.model.terms import GradeBand, NeedStatus, OrderForm, Reach, Subject
from recommender.ladder import Locals
from recommender.scoring.feature import Numbers
from recommender.situation import Situation

WAITING = frozenset({NeedStatus.OPEN, NeedStatus.REOPENED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One or several waiting needs that one order would serve; `key` names it across runs."""

    key: str
    needs: tuple[Need, ...]
    group: NeedGroup | None
    topic: str
    subject: Subject
    grade_band: GradeBand | None
    teachers: tuple[str, ...]
    schools: tuple[str, ...]
    severity: float
    confidence: float
    words: str

    @property
    def reach(self) -> Reach:
        """COMMON for a group, else INDIVIDUAL."""
        return Reach.INDIVIDUAL if self.group is None else Reach.COMMON

    @property
    def form(self) -> OrderForm:
        """A county class for a group, a school clinic for one need (paper §2.3)."""
        return OrderForm.SCHOOL_CLINIC if self.group is None else OrderForm.COUNTY_CLASS


def cases_of(
    situation: Situation, locals_: Locals, numbers: Numbers, only: Collection[str] | None
) -> list[Case]:
    """The cases of the waiting needs, by key; with `only`, those that hold one of these needs.

    A group of which too few needs still wait is served one by one.
    """
    words = _words(situation)
    grouped: dict[str, list[Need]] = defaultdict(list)
    alone: list[Need] = []
    known = {each.id: each for each in situation.groups}
    for need in sorted(situation.needs, key=lambda each: each.id):
        if need.status in WAITING:
            (grouped[need.group] if need.group in known else alone).append(need)
    cases = []
    for group, needs in grouped.items():
        case = _case(tuple(needs), known[group], situation, locals_, words)
        if is_common(len(case.teachers), len(case.schools), numbers):
            cases.append(case)
        else:
            alone.extend(needs)
    cases.extend(_case((need,), None, situation, locals_, words) for need in alone)
    wanted = [case for case in cases if only is None or any(need.id in only for need in case.needs)]
    return sorted(wanted, key=lambda case: case.key)


def case_of_need(need: Need, situation: Situation, locals_: Locals) -> Case:
    """One need on its own, whatever its status."""
    return _case((need,), None, situation, locals_, _words(situation))


def is_common(teachers: int, schools: int, numbers: Numbers) -> bool:
    """Whether so many teachers of so many schools make a common need."""
    return teachers >= numbers["common_teachers"] and schools >= numbers["common_schools"]


def school_of_need(need: Need, situation: Situation, locals_: Locals) -> str | None:
    """The school that the need arose at: its own, else where its teacher is employed today."""
    if need.school is not None or need.teacher is None:
        return need.school
    return locals_.school_of(need.teacher, situation.today)


def _case(
    needs: tuple[Need, ...],
    group: NeedGroup | None,
    situation: Situation,
    locals_: Locals,
    words: dict[str, str],
) -> Case:
    first = needs[0]
    schools = {school_of_need(need, situation, locals_) for need in needs} - {None}
    sources = [words.get(name, "") for need in needs for name in (*need.evidence, *need.requests)]
    return Case(
        key=first.id if group is None else group.id,
        needs=needs,
        group=group,
        topic=first.topic if group is None else group.topic,
        subject=first.subject if group is None else group.subject,
        grade_band=first.grade_band if group is None else group.grade_band,
        teachers=tuple(sorted({need.teacher for need in needs if need.teacher is not None})),
        schools=tuple(sorted(school for school in schools if school is not None)),
        severity=sum(need.severity for need in needs) / len(needs),
        confidence=sum(need.confidence for need in needs) / len(needs),
        words=" ".join(text for text in sources if text),
    )


def _words(situation: Situation) -> dict[str, str]:
    """What was said, by id of the evidence or request."""
    said = {each.id: each.text for each in situation.evidence if each.text}
    return said | {each.id: each.text for each in situation.requests if each.text}
