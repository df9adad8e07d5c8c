"""Recommending, issuing and deciding: proposals are kept as they were read, decisions until an order follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from graph.errors import Faults, InvalidInput, NotAllowedNow, NotFound
from graph.model.alliance import School
from graph.model.needs import Need
from graph.model.orders import TrainingOrder
from graph.model.rules import Contribution, Decision, Recommendation
from graph.model.terms import Verdict
from graph.nodes import load, load_some, save
from graph.store import Store, Transaction, count_statements
from resolvers.recommendations import (
    Asked,
    Judgement,
    decide_recommendation,
    issue_recommendations,
    recommend_orders,
)
from tests.journeys.county import ALLIANCE
from tests.journeys.spring import NEEDY, RULES, Ordered, issue, on
from tests.journeys.standing import everything, unchanged
from tests.resolvers.traces import events, told

DAY = date(2025, 3, 10)


async def need_of(store: Store, teacher: str) -> str:
    return next(each.id for each in await load(store.read, Need) if each.teacher == teacher)


async def test_what_is_recommended_is_not_kept(formed: Store) -> None:
    async with unchanged(formed):
        with count_statements() as counted:
            made = await recommend_orders(formed, on(DAY), Asked(ALLIANCE), RULES)
    assert counted.total == 23
    assert made.unserved == ()
    found = [(each.recommendation.rank, each.recommendation.trainer) for each in made.proposals]
    # The class for the five, then the clinic for p-08; t-xz and t-ld lie three steps apart, the most allowed.
    assert found == [(1, "p-03"), (2, "p-01"), (3, "p-04"), (1, "p-04"), (2, "p-03"), (3, "p-01")]
    assert made.proposals[0].recommendation.assistant == "p-08"


async def test_what_is_issued_is_kept_with_reasons_that_add_up(formed: Store) -> None:
    with count_statements() as counted:
        issued = await issue_recommendations(formed, on(DAY), Asked(ALLIANCE, top=1), RULES)

    assert counted.total == 36
    kept = {each.id: each for each in await load(formed.read, Recommendation)}
    assert sorted(kept) == sorted(issued.recommendations)
    assert len(issued.recommendations) == 2
    sums = dict.fromkeys(kept, 0)
    for each in await load(formed.read, Contribution):
        sums[each.recommendation] += each.millionths
    assert sums == {id: each.score_millionths for id, each in kept.items()}
    assert await events(formed, "OrderRecommended") == [
        f"Recommendation:{id}" for id in issued.recommendations
    ]


async def test_under_one_key_it_is_answered_as_at_first(formed: Store) -> None:
    first = await issue_recommendations(formed, on(DAY, "k"), Asked(ALLIANCE), RULES)
    async with unchanged(formed):
        again = await issue_recommendations(formed, on(DAY, "k"), Asked(ALLIANCE), RULES)
    assert again == first


async def test_only_the_needs_asked_for_are_served(formed: Store) -> None:
    need = await need_of(formed, "p-08")
    made = await recommend_orders(formed, on(DAY), Asked(ALLIANCE, (need,)), RULES)
    assert {each.recommendation.needs for each in made.proposals} == {(need,)}


async def test_a_need_that_nobody_can_serve_is_told_with_the_rule(formed: Store) -> None:
    made = await recommend_orders(formed, on(date(2025, 7, 1)), Asked(ALLIANCE), RULES)
    assert made.proposals == ()
    assert sorted(len(each.needs) for each in made.unserved) == [1, 5]
    assert {each.rule for each in made.unserved} <= {"trainer_dates", "trainer_hours"}


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2022, 8, 31)])
async def test_a_day_on_which_the_needs_were_not_the_alliances_is_a_fault_of_the_day(
    formed: Store, day: date
) -> None:
    need = await need_of(formed, "p-08")
    with pytest.raises(InvalidInput) as refused:
        await recommend_orders(formed, on(DAY), Asked(ALLIANCE, (need,)), RULES, day)
    assert told(refused.value) == [("asOf", "INVALID_INPUT")]
    assert refused.value.zh == (
        f"在 {day}，需求 {need} 不属于联盟 '{ALLIANCE}'（按成员学校与支教的起止日期）；"
        "请换一个日期，不填则按今天"
    )
    assert refused.value.en == (
        f"on {day} the needs {need} are not of alliance '{ALLIANCE}', by the dates of its"
        " member schools and of the seconded; give another day, or none for today"
    )
    everybody = await recommend_orders(formed, on(DAY), Asked(ALLIANCE), RULES, day)
    assert (everybody.proposals, everybody.unserved) == ((), ())


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
async def test_a_day_beyond_all_calendars_is_a_fault_of_the_day(formed: Store, day: date) -> None:
    with pytest.raises(Faults) as refused:
        await recommend_orders(formed, on(DAY), Asked(ALLIANCE), RULES, day)
    assert told(refused.value) == [("asOf", "INVALID_INPUT")]


async def bring_a_need_from_away(store: Store) -> None:
    """`n-away`, of a school that is in no alliance."""

    async def work(transaction: Transaction) -> None:
        mine = next(each for each in await load(transaction.run, Need) if each.teacher == "p-08")
        away = replace(mine, id="n-away", teacher=None, school="s-away", group=None)
        await save(transaction.run, [School(id="s-away", name="样例远方小学"), away])

    await store.write(work)


async def test_a_need_of_another_alliance_is_not_found_whatever_the_day(formed: Store) -> None:
    await bring_a_need_from_away(formed)
    for day in (None, date(2020, 1, 1)):
        with pytest.raises(NotFound) as refused:
            await recommend_orders(formed, on(DAY), Asked(ALLIANCE, ("n-away",)), RULES, day)
        assert told(refused.value) == [("needs", "NOT_FOUND")]


async def test_of_needs_that_are_not_there_on_that_day_only_the_foreign_are_called_foreign(
    formed: Store,
) -> None:
    await bring_a_need_from_away(formed)
    asked = Asked(ALLIANCE, (await need_of(formed, "p-08"), "n-away"))
    with pytest.raises(NotFound) as refused:
        await recommend_orders(formed, on(DAY), asked, RULES, date(2020, 1, 1))
    assert told(refused.value) == [("needs", "NOT_FOUND")]
    assert refused.value.data["ids"] == ["n-away"]
    assert refused.value.zh == f"需求 n-away 不属于联盟 '{ALLIANCE}'"
    assert refused.value.en == f"needs n-away are not of alliance '{ALLIANCE}'"


@pytest.mark.parametrize("top", [0, 11])
async def test_too_few_or_too_many_proposals_are_refused(formed: Store, top: int) -> None:
    async with unchanged(formed):
        with pytest.raises(InvalidInput) as refused:
            await issue_recommendations(formed, on(DAY), Asked(ALLIANCE, top=top), RULES)
    assert refused.value.field == "top"


async def test_a_need_that_is_not_there_is_refused(formed: Store) -> None:
    async with unchanged(formed):
        with pytest.raises(NotFound) as refused:
            await issue_recommendations(formed, on(DAY), Asked(ALLIANCE, ("n-none",)), RULES)
    assert refused.value.field == "needs"


async def test_what_was_decided_on_stays_as_it_was_read_when_issued_again(formed: Store) -> None:
    best = await issue(formed)
    judged = Judgement(best, Verdict.REFUSED, "另有安排", "r-01")
    await decide_recommendation(formed, on(DAY), judged)
    before = [each for each in await load(formed.read, Recommendation) if each.id == best]
    await _make_severe(formed)
    issued = await issue_recommendations(formed, on(DAY), Asked(ALLIANCE), RULES)
    assert best in issued.recommendations
    after = {each.id: each for each in await load(formed.read, Recommendation)}
    assert [after[best]] == before
    clinic = next(each for each in after.values() if each.trainer == "p-04")
    severity = next(
        each for each in await load(formed.read, Contribution) if each.id == f"{clinic.id}/need_severity"
    )
    assert "1（0至3）" in severity.because_zh


async def _make_severe(store: Store) -> None:
    """All waiting needs become slight, so that every score changes."""
    needs = await load(store.read, Need)

    async def work(transaction: Transaction) -> None:
        await transaction.run("MATCH (n:Need {status: 'OPEN'}) SET n.severity = 1.0")

    await store.write(work)
    assert len(needs) == len(NEEDY) + 2


async def test_a_decision_can_be_changed_until_an_order_follows(formed: Store) -> None:
    best = await issue(formed)
    first = Judgement(best, Verdict.REFUSED, "时间冲突", "r-01")
    second = Judgement(best, Verdict.CHANGED, "就近", "r-01", trainer="p-01", assistant="p-11")
    assert await decide_recommendation(formed, on(DAY), first) == f"{best}/decision"
    with count_statements() as counted:
        await decide_recommendation(formed, on(date(2025, 3, 12)), second)
    assert counted.total == 14
    assert await load(formed.read, Decision) == [
        Decision(
            id=f"{best}/decision",
            recommendation=best,
            verdict=Verdict.CHANGED,
            reason="就近",
            by="r-01",
            on=date(2025, 3, 12),
            trainer="p-01",
            assistant="p-11",
        )
    ]


async def test_once_an_order_follows_the_decision_stands(formed: Store, ordered: Ordered) -> None:
    async with unchanged(formed):
        with pytest.raises(NotAllowedNow) as refused:
            await decide_recommendation(
                formed, on(date(2025, 3, 12)), Judgement(ordered.recommendation, Verdict.REFUSED, "改主意")
            )
    assert refused.value.field == "recommendation"
    assert len(await load(formed.read, TrainingOrder)) == 2


@pytest.mark.parametrize("verdict", [Verdict.CHANGED, Verdict.REFUSED])
async def test_a_change_or_a_refusal_needs_its_reason(formed: Store, verdict: Verdict) -> None:
    best = await issue(formed)
    other = "p-01" if verdict is Verdict.CHANGED else None
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await decide_recommendation(formed, on(DAY), Judgement(best, verdict, trainer=other))
    assert told(refused.value) == [("reason", "INVALID_INPUT")]


async def test_only_a_change_names_another_person_and_it_names_one(formed: Store) -> None:
    best = await issue(formed)
    async with unchanged(formed):
        with pytest.raises(Faults) as accepted:
            await decide_recommendation(formed, on(DAY), Judgement(best, Verdict.ACCEPTED, trainer="p-01"))
        with pytest.raises(Faults) as unchanging:
            await decide_recommendation(formed, on(DAY), Judgement(best, Verdict.CHANGED, "就近"))
    assert told(accepted.value) == [("trainer", "INVALID_INPUT")]
    assert told(unchanging.value) == [("trainer", "INVALID_INPUT")]


async def test_the_assistant_proposed_does_not_become_the_trainer_unless_replaced(formed: Store) -> None:
    best = await issue(formed)
    proposed = (await load_some(formed.read, Recommendation, [best]))[best]
    to_trainer = Judgement(best, Verdict.CHANGED, "就近", trainer=proposed.assistant)
    to_assistant = Judgement(best, Verdict.CHANGED, "就近", assistant=proposed.trainer)
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await decide_recommendation(formed, on(DAY), to_trainer)
        with pytest.raises(Faults) as other:
            await decide_recommendation(formed, on(DAY), to_assistant)
    assert told(refused.value) == [("trainer", "INVALID_INPUT")]
    assert told(other.value) == [("assistant", "INVALID_INPUT")]
    both = Judgement(best, Verdict.CHANGED, "就近", trainer=proposed.assistant, assistant="p-11")
    assert await decide_recommendation(formed, on(DAY), both) == f"{best}/decision"


async def test_a_teacher_in_need_does_not_become_the_trainer(formed: Store) -> None:
    best = await issue(formed)
    judged = Judgement(best, Verdict.CHANGED, "就近", trainer=NEEDY[0])
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await decide_recommendation(formed, on(DAY), judged)
    assert told(refused.value) == [("trainer", "INVALID_INPUT")]


async def test_the_teacher_of_a_clinic_does_not_become_his_own_assistant(formed: Store) -> None:
    need = await need_of(formed, "p-08")
    issued = await issue_recommendations(formed, on(DAY), Asked(ALLIANCE, (need,)), RULES)
    judged = Judgement(issued.recommendations[0], Verdict.CHANGED, "就近", assistant="p-08")
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await decide_recommendation(formed, on(DAY), judged)
    assert told(refused.value) == [("assistant", "INVALID_INPUT")]


async def test_one_of_those_in_need_may_assist_a_county_class(formed: Store) -> None:
    best = await issue(formed)
    judged = Judgement(best, Verdict.CHANGED, "就近", assistant=NEEDY[0])
    await decide_recommendation(formed, on(DAY), judged)
    assert [each.assistant for each in await load(formed.read, Decision)] == [NEEDY[0]]


async def test_an_imported_decision_is_replaced_in_its_own_row(formed: Store) -> None:
    best = await issue(formed)
    imported = Decision(
        id="d-1", recommendation=best, verdict=Verdict.REFUSED, reason="时间冲突", on=date(2025, 3, 10)
    )

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, [imported])

    await formed.write(work)
    assert await decide_recommendation(formed, on(DAY), Judgement(best, Verdict.ACCEPTED)) == "d-1"
    assert [(each.id, each.verdict) for each in await load(formed.read, Decision)] == [
        ("d-1", Verdict.ACCEPTED)
    ]


async def test_under_one_key_it_is_answered_as_at_first_after_midnight(formed: Store) -> None:
    first = await issue_recommendations(formed, on(DAY, "k"), Asked(ALLIANCE), RULES)
    tomorrow = DAY + timedelta(days=1)
    assert await issue_recommendations(formed, on(tomorrow, "k"), Asked(ALLIANCE), RULES) == first


async def test_all_that_is_wrong_with_a_decision_is_told_at_once(formed: Store) -> None:
    before = await everything(formed)
    judged = Judgement("r-none", Verdict.CHANGED, None, by="x-none", trainer="p-none", assistant="p-none")
    with pytest.raises(Faults) as refused:
        await decide_recommendation(formed, on(DAY), judged)
    assert sorted(told(refused.value)) == [
        ("assistant", "INVALID_INPUT"),
        ("assistant", "NOT_FOUND"),
        ("by", "NOT_FOUND"),
        ("reason", "INVALID_INPUT"),
        ("recommendation", "NOT_FOUND"),
        ("trainer", "NOT_FOUND"),
    ]
    assert await everything(formed) == before
