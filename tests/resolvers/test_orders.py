"""Placing orders: only what was accepted, only for needs that wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.errors import Faults, InvalidInput, NotAllowedNow
from graph.model.needs import Need
from graph.model.orders import Session, TrainingOrder
from graph.model.rules import Decision
from graph.model.terms import (
    GradeBand,
    NeedStatus,
    OrderForm,
    OrderStatus,
    Rung,
    SessionKind,
    Subject,
    Verdict,
)
from graph.nodes import load, load_some, save
from graph.store import Store, Transaction, count_statements
from resolvers.orders import Choice, Placing, place_order
from resolvers.recommendations import Judgement, decide_recommendation
from resolvers.sessions import (
    Delivery,
    Opinion,
    Part,
    Presence,
    deliver_session,
    give_feedback,
    record_attendance,
)
from tests.journeys.spring import DAYS, NEEDY, RULES, Ordered, issue, on, statuses
from tests.journeys.standing import unchanged
from tests.resolvers.traces import last_audit, told

DAY = date(2025, 3, 11)
IMPORT = "bring orders of the past by importing a workbook"


async def needs_of(store: Store, *teachers: str) -> tuple[str, ...]:
    return tuple(each.id for each in await load(store.read, Need) if each.teacher in teachers)


async def planned_days(store: Store, sessions: list[str]) -> list[date]:
    return [
        each.planned_on
        for each in (await load_some(store.read, Session, sessions)).values()
        if each.planned_on
    ]


async def clinic(store: Store, teacher: str = "p-08") -> Choice:
    """A clinic by p-04, chosen by hand."""
    return Choice(await needs_of(store, teacher), "p-04", "t-xz", OrderForm.SCHOOL_CLINIC)


async def test_an_accepted_recommendation_becomes_an_order_with_its_sessions(formed: Store) -> None:
    best = await issue(formed)
    await decide_recommendation(formed, on(DAY), Judgement(best, Verdict.ACCEPTED))
    placing = Placing(start=DAYS[0], recommendation=best, school="s-q", semester="2025春")
    with count_statements() as counted:
        placed = await place_order(formed, on(DAY), placing, RULES)

    assert counted.total == 22
    needs = tuple(sorted(await needs_of(formed, *NEEDY)))
    order = (await load_some(formed.read, TrainingOrder, [placed.order]))[placed.order]
    assert replace(order, resources=()) == TrainingOrder(
        id=placed.order,
        recommendation=best,
        needs=needs,
        topic="t-ld",
        subject=Subject.CHINESE,
        grade_band=GradeBand.MIDDLE,
        form=OrderForm.COUNTY_CLASS,
        trainer="p-03",
        assistant="p-08",
        school="s-q",
        semester="2025春",
        status=OrderStatus.PLACED,
        placed_on=DAY,
    )
    sessions = (await load_some(formed.read, Session, placed.sessions)).values()
    assert [(each.number, each.kind, each.planned_on, each.delivered_on) for each in sessions] == [
        (1, SessionKind.MAIN, DAYS[0], None),
        (2, SessionKind.MAIN, DAYS[1], None),
        (3, SessionKind.FOLLOW_UP, DAYS[2], None),
    ]
    assert not placed.one_off
    ordered = (await load_some(formed.read, Need, needs)).values()
    assert {(each.status, each.ordered_on) for each in ordered} == {(NeedStatus.ORDERED, DAY)}
    action, _, subjects = await last_audit(formed)
    assert (action, subjects[0], len(subjects)) == ("placeOrder", f"TrainingOrder:{placed.order}", 6)


async def test_what_was_changed_by_the_decision_is_ordered_so(formed: Store) -> None:
    best = await issue(formed)
    judged = Judgement(best, Verdict.CHANGED, "就近", trainer="p-01", assistant="p-11")
    await decide_recommendation(formed, on(DAY), judged)
    placed = await place_order(formed, on(DAY), Placing(start=DAYS[0], recommendation=best), RULES)
    order = (await load_some(formed.read, TrainingOrder, [placed.order]))[placed.order]
    assert (order.trainer, order.assistant) == ("p-01", "p-11")


@pytest.mark.parametrize("verdict", [None, Verdict.REFUSED])
async def test_what_nobody_accepted_is_not_ordered(formed: Store, verdict: Verdict | None) -> None:
    best = await issue(formed)
    if verdict is not None:
        await decide_recommendation(formed, on(DAY), Judgement(best, verdict, "不合适"))
    async with unchanged(formed):
        with pytest.raises(NotAllowedNow) as refused:
            await place_order(formed, on(DAY), Placing(start=DAYS[0], recommendation=best), RULES)
    assert refused.value.field == "recommendation"


async def test_a_recommendation_is_ordered_once(formed: Store, ordered: Ordered) -> None:
    placing = Placing(start=DAYS[0], recommendation=ordered.recommendation)
    async with unchanged(formed):
        with pytest.raises(NotAllowedNow) as refused:
            await place_order(formed, on(DAY), placing, RULES)
    assert refused.value.field == "recommendation"


@pytest.mark.parametrize("teacher", ["p-05", "p-12"])
async def test_a_need_that_does_not_wait_is_not_ordered(
    formed: Store, ordered: Ordered, teacher: str
) -> None:
    choice = await clinic(formed, teacher)
    async with unchanged(formed):
        with pytest.raises(NotAllowedNow) as refused:
            await place_order(formed, on(DAY), Placing(start=DAYS[0], choice=choice), RULES)
    assert refused.value.field == "choice.needs"
    assert refused.value.data["ids"] == list(choice.needs)


async def test_days_chosen_by_hand_and_a_single_one_is_a_one_off(formed: Store) -> None:
    choice = await clinic(formed)
    days = (date(2025, 4, 20), date(2025, 4, 1))
    placed = await place_order(formed, on(DAY), Placing(DAYS[0], choice=choice, days=days), RULES)
    sessions = (await load_some(formed.read, Session, placed.sessions)).values()
    assert [(each.planned_on, each.kind) for each in sessions] == [
        (days[1], SessionKind.MAIN),
        (days[0], SessionKind.FOLLOW_UP),
    ]
    assert not placed.one_off


async def test_a_trainer_from_outside_without_an_assistant_is_told_as_one(formed: Store) -> None:
    """p-04 comes from the helping school; p-11 is of the county."""
    alone = await place_order(formed, on(DAY), Placing(DAYS[0], choice=await clinic(formed)), RULES)
    assisted = replace(await clinic(formed, "p-05"), assistant="p-11")
    local = replace(await clinic(formed, "p-06"), trainer="p-11")
    with_him = await place_order(formed, on(DAY), Placing(DAYS[0], choice=assisted), RULES)
    by_him = await place_order(formed, on(DAY), Placing(DAYS[0], choice=local), RULES)
    assert (alone.no_local, with_him.no_local, by_him.no_local) == (True, False, False)


async def test_a_single_visit_is_told_as_one(formed: Store) -> None:
    choice = await clinic(formed)
    placed = await place_order(formed, on(DAY), Placing(DAYS[0], choice=choice, days=(DAYS[0],)), RULES)
    (session,) = (await load_some(formed.read, Session, placed.sessions)).values()
    assert (placed.one_off, session.kind) == (True, SessionKind.MAIN)


async def test_a_need_reopened_on_the_day_of_its_order_gets_another_one(formed: Store) -> None:
    """An office that enters a whole month in one sitting does so."""
    placing = Placing(DAYS[0], choice=await clinic(formed), days=(DAYS[0],))
    first = await place_order(formed, on(DAYS[0]), placing, RULES)
    session = first.sessions[0]
    await deliver_session(
        formed, on(DAYS[0]), Delivery(session, DAYS[0], 2.0, (Part("p-04", Rung.LED_ALONE),))
    )
    await record_attendance(formed, on(DAYS[0]), session, (Presence("p-08", True),))
    await give_feedback(formed, on(DAYS[0]), Opinion(session, "p-08", 1, DAYS[0]), RULES)
    assert (await statuses(formed))["p-08"] == "REOPENED"

    second = await place_order(formed, on(DAYS[0]), placing, RULES)

    assert second.order != first.order
    orders = await load_some(formed.read, TrainingOrder, [first.order, second.order])
    assert orders[first.order].status is OrderStatus.DELIVERED
    assert orders[second.order].status is OrderStatus.PLACED
    assert (await load_some(formed.read, Session, [session]))[session].delivered_on == DAYS[0]


@pytest.mark.parametrize("start", [date(9999, 12, 31), date(1, 1, 1)])
async def test_sessions_do_not_begin_outside_the_calendar(formed: Store, start: date) -> None:
    placing = Placing(start, choice=await clinic(formed))
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await place_order(formed, on(DAY), placing, RULES)
    assert told(refused.value) == [("start", "INVALID_INPUT")]


async def test_no_day_of_an_order_is_before_its_recommendation(formed: Store) -> None:
    best, issued = await issue(formed), date(2025, 3, 10)
    await decide_recommendation(formed, on(DAY), Judgement(best, Verdict.ACCEPTED))
    early = Placing(date(2025, 3, 9), recommendation=best, days=(DAYS[0], date(1950, 1, 1)))
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await place_order(formed, on(DAY), early, RULES)
    assert told(refused.value) == [("start", "INVALID_INPUT"), ("days.1", "INVALID_INPUT")]
    assert [(each.zh, each.en) for each in refused.value.faults][:1] == [
        (
            "日期 2025-03-09 早于推荐日期（2025-03-10）；过去的订单请用工作簿导入",
            f"2025-03-09 is before 2025-03-10, the day of the recommendation; {IMPORT}",
        )
    ]
    placed = await place_order(formed, on(DAY), Placing(issued, recommendation=best), RULES)
    assert min(await planned_days(formed, placed.sessions)) == issued


async def test_no_day_of_a_choice_is_before_the_first_of_its_needs(formed: Store) -> None:
    needs = await load_some(formed.read, Need, await needs_of(formed, "p-05", "p-06"))
    older, newer = needs.values()

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, [replace(older, formed_on=date(2025, 3, 4))])

    await formed.write(work)
    assert newer.formed_on == date(2025, 3, 10)
    choice = Choice(tuple(needs), "p-04", "t-xz", OrderForm.SCHOOL_CLINIC)
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await place_order(formed, on(DAY), Placing(date(2025, 3, 3), choice=choice), RULES)
    assert [(each.zh, each.en) for each in refused.value.faults] == [
        (
            "日期 2025-03-03 早于最早一条需求的形成日期（2025-03-04）；过去的订单请用工作簿导入",
            f"2025-03-03 is before 2025-03-04, the day on which the first need was formed; {IMPORT}",
        )
    ]
    placed = await place_order(formed, on(DAY), Placing(date(2025, 3, 4), choice=choice), RULES)
    assert min(await planned_days(formed, placed.sessions)) == date(2025, 3, 4)


@pytest.mark.parametrize("both", [True, False])
async def test_either_a_recommendation_or_a_choice(formed: Store, both: bool) -> None:
    best, choice = await issue(formed), await clinic(formed)
    placing = Placing(DAYS[0], recommendation=best if both else None, choice=choice if both else None)
    async with unchanged(formed):
        with pytest.raises(InvalidInput) as refused:
            await place_order(formed, on(DAY), placing, RULES)
    assert refused.value.field == "recommendation"


async def test_an_order_without_a_need_is_refused(formed: Store) -> None:
    choice = Choice((), "p-04", "t-xz", OrderForm.SCHOOL_CLINIC)
    async with unchanged(formed):
        with pytest.raises(NotAllowedNow) as refused:
            await place_order(formed, on(DAY), Placing(DAYS[0], choice=choice), RULES)
    assert refused.value.field == "choice.needs"


async def test_everything_unknown_is_told_at_once(formed: Store) -> None:
    choice = Choice(("n-none",), "p-none", "t-none", OrderForm.SCHOOL_CLINIC, "p-nobody", ("z-none",))
    placing = Placing(DAYS[0], choice=choice, school="s-none", semester="2099春")
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await place_order(formed, on(DAY), placing, RULES)
    assert [field for field, _ in told(refused.value)] == [
        "choice.needs",
        "choice.trainer",
        "choice.assistant",
        "choice.topic",
        "choice.resources",
        "school",
        "semester",
    ]


async def test_the_trainer_is_not_his_own_assistant(formed: Store) -> None:
    choice = replace(await clinic(formed), assistant="p-04")
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await place_order(formed, on(DAY), Placing(DAYS[0], choice=choice), RULES)
    assert told(refused.value) == [("choice.assistant", "INVALID_INPUT")]


@pytest.mark.parametrize("role", ["trainer", "assistant"])
async def test_a_teacher_in_need_neither_trains_nor_assists_in_his_own_clinic(
    formed: Store, role: str
) -> None:
    choice = replace(await clinic(formed), **{role: "p-08"})  # type: ignore[arg-type]  # either names a person
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await place_order(formed, on(DAY), Placing(DAYS[0], choice=choice), RULES)
    assert told(refused.value) == [(f"choice.{role}", "INVALID_INPUT")]


@pytest.mark.parametrize(("teachers", "refusals"), [(NEEDY, []), (NEEDY[:1], ["choice.assistant"])])
async def test_in_a_county_class_one_in_need_may_assist_others_but_not_himself(
    formed: Store, teachers: tuple[str, ...], refusals: list[str]
) -> None:
    needs = await needs_of(formed, *teachers)
    choice = Choice(needs, "p-03", "t-ld", OrderForm.COUNTY_CLASS, assistant=NEEDY[0])
    found = []
    try:
        await place_order(formed, on(DAY), Placing(DAYS[0], choice=choice), RULES)
    except Faults as refused:
        found = [field for field, _ in told(refused)]
    assert found == refusals
    served = [each for each in await load(formed.read, TrainingOrder) if each.needs == tuple(sorted(needs))]
    assert len(served) == (0 if refusals else 1)


async def test_a_decision_of_an_older_version_by_which_one_trains_himself_is_not_ordered(
    formed: Store,
) -> None:
    best = await issue(formed)
    await decide_recommendation(formed, on(DAY), Judgement(best, Verdict.CHANGED, "就近", trainer="p-01"))
    (decision,) = await load(formed.read, Decision)

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, [replace(decision, trainer="p-05")])

    await formed.write(work)
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await place_order(formed, on(DAY), Placing(DAYS[0], recommendation=best), RULES)
    assert told(refused.value) == [("recommendation", "INVALID_INPUT")]


@pytest.mark.parametrize("days", [(DAYS[0],) * 3, (DAYS[0], DAYS[0], DAYS[1])])
async def test_sessions_on_one_day_are_one_visit(formed: Store, days: tuple[date, ...]) -> None:
    choice = await clinic(formed)
    placed = await place_order(formed, on(DAY), Placing(DAYS[0], choice=choice, days=days), RULES)
    assert len(placed.sessions) == 3
    assert placed.one_off == (len(set(days)) == 1)


async def test_under_one_key_one_order_is_placed(formed: Store) -> None:
    placing = Placing(DAYS[0], choice=await clinic(formed))
    first = await place_order(formed, on(DAY, "k"), placing, RULES)
    async with unchanged(formed):
        assert await place_order(formed, on(DAY, "k"), placing, RULES) == first
