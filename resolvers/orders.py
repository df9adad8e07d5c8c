"""Placing training orders: from a decided recommendation, or by a person's own choice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from graph.compiler.visibility import EVERYTHING
from graph.errors import InvalidInput, NotAllowedNow
from graph.model.alliance import School, Semester
from graph.model.made_ids import made_id
from graph.model.needs import Need, Topic
from graph.model.orders import Session, TrainingOrder
from graph.model.people import Person
from graph.model.resources import Resource
from graph.model.rules import Recommendation
from graph.model.terms import GradeBand, NeedStatus, OrderForm, OrderStatus, Subject, Verdict
from graph.nodes import save
from graph.store import Store, Transaction
from graph.writing import Outcome, commit
from recommender.rules import Rules
from resolvers.caller import Caller
from resolvers.checking import refuse_all, refuse_faulty
from resolvers.locals import is_local
from resolvers.lookup import Named, find, find_all, load_seen, refuse_wrong
from resolvers.recommendations import decision_on, has_order
from resolvers.rights import given, refuse_beyond, refuse_role
from resolvers.taught import assisted_by_himself, trained_by_himself
from resolvers.timetable import early_days, impossible_days, plan_sessions, series_too_late

_EARLIER = (
    "UNWIND $needs AS need MATCH (:Need {id: need})<-[:FOR]-(order:TrainingOrder)"
    " WITH DISTINCT order.id AS id ORDER BY id RETURN collect(id) AS ids"
)
WAITING = (NeedStatus.OPEN, NeedStatus.REOPENED)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person puts together without a recommendation."""

    needs: tuple[str, ...]
    trainer: str
    topic: str
    form: OrderForm
    assistant: str | None = None
    resources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placing:
    """An order to place: exactly one of `recommendation` and `choice`; sessions begin on `start`.

    `days` plans the sessions by hand (each day one session, the last the follow-up); empty means as
    the rules plan them.
    """

    start: date
    recommendation: str | None = None
    choice: Choice | None = None
    school: str | None = None
    semester: str | None = None
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """The order, its planned sessions, and what makes ability unlikely to stay behind.

    `one_off`: it is a single visit, all its sessions on one day; `no_local`: the trainer is no local and
    nobody local assists him.
    """

    order: str
    sessions: list[str]
    one_off: bool
    no_local: bool = False


async def place_order(store: Store, caller: Caller, placing: Placing, rules: Rules) -> OrderPlaced:
    """Place an order with its planned sessions; its needs become ORDERED.

    Raises Forbidden, InvalidInput, NotFound; Faults with each day that can't be: beyond the calendar, too full,
    before the recommendation was issued or the first of the chosen needs was formed; NotAllowedNow when
    nobody accepted the recommendation, an order follows it already, or a need waits no more.
    """
    refuse_role(caller, "placeOrder")
    _refuse_misput(placing, rules)

    async def work(transaction: Transaction) -> Outcome:
        await _refuse_beyond(transaction, caller, placing)
        choice, needs = await _content(transaction, caller, placing)
        earlier = await transaction.run(_EARLIER, needs=list(choice.needs))
        order = _order_of(placing, choice, needs, caller.today, earlier[0]["ids"])
        sessions = plan_sessions(order, placing.start, placing.days, rules)
        refuse_all(series_too_late(sessions))
        refuse_faulty([order, *sessions], _place(placing))
        ordered = [
            replace(need, status=NeedStatus.ORDERED, ordered_on=need.ordered_on or caller.today)
            for need in needs
        ]
        await save(transaction.run, [order, *sessions, *ordered])
        subjects = (f"TrainingOrder:{order.id}", *(f"Need:{need.id}" for need in needs))
        return Outcome(await _answer(transaction, order, sessions, caller.today), subjects)

    answer = await commit(store, caller.command("placeOrder", placing), work)
    return OrderPlaced(**answer)  # type: ignore[arg-type]  # the answer was made above, or stored from it


def _refuse_misput(placing: Placing, rules: Rules) -> None:
    """What is wrong whatever the graph holds."""
    if (placing.recommendation is None) == (placing.choice is None):
        raise InvalidInput(
            "recommendation",
            "推荐与自选内容必须且只能填一个",
            "give exactly one of recommendation and choice",
        )
    refuse_all(impossible_days(placing.start, placing.days, rules))


async def _content(transaction: Transaction, caller: Caller, placing: Placing) -> tuple[Choice, list[Need]]:
    """What is ordered, and the needs that it serves, when nothing speaks against it."""
    place = _place(placing)
    choice = placing.choice or await _decided(transaction, caller, placing)
    # What a recommendation names is no input: its trainer may be somebody whom the caller does not see.
    named = _where(placing) if placing.choice is None else [*_chosen(choice, place), *_where(placing)]
    await refuse_wrong(transaction.run, [], named, sight=caller.sight)
    needs = await find_all(transaction.run, Need, choice.needs, _within(place, "needs"))
    _refuse_served(needs, _within(place, "needs"))
    _refuse_self_taught(choice, needs, place)
    if placing.choice is not None:
        first = min(need.formed_on for need in needs)
        told = ("最早一条需求的形成日期", "the day on which the first need was formed")
        refuse_all(early_days(placing.start, placing.days, first, *told))
    return choice, needs


async def _answer(
    transaction: Transaction, order: TrainingOrder, sessions: list[Session], today: date
) -> dict[str, object]:
    """The fields of `OrderPlaced`."""
    return {
        "order": order.id,
        "sessions": [each.id for each in sessions],
        "one_off": len({each.planned_on for each in sessions}) == 1,
        "no_local": order.assistant is None and not await is_local(transaction, order.trainer, today),
    }


async def _refuse_beyond(transaction: Transaction, caller: Caller, placing: Placing) -> None:
    """Only for needs of his own: those chosen, or all that the recommendation would serve."""
    run, verb = transaction.run, "placeOrder"
    if placing.choice is not None:
        await refuse_beyond(run, caller, verb, {"Need": placing.choice.needs})
    elif caller.sight is not EVERYTHING:
        found = await load_seen(run, Recommendation, given(placing.recommendation), caller.sight)
        needs = [need for each in found.values() for need in each.needs]
        await refuse_beyond(run, caller, verb, {"Need": needs}, named={})


async def _decided(transaction: Transaction, caller: Caller, placing: Placing) -> Choice:
    id = placing.recommendation or ""
    recommendation = await find(transaction.run, Recommendation, id, "recommendation", caller.sight)
    decision = await decision_on(transaction, id)
    if decision is None or decision.verdict is Verdict.REFUSED:
        raise NotAllowedNow(
            "recommendation",
            f"推荐 {id!r} 尚未被采纳，不能下单；请先作出决定",
            f"recommendation {id!r} is not accepted; decide on it first",
        )
    if await has_order(transaction, id):
        raise NotAllowedNow(
            "recommendation",
            f"推荐 {id!r} 已生成订单；需求重新打开后请重新生成推荐",
            f"an order follows recommendation {id!r} already; issue recommendations anew for a reopened need",
        )
    told = ("推荐日期", "the day of the recommendation")
    refuse_all(early_days(placing.start, placing.days, recommendation.issued_on, *told))
    return Choice(
        needs=recommendation.needs,
        trainer=decision.trainer or recommendation.trainer,
        topic=recommendation.topic,
        form=recommendation.form,
        assistant=decision.assistant or recommendation.assistant,
        resources=recommendation.resources,
    )


def _place(placing: Placing) -> str:
    """The part of the input in which the order's content stands."""
    return "" if placing.choice is None else "choice"


def _within(place: str, field: str) -> str:
    return f"{place}.{field}" if place else field


def _refuse_served(needs: list[Need], field: str) -> None:
    served = [need for need in needs if need.status not in WAITING]
    if served or not needs:
        told = "、".join(f"{need.id}（{need.status.zh}）" for need in served)
        raise NotAllowedNow(
            field,
            f"这些需求当前不在等待响应：{told}" if needs else "订单至少对应一条需求",
            f"these needs do not wait for an order: {', '.join(f'{n.id} ({n.status.en})' for n in served)}"
            if needs
            else "an order serves at least one need",
            ids=[need.id for need in served],
        )


def _refuse_self_taught(choice: Choice, needs: list[Need], place: str) -> None:
    trainer, assistant = (
        _within(place, role) if place else "recommendation" for role in ("trainer", "assistant")
    )
    refuse_all(
        [
            *trained_by_himself(needs, choice.trainer, trainer),
            *assisted_by_himself(needs, choice.form, choice.assistant, assistant),
        ]
    )


def _chosen(choice: Choice, place: str) -> list[Named]:
    return [
        Named(Need, choice.needs, _within(place, "needs")),
        Named(Person, [choice.trainer], _within(place, "trainer")),
        Named(Person, [choice.assistant], _within(place, "assistant")),
        Named(Topic, [choice.topic], _within(place, "topic")),
        Named(Resource, choice.resources, _within(place, "resources")),
    ]


def _where(placing: Placing) -> list[Named]:
    return [
        Named(School, [placing.school], "school"),
        Named(Semester, [placing.semester], "semester"),
    ]


def _order_of(
    placing: Placing, choice: Choice, needs: list[Need], today: date, earlier: object
) -> TrainingOrder:
    first = min(needs, key=lambda need: need.id)
    # A need may be reopened and ordered again from the same trainer on the day of its first order.
    content = (placing.recommendation, sorted(choice.needs), choice.trainer, today, earlier)
    return TrainingOrder(
        id=made_id("TrainingOrder", *content),
        recommendation=placing.recommendation,
        needs=tuple(sorted(choice.needs)),
        topic=choice.topic,
        subject=_shared([need.subject for need in needs], Subject.GENERAL),
        grade_band=_shared_band(needs, first.grade_band),
        form=choice.form,
        trainer=choice.trainer,
        assistant=choice.assistant,
        resources=choice.resources,
        school=placing.school,
        semester=placing.semester,
        status=OrderStatus.PLACED,
        placed_on=today,
    )


def _shared(subjects: list[Subject], otherwise: Subject) -> Subject:
    return subjects[0] if len(set(subjects)) == 1 else otherwise


def _shared_band(needs: list[Need], first: GradeBand | None) -> GradeBand | None:
    return first if len({need.grade_band for need in needs}) == 1 else None
