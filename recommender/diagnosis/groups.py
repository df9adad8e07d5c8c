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


def roll_up(
    needs: Iterable[Need], situation: Situation, alliance: str, tree: TopicTree, rules: Rules
) -> RolledUp:
    """Needs that enough teachers of enough schools share become COMMON, the rest INDIVIDUAL.

    Counted by topic, subject and grade band, from the narrowest topic upwards; what is too small lends
    its count to its parent, at most `common_levels` levels up and to no topic less deep than
    `common_depth` (a root is 0). The groups are those of `alliance`. Only waiting needs of teachers count.
    """
    waiting = sorted((need for need in needs if need.status in WAITING), key=lambda need: need.id)
    placed = _placed([need for need in waiting if need.teacher is not None], situation, alliance, tree, rules)
    return RolledUp(
        needs=tuple(_with(need, placed.get(need.id)) for need in waiting),
        groups=tuple(sorted(set(placed.values()), key=lambda group: group.id)),
    )


def _placed(
    needs: Sequence[Need], situation: Situation, alliance: str, tree: TopicTree, rules: Rules
) -> dict[str, NeedGroup]:
    """The group of each need that falls into one: a place is settled before what it lends to is counted."""
    locals_ = Locals(situation)
    schools = {need.id: school_of_need(need, situation, locals_) for need in needs}
    levels, widest = int(rules.numbers["common_levels"]), int(rules.numbers["common_depth"])
    counted: dict[Place, list[Need]] = defaultdict(list)
    for need in needs:
        counted[need.topic, need.subject, need.grade_band].append(need)
    placed: dict[str, NeedGroup] = {}
    for depth in range(max((len(tree.line(need.topic)) for need in needs), default=0), 0, -1):
        for place in sorted((each for each in counted if len(tree.line(each[0])) == depth), key=_names):
            sharing = sorted(counted[place], key=lambda need: need.id)
            group = _group(place, sharing, schools, situation, alliance, rules)
            if group is not None:
                placed.update({need.id: group for need in sharing})
            elif depth - 2 >= widest:  # `depth` counts from 1, so that is the parent's
                parent = (tree.line(place[0])[1], *place[1:])
                counted[parent].extend(each for each in sharing if _climbed(each, place, tree) < levels)
    return placed


def _climbed(need: Need, place: Place, tree: TopicTree) -> int:
    """Levels from the need's own topic up to the place."""
    return tree.line(need.topic).index(place[0])


def _names(place: Place) -> tuple[str, str, str]:
    topic, subject, band = place
    return topic, subject.name, "" if band is None else band.name


def _group(
    place: Place,
    needs: Sequence[Need],
    school_of: Mapping[str, str | None],
    situation: Situation,
    alliance: str,
    rules: Rules,
) -> NeedGroup | None:
    teachers = len({need.teacher for need in needs})
    schools = len({school_of[need.id] for need in needs} - {None})
    if not is_common(teachers, schools, rules.numbers):
        return None
    topic, subject, band = place
    known = _known(place, needs, situation, alliance)
    if known is not None:
        return replace(known, teachers=teachers, schools=schools)
    return NeedGroup(
        id=derived_id("g", alliance, *_names(place), situation.today.isoformat()),
        alliance=alliance,
        topic=topic,
        subject=subject,
        grade_band=band,
        formed_on=situation.today,
        teachers=teachers,
        schools=schools,
    )


def _known(place: Place, needs: Sequence[Need], situation: Situation, alliance: str) -> NeedGroup | None:
    """The alliance's group of that place that some of the needs are in already; the earliest of several."""
    mine = {need.group for need in needs}
    same = [
        group
        for group in situation.groups
        if group.id in mine
        and group.alliance == alliance
        and (group.topic, group.subject, group.grade_band) == place
    ]
    return min(same, key=lambda group: (group.formed_on, group.id), default=None)


def _with(need: Need, group: NeedGroup | None) -> Need:
    if group is None:
        return replace(need, reach=Reach.INDIVIDUAL, group=None)
    return replace(need, reach=Reach.COMMON, group=group.id)
