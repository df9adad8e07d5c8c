"""Recommending orders, and what people decide of it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date

from graph.compiler.visibility import EVERYTHING, Visibility
from graph.errors import InvalidInput, NotAllowedNow
from graph.model.needs import Need
from graph.model.people import Person
from graph.model.rules import Decision, Recommendation
from graph.model.terms import Verdict
from graph.nodes import Run, load, load_some, save
from graph.store import Store, Transaction
from graph.writing import Event, Outcome, commit, read_unmoved
from recommender import orders
from recommender.orders import Proposal, Recommended, Unserved
from recommender.rules import Rules
from resolvers.caller import Caller
from resolvers.checking import refuse_all
from resolvers.days import beyond_the_calendar
from resolvers.lookup import Named, find_all, load_seen, refuse_wrong
from resolvers.rights import (
    Right,
    allowed_among,
    refuse_beyond,
    refuse_role,
    seen_among,
    signature,
    whole_among,
)
from resolvers.situation import AS_OF, ORDERING, load_situation, refuse_strangers, with_seen_resources
from resolvers.taught import assisted_by_himself, trained_by_himself

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


async def recommend_orders(
    store: Store, caller: Caller, asked: Asked, rules: Rules, as_of: date | None = None
) -> Recommended:
    """What the rules would propose now, or as if it were that day; nothing is kept.

    With resources that the caller sees. Sentences of who trains, or last could, are empty where the caller
    does not see him whole, and who last could is then unnamed. Raises Forbidden, NotFound, Busy; InvalidInput
    where the needs asked for are not the alliance's on that day.
    """
    refuse_role(caller, "recommendOrders")

    async def work(transaction: Transaction) -> Recommended:
        found = await _recommend(transaction, caller, asked, rules, "recommendOrders", as_of)
        return await _told(transaction.run, caller.sight, found)

    return await read_unmoved(store, work)


async def issue_recommendations(store: Store, caller: Caller, asked: Asked, rules: Rules) -> Issued:
    """Keep what the rules propose now, with every contribution, for people to decide.

    Raises Forbidden, NotFound.
    """
    refuse_role(caller, "issueRecommendations")

    async def work(transaction: Transaction) -> Outcome:
        recommended = await _recommend(transaction, caller, asked, rules, "issueRecommendations")
        proposed = [each.recommendation for each in recommended.proposals]
        # Issued again on the same day a proposal has the same id: what was decided on stays as it was read.
        decided = await _decided_among(transaction, [each.id for each in proposed])
        fresh = [each for each in recommended.proposals if each.recommendation.id not in decided]
        contributions = [one for each in fresh for one in each.contributions]
        await save(transaction.run, [*(each.recommendation for each in fresh), *contributions])
        told = await _told(transaction.run, caller.sight, recommended)
        answer: dict[str, object] = {
            "recommendations": [each.id for each in proposed],
            "unserved": [asdict(each) for each in told.unserved],
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

    Raises Forbidden, Faults; NotAllowedNow once an order follows.
    """
    refuse_role(caller, "decideRecommendation")

    async def work(transaction: Transaction) -> Outcome:
        right = await _refuse_beyond(transaction, caller, judgement)
        people = [
            Named(Person, [getattr(judgement, field)], field) for field in ("by", "trainer", "assistant")
        ]
        asked = Named(Recommendation, [judgement.recommendation], "recommendation")
        signed = replace(judgement, by=signature(caller, right, judgement.by))
        decision = await _decision(transaction, signed, caller.today)
        wrong = await _wrong_people(transaction, caller, judgement)
        await refuse_wrong(transaction.run, [decision], [asked, *people], others=wrong, sight=caller.sight)
        await _refuse_once_ordered(transaction, judgement.recommendation)
        await save(transaction.run, [decision])
        return Outcome({"decision": decision.id}, (f"Recommendation:{judgement.recommendation}",))

    answer = await commit(store, caller.command("decideRecommendation", judgement), work)
    return str(answer["decision"])


async def _refuse_beyond(transaction: Transaction, caller: Caller, judgement: Judgement) -> Right | None:
    id = judgement.recommendation
    found = await load_some(transaction.run, Recommendation, [id]) if caller.sight is not EVERYTHING else {}
    needs = found[id].needs if id in found else ()
    targets, named = {"Recommendation": [id], "Need": needs}, {"Recommendation": [id]}
    return await refuse_beyond(
        transaction.run, caller, "decideRecommendation", targets, named=named, by=judgement.by
    )


async def _decision(transaction: Transaction, judgement: Judgement, today: date) -> Decision:
    """What is decided now, in the place of what was decided before: an imported one bears an id of its own."""
    before = await decision_on(transaction, judgement.recommendation)
    return Decision(
        id=f"{judgement.recommendation}/decision" if before is None else before.id,
        recommendation=judgement.recommendation,
        verdict=judgement.verdict,
        reason=judgement.reason,
        by=judgement.by,
        on=today,
        trainer=judgement.trainer,
        assistant=judgement.assistant,
    )


async def _wrong_people(transaction: Transaction, caller: Caller, judgement: Judgement) -> list[InvalidInput]:
    """Faults of the people chosen, beside the people proposed and those in need; none of what is not seen."""
    found = await load_seen(transaction.run, Recommendation, [judgement.recommendation], caller.sight)
    judgement = await _of_seen_people(transaction, caller, judgement)
    proposed = found.get(judgement.recommendation)
    if proposed is None or (judgement.trainer is None and judgement.assistant is None):
        return []
    # Of a need that he does not see he is not told whose it is; placing an order looks at all of them.
    needs = (await load_seen(transaction.run, Need, proposed.needs, caller.sight)).values()
    return [
        *_same_person(proposed, judgement),
        *trained_by_himself(needs, judgement.trainer, "trainer"),
        *assisted_by_himself(needs, proposed.form, judgement.assistant, "assistant"),
    ]


async def _of_seen_people(transaction: Transaction, caller: Caller, judgement: Judgement) -> Judgement:
    """The judgement without people whom the caller may not see: of them he hears that they are not there."""
    chosen = [each for each in (judgement.trainer, judgement.assistant) if each is not None]
    if caller.sight is EVERYTHING or not chosen:
        return judgement
    seen = await load_seen(transaction.run, Person, chosen, caller.sight)
    trainer, assistant = (each if each in seen else None for each in (judgement.trainer, judgement.assistant))
    return replace(judgement, trainer=trainer, assistant=assistant)


def _same_person(proposed: Recommendation, judgement: Judgement) -> list[InvalidInput]:
    """A fault where the trainer chosen is the assistant proposed, or the other way round."""
    if (judgement.trainer is None) == (judgement.assistant is None):
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


async def _recommend(
    transaction: Transaction,
    caller: Caller,
    asked: Asked,
    rules: Rules,
    verb: str,
    as_of: date | None = None,
) -> Recommended:
    run, day = transaction.run, as_of or caller.today
    targets = {"Alliance": [asked.alliance], "Need": asked.needs}
    await refuse_beyond(run, caller, verb, targets)
    if not 1 <= asked.top <= MOST_PROPOSALS:
        raise InvalidInput(
            "top",
            f"每项推荐数应为 1 到 {MOST_PROPOSALS}，得到的是 {asked.top}",
            f"top should be 1 to {MOST_PROPOSALS}, got {asked.top}",
        )
    refuse_all(beyond_the_calendar(AS_OF, day))
    every = await load_situation(run, asked.alliance, day, ORDERING, bookings=True)
    situation = await with_seen_resources(run, caller.sight, every)
    here = {each.id for each in situation.needs}
    wanted: Collection[str] | None = asked.needs or None
    if asked.needs:
        await find_all(run, Need, asked.needs, "needs", caller.sight)
        await refuse_strangers(run, asked.alliance, asked.needs, situation, caller.today)
    elif caller.sight is not EVERYTHING:
        wanted = await allowed_among(run, caller, verb, "Need", here)
    # In a thread: it takes tenths of a second, and other requests shall not wait for it.
    return await asyncio.to_thread(orders.recommend_orders, situation, rules, needs=wanted, top=asked.top)


async def _told(run: Run, sight: Visibility, found: Recommended) -> Recommended:
    """Without sentences on people whom the sight does not show whole; an assistant is only named in them."""
    made = [each.recommendation for each in found.proposals]
    last = [each.candidate for each in found.unserved if each.candidate is not None]
    known = await whole_among(run, sight, "Person", [*(each.trainer for each in made), *last])
    named = await seen_among(run, sight, "Person", [each.assistant for each in made if each.assistant])
    return Recommended(
        proposals=tuple(
            each
            if each.recommendation.trainer in known and each.recommendation.assistant in {None, *named}
            else _without_facts(each)
            for each in found.proposals
        ),
        unserved=tuple(
            each if each.candidate in {None, *known} else replace(each, candidate=None, zh="", en="")
            for each in found.unserved
        ),
    )


def _without_facts(proposal: Proposal) -> Proposal:
    untold = (replace(each, because_zh="", because_en="") for each in proposal.contributions)
    return replace(proposal, contributions=tuple(untold))


async def _refuse_once_ordered(transaction: Transaction, recommendation: str) -> None:
    if await has_order(transaction, recommendation):
        raise NotAllowedNow(
            "recommendation",
            f"推荐 {recommendation!r} 已生成订单，决定不能再改",
            f"an order follows recommendation {recommendation!r}; its decision stands",
        )
