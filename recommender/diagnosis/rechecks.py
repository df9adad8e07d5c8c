"""How a delivered need closes or opens again: re-observation, and feedback of its own teacher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from graph.model.needs import Diagnosis, Evidence, Need
from graph.model.orders import Feedback, Session, TrainingOrder
from graph.model.terms import Instrument, NeedStatus, OrderStatus
from recommender.diagnosis.deliveries import delivered, latest_orders
from recommender.diagnosis.soundings import Owner, owner_of
from recommender.rules import Rules
from recommender.situation import Situation
from recommender.topics import TopicTree

_Seen = tuple[Diagnosis, Evidence]


def recheck_needs(situation: Situation, rules: Rules) -> tuple[Need, ...]:
    """The needs that later observations of their owners changed, by id.

    A delivered or reopened need is looked at by the latest day after its delivery and its reopening,
    on its topic or one under it; the worst item of that day decides. Up to `met_at_most` closes it as
    MET; from `reopen_from` it is REOPENED, or stays so; in between nothing changes.
    """
    tree = TopicTree(situation.topics)
    seen = _observations(situation)
    found = (_rechecked(need, seen.get(owner_of(need), []), tree, rules) for need in situation.needs)
    return tuple(sorted((need for need in found if need is not None), key=lambda need: need.id))


def reopened_by_feedback(need: Need, feedback: Feedback, order: TrainingOrder, rules: Rules) -> Need | None:
    """The need reopened by its own teacher's poor rating of the order that it follows; else None.

    Only ORDERED and DELIVERED needs reopen, and only by feedback later than the last reopening.
    """
    if feedback.person != need.teacher or need.id not in order.needs:
        return None
    if need.status not in (NeedStatus.ORDERED, NeedStatus.DELIVERED):
        return None
    if feedback.rating > rules.numbers["reopen_rating"]:
        return None
    if feedback.on < order.placed_on or (need.reopened_on is not None and feedback.on <= need.reopened_on):
        return None
    return replace(
        need,
        status=NeedStatus.REOPENED,
        reopened_on=feedback.on,
        reason=_poorly_rated(feedback.rating),
    )


def reopen_by_feedback(situation: Situation, rules: Rules) -> tuple[Need, ...]:
    """The needs that feedback on their latest orders' sessions reopens; only the changed ones, by id."""
    latest = latest_orders(each for each in situation.orders if each.placed_on <= situation.today)
    order_of = {each.id: each.order for each in situation.sessions}
    said: dict[tuple[str, str], list[Feedback]] = defaultdict(list)
    for feedback in sorted(situation.feedback, key=lambda each: (each.on, each.id)):
        if feedback.on <= situation.today:
            said[order_of.get(feedback.session, ""), feedback.person].append(feedback)
    changed = []
    for need in sorted(situation.needs, key=lambda each: each.id):
        order = latest.get(need.id)
        mine = [] if order is None else said[order.id, need.teacher or ""]
        found = (reopened_by_feedback(need, each, order, rules) for each in mine if order is not None)
        changed.extend([each for each in found if each is not None][:1])
    return tuple(changed)


def take_back_reopenings(situation: Situation) -> tuple[Need, ...]:
    """The needs reopened by a rating that was corrected since, as they stood before it, by id.

    Such a need is ORDERED again, or DELIVERED where its order has delivered it by today. Whether something
    else reopens it is for `reopen_by_feedback` and `recheck_needs`; the day of an earlier reopening is lost.
    """
    latest = latest_orders(each for each in situation.orders if each.placed_on <= situation.today)
    series: dict[str, list[Session]] = defaultdict(list)
    for session in situation.sessions:
        series[session.order].append(session)
    changed = []
    for need in sorted(situation.needs, key=lambda each: each.id):
        order = latest.get(need.id)
        if order is None or order.status is OrderStatus.CANCELLED:
            continue
        held = {each.id for each in series[order.id]}
        said = [
            each
            for each in situation.feedback
            if each.person == need.teacher and each.session in held and each.on <= situation.today
        ]
        if _is_taken_back(need, order, said):
            ordered = replace(need, status=NeedStatus.ORDERED, reopened_on=None, reason=None)
            changed.append(delivered(ordered, order, series[order.id], situation.today) or ordered)
    return tuple(changed)


def _is_taken_back(need: Need, order: TrainingOrder, said: Sequence[Feedback]) -> bool:
    """Whether a rating reopened the need under this order, and its author says something else now.

    Where nothing that he said is known, the rating may stand in a file that was not brought.
    """
    if need.status is not NeedStatus.REOPENED or need.reopened_on is None or not said:
        return False
    if need.reopened_on < order.placed_on or need.reason not in _POORLY_RATED:
        return False
    return (need.reopened_on, need.reason) not in {(each.on, _poorly_rated(each.rating)) for each in said}


def _poorly_rated(rating: int) -> str:
    return f"培训反馈{rating}分（满分5分）"


_POORLY_RATED = frozenset(_poorly_rated(rating) for rating in range(1, 6))


def _observations(situation: Situation) -> dict[Owner, list[_Seen]]:
    """Observed items up to today, by whose they are."""
    diagnoses = {
        each.id: each
        for each in situation.diagnoses
        if each.instrument is Instrument.OBSERVATION and each.on <= situation.today
    }
    found: dict[Owner, list[_Seen]] = defaultdict(list)
    for evidence in situation.evidence:
        diagnosis = diagnoses.get(evidence.diagnosis)
        if diagnosis is not None and evidence.topic is not None:
            found[owner_of(diagnosis)].append((diagnosis, evidence))
    return found


def _rechecked(need: Need, seen: Sequence[_Seen], tree: TopicTree, rules: Rules) -> Need | None:
    day, latest = _latest(need, seen, tree)
    if day is None:
        return None
    worst = max(each.severity for each in latest)
    if rules.numbers["met_at_most"] < worst < rules.numbers["reopen_from"]:
        return None
    known = tuple(dict.fromkeys((*need.evidence, *sorted(each.id for each in latest))))
    looked = replace(need, rechecked_on=day, evidence=known)
    if worst <= rules.numbers["met_at_most"]:
        return replace(looked, status=NeedStatus.MET)
    if need.status is NeedStatus.REOPENED:
        return None if looked == need else looked
    reason = f"{day.isoformat()}复查，严重程度{worst}"
    return replace(looked, status=NeedStatus.REOPENED, reopened_on=day, reason=reason)


def _latest(need: Need, seen: Sequence[_Seen], tree: TopicTree) -> tuple[date | None, list[Evidence]]:
    """The latest day on which the need was looked at again, and what was seen then; None where it was not."""
    if need.status not in (NeedStatus.DELIVERED, NeedStatus.REOPENED) or need.delivered_on is None:
        return None, []
    # A need ordered and delivered anew keeps the day of an earlier reopening.
    since = max(need.delivered_on, need.reopened_on or need.delivered_on)
    later = [
        (diagnosis.on, evidence)
        for diagnosis, evidence in seen
        if diagnosis.on > since and tree.is_within(evidence.topic or "", need.topic)
    ]
    day = max((on for on, _ in later), default=None)
    return day, [evidence for on, evidence in later if on == day]
