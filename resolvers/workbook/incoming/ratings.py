"""Nobody rates his own training: feedback beside the orders, sessions and needs of file and store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.model.needs import Need
from graph.model.orders import Feedback, Session, TrainingOrder, is_own_training
from resolvers.workbook.faults import CellFault, Disagreement
from resolvers.workbook.incoming.drafts import Draft
from resolvers.workbook.known import KnownFeedback, KnownIds, KnownOrder


@dataclass(frozen=True, slots=True)
class _Trainings:
    """Session id → id of its order; order id → the order; need id → id of its teacher."""

    sessions: Mapping[str, object]
    orders: Mapping[str, KnownOrder]
    taught: Mapping[str, object]

    def order_of(self, session: object) -> str:
        return str(self.sessions.get(str(session)))

    def is_own(self, session: object, person: object) -> bool:
        """Whether that person trains in the order of that session, or assists and has no need there."""
        order = self.orders.get(self.order_of(session))
        if order is None or not isinstance(person, str):
            return False
        taught = {self.taught.get(need) for need in order.needs}
        return is_own_training(person, order.trainer, order.assistant, taught)


def rated_by_themselves(drafts: list[Draft], known: KnownIds) -> Iterator[CellFault]:
    """A fault for each row by which somebody rates a training in which he trains or assists.

    What the store has of it already is passed as long as session, person and rating stay the same: what was taken
    once must not keep an export from coming in again.
    """
    before, after = _before(known), _after(drafts, known)
    yield from _new_ratings(drafts, known.feedback, before, after)
    told = {draft.values.get("id") for draft in drafts if draft.cls is Feedback}
    by_id = {(draft.cls, draft.values.get("id")): draft for draft in drafts}
    for code, said in known.feedback.items():
        is_new = after.is_own(said.session, said.person) and not before.is_own(said.session, said.person)
        if is_new and code not in told:
            yield from _new_leaders(by_id, after, code, said)


def _new_ratings(
    drafts: list[Draft], stored: Mapping[str, KnownFeedback], before: _Trainings, after: _Trainings
) -> Iterator[CellFault]:
    for draft in drafts:
        session, person, rating = (draft.values.get(name) for name in ("session", "person", "rating"))
        if draft.cls is Feedback and after.is_own(session, person):
            is_kept = stored.get(str(draft.values.get("id"))) == (session, person, rating)
            if not (is_kept and before.is_own(session, person)):
                order = after.order_of(session)
                zh = f"此人是该场次所属订单 {order} 的培训者或助教，不能评价自己的培训，请改人员或删去本行"
                en = (
                    f"this person trains or assists in the order of that session ({order}): nobody rates his own "
                    "training; name another, or delete the row"
                )
                yield draft.fault(Disagreement, "person", zh, en, person)


def _new_leaders(
    by_id: Mapping[tuple[type, object], Draft], after: _Trainings, code: str, said: KnownFeedback
) -> Iterator[CellFault]:
    """The fault of the row that brings it about: the order's, else the session's, else that of the person's need."""
    of_order = after.order_of(said.session)
    order, session = by_id.get((TrainingOrder, of_order)), by_id.get((Session, said.session))
    zh = f"{said.person} 已评价场次 {said.session}（库中 {code}），不能是该订单的培训者或助教，请另选"
    en = (
        f"{said.person} has rated session {said.session} ({code} of the store), and can't train or assist in its "
        "order: name another"
    )
    if order is not None:
        field = "trainer" if order.values.get("trainer") == said.person else "assistant"
        yield order.fault(Disagreement, field, zh, en, said.person)
    elif session is not None:
        yield session.fault(Disagreement, "order", zh, en, of_order)
    else:
        needs = (by_id.get((Need, each)) for each in after.orders[of_order].needs)
        for need in needs:
            if need is not None:
                yield need.fault(Disagreement, "teacher", zh, en, need.values.get("teacher"))


def _before(known: KnownIds) -> _Trainings:
    return _Trainings(known.sessions, known.orders, known.taught)


def _after(drafts: list[Draft], known: KnownIds) -> _Trainings:
    """As they would stand after the import; what is at fault in a row is nobody."""
    sessions: dict[str, object] = {**known.sessions}
    orders = {**known.orders}
    taught: dict[str, object] = {**known.taught}
    for draft in drafts:
        code = str(draft.values.get("id"))
        if draft.cls is Session:
            sessions[code] = draft.values.get("order")
        elif draft.cls is TrainingOrder:
            orders[code] = _order_of(draft)
        elif draft.cls is Need:
            taught[code] = draft.values.get("teacher")
    return _Trainings(sessions, orders, taught)


def _order_of(draft: Draft) -> KnownOrder:
    topic, trainer, assistant = (
        str(value) if value is not None else ""
        for value in (draft.values.get(name) for name in ("topic", "trainer", "assistant"))
    )
    needs = draft.values.get("needs")
    return KnownOrder(topic, trainer, assistant or None, needs if isinstance(needs, tuple) else ())
