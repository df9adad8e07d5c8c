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
        return isinstance(person, str) and self.is_led_by(person, order)

    def is_led_by(self, person: str, order: KnownOrder | None) -> bool:
        """Whether that person trains in the order, or assists and has no need there; nobody does in None."""
        if order is None:
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
            yield from _new_leaders(by_id, before, after, code, said)


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
    by_id: Mapping[tuple[type, object], Draft],
    before: _Trainings,
    after: _Trainings,
    code: str,
    said: KnownFeedback,
) -> Iterator[CellFault]:
    """The fault of the row that brings it about: the order's, else the session's, else that of the person's need.

    A row that says of it what the store says has no part in it, though it may stand in the file.
    """
    of_order, stored = after.order_of(said.session), before.orders.get(after.order_of(said.session))
    if not after.is_led_by(said.person, stored):
        yield _of_order(by_id[TrainingOrder, of_order], code, said)
    elif before.order_of(said.session) != of_order:
        yield _of_session(by_id[Session, said.session], of_order, code, said)
    elif stored is not None:
        for need in stored.needs:
            if before.taught.get(need) == said.person != after.taught.get(need):
                yield _of_need(by_id[Need, need], of_order, code, said)


def _of_order(draft: Draft, code: str, said: KnownFeedback) -> CellFault:
    zh = f"{said.person} 已评价场次 {said.session}（库中 {code}），不能是该订单的培训者或助教，请另选"
    en = (
        f"{said.person} has rated session {said.session} ({code} of the store), and can't train or assist in its "
        "order: name another"
    )
    field = "trainer" if draft.values.get("trainer") == said.person else "assistant"
    return draft.fault(Disagreement, field, zh, en, said.person)


def _of_session(draft: Draft, order: str, code: str, said: KnownFeedback) -> CellFault:
    zh = f"{said.person} 已评价场次 {said.session}（库中 {code}），又是此订单的培训者或助教；请填另一订单"
    en = (
        f"{said.person} has rated session {said.session} ({code} of the store), and trains or assists in this order: "
        "give another order"
    )
    return draft.fault(Disagreement, "order", zh, en, order)


def _of_need(draft: Draft, order: str, code: str, said: KnownFeedback) -> CellFault:
    zh = (
        f"{said.person} 是订单 {order} 的助教，因有此需求才可评价场次 {said.session}（库中 {code}）；"
        f"教师请仍填 {said.person}"
    )
    en = (
        f"{said.person} assists in order {order}, and could rate session {said.session} ({code} of the store) only "
        f"as the teacher of this need: the teacher should stay {said.person}"
    )
    return draft.fault(Disagreement, "teacher", zh, en, draft.values.get("teacher"))


def _before(known: KnownIds) -> _Trainings:
    return _Trainings(known.sessions, known.orders, known.taught)


def _after(drafts: list[Draft], known: KnownIds) -> _Trainings:
    """As they would stand after the import; what is at fault in a row is nobody."""
    sessions: dict[str, object] = {**known.sessions}
    orders = {**known.orders}
    taught: dict[str, object] = {**known.taught}
    for draft in drafts:
        code = draft.values.get("id")
        if not isinstance(code, str):
            continue
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
