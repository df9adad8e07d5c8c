"""Delivering: what happened in a session, who came, what they said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from graph.errors import InvalidInput, NotAllowedNow
from graph.model.made_ids import made_id
from graph.model.needs import Need
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.people import Person
from graph.model.terms import OrderStatus, Rung
from graph.nodes import load, save
from graph.store import Store, Transaction
from graph.writing import Outcome, commit
from recommender.diagnosis.deliveries import delivered, followers
from recommender.diagnosis.rechecks import reopened_by_feedback
from recommender.rules import Rules
from resolvers.caller import Caller
from resolvers.checking import named_twice, refuse_all, refuse_faulty
from resolvers.days import wrong_days
from resolvers.diagnosis import reopenings
from resolvers.lookup import Named, find, find_all, refuse_wrong
from resolvers.rights import refuse_beyond, refuse_role, seen_among
from resolvers.taught import judged_by_himself

_OF_ORDER = "MATCH (:TrainingOrder {id: $order})<-[:OF]-(n:Session)"
_OF_NEEDS = (
    "UNWIND $needs AS id MATCH (:Need {id: id})<-[:FOR]-(order:TrainingOrder) WITH DISTINCT order AS n"
)
_AT_SESSION = "MATCH (:Session {id: $session})<-[:AT]-(n:Attendance)"
_SAID = "MATCH (:Session {id: $session})<-[:ON]-(n:Feedback)"
_SAID_ALREADY = "MATCH (:Session {id: $session})<-[:ON]-(n:Feedback)-[:OF]->(:Person {id: $person})"


@dataclass(frozen=True, slots=True)
class Part:
    """What one person did in a session."""

    person: str
    rung: Rung


@dataclass(frozen=True, slots=True)
class Delivery:
    """A session as it was held; hours are 学时, more than 0."""

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
    corrects. Raises Forbidden, Faults, InvalidInput, NotFound.
    """
    refuse_role(caller, "deliverSession")
    if not delivery.parts:
        raise InvalidInput("roles", "至少填写一位主讲或参与者的角色", "name at least one person and his role")

    async def work(transaction: Transaction) -> Outcome:
        await refuse_beyond(transaction.run, caller, "deliverSession", {"Session": [delivery.session]})
        people = [part.person for part in delivery.parts]
        asked = [Named(Session, [delivery.session], "session"), Named(Person, people, "roles.{place}.person")]
        wrong = _wrong_in(delivery, caller.today)
        await refuse_wrong(transaction.run, [], asked, others=wrong, sight=caller.sight)
        session = await find(transaction.run, Session, delivery.session, "session")
        order = await find(transaction.run, TrainingOrder, session.order, "session")
        refuse_all(wrong_days("on", delivery.on, today=caller.today, since=order.placed_on))
        held = replace(session, delivered_on=delivery.on, hours=delivery.hours)
        roles = [_capability(held, order, part, delivery.on) for part in delivery.parts]
        refuse_faulty([held, *roles])
        series = [held if each.id == held.id else each for each in await _series(transaction, order.id)]
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
        await _refuse_absent_who_spoke(transaction, caller, session, presences)
        known = await _attendances(transaction, session)
        kept = [_attendance(session, each, known.get(each.person)) for each in presences]
        await save(transaction.run, kept)
        return Outcome({"attendances": [each.id for each in kept]}, (f"Session:{session}",))

    wish = {"session": session, "presences": [(each.person, each.present) for each in presences]}
    answer = await commit(store, caller.command("recordAttendance", wish), work)
    return list(answer["attendances"])  # type: ignore[call-overload, no-any-return]  # made above, or stored from it


async def give_feedback(store: Store, caller: Caller, opinion: Opinion, rules: Rules) -> FeedbackGiven:
    """Keep what a participant says; a poor rating reopens his own need, and no other.

    What he says of an earlier order reopens nothing that was ordered anew. Given again, it replaces
    what he said before. Raises Forbidden, Faults (for who trains or assists there, too), NotFound, NotAllowedNow
    before the session is delivered, for somebody who was neither expected nor present, and for somebody
    recorded as absent.
    """
    refuse_role(caller, "giveFeedback")

    async def work(transaction: Transaction) -> Outcome:
        await refuse_beyond(transaction.run, caller, "giveFeedback", {"Person": [opinion.person]})
        feedback = await _feedback(transaction, opinion)
        asked = [Named(Session, [opinion.session], "session"), Named(Person, [opinion.person], "person")]
        await refuse_wrong(transaction.run, [feedback], asked, sight=caller.sight)
        session = await _delivered_session(transaction, opinion.session)
        refuse_all(wrong_days("on", opinion.on, today=caller.today, since=session.delivered_on))
        await _refuse_absent(transaction, opinion)
        order = await find(transaction.run, TrainingOrder, session.order, "session")
        needs = await find_all(transaction.run, Need, order.needs, "session")
        refuse_all(judged_by_himself(order, needs, opinion.person, "person"))
        following = await _following(transaction, order, needs)
        judged = (reopened_by_feedback(need, feedback, order, rules) for need in following)
        reopened = [need for need in judged if need is not None]
        await save(transaction.run, [feedback, *reopened])
        answer: dict[str, object] = {"feedback": feedback.id, "reopened": [need.id for need in reopened]}
        subjects = (f"Feedback:{feedback.id}", *(f"Need:{need.id}" for need in reopened))
        return Outcome(answer, subjects, tuple(reopenings(reopened)))

    answer = await commit(store, caller.command("giveFeedback", opinion), work)
    return FeedbackGiven(**answer)  # type: ignore[arg-type]  # the answer was made above, or stored from it


def _wrong_in(delivery: Delivery, today: date) -> list[InvalidInput]:
    wrong = [*wrong_days("on", delivery.on, today=today)]
    if not delivery.hours > 0:
        zh, en = "学时应大于 0", "the hours must be more than 0"
        wrong.append(InvalidInput("hours", zh, en, value=delivery.hours))
    return [*wrong, *named_twice([part.person for part in delivery.parts], "roles.{place}.person")]


def _capability(session: Session, order: TrainingOrder, part: Part, on: date) -> Capability:
    return Capability(
        id=made_id("Capability", session.id, part.person),
        session=session.id,
        person=part.person,
        topic=order.topic,
        rung=part.rung,
        on=on,
    )


async def _series(transaction: Transaction, order: str) -> list[Session]:
    return await load(transaction.run, Session, _OF_ORDER, order=order)


async def _expected(transaction: Transaction, session: Session, needs: list[Need]) -> list[Attendance]:
    """Those in need who are not on the list yet; what is known of the others stays."""
    known = await _attendances(transaction, session.id)
    teachers = sorted({need.teacher for need in needs if need.teacher is not None} - known.keys())
    return [
        Attendance(id=_attendance_id(session.id, person), session=session.id, person=person, expected=True)
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


async def _attendances(transaction: Transaction, session: str) -> dict[str, Attendance]:
    """The list of a session by person: an imported one bears ids of the office's own."""
    listed = await load(transaction.run, Attendance, _AT_SESSION, session=session)
    return {each.person: each for each in listed}


def _attendance_id(session: str, person: str) -> str:
    """The id that a workbook's row without one gets, too. Joined by "/", the ids of two pairs might read alike."""
    return made_id("Attendance", session, person)


def _attendance(session: str, presence: Presence, before: Attendance | None) -> Attendance:
    if before is not None:
        return replace(before, present=presence.present)
    return Attendance(
        id=_attendance_id(session, presence.person),
        session=session,
        person=presence.person,
        expected=False,
        present=presence.present,
    )


async def _feedback(transaction: Transaction, opinion: Opinion) -> Feedback:
    """What is said now, in the place of what the same person said of that session before."""
    said = await load(
        transaction.run, Feedback, _SAID_ALREADY, session=opinion.session, person=opinion.person
    )
    return Feedback(
        id=said[0].id if said else made_id("Feedback", opinion.session, opinion.person, opinion.on),
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


async def _refuse_absent_who_spoke(
    transaction: Transaction, caller: Caller, session: str, presences: tuple[Presence, ...]
) -> None:
    """Feedback is expected from those present only: what was received must not exceed it."""
    absent = {each.person for each in presences if not each.present}
    if not absent:
        return
    given = await load(transaction.run, Feedback, _SAID, session=session)
    against = {each.id for each in given if each.person in absent}
    if await seen_among(transaction.run, caller.sight, "Feedback", against) != against:
        raise NotAllowedNow(
            "session",
            "名单中有未到登记与该场次已有记录不符，请联系本县教研员",
            "an absence in this list does not agree with what is kept of the session;"
            " ask a research officer of the county",
        )
    said = {each.person for each in given}
    refuse_all(
        NotAllowedNow(
            f"presences.{place}.present",
            f"{each.person!r} 已评价该场次，不能登记为未到",
            f"{each.person!r} has given feedback on that session and can't be recorded as absent",
        )
        for place, each in enumerate(presences)
        if not each.present and each.person in said
    )


async def _refuse_absent(transaction: Transaction, opinion: Opinion) -> None:
    """Who was there may judge, and who was expected while nothing is recorded of him."""
    known = (await _attendances(transaction, opinion.session)).get(opinion.person)
    if known is not None and known.present is False:
        raise NotAllowedNow(
            "person",
            f"{opinion.person!r} 在场次 {opinion.session!r} 登记为未到；如有误，请先更正签到",
            f"{opinion.person!r} is recorded as absent from session {opinion.session!r};"
            " correct the attendance first",
        )
    if known is None:
        raise NotAllowedNow(
            "person",
            f"{opinion.person!r} 既不在应到名单也未签到，不能评价该场次",
            f"{opinion.person!r} was neither expected nor present at that session",
        )
