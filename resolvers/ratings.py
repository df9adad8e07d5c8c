"""What follows from a rating: the need that a poor one reopens, and that a corrected one gives back its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.model.needs import Need, Topic
from graph.model.orders import Feedback, TrainingOrder
from graph.model.terms import NeedStatus
from graph.needs import needs_of
from graph.nodes import Run, load
from recommender.diagnosis.rechecks import reopened_by_feedback
from recommender.needs import settled
from recommender.rules import Rules
from recommender.situation import Situation
from resolvers.timetable import series_of

_SAID_ALREADY = "MATCH (:Session {id: $session})<-[:ON]-(n:Feedback)-[:OF]->(:Person {id: $person})"
_SAID_OF_ORDER = (
    "MATCH (:TrainingOrder {id: $order})<-[:OF]-(:Session)<-[:ON]-(n:Feedback)-[:OF]->(:Person {id: $person})"
)


@dataclass(frozen=True, slots=True)
class Moved:
    """The needs that a rating reopened, and those that stand otherwise since it was corrected."""

    reopened: list[Need]
    corrected: list[Need]


async def said_before(run: Run, session: str, person: str) -> Feedback | None:
    """What the person said of that session before; None where he said nothing."""
    said = await load(run, Feedback, _SAID_ALREADY, session=session, person=person)
    return said[0] if said else None


async def moved_by(
    run: Run,
    feedback: Feedback,
    before: Feedback | None,
    order: TrainingOrder,
    following: Sequence[Need],
    today: date,
    rules: Rules,
) -> Moved:
    """What the rating does to the needs that follow its order; `before` is what it takes the place of."""
    judged = (reopened_by_feedback(need, feedback, order, rules) for need in following)
    reopened = [need for need in judged if need is not None]
    open_again = [
        need
        for need in following
        if need.teacher == feedback.person and need.status is NeedStatus.REOPENED and before is not None
    ]
    if not open_again:
        return Moved(reopened, [])
    after = settled(await _situation(run, feedback, order, open_again, today), rules)
    return Moved(reopened, [after[need.id] for need in open_again if after[need.id] != need])


async def _situation(
    run: Run, feedback: Feedback, order: TrainingOrder, needs: Sequence[Need], today: date
) -> Situation:
    """All that may reopen the needs of one teacher under one order, with what he says now."""
    said = await load(run, Feedback, _SAID_OF_ORDER, order=order.id, person=feedback.person)
    looked = await needs_of(run, teacher=feedback.person, school=None)
    return Situation(
        today=today,
        topics=tuple(await load(run, Topic)),
        diagnoses=looked["diagnoses"],
        evidence=looked["evidence"],
        needs=tuple(needs),
        orders=(order,),
        sessions=tuple(await series_of(run, order.id)),
        feedback=(*(each for each in said if each.id != feedback.id), feedback),
    )
