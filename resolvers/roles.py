"""Granting a role and taking it back: the administrator's alone, and never by deleting what was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from graph.errors import InvalidInput, NotAllowedNow
from graph.model.alliance import Alliance, School
from graph.model.check import faults_in
from graph.model.made_ids import made_id
from graph.model.people import Person
from graph.model.roles import SCOPE_FIELDS, RoleAssignment
from graph.model.terms import PersonKind, RoleKind
from graph.nodes import Run, load, save
from graph.store import Store, Transaction
from graph.writing import Outcome, commit
from resolvers.caller import Caller
from resolvers.checking import moved, refuse_all
from resolvers.lookup import Named, find, refuse_wrong
from resolvers.rights import refuse_role

_HELD = "MATCH (n:RoleAssignment {holder: $holder})"
_COUNTIES = "MATCH (s:School) WHERE s.county IS NOT NULL RETURN collect(DISTINCT s.county) AS counties"
_COUNTIES_NAMED = 10


@dataclass(frozen=True, slots=True)
class Granting:
    """A role for somebody: `holder` is the subject of his token; None for what does not bind the role."""

    holder: str
    role: RoleKind
    start: date
    end: date | None = None
    person: str | None = None
    school: str | None = None
    county: str | None = None
    alliance: str | None = None


async def grant_role(store: Store, caller: Caller, granting: Granting) -> str:
    """Keep the role; the assignment's id. Raises Forbidden, Faults."""
    refuse_role(caller, "grantRole")

    async def work(transaction: Transaction) -> Outcome:
        held = await load(transaction.run, RoleAssignment, _HELD, holder=granting.holder)
        assignment = _assignment(granting, held)
        wrong_end = [*_ends_before_it_starts(granting)]
        faults = [*wrong_end, *_held_already(assignment, held)]
        faults += await _unknown_county(transaction.run, granting.county)
        # A noun may end a day before its start, as what never held; of what is granted that is told otherwise.
        checked = replace(assignment, end=None) if wrong_end else assignment
        await refuse_wrong(transaction.run, [checked], _named(granting), others=faults)
        await save(transaction.run, [assignment])
        return Outcome({"assignment": assignment.id}, (f"RoleAssignment:{assignment.id}",))

    answer = await commit(store, caller.command("grantRole", granting), work)
    return str(answer["assignment"])


async def revoke_role(store: Store, caller: Caller, assignment: str, last_day: date | None) -> str:
    """End a role's tenure with that day, or at once where None is given; the assignment's id.

    Raises Forbidden, NotFound, Faults, NotAllowedNow where it has ended by then.
    """
    refuse_role(caller, "revokeRole")

    async def work(transaction: Transaction) -> Outcome:
        held = await find(transaction.run, RoleAssignment, assignment, "assignment")
        # A role that has not begun, or began today, is left with a tenure of no day.
        at_once = max(caller.today - timedelta(days=1), held.start - timedelta(days=1))
        end = at_once if last_day is None else last_day
        refuse_all(
            [*_wrong_last_day(held, end), *_ended_before(held, end, caller.today, last_day is not None)]
        )
        await save(transaction.run, [replace(held, end=end)])
        return Outcome({"assignment": held.id}, (f"RoleAssignment:{held.id}",))

    wish = {"assignment": assignment, "last_day": last_day}
    answer = await commit(store, caller.command("revokeRole", wish), work)
    return str(answer["assignment"])


def _assignment(granting: Granting, held: Sequence[RoleAssignment]) -> RoleAssignment:
    scope = {name: getattr(granting, name) for name in SCOPE_FIELDS}
    content = (granting.holder, granting.role, *scope.values(), granting.start)
    ids = {each.id for each in held}
    # What was revoked and is granted anew on the same day is another assignment: the first one stays as it was.
    candidates = [
        made_id("RoleAssignment", *content, *([again] if again else [])) for again in range(len(held) + 1)
    ]
    return RoleAssignment(
        id=next(each for each in candidates if each not in ids),
        holder=granting.holder,
        role=granting.role,
        start=granting.start,
        end=granting.end,
        **scope,
    )


def _named(granting: Granting) -> list[Named]:
    kind = PersonKind.TEACHER if granting.role is RoleKind.TEACHER else None
    return [
        Named(Person, [granting.person], "person", kind),
        Named(School, [granting.school], "school"),
        Named(Alliance, [granting.alliance], "alliance"),
    ]


def _ends_before_it_starts(granting: Granting) -> Iterator[InvalidInput]:
    if granting.end is not None and granting.end < granting.start:
        yield InvalidInput(
            "end",
            f"结束日期 {granting.end} 不得早于开始日期 {granting.start}；未定则不填",
            f"the end {granting.end} must not be before the start {granting.start}; leave it out if it is not known",
            value=granting.end.isoformat(),
        )


def _wrong_last_day(held: RoleAssignment, end: date) -> Iterator[InvalidInput]:
    """One fault of the last day, the only value of the role that a revocation brings."""
    if (held.start - end).days > 1:
        yield InvalidInput(
            "last_day",
            f"最后一日 {end} 早于开始日期（{held.start}）的前一天；若从未生效，填开始的前一天",
            f"the last day {end} is before the day before the start ({held.start});"
            " for a role that never held give that day",
            value=end.isoformat(),
        )
    else:
        yield from (moved(fault, "last_day") for fault in faults_in(RoleAssignment, {"end": end}))


def _held_already(wanted: RoleAssignment, held: Sequence[RoleAssignment]) -> Iterator[InvalidInput]:
    """A fault where the role is held on a day of the new tenure: revoking one of two would take nothing away."""
    for each in held:
        if each.binding == wanted.binding and each.overlaps(wanted):
            until_zh, until_en = ("起", "on") if each.end is None else (f"至 {each.end}", f"to {each.end}")
            yield NotAllowedNow(
                "role",
                f"此人已有这一角色（{each.id}，{each.start} {until_zh}）",
                f"he holds this role already ({each.id}, from {each.start} {until_en})",
                id=each.id,
            )


async def _unknown_county(run: Run, county: str | None) -> list[InvalidInput]:
    counties = [] if county is None else (await run(_COUNTIES))[0]["counties"]
    if county is None or county in counties:
        return []
    known = "、".join(sorted(counties)[:_COUNTIES_NAMED])
    return [
        InvalidInput(
            "county",
            f"没有学校属于县区 {county!r}；现有：{known}",
            f"no school is in the county {county!r}; there are: {known}",
            value=county,
        )
    ]


def _ended_before(held: RoleAssignment, end: date, today: date, is_given: bool) -> Iterator[NotAllowedNow]:
    """A fault where the role has ended, or ends, by then: revoking only shortens."""
    if held.end is None or held.end > end:
        return
    zh, en = ("已", "ended") if held.end < today else ("将", "ends")
    ends_zh, ends_en = f"这一角色{zh}于 {held.end} 结束", f"this role {en} on {held.end}"
    if is_given:
        ends_zh, ends_en = f"{ends_zh}；最后一日应早于该日", f"{ends_en}; the last day must be before that"
    yield NotAllowedNow("last_day" if is_given else "assignment", ends_zh, ends_en, id=held.id)
