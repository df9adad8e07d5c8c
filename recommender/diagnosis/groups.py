"""Common needs: counts rolled up the topic tree until enough teachers of several schools share one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model.needs import Need, NeedGroup
from graph.model.terms import GradeBand, Reach, Subject
from recommender.ids import derived_id
from recommender.ladder import Locals
from recommender.rules import Rules
from recommender.scoring.cases import WAITING, is_common, school_of_need
from recommender.situation import Situation
from recommender.topics import TopicTree

Place = tuple[str, Subject, GradeBand | None]


@dataclass(frozen=True, slots=True)
class RolledUp:
    """Every waiting need with its reach and group, and the groups that they fall into."""

    needs: tuple[Need, ...]
    groups: tuple[NeedGroup, ...]


def roll_up(needs: Iterable[Need], situation: Situation, tree: TopicTree, rules: Rules) -> RolledUp:
    """Needs that enough teachers of enough schools share become COMMON, the rest INDIVIDUAL.

    Counted by topic, subject and grade band, from the narrowest topic upwards; what is too small lends
    its count to its parent, at most `common_levels` levels up. Only waiting needs of teachers count.
    """
    waiting = sorted((need for need in needs if need.status in WAITING), key=lambda need: need.id)
    left = [need for need in waiting if need.teacher is not None]
    placed: dict[str, NeedGroup] = {}
    locals_ = Locals(situation)
    schools = {need.id: school_of_need(need, situation, locals_) for need in left}
    for level in range(int(rules.numbers["common_levels"]) + 1):
        for place, sharing in sorted(
            _at_level(left, level, tree).items(), key=lambda entry: _names(entry[0])
        ):
            group = _group(place, sharing, schools, situation, rules)
            if group is not None:
                placed.update({need.id: group for need in sharing})
        left = [need for need in left if need.id not in placed]
    return RolledUp(
        needs=tuple(_with(need, placed.get(need.id)) for need in waiting),
        groups=tuple(sorted(set(placed.values()), key=lambda group: group.id)),
    )


def _at_level(needs: Sequence[Need], level: int, tree: TopicTree) -> dict[Place, list[Need]]:
    """The needs by place, each `level` levels above its own topic; who would climb past the root stays out."""
    found: dict[Place, list[Need]] = defaultdict(list)
    for need in needs:
        line = tree.line(need.topic)
        if level < len(line):
            found[line[level], need.subject, need.grade_band].append(need)
    return found


def _names(place: Place) -> tuple[str, str, str]:
    topic, subject, band = place
    return topic, subject.name, "" if band is None else band.name


def _group(
    place: Place,
    needs: Sequence[Need],
    school_of: Mapping[str, str | None],
    situation: Situation,
    rules: Rules,
) -> NeedGroup | None:
    teachers = len({need.teacher for need in needs})
    schools = len({school_of[need.id] for need in needs} - {None})
    if not is_common(teachers, schools, rules.numbers):
        return None
    topic, subject, band = place
    known = _known(place, needs, situation)
    if known is not None:
        return replace(known, teachers=teachers, schools=schools)
    return NeedGroup(
        id=derived_id("g", *_names(place), situation.today.isoformat()),
        topic=topic,
        subject=subject,
        grade_band=band,
        formed_on=situation.today,
        teachers=teachers,
        schools=schools,
    )


def _known(place: Place, needs: Sequence[Need], situation: Situation) -> NeedGroup | None:
    """The group of that place that some of the needs are in already; the earliest of several."""
    mine = {need.group for need in needs}
    same = [
        group
        for group in situation.groups
        if group.id in mine and (group.topic, group.subject, group.grade_band) == place
    ]
    return min(same, key=lambda group: (group.formed_on, group.id), default=None)


def _with(need: Need, group: NeedGroup | None) -> Need:
    if group is None:
        return replace(need, reach=Reach.INDIVIDUAL, group=None)
    return replace(need, reach=Reach.COMMON, group=group.id)
