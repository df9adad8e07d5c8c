"""The features of a trainer for a case: each one a measure, its facts and its bounds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from graph.model.terms import Connectivity, Subject
from recommender.scoring.capacity import hours_of
from recommender.scoring.feature import Column, Direction, Facts, Feature, Over, number, same
from recommender.scoring.surroundings import digital_of, in_need, line_of
from recommender.scoring.trainer_pairs import BAND_BITS, TrainerPairs, days_of

TRAINER_FEATURES: dict[str, Feature[TrainerPairs]] = {}


def _feature(
    key: str,
    *placeholders: str,
    facts: Callable[[TrainerPairs, int], Facts] | None = None,
    direction: Direction = Direction.RISING,
    levels: tuple[str, ...] = (),
    share_at_most: float | None = None,
) -> Callable[[Callable[[TrainerPairs], Column]], Callable[[TrainerPairs], Column]]:
    """Enter a measure as the feature `key`; `trainer` and `topic` can be named in every sentence."""

    def enter(measure: Callable[[TrainerPairs], Column]) -> Callable[[TrainerPairs], Column]:
        def all_facts(pairs: TrainerPairs, place: int) -> Facts:
            case, person = pairs.parts(place)
            always = {"trainer": same(person.name), "topic": pairs.around.tree.name(case.topic)}
            return {**always, **(facts(pairs, place) if facts else {})}

        names = frozenset({"trainer", "topic", *placeholders})
        TRAINER_FEATURES[key] = Feature(
            key, Over.TRAINER, names, measure, all_facts, direction, levels, share_at_most
        )
        return measure

    return enter


def _steps_facts(pairs: TrainerPairs, place: int) -> Facts:
    return {"steps": number(float(pairs.columns["topic_steps"][place]))}


@_feature("topic_steps", "steps", facts=_steps_facts, direction=Direction.FALLING)
def _topic_steps(pairs: TrainerPairs) -> Column:
    """Steps in the tree to the nearest topic that the trainer declared or has proven himself in."""
    return pairs.by_topic(np.minimum(pairs.trainers.declared, pairs.trainers.proven))


def _declared_facts(pairs: TrainerPairs, place: int) -> Facts:
    case, person = pairs.parts(place)
    tree = pairs.around.tree
    steps = {topic: tree.distance(case.topic, topic) for topic in person.trains}
    near = [(far, topic) for topic, far in steps.items() if far is not None]
    if not near:
        return {"steps": number(np.nan), "declared": ("未知", "unknown")}
    far, topic = min(near)
    return {"steps": same(far), "declared": tree.name(topic)}


@_feature("declared_steps", "steps", "declared", facts=_declared_facts, direction=Direction.FALLING)
def _declared_steps(pairs: TrainerPairs) -> Column:
    """Steps in the tree to the nearest topic that the trainer declared; NaN if he declared none near."""
    steps = pairs.by_topic(pairs.trainers.declared)
    return np.where(np.isfinite(steps), steps, np.nan)


def _rung_facts(pairs: TrainerPairs, place: int) -> Facts:
    case, person = pairs.parts(place)
    rung = pairs.around.ladder.rung(person.id, case.topic)
    return {"rung": ("未知", "unknown") if rung is None else (rung.zh, rung.en)}


@_feature("rung", "rung", facts=_rung_facts)
def _rung(pairs: TrainerPairs) -> Column:
    """Height (0 to 4) of the rung that the trainer reached in the topic or next to it; NaN if none."""
    return pairs.by_topic(pairs.trainers.rung)


@_feature("likeness")
def _likeness(pairs: TrainerPairs) -> Column:
    """Likeness (0 to 1) of what was said to what the trainer offers; NaN where nothing was said."""
    return pairs.likeness()


def _severity_facts(pairs: TrainerPairs, place: int) -> Facts:
    return {"severity": number(pairs.parts(place)[0].severity)}


@_feature("severity", "severity", facts=_severity_facts)
def _severity(pairs: TrainerPairs) -> Column:
    """Severity (0 to 3) of the need, the mean over a group."""
    return pairs.by_case([case.severity for case in pairs.cases])


def _confidence_facts(pairs: TrainerPairs, place: int) -> Facts:
    return {"confidence": number(pairs.parts(place)[0].confidence)}


@_feature("confidence", "confidence", facts=_confidence_facts)
def _confidence(pairs: TrainerPairs) -> Column:
    """Confidence by rule (0 to 1) of the need, the mean over a group."""
    return pairs.by_case([case.confidence for case in pairs.cases])


def _satisfied_facts(pairs: TrainerPairs, place: int) -> Facts:
    row = pairs.trainer[place]
    share = number(100 * float(pairs.trainers.satisfied[row]))[0]
    answers = int(pairs.trainers.answers[row])
    if not answers:
        told = (f"尚无反馈，按全体均值{share}%计", f"no feedback yet, counted as the mean of all, {share} %")
    else:
        zh = f"满意率按{answers}份反馈向全体均值收缩后为{share}%"
        told = (zh, f"{share} % satisfied, {answers} answers, drawn to the mean of all")
    return {"satisfied": told}


@_feature("satisfied_share", "satisfied", facts=_satisfied_facts)
def _satisfied_share(pairs: TrainerPairs) -> Column:
    """Share (0 to 1) of satisfied answers to the trainer's sessions, shrunk to the mean of all trainers."""
    return pairs.trainers.satisfied[pairs.trainer]


def _local_facts(pairs: TrainerPairs, place: int) -> Facts:
    local = bool(pairs.trainers.local[pairs.trainer[place]])
    return {**_rung_facts(pairs, place), "side": ("本土", "local") if local else ("外来", "from outside")}


@_feature("local_ready", "rung", "side", facts=_local_facts, share_at_most=0.1)
def _local_ready(pairs: TrainerPairs) -> Column:
    """1 for a local trainer who is ready in the topic (rung at least `ready_rung`), else 0."""
    ready = pairs.by_topic(pairs.trainers.rung) >= pairs.numbers["ready_rung"]
    return (pairs.trainers.local[pairs.trainer] & ready).astype(np.float64)


def _assistant_facts(pairs: TrainerPairs, place: int) -> Facts:
    assistant = assistant_of(pairs, place)
    if assistant is not None:
        return {"assistant": same(pairs.around.people[assistant].name)}
    local = bool(pairs.trainers.local[pairs.trainer[place]])
    return {"assistant": ("本土培训者本人", "the local trainer himself") if local else ("无", "nobody")}


def assistant_of(pairs: TrainerPairs, place: int) -> str | None:
    """The local assistant of an order that an outside trainer delivers; None for a local trainer."""
    return None if pairs.trainers.local[pairs.trainer[place]] else pairs.assistants[pairs.case[place]]


@_feature("assistant_slot", "assistant", facts=_assistant_facts)
def _assistant_slot(pairs: TrainerPairs) -> Column:
    """1 where a local person grows by the order: an assistant is found, or the trainer is local; else 0."""
    found = pairs.by_case([float(each is not None) for each in pairs.assistants])
    return np.where(pairs.trainers.local[pairs.trainer], 1.0, found)


def _material_facts(pairs: TrainerPairs, place: int) -> Facts:
    best, _ = pairs.materials[pairs.case[place]]
    return {"resource": ("无", "none") if best is None else same(pairs.around.resources[best].name)}


@_feature("material_fit", "resource", facts=_material_facts)
def _material_fit(pairs: TrainerPairs) -> Column:
    """How well the best resource fits (0 to 1, its score as a share of the highest possible); NaN if none."""
    return pairs.by_case([share for _, share in pairs.materials])


_WAYS = ("REMOTE_BROKEN", "REMOTE_STRAINED", "REMOTE_EASY", "ON_SITE")
_WAY_NAMES = {
    "REMOTE_BROKEN": ("远程且条件不足", "from afar, where line or skill does not carry it"),
    "REMOTE_STRAINED": ("远程且条件偏弱", "from afar, over a weak line or low digital skill"),
    "REMOTE_EASY": ("远程且条件良好", "from afar, over a line that carries it"),
    "ON_SITE": ("到校", "on site"),
}


def _way_facts(pairs: TrainerPairs, place: int) -> Facts:
    way = pairs.columns["delivery_way"][place]
    return {"way": ("未知", "unknown") if np.isnan(way) else _WAY_NAMES[_WAYS[int(way)]]}


@_feature("delivery_way", "way", facts=_way_facts, levels=_WAYS)
def _delivery_way(pairs: TrainerPairs) -> Column:
    """How the trainer would come: on site, or from afar over what line and to what digital skill."""
    remote = pairs.by_case([_remote_way(pairs, place) for place in range(len(pairs.cases))])
    on_site = pairs.trainers.on_site[pairs.trainer]
    return np.where(on_site == 1.0, 3.0, np.where(on_site == 0.0, remote, np.nan))


def _remote_way(pairs: TrainerPairs, place: int) -> float:
    case = pairs.cases[place]
    line, digital = line_of(case.schools, pairs.around), digital_of(case.teachers, pairs.around)
    if line is None and np.isnan(digital):
        return float("nan")
    if line is Connectivity.NONE:
        return 0.0
    strains = (line is Connectivity.WEAK) + (digital < pairs.numbers["digital_enough"])
    return 2.0 - float(strains)


@_feature("subject_match")
def _subject_match(pairs: TrainerPairs) -> Column:
    """1 if the trainer's subject is the need's (or the topic or trainer is general), 0 if not, NaN unknown."""
    free = [
        getattr(pairs.known_topic(place), "subject", None) is Subject.GENERAL
        for place in range(len(pairs.cases))
    ]
    subjects = list(Subject)
    needed = np.array([subjects.index(case.subject) for case in pairs.cases], dtype=np.intp)
    taught = np.array(
        [-1 if each.subject is None else subjects.index(each.subject) for each in pairs.trainers.people],
        dtype=np.intp,
    )
    mine, theirs = taught[pairs.trainer], needed[pairs.case]
    fits = (mine == theirs) | (mine == subjects.index(Subject.GENERAL)) | pairs.by_case(free).astype(bool)
    return np.where(fits, 1.0, np.where(mine < 0, np.nan, 0.0))


@_feature("grade_match")
def _grade_match(pairs: TrainerPairs) -> Column:
    """1 if the trainer knows the grades of the need, 0 if not, NaN where either is not known."""
    needed = np.array(
        [0 if case.grade_band is None else BAND_BITS[case.grade_band] for case in pairs.cases], dtype=np.intp
    )[pairs.case]
    known = pairs.trainers.bands[pairs.trainer]
    return np.where((needed == 0) | (known == 0), np.nan, ((needed & known) != 0).astype(np.float64))


def _days_facts(pairs: TrainerPairs, place: int) -> Facts:
    left = float(pairs.trainers.days_left[pairs.trainer[place]])
    return {"days": number(left), "needed": same(days_of(pairs.parts(place)[0].form, pairs.numbers))}


@_feature("days_to_spare", "days", "needed", facts=_days_facts)
def _days_to_spare(pairs: TrainerPairs) -> Column:
    """Days from the order's last session to the end of the trainer's secondment or post; NaN if not known."""
    needed = pairs.by_case([float(days_of(case.form, pairs.numbers)) for case in pairs.cases])
    return pairs.trainers.days_left[pairs.trainer] - needed


def _hours_facts(pairs: TrainerPairs, place: int) -> Facts:
    spare = float(pairs.trainers.spare[pairs.trainer[place]])
    return {"hours": number(spare), "needed": number(hours_of(pairs.parts(place)[0].form, pairs.numbers))}


@_feature("hours_to_spare", "hours", "needed", facts=_hours_facts)
def _hours_to_spare(pairs: TrainerPairs) -> Column:
    """Hours left to the trainer this semester after the order; NaN if his hours are not on record."""
    needed = pairs.by_case([hours_of(case.form, pairs.numbers) for case in pairs.cases])
    return pairs.trainers.spare[pairs.trainer] - needed


@_feature("is_another")
def _is_another(pairs: TrainerPairs) -> Column:
    """1 unless the trainer is himself among those in need."""
    mine = [{pairs.trainers.place.get(name, -1) for name in case.teachers} for case in pairs.cases]
    return np.array(
        [float(who not in mine[case]) for case, who in zip(pairs.case, pairs.trainer, strict=True)]
    )


@_feature("without_conflict")
def _without_conflict(pairs: TrainerPairs) -> Column:
    """0 if the trainer has a waiting need in the topic himself, or is the mentee of one in need; else 1."""
    place, tree = pairs.trainers.place, pairs.around.tree
    conflicts: set[tuple[int, int]] = set()
    own = [
        (place[who], topic)
        for who, topics in in_need(pairs.around).items()
        if who in place
        for topic in topics
    ]
    mentees = _mentees(pairs)
    for number_, case in enumerate(pairs.cases):
        conflicts |= {(number_, who) for who, topic in own if tree.is_within(topic, case.topic)}
        conflicts |= {(number_, who) for teacher in case.teachers for who in mentees.get(teacher, ())}
    marked = [(case, who) in conflicts for case, who in zip(pairs.case, pairs.trainer, strict=True)]
    return 1.0 - np.array(marked, dtype=np.float64)


def _mentees(pairs: TrainerPairs) -> dict[str, list[int]]:
    """Places of the trainers who are mentees today, by their mentor."""
    today = pairs.around.situation.today
    found: dict[str, list[int]] = {}
    for each in pairs.around.situation.mentorships:
        running = each.start <= today and (each.end is None or today <= each.end)
        if running and each.mentee in pairs.trainers.place:
            found.setdefault(each.mentor, []).append(pairs.trainers.place[each.mentee])
    return found
