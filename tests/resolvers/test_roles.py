"""Granting and revoking: who may, what is refused, and that nothing that was is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from graph.access.viewer import Viewer, load_viewer
from graph.errors import Faults, Forbidden, NotAllowedNow, NotFound
from graph.model.roles import RoleAssignment
from graph.model.terms import RoleKind
from graph.nodes import load, save
from graph.store import Store, Transaction, count_statements
from resolvers.roles import Granting, grant_role, revoke_role
from tests.journeys.spring import on
from tests.journeys.standing import unchanged
from tests.resolvers.traces import last_audit, told

DAY = date(2025, 3, 14)
YESTERDAY = DAY - timedelta(days=1)
TRAINER = Granting("zhi.jia", RoleKind.TRAINER, DAY, person="p-03")


async def roles(store: Store) -> list[RoleAssignment]:
    return await load(store.read, RoleAssignment)


async def test_a_role_is_kept_and_its_holder_has_it(county: Store) -> None:
    with count_statements() as counted:
        kept = await grant_role(county, on(DAY), TRAINER)

    assert counted.total == 6
    (role,) = await roles(county)
    assert role == RoleAssignment(id=kept, holder="zhi.jia", role=RoleKind.TRAINER, person="p-03", start=DAY)
    assert (await load_viewer(county.read, "zhi.jia", DAY)).assignments == (role,)
    assert await last_audit(county) == ("grantRole", "clerk", [f"RoleAssignment:{kept}"])


async def test_the_same_key_grants_once(county: Store) -> None:
    first = await grant_role(county, on(DAY, "k1"), TRAINER)
    assert await grant_role(county, on(DAY, "k1"), TRAINER) == first
    assert len(await roles(county)) == 1


@pytest.mark.parametrize(
    ("granting", "faults"),
    [
        (replace(TRAINER, person=None), [("person", "INVALID_INPUT")]),
        (replace(TRAINER, person="p-none"), [("person", "NOT_FOUND")]),
        (replace(TRAINER, school="s-q"), [("school", "INVALID_INPUT")]),
        (replace(TRAINER, holder=" "), [("holder", "INVALID_INPUT")]),
        (replace(TRAINER, holder="administrator"), [("holder", "INVALID_INPUT")]),
        (replace(TRAINER, holder="x" * 256), [("holder", "INVALID_INPUT")]),
        (replace(TRAINER, holder="li\nsi"), [("holder", "INVALID_INPUT")]),
        (replace(TRAINER, holder="li\u200bsi"), [("holder", "INVALID_INPUT")]),
        (replace(TRAINER, holder=" li.si"), [("holder", "INVALID_INPUT")]),
        (replace(TRAINER, end=YESTERDAY), [("end", "INVALID_INPUT")]),
        (Granting("x", RoleKind.TEACHER, DAY, person="r-01"), [("person", "INVALID_INPUT")]),
        (Granting("x", RoleKind.PRINCIPAL, DAY, school="s-none"), [("school", "NOT_FOUND")]),
        (Granting("x", RoleKind.COUNCIL, DAY, alliance="a-none"), [("alliance", "NOT_FOUND")]),
        (Granting("x", RoleKind.RESEARCH_OFFICER, DAY, county="样例"), [("county", "INVALID_INPUT")]),
    ],
)
async def test_what_is_wrong_is_told_and_nothing_kept(
    county: Store, granting: Granting, faults: list[tuple[str, str]]
) -> None:
    async with unchanged(county):
        with pytest.raises(Faults) as refused:
            await grant_role(county, on(DAY), granting)
    assert told(refused.value) == faults


async def test_a_county_that_no_school_is_in_is_answered_with_those_that_are(county: Store) -> None:
    with pytest.raises(Faults) as refused:
        await grant_role(county, on(DAY), Granting("x", RoleKind.RESEARCH_OFFICER, DAY, county="样例"))
    assert refused.value.faults[0].message("en") == "no school is in the county '样例'; there are: 样例县"


@pytest.mark.parametrize("start", [DAY - timedelta(days=9), DAY, DAY + timedelta(days=9)])
async def test_a_role_is_not_held_twice_on_a_day(county: Store, start: date) -> None:
    first = await grant_role(county, on(DAY), replace(TRAINER, start=start))
    async with unchanged(county):
        with pytest.raises(Faults) as refused:
            await grant_role(county, on(DAY), TRAINER)
    assert told(refused.value) == [("role", "NOT_ALLOWED_NOW")]
    assert refused.value.faults[0].data["id"] == first


@pytest.mark.parametrize(("first", "second"), [(None, "p-05"), ("p-05", None), ("p-05", "p-06")])
async def test_a_principal_of_a_school_is_one_whoever_he_is(
    county: Store, first: str | None, second: str | None
) -> None:
    kept = await grant_role(
        county, on(DAY), Granting("head", RoleKind.PRINCIPAL, DAY, school="s-q", person=first)
    )
    async with unchanged(county):
        with pytest.raises(Faults) as refused:
            await grant_role(
                county, on(DAY), Granting("head", RoleKind.PRINCIPAL, DAY, school="s-q", person=second)
            )
    assert told(refused.value) == [("role", "NOT_ALLOWED_NOW")]
    assert refused.value.faults[0].data["id"] == kept


async def test_another_role_scope_holder_or_time_is_another_assignment(county: Store) -> None:
    wanted = [
        replace(TRAINER, end=DAY),
        replace(TRAINER, start=DAY + timedelta(days=1)),
        replace(TRAINER, role=RoleKind.TEACHER),
        replace(TRAINER, person="p-04"),
        replace(TRAINER, holder="zhi.yi"),
    ]
    kept = [await grant_role(county, on(DAY), each) for each in wanted]
    assert sorted(kept) == [each.id for each in await roles(county)]
    assert len(set(kept)) == 5


@pytest.mark.parametrize(
    ("start", "last_day", "end"),
    [
        (DAY - timedelta(days=30), None, YESTERDAY),
        (DAY, None, YESTERDAY),
        (DAY + timedelta(days=5), None, DAY + timedelta(days=4)),
        (DAY, DAY + timedelta(days=7), DAY + timedelta(days=7)),
    ],
)
async def test_revoking_ends_a_role_and_deletes_nothing(
    county: Store, start: date, last_day: date | None, end: date
) -> None:
    kept = await grant_role(county, on(DAY), replace(TRAINER, start=start))
    (held,) = await roles(county)
    assert await revoke_role(county, on(DAY), kept, last_day) == kept
    assert await roles(county) == [replace(held, end=end)]
    still = await load_viewer(county.read, "zhi.jia", DAY)
    assert still.holds(RoleKind.TRAINER) is (last_day is not None)
    assert await last_audit(county) == ("revokeRole", "clerk", [f"RoleAssignment:{kept}"])


async def test_what_was_revoked_may_be_granted_anew_and_both_stay(county: Store) -> None:
    first = await grant_role(county, on(DAY), TRAINER)
    await revoke_role(county, on(DAY), first, None)
    second = await grant_role(county, on(DAY), TRAINER)
    assert second != first
    assert {each.id: each.end for each in await roles(county)} == {first: YESTERDAY, second: None}


@pytest.mark.parametrize("last_day", [None, YESTERDAY, DAY])
async def test_what_has_ended_is_not_revoked_again(county: Store, last_day: date | None) -> None:
    kept = await grant_role(county, on(DAY), TRAINER)
    await revoke_role(county, on(DAY), kept, None)
    async with unchanged(county):
        with pytest.raises(Faults) as refused:
            await revoke_role(county, on(DAY), kept, last_day)
    assert [type(each) for each in refused.value.faults] == [NotAllowedNow]


@pytest.mark.parametrize(
    ("end", "zh", "en"),
    [
        (YESTERDAY, f"这一角色已于 {YESTERDAY} 结束", f"this role ended on {YESTERDAY}"),
        (DAY, f"这一角色将于 {DAY} 结束", f"this role ends on {DAY}"),
        (date(2030, 1, 1), "这一角色将于 2030-01-01 结束", "this role ends on 2030-01-01"),
    ],
)
async def test_a_last_day_after_the_end_is_told_when_it_ended_or_ends(
    county: Store, end: date, zh: str, en: str
) -> None:
    kept = await grant_role(county, on(DAY), replace(TRAINER, start=DAY - timedelta(days=30), end=end))
    async with unchanged(county):
        with pytest.raises(Faults) as refused:
            await revoke_role(county, on(DAY), kept, date(2031, 1, 1))
    (fault,) = refused.value.faults
    assert told(refused.value) == [("last_day", "NOT_ALLOWED_NOW")]
    assert fault.message("zh") == f"{zh}；最后一日应早于该日"
    assert fault.message("en") == f"{en}; the last day must be before that"


@pytest.mark.parametrize("end", [YESTERDAY, date(2025, 3, 1), date(1, 1, 1)])
async def test_an_end_before_the_start_is_told_once_and_by_what_would_be_right(
    county: Store, end: date
) -> None:
    async with unchanged(county):
        with pytest.raises(Faults) as refused:
            await grant_role(county, on(DAY), replace(TRAINER, end=end))
    assert told(refused.value) == [("end", "INVALID_INPUT")]
    (fault,) = refused.value.faults
    assert fault.zh == f"结束日期 {end} 不得早于开始日期 2025-03-14；未定则不填"
    assert fault.en == (
        f"the end {end} must not be before the start 2025-03-14; leave it out if it is not known"
    )


@pytest.mark.parametrize("last_day", [DAY - timedelta(days=2), date(1, 1, 1)])
async def test_a_role_cannot_end_long_before_it_began(county: Store, last_day: date) -> None:
    kept = await grant_role(county, on(DAY), TRAINER)
    async with unchanged(county):
        with pytest.raises(Faults) as refused:
            await revoke_role(county, on(DAY), kept, last_day)
    assert told(refused.value) == [("last_day", "INVALID_INPUT")]
    (fault,) = refused.value.faults
    assert fault.zh == (f"最后一日 {last_day} 早于开始日期（2025-03-14）的前一天；若从未生效，填开始的前一天")
    assert fault.en == (
        f"the last day {last_day} is before the day before the start (2025-03-14);"
        " for a role that never held give that day"
    )
    await revoke_role(county, on(DAY), kept, YESTERDAY)
    assert [each.end for each in await roles(county)] == [YESTERDAY]


async def test_a_last_day_beyond_all_calendars_is_told_as_the_last_day(county: Store) -> None:
    kept = await grant_role(county, on(DAY), TRAINER)
    async with unchanged(county):
        with pytest.raises(Faults) as refused:
            await revoke_role(county, on(DAY), kept, date(9999, 12, 31))
    assert told(refused.value) == [("last_day", "INVALID_INPUT")]


async def test_a_role_of_a_holder_that_nobody_could_bear_now_is_revoked_all_the_same(county: Store) -> None:
    """An older version kept such holders."""
    kept = await grant_role(county, on(DAY), TRAINER)
    (held,) = await roles(county)

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, [replace(held, holder="zhi\u200bjia")])

    await county.write(work)
    await revoke_role(county, on(DAY), kept, None)
    assert [each.end for each in await roles(county)] == [YESTERDAY]


async def test_an_assignment_that_is_not_there_is_not_found(county: Store) -> None:
    with pytest.raises(NotFound, match="no RoleAssignment with id 'k-none'"):
        await revoke_role(county, on(DAY), "k-none", None)


async def test_only_an_administrator_grants_and_revokes(county: Store) -> None:
    kept = await grant_role(county, on(DAY), TRAINER)
    for role in (None, *(each for each in RoleKind if each is not RoleKind.ADMINISTRATOR)):
        other = _somebody(role)
        async with unchanged(county):
            for attempt in (
                grant_role(county, other, replace(TRAINER, holder="me", role=RoleKind.ADMINISTRATOR)),
                revoke_role(county, other, kept, None),
            ):
                with pytest.raises(Forbidden) as refused:
                    await attempt
                assert refused.value.data["roles"] == ["ADMINISTRATOR"]


def _somebody(role: RoleKind | None) -> Any:
    held = () if role is None else (RoleAssignment(id="k", holder="me", role=role, start=DAY),)
    return replace(on(DAY), actor="me", viewer=Viewer("me", held))
