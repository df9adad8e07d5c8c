"""How a delivered need closes or opens again: re-observation, and feedback of its own teacher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.model.needs import Diagnosis, Evidence, Need
from graph.model.orders import Feedback, TrainingOrder
from graph.model.terms import Instrument, NeedStatus
from recommender.rules import Rules
from recommender.situation import Situation
from recommender.topics import TopicTree


def recheck_needs(situation: Situation, rules: Rules) -> tuple[Need, ...]:
    """The delivered needs that a later observation made MET or REOPENED; only the changed ones, by id."""
    tree = TopicTree(situation.topics)
    seen = _observations(situation)
    found = (_rechecked(need, seen.get(need.teacher or "", []), tree, rules) for need in situation.needs)
    return tuple(sorted((need for need in found if need is not None), key=lambda need: need.id))


def recheck(need: Need, situation: Situation, rules: Rules) -> Need | None:
    """The need after its latest observation since delivery; None when nothing changes.

    An observation counts from the day after `delivered_on`, on the need's topic or one under it; of
    the latest day, the worst item decides. Between `met_at_most` and `reopen_from` nothing changes.
    """
    seen = _observations(situation).get(need.teacher or "", [])
    return _rechecked(need, seen, TopicTree(situation.topics), rules)


def reopened_by_feedback(need: Need, feedback: Feedback, order: TrainingOrder, rules: Rules) -> Need | None:
    """The need reopened by its own teacher's poor rating of an order that serves it; else None.

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
        reason=f"培训反馈{feedback.rating}分（满分5分）",
    )


def reopen_by_feedback(situation: Situation, rules: Rules) -> tuple[Need, ...]:
    """The needs that feedback on their orders' sessions reopens; only the changed ones, by id."""
    orders = {each.id: each for each in situation.orders}
    order_of = {each.id: each.order for each in situation.sessions}
    current = {each.id: each for each in situation.needs}
    changed: dict[str, Need] = {}
    for feedback in sorted(situation.feedback, key=lambda each: (each.on, each.id)):
        order = orders.get(order_of.get(feedback.session, ""))
        if order is None or feedback.on > situation.today:
            continue
        for name in order.needs:
            found = reopened_by_feedback(current[name], feedback, order, rules) if name in current else None
            if found is not None:
                current[name] = changed[name] = found
    return tuple(changed[name] for name in sorted(changed))


def _observations(situation: Situation) -> dict[str, list[tuple[Diagnosis, Evidence]]]:
    """Observed items up to today, by teacher."""
    diagnoses = {
        each.id: each
        for each in situation.diagnoses
        if each.instrument is Instrument.OBSERVATION and each.on <= situation.today
    }
    found: dict[str, list[tuple[Diagnosis, Evidence]]] = {}
    for evidence in situation.evidence:
        diagnosis = diagnoses.get(evidence.diagnosis)
        if diagnosis is not None and diagnosis.teacher is not None and evidence.topic is not None:
            found.setdefault(diagnosis.teacher, []).append((diagnosis, evidence))
    return found


def _rechecked(
    need: Need, seen: Sequence[tuple[Diagnosis, Evidence]], tree: TopicTree, rules: Rules
) -> Need | None:
    if need.status is not NeedStatus.DELIVERED or need.delivered_on is None:
        return None
    since = [
        (diagnosis.on, evidence)
        for diagnosis, evidence in seen
        if diagnosis.on > need.delivered_on and tree.is_within(evidence.topic or "", need.topic)
    ]
    if not since:
        return None
    day = max(on for on, _ in since)
    latest = [evidence for on, evidence in since if on == day]
    worst = max(each.severity for each in latest)
    if rules.numbers["met_at_most"] < worst < rules.numbers["reopen_from"]:
        return None
    known = tuple(dict.fromkeys((*need.evidence, *sorted(each.id for each in latest))))
    if worst <= rules.numbers["met_at_most"]:
        return replace(need, status=NeedStatus.MET, rechecked_on=day, evidence=known)
    return replace(
        need,
        status=NeedStatus.REOPENED,
        rechecked_on=day,
        reopened_on=day,
        reason=f"{day.isoformat()}复查，严重程度{worst}",
        evidence=known,
    )
