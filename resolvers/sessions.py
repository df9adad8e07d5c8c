"""Delivering: what happened in a session, who came, what they said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.errors import InvalidInput, NotAllowedNow
from graph.model.check import faults_in
from graph.model.made_ids import made_id
from graph.model.needs import Need
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.people import Person
from graph.model.terms import OrderStatus, Rung
from graph.nodes import load, save
from graph.store import Store, Transaction
from graph.writing import Outcome, commit
from recommender.diagnosis.deliveries import delivered, followers
from recommender.rules import Rules
from resolvers.attendance import (
    attendance_id,
    attendances_of,
    refuse_absences_of_who_spoke,
    refuse_who_was_not_there,
)
from resolvers.caller import Caller
from resolvers.checking import named_twice, refuse_all, refuse_faulty
from resolvers.days import wrong_days
from resolvers.diagnosis import reopenings
from resolvers.hours import beyond_a_day
from resolvers.lookup import Named, find, find_all, refuse_wrong
from resolvers.ratings import moved_by, said_before
from resolvers.rights import refuse_beyond, refuse_role
from resolvers.taught import judged_by_himself
from resolvers.timetable import series_of

_OF_NEEDS = (
    "UNWIND $needs AS id MATCH (:Need {id: id})<-[:FOR]-(order:TrainingOrder) WITH DISTINCT order AS n"
)
_LEADS_FROM = Rung.CO_LED.height


@dataclass(frozen=True, slots=True)
class Part:
    """What one person did in a session."""

    person: str
    rung: Rung


@dataclass(frozen=True, slots=True)
class Delivery:
    """A session as it was held; hours are 学时, more than 0; at least one of the parts is CO_LED or higher."""

    session: str
    on: date
    hours: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether one person came."""

    person: str
    present: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a participant says of a session: 1 (poor) to 5 (good)."""

    session: str
    person: str
    rating: int
    on: date
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """The feedback kept, and the needs of that teacher that it reopened."""

    feedback: str
    reopened: list[str]


async def deliver_session(store: Store, caller: Caller, delivery: Delivery) -> str:
    """Keep a session as delivered: each role becomes a capability, each teacher in need is expected.

    The needs become DELIVERED with the last training session (a follow-up may still be ahead), the
    order with its last session; a need ordered anew follows its latest order only. Told again, it
    corrects. Raises Forbidden, NotFound; Faults, also where nobody led or a person's day is longer than a day.
    """
    refuse_role(caller, "deliverSession")

    async def work(transaction: Transaction) -> Outcome:
        await refuse_beyond(transaction.run, caller, "deliverSession", {"Session": [delivery.session]})
        people = [part.person for part in delivery.parts]
        asked = [Named(Session, [delivery.session], "session"), Named(Person, people, "roles.{place}.person")]
        wrong = _wrong_in(delivery, caller.today)
        await refuse_wrong(transaction.run, [], asked, others=wrong, sight=caller.sight)
        session = await find(transaction.run, Session, delivery.session, "session")
        order = await find(transaction.run, TrainingOrder, session.order, "session")
        held = replace(session, delivered_on=delivery.on, hours=delivery.hours)
        early = wrong_days("on", delivery.on, today=caller.today, since=order.placed_on)
        refuse_all([*early, *await beyond_a_day(transaction.run, caller.sight, held, people)])
        roles = [_capability(held, order, part, delivery.on) for part in delivery.parts]
        refuse_faulty([held, *roles])
        series = [held if each.id == held.id else each for each in await series_of(transaction.run, order.id)]
        needs = await find_all(transaction.run, Need, order.needs, "session")
        expected = await _expected(transaction, held, needs)
        following = await _following(transaction, order, needs)
        judged = (delivered(need, order, series, max(caller.today, delivery.on)) for need in following)
        done = [need for need in judged if need is not None]
        moved = replace(order, status=_status_of(series))
        await _drop_roles(transaction, held, roles)
        await save(transaction.run, [held, *roles, *expected, *done, moved])
        return Outcome({"session": held.id}, (f"Session:{held.id}", f"TrainingOrder:{order.id}"))

    answer = await commit(store, caller.command("deliverSession", delivery), work)
    return str(answer["session"])


async def record_attendance(
    store: Store, caller: Caller, session: str, presences: tuple[Presence, ...]
) -> list[str]:
    """Keep who came; who was not expected is kept as a guest. The ids of the attendances.

    Raises Forbidden, InvalidInput, NotFound, NotAllowedNow before the session is delivered; Faults for an
    absence of somebody whose feedback is kept.
    """
    refuse_role(caller, "recordAttendance")
    if not presences:
        raise InvalidInput("presences", "至少填写一人", "name at least one person")

    async def work(transaction: Transaction) -> Outcome:
        await refuse_beyond(transaction.run, caller, "recordAttendance", {"Session": [session]})
        people = [each.person for each in presences]
        asked = [Named(Session, [session], "session"), Named(Person, people, "presences.{place}.person")]
        twice = named_twice(people, "presences.{place}.person")
        await refuse_wrong(transaction.run, [], asked, others=twice, sight=caller.sight)
        await _delivered_session(transaction, session)
        absences = {place: each.person for place, each in enumerate(presences) if not each.present}
        await refuse_absences_of_who_spoke(transaction.run, caller.sight, session, absences)
        known = await attendances_of(transaction.run, session)
        kept = [_attendance(session, each, known.get(each.person)) for each in presences]
        await save(transaction.run, kept)
        return Outcome({"attendances": [each.id for each in kept]}, (f"Session:{session}",))

    wish = {"session": session, "presences": [(each.person, each.present) for each in presences]}
    answer = await commit(store, caller.command("recordAttendance", wish), work)
    return list(answer["attendances"])  # type: ignore[call-overload, no-any-return]  # made above, or stored from it


async def give_feedback(store: Store, caller: Caller, opinion: Opinion, rules: Rules) -> FeedbackGiven:
    """Keep what a participant says; a poor rating reopens his own need, and no other.

    What he says of an earlier order reopens nothing that was ordered anew. Given again, it replaces
    what he said before; a need that only that had reopened stands as before it. Raises Forbidden,
    NotFound; Faults, also for who trains or assists there; NotAllowedNow before the session is delivered,
    and for somebody who was neither expected nor present, or is recorded as absent.
    """
    refuse_role(caller, "giveFeedback")

    async def work(transaction: Transaction) -> Outcome:
        await refuse_beyond(transaction.run, caller, "giveFeedback", {"Person": [opinion.person]})
        before = await said_before(transaction.run, opinion.session, opinion.person)
        feedback = _feedback(opinion, before)
        asked = [Named(Session, [opinion.session], "session"), Named(Person, [opinion.person], "person")]
        await refuse_wrong(transaction.run, [feedback], asked, sight=caller.sight)
        session = await _delivered_session(transaction, opinion.session)
        refuse_all(wrong_days("on", opinion.on, today=caller.today, since=session.delivered_on))
        await refuse_who_was_not_there(transaction.run, opinion.session, opinion.person)
        order = await find(transaction.run, TrainingOrder, session.order, "session")
        needs = await find_all(transaction.run, Need, order.needs, "session")
        refuse_all(judged_by_himself(order, needs, opinion.person, "person"))
        following = await _following(transaction, order, needs)
        moved = await moved_by(transaction.run, feedback, before, order, following, caller.today, rules)
        await save(transaction.run, [feedback, *moved.reopened, *moved.corrected])
        answer: dict[str, object] = {
            "feedback": feedback.id,
            "reopened": [need.id for need in moved.reopened],
        }
        needs_moved = (f"Need:{need.id}" for need in (*moved.reopened, *moved.corrected))
        return Outcome(answer, (f"Feedback:{feedback.id}", *needs_moved), tuple(reopenings(moved.reopened)))

    answer = await commit(store, caller.command("giveFeedback", opinion), work)
    return FeedbackGiven(**answer)  # type: ignore[arg-type]  # the answer was made above, or stored from it


def _wrong_in(delivery: Delivery, today: date) -> list[InvalidInput]:
    return [
        *wrong_days("on", delivery.on, today=today),
        *faults_in(Session, {"hours": delivery.hours}),
        *named_twice([part.person for part in delivery.parts], "roles.{place}.person"),
        *_led_by_nobody(delivery.parts),
    ]


def _led_by_nobody(parts: Sequence[Part]) -> Iterator[InvalidInput]:
    """A fault where no part is a leading one: the local share of what was delivered is read from who led."""
    if not any(part.rung.height >= _LEADS_FROM for part in parts):
        rungs = [rung for rung in Rung if rung.height >= _LEADS_FROM]
        yield InvalidInput(
            "roles",
            f"没有人主讲；至少有一人的角色为{'、'.join(each.zh for each in rungs)}",
            f"nobody led the session; at least one role is {' or '.join(each.name for each in rungs)}",
        )


def _capability(session: Session, order: TrainingOrder, part: Part, on: date) -> Capability:
    return Capability(
        id=made_id("Capability", session.id, part.person),
        session=session.id,
        person=part.person,
        topic=order.topic,
        rung=part.rung,
        on=on,
    )


async def _expected(transaction: Transaction, session: Session, needs: list[Need]) -> list[Attendance]:
    """Those in need who are not on the list yet; what is known of the others stays."""
    known = await attendances_of(transaction.run, session.id)
    teachers = sorted({need.teacher for need in needs if need.teacher is not None} - known.keys())
    return [
        Attendance(id=attendance_id(session.id, person), session=session.id, person=person, expected=True)
        for person in teachers
    ]


async def _following(transaction: Transaction, order: TrainingOrder, needs: list[Need]) -> list[Need]:
    """Those of the order's needs that were not ordered anew since."""
    orders = await load(transaction.run, TrainingOrder, _OF_NEEDS, needs=list(order.needs))
    return followers(order, needs, orders)


def _status_of(series: list[Session]) -> OrderStatus:
    held = all(each.delivered_on is not None for each in series)
    return OrderStatus.DELIVERED if held else OrderStatus.UNDER_WAY


async def _drop_roles(transaction: Transaction, session: Session, roles: list[Capability]) -> None:
    """A corrected delivery takes back the roles that it no longer names."""
    await transaction.run(
        "MATCH (:Session {id: $session})<-[:FROM]-(n:Capability) WHERE NOT n.id IN $kept DETACH DELETE n",
        session=session.id,
        kept=[role.id for role in roles],
    )


def _attendance(session: str, presence: Presence, before: Attendance | None) -> Attendance:
    if before is not None:
        return replace(before, present=presence.present)
    return Attendance(
        id=attendance_id(session, presence.person),
        session=session,
        person=presence.person,
        expected=False,
        present=presence.present,
    )


def _feedback(opinion: Opinion, before: Feedback | None) -> Feedback:
    """What is said now, in the place of what the same person said of that session before."""
    made = made_id("Feedback", opinion.session, opinion.person, opinion.on)
    return Feedback(
        id=made if before is None else before.id,
        session=opinion.session,
        person=opinion.person,
        rating=opinion.rating,
        remark=opinion.remark,
        on=opinion.on,
    )


async def _delivered_session(transaction: Transaction, id: str) -> Session:
    session = await find(transaction.run, Session, id, "session")
    if session.delivered_on is None:
        raise NotAllowedNow(
            "session",
            f"场次 {id!r} 尚未实施，请先登记实施情况",
            f"session {id!r} is not delivered yet; deliver it first",
        )
    return session
