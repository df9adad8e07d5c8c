"""What a policy sees of a term, what it answers, and which answers the county cannot follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.errors import Faults, InvalidInput, ZaoxueError
from seeds.simulator.seen import Format, SeenNeed, SeenResource, SeenSchool, SeenTrainer


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who delivers what for a need, by id; `assistant` is a local trainer beside an outsider, or None.

    A trainer delivers at most his capacity of orders a term, and assists in at most as many more.
    """

    need: str
    trainer: str
    format: Format
    resource: str
    assistant: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """An order of an earlier term, as everybody saw it."""

    term: int
    need: SeenNeed
    assignment: Assignment
    is_met: bool


@dataclass(frozen=True, slots=True)
class OpenTerm:
    """What a policy may see: the needs of `term` (from 1), who is there, and what became of earlier orders."""

    term: int
    needs: tuple[SeenNeed, ...]
    trainers: tuple[SeenTrainer, ...]
    schools: tuple[SeenSchool, ...]
    resources: tuple[SeenResource, ...]
    earlier: tuple[Delivery, ...]


Policy = Callable[[OpenTerm], Sequence[Assignment]]
"""Assigns needs of one term; what it leaves out is unserved."""


def check_assignments(opened: OpenTerm, chosen: tuple[Assignment, ...]) -> None:
    """Refuse what this term cannot do.

    Raises:
        Faults: every unknown or repeated need, unknown resource, absent person and overload at once.
    """
    trainers = {trainer.id: trainer for trainer in opened.trainers}
    needs, resources = {need.id for need in opened.needs}, {resource.id for resource in opened.resources}
    faults: list[ZaoxueError] = []
    seen_needs: set[str] = set()
    for each in chosen:
        if each.need not in needs or each.need in seen_needs:
            faults.append(_fault("need", each.need, "每条本学期需求至多一次", "each need of the term once"))
        if each.resource not in resources:
            faults.append(_fault("resource", each.resource, "已有资源", "a resource that was shown"))
        faults += _faults_of_people(each, trainers)
        seen_needs.add(each.need)
    faults += _overloads("trainer", Counter(each.trainer for each in chosen), trainers)
    faults += _overloads("assistant", Counter(each.assistant for each in chosen if each.assistant), trainers)
    if faults:
        raise Faults(faults)


def _overloads(field: str, load: Counter[str], trainers: dict[str, SeenTrainer]) -> list[ZaoxueError]:
    return [
        _fault(field, id, f"至多 {trainer.capacity} 单", f"at most {trainer.capacity} orders")
        for id, trainer in trainers.items()
        if load[id] > trainer.capacity
    ]


def _faults_of_people(each: Assignment, trainers: dict[str, SeenTrainer]) -> list[ZaoxueError]:
    trainer = trainers.get(each.trainer)
    if trainer is None:
        return [_fault("trainer", each.trainer, "本学期在岗的培训者", "a trainer who is there this term")]
    if each.assistant is None:
        return []
    assistant = trainers.get(each.assistant)
    if assistant is None or not assistant.is_local:
        return [_fault("assistant", each.assistant, "本地培训者", "a local trainer")]
    if trainer.is_local:
        return [_fault("assistant", each.assistant, "只随外来培训者", "one beside an outsider only")]
    return []


def _fault(field: str, value: str, zh: str, en: str) -> InvalidInput:
    return InvalidInput(
        field, f"{field} {value!r} 不合：应为{zh}", f"{field} {value!r} will not do: expected {en}"
    )
