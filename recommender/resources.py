"""Resources that fit: ranked for a need, a teacher or a school, with a pack that the line carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.model.needs import Need
from graph.model.terms import RuleKind
from recommender.ranking import Reason, best_first, leading, reasons, score, screen
from recommender.rules import Rules
from recommender.scoring.cases import case_of_need
from recommender.scoring.feature import Over
from recommender.scoring.material_pairs import MaterialPairs, Materials, Wish
from recommender.scoring.surroundings import Surroundings
from recommender.scoring.wishes import wish_of_case, wish_of_people
from recommender.situation import Situation

_BLOCKING_FEATURE = "resource_topic_steps"


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedResource:
    """One resource with its place and its reasons, which add up to its score."""

    resource: str
    rank: int
    score_millionths: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedResources:
    """The best resources of a wish; `pack` are those of them that together stay under its limit."""

    ranked: tuple[RankedResource, ...]
    pack: tuple[str, ...]


def rank_resources(situation: Situation, rules: Rules, wish: Wish, *, top: int = 5) -> RankedResources:
    """The `top` resources for a wish, best first, ties by id."""
    around = Surroundings.of(situation, rules.numbers)
    return rank_for_wishes((wish,), around, rules, top)[0]


def wish_of_need(situation: Situation, rules: Rules, need: Need) -> Wish:
    """What would help with a need: its topic and grades, its teacher's classes, his school's line."""
    around = Surroundings.of(situation, rules.numbers)
    return wish_of_case(case_of_need(need, situation, around.locals), around)


def wish_of_teacher(situation: Situation, rules: Rules, teacher: str) -> Wish:
    """What would help a teacher: the topics of his waiting needs, his subject, grades and classes."""
    around = Surroundings.of(situation, rules.numbers)
    return wish_of_people((teacher,), None, around)


def wish_of_school(situation: Situation, rules: Rules, school: str) -> Wish:
    """What would help a school: the topics of its teachers' waiting needs, its classes and its line."""
    around = Surroundings.of(situation, rules.numbers)
    staff = [name for name in around.people if around.locals.school_of(name, situation.today) == school]
    return wish_of_people(tuple(staff), school, around)


def rank_for_wishes(
    wishes: Sequence[Wish], around: Surroundings, rules: Rules, top: int
) -> tuple[RankedResources, ...]:
    """The same for many wishes at once, in their order."""
    today = around.situation.today
    hard = rules.in_force(Over.MATERIAL, RuleKind.HARD, today)
    every = MaterialPairs(wishes, Materials(around), rules.highest(_BLOCKING_FEATURE, today))
    pairs = every.narrowed(~screen(every, hard).any(axis=0))
    scores = score(pairs, rules.in_force(Over.MATERIAL, RuleKind.SOFT, today))
    places = leading(pairs.wish, best_first(pairs.wish, pairs.material, scores.totals), top)
    found = []
    for number, wish in enumerate(wishes):
        ranked = tuple(
            RankedResource(
                resource=pairs.parts(place)[1].id,
                rank=rank,
                score_millionths=int(scores.totals[place]),
                reasons=reasons(pairs, scores, place),
            )
            for rank, place in enumerate(places.get(number, []), start=1)
        )
        found.append(RankedResources(ranked=ranked, pack=_pack(ranked, around, wish.limit_bytes)))
    return tuple(found)


def _pack(ranked: Sequence[RankedResource], around: Surroundings, limit: int | None) -> tuple[str, ...]:
    """The ranked resources that fit together under the limit, best first."""
    chosen: list[str] = []
    weight = 0
    for each in ranked:
        size = around.resources[each.resource].size_bytes or 0
        if limit is None or weight + size <= limit:
            chosen.append(each.resource)
            weight += size
    return tuple(chosen)
