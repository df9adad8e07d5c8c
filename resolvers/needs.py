"""Forming needs: what evidence and requests of an alliance add up to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from graph.compiler.visibility import EVERYTHING
from graph.model.terms import NeedStatus
from graph.nodes import Run, save
from graph.refusals import Busy, EngineFailed, Unavailable
from graph.store import Store, Transaction
from graph.writing import Outcome, commit
from recommender.needs import FormedNeeds, NeedExplanation
from recommender.needs import form_needs as add_up
from recommender.rules import Rules
from recommender.situation import Situation
from resolvers.caller import Caller
from resolvers.diagnosis import reopenings
from resolvers.rights import allowed_among, refuse_beyond, refuse_role, seen_among
from resolvers.situation import FORMING, load_situation


@dataclass(frozen=True, slots=True)
class Explained:
    """Why there is a need, or (`need` None) why there is none, in a sentence of each language."""

    need: str | None
    teacher: str | None
    school: str | None
    topic: str
    contradiction: bool
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class NeedsFormed:
    """Ids of the needs that are new, of those that changed, and of the groups formed or recounted.

    `explanations` tell what each need rests on, `below` what stayed under the threshold.
    """

    created: list[str]
    changed: list[str]
    groups: list[str]
    explanations: list[Explained]
    below: list[Explained]


async def form_needs(store: Store, caller: Caller, alliance: str, rules: Rules) -> NeedsFormed:
    """Form the needs of an alliance from its evidence; done twice, the second changes nothing.

    What sessions, feedback and observations in the store say of older needs is settled first. Needs of people
    and schools that are not the caller's stay as they are, and he gets no explanation of them. Raises
    Forbidden; NotFound for an unknown alliance.
    """
    refuse_role(caller, "formNeeds")

    async def work(transaction: Transaction) -> Outcome:
        await refuse_beyond(transaction.run, caller, "formNeeds", {"Alliance": [alliance]})
        situation = await load_situation(transaction.run, alliance, caller.today, FORMING)
        every = await asyncio.to_thread(add_up, situation, alliance, rules)
        formed = await _his(transaction.run, caller, every, situation)
        await save(transaction.run, [*formed.groups, *formed.created, *formed.changed])
        answer: dict[str, object] = {
            "created": [each.id for each in formed.created],
            "changed": [each.id for each in formed.changed],
            "groups": [each.id for each in formed.groups],
            "explanations": [_told(each) for each in formed.explanations],
            "below": [_told(each) for each in formed.below],
        }
        before = {each.id: each.status for each in situation.needs}
        reopened = [each for each in formed.changed if before[each.id] is not NeedStatus.REOPENED]
        touched = (*formed.created, *formed.changed)
        subjects = (f"Alliance:{alliance}", *(f"Need:{each.id}" for each in touched))
        return Outcome(answer, subjects, tuple(reopenings(reopened)))

    command = caller.command("formNeeds", {"alliance": alliance})
    answer = await commit(store, command, work)
    try:
        return await _shown(store, caller, _formed(answer))
    except (Busy, EngineFailed, Unavailable) as lost:
        # The needs are written: whoever hears of a plain failure would think that they are not.
        raise Unavailable(outcome_unknown=True) from lost


async def _his(run: Run, caller: Caller, formed: FormedNeeds, situation: Situation) -> FormedNeeds:
    """What is formed of the people and schools that are the caller's, with the groups of these needs."""
    if caller.sight is EVERYTHING:
        return formed
    touched = (*formed.created, *formed.changed)
    people, schools = await _his_owners(
        run, caller, [each.teacher for each in touched], [each.school for each in touched]
    )
    created, changed = (
        tuple(each for each in needs if each.teacher in people or each.school in schools)
        for needs in (formed.created, formed.changed)
    )
    kept = {each.id for each in (*created, *changed)}
    groups = {each.group for each in (*created, *changed, *situation.needs) if each.id in kept}
    of_these = tuple(each for each in formed.groups if each.id in groups)
    return replace(formed, created=created, changed=changed, groups=of_these)


async def _his_owners(
    run: Run, caller: Caller, teachers: Iterable[str | None], schools: Iterable[str | None]
) -> tuple[set[str], set[str]]:
    """Those of the people and of the schools whose needs are the caller's to form."""
    return (
        await allowed_among(run, caller, "recordEvidence", "Person", [each for each in teachers if each]),
        await allowed_among(run, caller, "recordEvidence", "School", [each for each in schools if each]),
    )


async def _shown(store: Store, caller: Caller, formed: NeedsFormed) -> NeedsFormed:
    """Without what is told of needs that the caller may not see, and of people and schools that are not his."""
    told = [*formed.explanations, *formed.below]
    run = store.read
    needs = await seen_among(run, caller.sight, "Need", [each.need for each in told if each.need])
    people, schools = await _his_owners(
        run, caller, [each.teacher for each in told], [each.school for each in told]
    )
    return replace(
        formed,
        explanations=[each for each in formed.explanations if each.need in needs],
        below=[each for each in formed.below if each.teacher in people or each.school in schools],
    )


def _told(given: NeedExplanation) -> dict[str, object]:
    """What a client reads of it, as JSON keeps it."""
    return {each.name: getattr(given, each.name) for each in fields(Explained)}


def _formed(answer: Mapping[str, Any]) -> NeedsFormed:
    """The answer as it was made, or stored from it (an older one without explanations)."""
    told = {name: [Explained(**each) for each in answer.get(name, ())] for name in ("explanations", "below")}
    return NeedsFormed(created=answer["created"], changed=answer["changed"], groups=answer["groups"], **told)
