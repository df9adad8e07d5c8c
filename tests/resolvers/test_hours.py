"""A day has 24 hours, for each person over all his sessions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.access.sight import sight_of
from graph.access.viewer import Viewer
from graph.compiler.visibility import EVERYTHING
from graph.errors import Faults
from graph.model.orders import HOURS_OF_A_DAY, Capability, Session
from graph.model.roles import RoleAssignment
from graph.model.terms import RoleKind, Rung
from graph.nodes import load, load_some
from graph.store import Store
from resolvers.hours import beyond_a_day
from resolvers.rights import seen_among
from resolvers.sessions import Delivery, Part, deliver_session
from tests.journeys.spring import DAYS, Ordered, on
from tests.journeys.standing import unchanged
from tests.resolvers.traces import told

BOTH = (Part("p-03", Rung.LED_ALONE), Part("p-08", Rung.ASSISTED))


async def test_the_sessions_of_a_person_on_a_day_are_no_longer_than_the_day(
    formed: Store, ordered: Ordered
) -> None:
    first, second, _ = ordered.sessions
    await deliver_session(formed, on(DAYS[1]), Delivery(first, DAYS[1], 20.0, BOTH))
    long = Delivery(second, DAYS[1], 4.5, (Part("p-03", Rung.CO_LED), Part("p-11", Rung.CO_LED)))
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await deliver_session(formed, on(DAYS[1]), long)
    assert told(refused.value) == [("hours", "INVALID_INPUT")]
    (fault,) = refused.value.faults
    assert fault.zh == "'p-03' 当天其他场次已有 20 学时，加上 4.5 学时超过一天 24 学时；请核对学时或日期"
    assert fault.en == (
        "'p-03' has 20 hours in other sessions of that day; with 4.5 more it is over 24: check the hours or the day"
    )

    await deliver_session(formed, on(DAYS[1]), Delivery(second, DAYS[1], 4.0, BOTH))
    held = await load_some(formed.read, Session, [first, second])
    assert sum(each.hours or 0 for each in held.values()) == HOURS_OF_A_DAY


async def test_hours_in_tenths_that_make_a_whole_day_are_a_day(formed: Store, ordered: Ordered) -> None:
    for session, hours in zip(ordered.sessions, (0.1, 16.1, 7.8), strict=True):
        await deliver_session(formed, on(DAYS[1]), Delivery(session, DAYS[1], hours, BOTH))
    held = await load_some(formed.read, Session, ordered.sessions)
    assert [held[id].hours for id in ordered.sessions] == [0.1, 16.1, 7.8]


async def test_a_session_told_again_and_another_day_or_person_do_not_count(
    formed: Store, ordered: Ordered
) -> None:
    first, second, third = ordered.sessions
    for _ in range(2):
        await deliver_session(formed, on(DAYS[2]), Delivery(first, DAYS[1], 20.0, BOTH))
    await deliver_session(formed, on(DAYS[2]), Delivery(second, DAYS[2], 20.0, BOTH))
    others = (Part("p-11", Rung.LED_ALONE),)
    await deliver_session(formed, on(DAYS[2]), Delivery(third, DAYS[2], 20.0, others))
    held = await load_some(formed.read, Session, ordered.sessions)
    assert [held[id].hours for id in ordered.sessions] == [20.0, 20.0, 20.0]


async def test_roles_that_a_viewer_does_not_see_are_as_if_they_were_not_there(
    formed: Store, ordered: Ordered
) -> None:
    first, second, _ = ordered.sessions
    await deliver_session(formed, on(DAYS[1]), Delivery(first, DAYS[1], 20.0, BOTH))
    planned = (await load_some(formed.read, Session, [second]))[second]
    held = replace(planned, delivered_on=DAYS[1], hours=5.0)
    role = RoleAssignment(id="k", holder="me", role=RoleKind.TRAINER, start=DAYS[0], person="p-04")
    stranger = sight_of(Viewer("me", (role,)), DAYS[1])

    assert [each.data["id"] for each in await beyond_a_day(formed.read, EVERYTHING, held, ["p-03"])] == [
        "p-03"
    ]
    assert await beyond_a_day(formed.read, stranger, held, ["p-03"]) == []


async def test_hours_of_a_session_stay_untold_to_who_sees_the_role_alone(
    formed: Store, ordered: Ordered
) -> None:
    elsewhere, there = ordered.sessions[0], "o-12-1"
    parts = (Part("p-03", Rung.LED_ALONE), Part("p-12", Rung.ASSISTED))
    await deliver_session(formed, on(DAYS[1]), Delivery(elsewhere, DAYS[1], 20.0, parts))
    assistant = RoleAssignment(id="k", holder="me", role=RoleKind.TRAINER, start=DAYS[0], person="p-11")
    sight = sight_of(Viewer("me", (assistant,), order_people=("p-12",)), DAYS[1])
    roles = {each.id for each in await load(formed.read, Capability) if each.person == "p-12"}
    assert len(roles) == 1
    assert await seen_among(formed.read, sight, "Capability", roles) == roles
    assert await seen_among(formed.read, sight, "Session", [elsewhere, there]) == {there}

    held = replace((await load_some(formed.read, Session, [there]))[there], delivered_on=DAYS[1], hours=5.0)
    assert [each.data["id"] for each in await beyond_a_day(formed.read, EVERYTHING, held, ["p-12"])] == [
        "p-12"
    ]
    assert await beyond_a_day(formed.read, sight, held, ["p-12"]) == []
