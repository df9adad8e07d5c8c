"""Delivering sessions, who came, what they said; what a correction keeps and what it takes back."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import Faults, InvalidInput, NotAllowedNow
from graph.model.needs import Need
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.terms import OrderForm, OrderStatus, Rung
from graph.nodes import load, load_some
from graph.store import Store, count_statements
from resolvers.needs import form_needs
from resolvers.orders import Choice, Placing, place_order
from resolvers.sessions import (
    Delivery,
    Opinion,
    Part,
    Presence,
    deliver_session,
    give_feedback,
    record_attendance,
)
from tests.journeys.county import ALLIANCE
from tests.journeys.spring import DAYS, NEEDY, RULES, Ordered, hold, on, statuses
from tests.journeys.standing import unchanged
from tests.resolvers.traces import events, told

FEBRUARY = "o-12-1"
"""The session that came with the workbook: its attendance and feedback bear ids of the office's own."""


async def listed(store: Store, session: str) -> dict[str, tuple[bool, bool | None]]:
    """Whether each person of a session was expected, and whether he came."""
    found = [each for each in await load(store.read, Attendance) if each.session == session]
    assert len({each.person for each in found}) == len(found)
    return {each.person: (each.expected, each.present) for each in found}


async def roles(store: Store, session: str) -> dict[str, Rung]:
    return {each.person: each.rung for each in await load(store.read, Capability) if each.session == session}


async def order_status(store: Store, ordered: Ordered) -> OrderStatus:
    return (await load_some(store.read, TrainingOrder, [ordered.order]))[ordered.order].status


async def test_a_first_session_expects_all_in_need_and_delivers_nothing_yet(
    formed: Store, ordered: Ordered
) -> None:
    session = ordered.sessions[0]
    parts = (Part("p-03", Rung.LED_ALONE), Part("p-08", Rung.ASSISTED))
    with count_statements() as counted:
        assert await deliver_session(formed, on(DAYS[0]), Delivery(session, DAYS[0], 2.5, parts)) == session

    assert counted.total == 22
    held = (await load_some(formed.read, Session, [session]))[session]
    assert (held.delivered_on, held.hours) == (DAYS[0], 2.5)
    assert await listed(formed, session) == dict.fromkeys(NEEDY, (True, None))
    assert await roles(formed, session) == {"p-03": Rung.LED_ALONE, "p-08": Rung.ASSISTED}
    assert await order_status(formed, ordered) is OrderStatus.UNDER_WAY
    assert {(await statuses(formed))[each] for each in NEEDY} == {"ORDERED"}


async def test_the_last_training_delivers_the_needs_and_the_follow_up_the_order(
    formed: Store, trained: Ordered
) -> None:
    needs = [each for each in await load(formed.read, Need) if each.teacher in NEEDY]
    assert {(each.status.name, each.delivered_on) for each in needs} == {("DELIVERED", DAYS[1])}
    assert await order_status(formed, trained) is OrderStatus.UNDER_WAY
    await hold(formed, trained.sessions[2], DAYS[2], Rung.OBSERVED, Rung.LED_ALONE)
    assert await order_status(formed, trained) is OrderStatus.DELIVERED
    assert await load(formed.read, Need) == sorted(
        [*needs, *[each for each in await load(formed.read, Need) if each.teacher not in NEEDY]],
        key=lambda need: need.id,
    )


async def test_a_corrected_delivery_takes_roles_back_and_keeps_who_came(
    formed: Store, trained: Ordered
) -> None:
    session = trained.sessions[0]
    came = await listed(formed, session)
    parts = (Part("p-03", Rung.CO_LED), Part("p-11", Rung.CO_LED))
    corrected = Delivery(session, date(2025, 3, 18), 3.0, parts)
    await deliver_session(formed, on(DAYS[1]), corrected)

    assert await roles(formed, session) == {"p-03": Rung.CO_LED, "p-11": Rung.CO_LED}
    assert await listed(formed, session) == came
    assert came["p-10"] == (True, False)
    assert {(await statuses(formed))[each] for each in NEEDY} == {"DELIVERED"}


async def test_a_delivery_without_roles_is_refused(formed: Store, ordered: Ordered) -> None:
    async with unchanged(formed):
        with pytest.raises(InvalidInput) as refused:
            await deliver_session(formed, on(DAYS[0]), Delivery(ordered.sessions[0], DAYS[0], 2.0, ()))
    assert refused.value.field == "roles"


async def test_a_delivery_by_strangers_of_a_session_that_is_not_there(formed: Store) -> None:
    parts = (Part("p-none", Rung.CO_LED), Part("p-03", Rung.CO_LED), Part("p-nobody", Rung.CO_LED))
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await deliver_session(formed, on(DAYS[0]), Delivery("s-none", DAYS[0], 2.0, parts))
    assert told(refused.value) == [
        ("session", "NOT_FOUND"),
        ("roles.0.person", "NOT_FOUND"),
        ("roles.2.person", "NOT_FOUND"),
    ]


async def test_a_person_is_named_once(formed: Store, trained: Ordered) -> None:
    session = trained.sessions[0]
    parts = (Part("p-03", Rung.CO_LED), Part("p-11", Rung.CO_LED), Part("p-03", Rung.ASSISTED))
    came = (Presence("p-05", True), Presence("p-05", False))
    async with unchanged(formed):
        with pytest.raises(Faults) as roles_refused:
            await deliver_session(formed, on(DAYS[1]), Delivery(session, DAYS[0], 2.0, parts))
        with pytest.raises(Faults) as came_refused:
            await record_attendance(formed, on(DAYS[1]), session, came)
    assert told(roles_refused.value) == [("roles.2.person", "INVALID_INPUT")]
    assert told(came_refused.value) == [("presences.1.person", "INVALID_INPUT")]


@pytest.mark.parametrize("day", [date(2025, 3, 1), DAYS[1]])
async def test_a_delivery_before_its_order_or_ahead_of_today_is_refused(
    formed: Store, ordered: Ordered, day: date
) -> None:
    delivery = Delivery(ordered.sessions[0], day, 2.0, (Part("p-03", Rung.CO_LED),))
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await deliver_session(formed, on(DAYS[0]), delivery)
    assert told(refused.value) == [("on", "INVALID_INPUT")]


@pytest.mark.parametrize("day", [DAYS[0], DAYS[2]])
async def test_feedback_dated_before_its_session_or_ahead_of_today_is_refused(
    formed: Store, trained: Ordered, day: date
) -> None:
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await give_feedback(formed, on(DAYS[1]), Opinion(trained.sessions[1], "p-06", 2, day), RULES)
    assert told(refused.value) == [("on", "INVALID_INPUT")]


@pytest.mark.parametrize("hours", [-1.0, 0.0, 101.0, float("nan")])
async def test_hours_that_cannot_be_are_refused(formed: Store, ordered: Ordered, hours: float) -> None:
    delivery = Delivery(ordered.sessions[0], DAYS[0], hours, (Part("p-03", Rung.CO_LED),))
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await deliver_session(formed, on(DAYS[0]), delivery)
    assert told(refused.value) == [("hours", "INVALID_INPUT")]


async def test_who_came_is_kept_and_who_was_not_expected_is_a_guest(formed: Store, trained: Ordered) -> None:
    session = trained.sessions[1]
    came = (Presence("p-05", False), Presence("p-11", True))
    with count_statements() as counted:
        kept = await record_attendance(formed, on(DAYS[1]), session, came)

    assert counted.total == 10
    assert kept == [f"{session}/p-05", f"{session}/p-11"]
    assert await listed(formed, session) == {
        **dict.fromkeys(NEEDY, (True, True)),
        "p-05": (True, False),
        "p-11": (False, True),
    }


async def test_an_imported_list_is_corrected_in_its_own_rows(formed: Store) -> None:
    kept = await record_attendance(formed, on(DAYS[0]), FEBRUARY, (Presence("p-12", False),))
    assert kept == ["h-1"]
    assert await listed(formed, FEBRUARY) == {"p-12": (True, False)}


async def test_attendance_before_the_delivery_is_refused(formed: Store, ordered: Ordered) -> None:
    async with unchanged(formed):
        with pytest.raises(NotAllowedNow) as refused:
            await record_attendance(formed, on(DAYS[0]), ordered.sessions[0], (Presence("p-05", True),))
    assert refused.value.field == "session"


async def test_an_empty_list_and_strangers_on_it_are_refused(formed: Store) -> None:
    async with unchanged(formed):
        with pytest.raises(InvalidInput) as empty:
            await record_attendance(formed, on(DAYS[0]), FEBRUARY, ())
        with pytest.raises(Faults) as strange:
            await record_attendance(formed, on(DAYS[0]), FEBRUARY, (Presence("p-none", True),))
    assert empty.value.field == "presences"
    assert told(strange.value) == [("presences.0.person", "NOT_FOUND")]


@pytest.mark.parametrize("rating", [1, 2])
async def test_a_poor_rating_reopens_his_own_need_and_no_other(
    formed: Store, trained: Ordered, rating: int
) -> None:
    before = await statuses(formed)
    with count_statements() as counted:
        given = await give_feedback(
            formed, on(DAYS[1]), Opinion(trained.sessions[1], "p-06", rating, DAYS[1], "太快"), RULES
        )

    assert counted.total == 16
    assert await statuses(formed) == {**before, "p-06": "REOPENED"}
    need = (await load_some(formed.read, Need, given.reopened))[given.reopened[0]]
    assert (need.reopened_on, need.reason) == (DAYS[1], f"培训反馈{rating}分（满分5分）")
    assert await events(formed, "NeedReopened") == [f"Need:{need.id}"]
    kept = (await load_some(formed.read, Feedback, [given.feedback]))[given.feedback]
    assert (kept.rating, kept.remark, kept.on) == (rating, "太快", DAYS[1])


@pytest.mark.parametrize("rating", [3, 4, 5])
async def test_any_other_rating_reopens_nothing(formed: Store, trained: Ordered, rating: int) -> None:
    before = await statuses(formed)
    opinion = Opinion(trained.sessions[1], "p-06", rating, DAYS[1])
    assert (await give_feedback(formed, on(DAYS[1]), opinion, RULES)).reopened == []
    assert await statuses(formed) == before


async def test_said_again_it_replaces_what_was_said_and_does_not_close_the_need(
    formed: Store, trained: Ordered
) -> None:
    session = trained.sessions[1]
    first = await give_feedback(formed, on(DAYS[1]), Opinion(session, "p-06", 2, DAYS[1]), RULES)
    second = await give_feedback(formed, on(DAYS[2]), Opinion(session, "p-06", 5, DAYS[2]), RULES)
    assert second.feedback == first.feedback
    ratings = [each.rating for each in await load(formed.read, Feedback) if each.session == session]
    assert ratings == [5]
    assert (await statuses(formed))["p-06"] == "REOPENED"


async def test_imported_feedback_is_replaced_in_its_own_row(formed: Store) -> None:
    given = await give_feedback(formed, on(DAYS[0]), Opinion(FEBRUARY, "p-12", 2, DAYS[0]), RULES)
    assert given.feedback == "b-1"
    assert [(each.id, each.rating) for each in await load(formed.read, Feedback)] == [("b-1", 2)]
    assert (await statuses(formed))["p-12"] == "REOPENED"


async def test_an_earlier_order_moves_no_need_that_was_ordered_anew(formed: Store, trained: Ordered) -> None:
    old = trained.sessions[1]
    (need,) = (await give_feedback(formed, on(DAYS[1]), Opinion(old, "p-06", 2, DAYS[1]), RULES)).reopened
    choice = Choice(needs=(need,), trainer="p-03", topic="t-ld", form=OrderForm.SCHOOL_CLINIC)
    await place_order(formed, on(DAYS[2]), Placing(start=DAYS[2], choice=choice), RULES)

    await hold(formed, old, DAYS[2], Rung.LED_ALONE, Rung.CO_LED)
    assert (await give_feedback(formed, on(DAYS[2]), Opinion(old, "p-06", 1, DAYS[2]), RULES)).reopened == []
    found = {**await statuses(formed)}
    assert (found.pop("p-06"), {found[each] for each in NEEDY if each != "p-06"}) == (
        "ORDERED",
        {"DELIVERED"},
    )
    assert (await form_needs(formed, on(DAYS[2]), ALLIANCE, RULES)).changed == []


async def test_a_guest_may_judge_too_and_reopens_nothing_of_others(formed: Store, trained: Ordered) -> None:
    session = trained.sessions[1]
    await record_attendance(formed, on(DAYS[1]), session, (Presence("p-11", True),))
    before = await statuses(formed)
    given = await give_feedback(formed, on(DAYS[1]), Opinion(session, "p-11", 1, DAYS[1]), RULES)
    assert given.reopened == []
    assert await statuses(formed) == before


async def test_feedback_before_the_delivery_is_refused(formed: Store, ordered: Ordered) -> None:
    opinion = Opinion(ordered.sessions[0], "p-05", 5, DAYS[0])
    async with unchanged(formed):
        with pytest.raises(NotAllowedNow) as refused:
            await give_feedback(formed, on(DAYS[0]), opinion, RULES)
    assert refused.value.field == "session"


async def test_feedback_by_a_stranger_is_refused(formed: Store, trained: Ordered) -> None:
    async with unchanged(formed):
        with pytest.raises(NotAllowedNow) as refused:
            await give_feedback(formed, on(DAYS[1]), Opinion(trained.sessions[0], "p-12", 1, DAYS[1]), RULES)
    assert refused.value.field == "person"


async def test_all_that_is_wrong_with_feedback_is_told_at_once(formed: Store) -> None:
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await give_feedback(formed, on(DAYS[1]), Opinion("s-none", "p-none", 6, DAYS[1]), RULES)
    assert sorted(told(refused.value)) == [
        ("person", "NOT_FOUND"),
        ("rating", "INVALID_INPUT"),
        ("session", "NOT_FOUND"),
    ]


async def test_under_one_key_feedback_is_taken_once(formed: Store, trained: Ordered) -> None:
    opinion = Opinion(trained.sessions[1], "p-06", 2, DAYS[1])
    first = await give_feedback(formed, on(DAYS[1], "k"), opinion, RULES)
    async with unchanged(formed):
        assert await give_feedback(formed, on(DAYS[2], "k"), opinion, RULES) == first
