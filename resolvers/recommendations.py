"""Recommending orders, and what people decide of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from graph.errors import InvalidInput, NotAllowedNow, NotFound
from graph.model.needs import Need
from graph.model.people import Person
from graph.model.rules import Decision, Recommendation
from graph.model.terms import Verdict
from graph.nodes import load, load_some, save
from graph.store import Store, Transaction
from graph.writing import Event, Outcome, commit, read_unmoved
from recommender import orders
from recommender.orders import Recommended, Unserved
from recommender.rules import Rules
from resolvers.caller import Caller
from resolvers.lookup import Named, find_all, refuse_wrong
from resolvers.situation import ORDERING, load_situation

MOST_PROPOSALS = 10
"""More alternates than a person would read."""
_ORDER_EXISTS = (
    "MATCH (:Recommendation {id: $id})<-[:FOLLOWS]-(order:TrainingOrder) RETURN count(order) AS orders"
)
_DECIDED = "UNWIND $ids AS id MATCH (n:Recommendation {id: id})<-[:ON]-(:Decision) RETURN collect(DISTINCT n.id) AS ids"
_DECISIONS = "MATCH (:Recommendation {id: $id})<-[:ON]-(n:Decision)"


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom orders are wanted: the whole alliance, or only these needs; `top` proposals a case."""

    alliance: str
    needs: tuple[str, ...] = ()
    top: int = 3


@dataclass(frozen=True, slots=True)
class Issued:
    """Ids of the recommendations now kept, best first; the needs that no candidate could serve, and why."""

    recommendations: list[str]
    unserved: list[Unserved]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decides of a recommendation; a change or a refusal needs its reason."""

    recommendation: str
    verdict: Verdict
    reason: str | None = None
    by: str | None = None
    trainer: str | None = None
    assistant: str | None = None


async def recommend_orders(store: Store, caller: Caller, asked: Asked, rules: Rules) -> Recommended:
    """What the rules would propose now; nothing is kept. Raises NotFound, Busy."""

    async def work(transaction: Transaction) -> Recommended:
        return await _recommend(transaction, caller, asked, rules)

    return await read_unmoved(store, work)


async def issue_recommendations(store: Store, caller: Caller, asked: Asked, rules: Rules) -> Issued:
    """Keep what the rules propose now, with every contribution, for people to decide. Raises NotFound."""

    async def work(transaction: Transaction) -> Outcome:
        recommended = await _recommend(transaction, caller, asked, rules)
        proposed = [each.recommendation for each in recommended.proposals]
        # Issued again on the same day a proposal has the same id: what was decided on stays as it was read.
        decided = await _decided_among(transaction, [each.id for each in proposed])
        fresh = [each for each in recommended.proposals if each.recommendation.id not in decided]
        contributions = [one for each in fresh for one in each.contributions]
        await save(transaction.run, [*(each.recommendation for each in fresh), *contributions])
        answer: dict[str, object] = {
            "recommendations": [each.id for each in proposed],
            "unserved": [asdict(each) for each in recommended.unserved],
        }
        subjects = tuple(f"Recommendation:{each.id}" for each in proposed)
        events = tuple(Event("OrderRecommended", subject) for subject in subjects)
        return Outcome(answer, subjects, events)

    command = caller.command("issueRecommendations", asked)
    answer = await commit(store, command, work)
    return Issued(
        recommendations=list(answer["recommendations"]),  # type: ignore[call-overload]  # made above, or stored from it
        unserved=[Unserved(**each) for each in answer["unserved"]],  # type: ignore[attr-defined]  # the same
    )


async def decide_recommendation(store: Store, caller: Caller, judgement: Judgement) -> str:
    """Keep a person's decision; the decision's id. It may be changed until an order follows it.

    Raises Faults; NotAllowedNow once an order follows.
    """
    decision = Decision(
        id=f"{judgement.recommendation}/decision",
        recommendation=judgement.recommendation,
        verdict=judgement.verdict,
        reason=judgement.reason,
        by=judgement.by,
        on=caller.today,
        trainer=judgement.trainer,
        assistant=judgement.assistant,
    )

    async def work(transaction: Transaction) -> Outcome:
        people = [
            Named(Person, [getattr(judgement, field)], field) for field in ("by", "trainer", "assistant")
        ]
        asked = Named(Recommendation, [judgement.recommendation], "recommendation")
        wrong = await _same_person(transaction, judgement)
        await refuse_wrong(transaction.run, [decision], [asked, *people], others=wrong)
        await _refuse_once_ordered(transaction, judgement.recommendation)
        await save(transaction.run, [decision])
        return Outcome({"decision": decision.id}, (f"Recommendation:{judgement.recommendation}",))

    answer = await commit(store, caller.command("decideRecommendation", judgement), work)
    return str(answer["decision"])


async def _same_person(transaction: Transaction, judgement: Judgement) -> list[InvalidInput]:
    """A fault where the trainer chosen is the assistant proposed, or the other way round."""
    proposed = (await load_some(transaction.run, Recommendation, [judgement.recommendation])).get(
        judgement.recommendation
    )
    if proposed is None or (judgement.trainer is None) == (judgement.assistant is None):
        return []
    if (judgement.trainer or proposed.trainer) != (judgement.assistant or proposed.assistant):
        return []
    if judgement.trainer is not None:
        zh, en = (
            "此人是推荐的本土助教，请另选助教",
            "he is the assistant proposed: name another assistant, too",
        )
        return [InvalidInput("trainer", zh, en)]
    zh, en = "本土助教不能是培训者本人", "the assistant must not be the trainer himself"
    return [InvalidInput("assistant", zh, en)]


async def decision_on(transaction: Transaction, recommendation: str) -> Decision | None:
    """What was decided of a recommendation, None where nobody has decided."""
    decisions = await load(transaction.run, Decision, _DECISIONS, id=recommendation)
    return decisions[0] if decisions else None


async def _decided_among(transaction: Transaction, recommendations: list[str]) -> frozenset[str]:
    rows = await transaction.run(_DECIDED, ids=recommendations)
    return frozenset(rows[0]["ids"])  # type: ignore[call-overload, no-any-return]  # a collected list


async def has_order(transaction: Transaction, recommendation: str) -> bool:
    """Whether an order follows the recommendation."""
    rows = await transaction.run(_ORDER_EXISTS, id=recommendation)
    return rows[0]["orders"] != 0


async def _recommend(transaction: Transaction, caller: Caller, asked: Asked, rules: Rules) -> Recommended:
    if not 1 <= asked.top <= MOST_PROPOSALS:
        raise InvalidInput(
            "top",
            f"每项推荐数应为 1 到 {MOST_PROPOSALS}，得到的是 {asked.top}",
            f"top should be 1 to {MOST_PROPOSALS}, got {asked.top}",
        )
    situation = await load_situation(transaction.run, asked.alliance, caller.today, ORDERING, bookings=True)
    if asked.needs:
        await _refuse_strangers(transaction, asked, {each.id for each in situation.needs})
    # In a thread: it takes tenths of a second, and other requests shall not wait for it.
    return await asyncio.to_thread(
        orders.recommend_orders, situation, rules, needs=asked.needs or None, top=asked.top
    )


async def _refuse_strangers(transaction: Transaction, asked: Asked, here: set[str]) -> None:
    await find_all(transaction.run, Need, asked.needs, "needs")
    strangers: Sequence[str] = [id for id in asked.needs if id not in here]
    if strangers:
        raise NotFound(
            "needs",
            f"需求 {'、'.join(strangers)} 不属于联盟 {asked.alliance!r}",
            f"needs {', '.join(strangers)} are not of alliance {asked.alliance!r}",
            ids=strangers,
        )


async def _refuse_once_ordered(transaction: Transaction, recommendation: str) -> None:
    if await has_order(transaction, recommendation):
        raise NotAllowedNow(
            "recommendation",
            f"推荐 {recommendation!r} 已生成订单，决定不能再改",
            f"an order follows recommendation {recommendation!r}; its decision stands",
        )
