"""Delivering sessions, who came, what they said; what a correction keeps and what it takes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.errors import Faults, InvalidInput, NotAllowedNow
from graph.model.describe import Identified
from graph.model.made_ids import made_id
from graph.model.needs import Need
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.people import Person
from graph.model.terms import OrderForm, OrderStatus, PersonKind, Rung, SessionKind
from graph.nodes import load, load_some, save
from graph.store import Store, Transaction, count_statements
from resolvers.exchange import import_workbook
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
from resolvers.workbook.template import write_template
from tests.journeys.county import ALLIANCE
from tests.journeys.filling import Form
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

    assert counted.total == 23
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
        with pytest.raises(Faults) as refused:
            await deliver_session(formed, on(DAYS[0]), Delivery(ordered.sessions[0], DAYS[0], 2.0, ()))
    assert told(refused.value) == [("roles", "INVALID_INPUT")]


@pytest.mark.parametrize("rung", list(Rung))
async def test_somebody_leads_each_session(formed: Store, ordered: Ordered, rung: Rung) -> None:
    delivery = Delivery(ordered.sessions[0], DAYS[0], 2.0, (Part("p-03", rung), Part("p-08", Rung.OBSERVED)))
    if rung.height >= Rung.CO_LED.height:
        await deliver_session(formed, on(DAYS[0]), delivery)
        assert await roles(formed, ordered.sessions[0]) == {"p-03": rung, "p-08": Rung.OBSERVED}
        return
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await deliver_session(formed, on(DAYS[0]), delivery)
    assert told(refused.value) == [("roles", "INVALID_INPUT")]
    (fault,) = refused.value.faults
    assert fault.zh == "没有人主讲；至少有一人的角色为合作主讲、有支持主讲、独立主讲"
    assert fault.en == "nobody led the session; at least one role is CO_LED or LED_WITH_SUPPORT or LED_ALONE"


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


@pytest.mark.parametrize("hours", [-1.0, 0.0, 24.5, 101.0, float("nan"), float("inf")])
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

    assert counted.total == 11
    assert kept == [made_id("Attendance", session, person) for person in ("p-05", "p-11")]
    assert await listed(formed, session) == {
        **dict.fromkeys(NEEDY, (True, True)),
        "p-05": (True, False),
        "p-11": (False, True),
    }


SLASHED = (("O", "1/P1"), ("O/1", "P1"))
"""Two sessions and a person of each: joined by "/", both pairs read alike."""


async def bring_slashed(store: Store, *others: Attendance | Feedback | Capability) -> None:
    """The sessions and the people of `SLASHED`, as an office may number them."""
    people = [Person(id=person, name=person, kind=PersonKind.TEACHER) for _, person in SLASHED]
    sessions = [
        Session(id=session, order="o-12", number=number, kind=SessionKind.MAIN, planned_on=DAYS[0])
        for number, (session, _) in enumerate(SLASHED, start=2)
    ]

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, [*people, *sessions, *others])

    await store.write(work)


@pytest.mark.parametrize("person", ["p-03", "p-08"], ids=["the trainer", "the assistant"])
async def test_nobody_rates_his_own_training(formed: Store, trained: Ordered, person: str) -> None:
    session = trained.sessions[0]
    await record_attendance(formed, on(DAYS[0]), session, (Presence(person, True),))
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await give_feedback(formed, on(DAYS[0]), Opinion(session, person, 5, DAYS[0]), RULES)
    assert told(refused.value) == [("person", "INVALID_INPUT")]


async def test_ids_with_a_slash_keep_the_records_of_two_sessions_apart(formed: Store) -> None:
    await bring_slashed(formed)
    for session, person in SLASHED:
        parts = (Part(person, Rung.CO_LED if person == "P1" else Rung.LED_ALONE),)
        await deliver_session(formed, on(DAYS[0]), Delivery(session, DAYS[0], 2.0, parts))
        await record_attendance(formed, on(DAYS[0]), session, (Presence(person, True),))
        rating = 3 if person == "P1" else 5
        await give_feedback(formed, on(DAYS[0]), Opinion(session, person, rating, DAYS[0]), RULES)

    assert await listed(formed, "O") == {"p-12": (True, None), "1/P1": (False, True)}
    assert await listed(formed, "O/1") == {"p-12": (True, None), "P1": (False, True)}
    assert await roles(formed, "O") == {"1/P1": Rung.LED_ALONE}
    assert await roles(formed, "O/1") == {"P1": Rung.CO_LED}
    said = {(each.session, each.person): each.rating for each in await load(formed.read, Feedback)}
    assert said == {("o-12-1", "p-12"): 5, ("O", "1/P1"): 5, ("O/1", "P1"): 3}


async def test_a_workbook_and_the_use_cases_name_one_record_alike(formed: Store, tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    form = Form(tmp_path / "template.xlsx")
    form.append("人员", [{"编号": person, "姓名": person, "身份": "教师"} for _, person in SLASHED])
    meeting = {"订单": "o-12", "类型": "培训", "实施日期": "2025/3/17", "学时": 2}
    form.append(
        "场次",
        [
            {**meeting, "编号": session, "序号": number, "合作主讲": person}
            for number, (session, person) in enumerate(SLASHED, start=2)
        ],
    )
    form.append("签到", [{"场次": session, "人员": person, "实到": "是"} for session, person in SLASHED])
    form.append(
        "反馈",
        [{"场次": session, "人员": person, "评分": 4, "日期": "2025/3/17"} for session, person in SLASHED],
    )
    await import_workbook(formed, on(DAYS[0]), form.save(tmp_path / "slashed.xlsx"))
    brought = await slashed_records(formed)
    assert len(brought) == 6

    for session, person in SLASHED:
        parts = (Part(person, Rung.CO_LED),)
        await deliver_session(formed, on(DAYS[0]), Delivery(session, DAYS[0], 2.0, parts))
        await record_attendance(formed, on(DAYS[0]), session, (Presence(person, True),))
        await give_feedback(formed, on(DAYS[0]), Opinion(session, person, 4, DAYS[0]), RULES)
    assert await slashed_records(formed) == brought


async def slashed_records(store: Store) -> list[Identified]:
    """What is kept of the people of `SLASHED`."""
    records: list[Attendance | Feedback | Capability] = []
    for cls in (Attendance, Feedback, Capability):
        records += await load(store.read, cls)
    return [each for each in records if (each.session, each.person) in SLASHED]


async def test_what_an_older_version_kept_under_joined_ids_is_corrected_in_its_place(formed: Store) -> None:
    joined = "O/1/P1"
    await bring_slashed(
        formed,
        Attendance(id=joined, session="O/1", person="P1", expected=True, present=True),
        Feedback(id=joined, session="O/1", person="P1", rating=2, on=DAYS[0]),
        Capability(id=joined, session="O/1", person="P1", topic="t-tw", rung=Rung.OBSERVED, on=DAYS[0]),
    )
    parts = (Part("P1", Rung.CO_LED),)
    await deliver_session(formed, on(DAYS[0]), Delivery("O/1", DAYS[0], 2.0, parts))
    kept = await record_attendance(formed, on(DAYS[0]), "O/1", (Presence("P1", True),))
    given = await give_feedback(formed, on(DAYS[0]), Opinion("O/1", "P1", 4, DAYS[0]), RULES)

    assert (kept, given.feedback) == ([joined], joined)
    assert await listed(formed, "O/1") == {"p-12": (True, None), "P1": (True, True)}
    assert await roles(formed, "O/1") == {"P1": Rung.CO_LED}
    assert [each.rating for each in await load(formed.read, Feedback) if each.session == "O/1"] == [4]


async def test_an_imported_list_is_corrected_in_its_own_rows(formed: Store) -> None:
    async def work(transaction: Transaction) -> None:
        await save(
            transaction.run,
            [Attendance(id="h-2", session=FEBRUARY, person="p-05", expected=True, present=True)],
        )

    await formed.write(work)
    kept = await record_attendance(formed, on(DAYS[0]), FEBRUARY, (Presence("p-05", False),))
    assert kept == ["h-2"]
    assert await listed(formed, FEBRUARY) == {"p-12": (True, True), "p-05": (True, False)}


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
