"""Roles beside each other: what `grantRole` refuses a file does not bring in, and nothing revoked comes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.model.alliance import School
from graph.model.roles import RoleAssignment
from graph.model.terms import PersonKind, RoleKind
from resolvers.workbook.faults import CellFault, Disagreement, UnknownReference
from resolvers.workbook.incoming.drafts import Draft
from resolvers.workbook.known import KnownIds

_NEEDED = ("id", "holder", "role", "start")
_COUNTIES_NAMED = 10


@dataclass(frozen=True, slots=True)
class _Held:
    """An assignment, with the row that says something new of it; None for what the store holds as it is."""

    role: RoleAssignment
    draft: Draft | None = None


def wrong_roles(drafts: list[Draft], known: KnownIds, kinds: Mapping[str, PersonKind]) -> Iterator[CellFault]:
    """A fault for each row that lengthens what has an end, that holds a role twice, or whose scope is none.

    Rows that say what the store says are passed. `kinds`: person id → kind, of file and store.
    """
    held = _held(drafts, known)
    counties = _counties(drafts, known)
    for each in held:
        if each.draft is not None:
            yield from _reopened(each.draft, each.role, known.roles)
            yield from _nobodys_county(each.draft, each.role, counties)
            yield from _no_teacher(each.draft, each.role, kinds)
    yield from _held_twice(held)


def _held(drafts: list[Draft], known: KnownIds) -> list[_Held]:
    """Every assignment as it would stand after the import."""
    told: dict[str, _Held] = {}
    for draft in drafts:
        if draft.cls is RoleAssignment and all(draft.values.get(name) is not None for name in _NEEDED):
            role = draft.noun()
            assert isinstance(role, RoleAssignment)
            told[role.id] = _Held(role, None if known.roles.get(role.id) == role else draft)
    stored = [_Held(role) for id, role in known.roles.items() if id not in told]
    return [*stored, *told.values()]


def _reopened(
    draft: Draft, role: RoleAssignment, stored: Mapping[str, RoleAssignment]
) -> Iterator[CellFault]:
    before = stored.get(role.id)
    last = None if before is None else before.end
    if last is not None and (role.end is None or role.end > last):
        zh = f"库中这一角色至 {last} 为止（已收回或期满）；要再次授予，请换一个编号"
        en = f"in the store this role ends on {last} (revoked, or over); to grant it again, give it a new id"
        yield draft.fault(Disagreement, "end", zh, en, role.end)


def _counties(drafts: list[Draft], known: KnownIds) -> list[str]:
    """Where there are schools, after the import."""
    found: dict[str, object] = {**known.counties}
    for draft in drafts:
        code = draft.values.get("id")
        if draft.cls is School and isinstance(code, str) and "county" in draft.values:
            found[code] = draft.values["county"]
    return sorted({county for county in found.values() if isinstance(county, str)})


def _nobodys_county(draft: Draft, role: RoleAssignment, counties: list[str]) -> Iterator[CellFault]:
    if role.county is not None and role.county not in counties:
        names = "、".join(counties[:_COUNTIES_NAMED])
        zh, en = f"没有学校属于这个县区；现有：{names}", f"no school is in this county; there are: {names}"
        yield draft.fault(UnknownReference, "county", zh, en, role.county)


def _no_teacher(draft: Draft, role: RoleAssignment, kinds: Mapping[str, PersonKind]) -> Iterator[CellFault]:
    kind = kinds.get(role.person) if role.person is not None else None
    if role.role is RoleKind.TEACHER and kind not in (None, PersonKind.TEACHER):
        assert kind is not None
        zh, en = f"此人的身份是{kind.zh}，这里应为教师", f"this person is a {kind.en}; a teacher is wanted"
        yield draft.fault(Disagreement, "person", zh, en, role.person)


def _held_twice(held: list[_Held]) -> Iterator[CellFault]:
    groups: dict[tuple[object, ...], list[_Held]] = defaultdict(list)
    for each in held:
        if each.role.overlaps(each.role):  # one that never held overlaps nothing
            groups[each.role.binding].append(each)
    for group in groups.values():
        # Against one alone, that lasts longest of those begun before: a file may hold very many.
        longest, *others = sorted(group, key=lambda each: each.role.start)
        for each in others:
            if each.role.overlaps(longest.role):
                yield from _twice(each, longest)
            if longest.role.end is not None and (each.role.end is None or each.role.end > longest.role.end):
                longest = each


def _twice(later: _Held, earlier: _Held) -> Iterator[CellFault]:
    blamed, other = (later, earlier) if later.draft is not None else (earlier, later)
    if blamed.draft is None:
        return
    where_zh, where_en = f"库中 {other.role.id}", f"{other.role.id} of the store"
    if other.draft is not None:
        place = other.draft.row.place("start")
        where_zh, where_en = place.zh, place.en
    zh = f"此人在这段时间已有这一角色（{where_zh}）：请改日期，或删去一行"
    en = f"he holds this role already at that time ({where_en}): change the dates, or delete one"
    yield blamed.draft.fault(Disagreement, "start", zh, en, blamed.role.start)
