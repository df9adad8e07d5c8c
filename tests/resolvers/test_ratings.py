"""A corrected rating gives the need back its state, unless something else speaks for reopening it."""

from __future__ import annotations

from datetime import date

from graph.model.needs import Need
from graph.model.orders import Feedback
from graph.model.terms import Instrument, OrderForm, Rung
from graph.nodes import load, save
from graph.store import Store, Transaction, count_statements
from resolvers.diagnosis import Remark, Sounding, record_evidence
from resolvers.needs import form_needs
from resolvers.orders import Choice, Placing, place_order
from resolvers.sessions import FeedbackGiven, Opinion, give_feedback
from tests.journeys.county import ALLIANCE
from tests.journeys.spring import DAYS, NEEDY, RULES, Ordered, hold, on, statuses
from tests.resolvers.traces import events, last_audit

WHO = "p-06"


async def rate(store: Store, session: str, rating: int, day: date) -> FeedbackGiven:
    return await give_feedback(store, on(day), Opinion(session, WHO, rating, day), RULES)


async def his_need(store: Store) -> Need:
    return next(each for each in await load(store.read, Need) if each.teacher == WHO)


async def form_again(store: Store, day: date) -> list[str]:
    """The ids of the needs that forming them changes."""
    return (await form_needs(store, on(day), ALLIANCE, RULES)).changed


async def test_a_corrected_rating_replaces_what_was_said_and_gives_the_need_back_its_state(
    formed: Store, trained: Ordered
) -> None:
    before = await load(formed.read, Need)
    session = trained.sessions[1]
    first = await rate(formed, session, 2, DAYS[1])
    assert (await his_need(formed)).status.name == "REOPENED"
    with count_statements() as counted:
        second = await rate(formed, session, 5, DAYS[2])

    assert counted.total == 20
    assert (second.feedback, second.reopened) == (first.feedback, [])
    ratings = [each.rating for each in await load(formed.read, Feedback) if each.session == session]
    assert ratings == [5]
    assert await load(formed.read, Need) == before
    need = await his_need(formed)
    assert await last_audit(formed) == (
        "giveFeedback",
        "clerk",
        [f"Feedback:{first.feedback}", f"Need:{need.id}"],
    )
    assert await events(formed, "NeedReopened") == [f"Need:{need.id}"]
    assert await form_again(formed, DAYS[2]) == []


async def test_what_was_delivered_since_the_poor_rating_counts_when_it_is_corrected(
    formed: Store, ordered: Ordered
) -> None:
    await hold(formed, ordered.sessions[0], DAYS[0], Rung.LED_ALONE, Rung.ASSISTED)
    await rate(formed, ordered.sessions[0], 1, DAYS[0])
    await rate(formed, ordered.sessions[0], 4, DAYS[0])
    assert ((await his_need(formed)).status.name, (await his_need(formed)).reopened_on) == ("ORDERED", None)
    await rate(formed, ordered.sessions[0], 1, DAYS[0])
    await hold(formed, ordered.sessions[1], DAYS[1], Rung.LED_ALONE, Rung.ASSISTED)
    assert (await his_need(formed)).status.name == "REOPENED"

    await rate(formed, ordered.sessions[0], 4, DAYS[1])

    need = await his_need(formed)
    assert (need.status.name, need.delivered_on, need.reopened_on) == ("DELIVERED", DAYS[1], None)


async def test_another_poor_rating_keeps_the_need_reopened_by_its_own_day_and_reason(
    formed: Store, trained: Ordered
) -> None:
    await rate(formed, trained.sessions[0], 2, DAYS[1])
    assert (await rate(formed, trained.sessions[1], 1, DAYS[2])).reopened == []

    assert (await rate(formed, trained.sessions[0], 5, DAYS[2])).reopened == []

    need = await his_need(formed)
    assert (need.status.name, need.reopened_on, need.reason) == (
        "REOPENED",
        DAYS[2],
        "培训反馈1分（满分5分）",
    )
    assert len(await events(formed, "NeedReopened")) == 1


async def test_a_poor_rating_corrected_to_another_poor_one_stays_a_reason(
    formed: Store, trained: Ordered
) -> None:
    await rate(formed, trained.sessions[1], 2, DAYS[1])
    assert (await rate(formed, trained.sessions[1], 1, DAYS[2])).reopened == []
    need = await his_need(formed)
    assert (need.status.name, need.reopened_on, need.reason) == (
        "REOPENED",
        DAYS[2],
        "培训反馈1分（满分5分）",
    )


async def test_an_observation_of_difficulty_since_keeps_the_need_reopened(
    formed: Store, trained: Ordered
) -> None:
    await rate(formed, trained.sessions[1], 2, DAYS[1])
    day = date(2025, 4, 10)
    seen = Sounding(Instrument.OBSERVATION, day, (Remark("t-ld", 2),), WHO, by="r-01")
    await record_evidence(formed, on(day), seen, RULES)

    await rate(formed, trained.sessions[1], 5, DAYS[2])

    need = await his_need(formed)
    assert (need.status.name, need.reopened_on, need.reason) == (
        "REOPENED",
        day,
        "2025-04-10复查，严重程度2",
    )


async def test_a_need_ordered_anew_is_not_moved_by_the_correction(formed: Store, trained: Ordered) -> None:
    (need,) = (await rate(formed, trained.sessions[1], 2, DAYS[1])).reopened
    choice = Choice(needs=(need,), trainer="p-03", topic="t-ld", form=OrderForm.SCHOOL_CLINIC)
    await place_order(formed, on(DAYS[2]), Placing(start=DAYS[2], choice=choice), RULES)
    placed = await his_need(formed)

    await rate(formed, trained.sessions[1], 5, DAYS[2])

    assert (await his_need(formed), placed.status.name) == (placed, "ORDERED")


async def test_a_correction_that_a_file_brings_is_taken_in_when_needs_are_formed(
    formed: Store, trained: Ordered
) -> None:
    given = await rate(formed, trained.sessions[1], 2, DAYS[1])
    corrected = Feedback(id=given.feedback, session=trained.sessions[1], person=WHO, rating=4, on=DAYS[1])

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, [corrected])

    await formed.write(work)
    assert await form_again(formed, DAYS[2]) == given.reopened
    assert {(await statuses(formed))[each] for each in NEEDY} == {"DELIVERED"}
    assert await form_again(formed, DAYS[2]) == []
