"""Training orders recommended: who trains, who assists, with what, and why; or why nobody can."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from graph.model.rules import Contribution, Recommendation
from graph.model.terms import OrderForm, RuleKind, SessionKind
from recommender.ids import derived_id
from recommender.ranking import Reason, Scores, best_first, leading, reasons, score, screen
from recommender.resources import RankedResources, rank_for_wishes
from recommender.rule_files.checks import BLOCKING_FEATURE
from recommender.rules import RuleEntry, Rules
from recommender.scoring.assistants import Assistants
from recommender.scoring.capacity import sessions_of
from recommender.scoring.cases import Case, cases_of
from recommender.scoring.feature import Over
from recommender.scoring.surroundings import Surroundings
from recommender.scoring.trainer_pairs import TrainerPairs, Trainers
from recommender.scoring.trainers import assistant_of
from recommender.scoring.wishes import wish_of_case
from recommender.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A recommendation and its contributions, most first; they add up to its score exactly."""

    recommendation: Recommendation
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unserved:
    """A need (or group) that no trainer can serve, and what stopped the last candidate.

    Candidates are those near enough to the topic. The last one is whom the fewest hard rules stop;
    `rule` is the first of those, `candidate` None if nobody trains anything near enough. `dropped` counts, by rule, the trainers it stopped.
    """

    needs: tuple[str, ...]
    group: str | None
    topic: str
    rule: str
    candidate: str | None
    dropped: tuple[tuple[str, int], ...]
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """Proposals, best case first and by rank within a case, and the needs left unserved."""

    proposals: tuple[Proposal, ...]
    unserved: tuple[Unserved, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """One meeting of an order to be placed."""

    number: int
    kind: SessionKind
    planned_on: date


def recommend_orders(
    situation: Situation, rules: Rules, *, needs: Collection[str] | None = None, top: int = 3
) -> Recommended:
    """The `top` trainers for each waiting need, a common need with its whole group.

    With `needs`, only for the needs with these ids. Nothing is reserved between the proposals of one
    call: hours are those left after orders placed before. Ties fall to the lower id.
    """
    around = Surroundings.of(situation, rules.numbers)
    cases = cases_of(situation, around.locals, rules.numbers, needs)
    every, packs = _paired(cases, around, rules)
    hard = rules.in_force(Over.TRAINER, RuleKind.HARD, situation.today)
    stopped = screen(every, hard)
    pairs = every.narrowed(~stopped.any(axis=0))
    scores = score(pairs, rules.in_force(Over.TRAINER, RuleKind.SOFT, situation.today))
    places = leading(pairs.case, best_first(pairs.case, pairs.trainer, scores.totals), top)
    served = sorted(places, key=lambda case: (-scores.totals[places[case][0]], cases[case].key))
    proposals = [
        _proposal(pairs, scores, place, rank, packs[case], rules)
        for case in served
        for rank, place in enumerate(places[case], start=1)
    ]
    left = [number for number in range(len(cases)) if number not in places]
    bounds = np.searchsorted(every.case, np.arange(len(cases) + 1))
    unserved = [_unserved(every, number, hard, stopped, bounds) for number in left]
    return Recommended(proposals=tuple(proposals), unserved=tuple(unserved))


def planned_sessions(rules: Rules, form: OrderForm, start: date) -> tuple[PlannedSession, ...]:
    """The series of an order whose first session is on `start`: training, then follow-up."""
    main, follow_up = sessions_of(form, rules.numbers)
    gap = timedelta(days=int(rules.numbers["days_between_sessions"]))
    return tuple(
        PlannedSession(
            number=number + 1,
            kind=SessionKind.MAIN if number < main else SessionKind.FOLLOW_UP,
            planned_on=start + number * gap,
        )
        for number in range(main + follow_up)
    )


def _paired(
    cases: Sequence[Case], around: Surroundings, rules: Rules
) -> tuple[TrainerPairs, tuple[RankedResources, ...]]:
    """The pairs to be scored, with each case's assistant and its resources."""
    wishes = [wish_of_case(case, around) for case in cases]
    packs = rank_for_wishes(wishes, around, rules, int(rules.numbers["pack_resources"]))
    highest = sum(
        rule.weight_millionths
        for rule in rules.in_force(Over.MATERIAL, RuleKind.SOFT, around.situation.today)
    )
    assistants = Assistants(around)
    pairs = TrainerPairs(
        cases,
        Trainers(around),
        [assistants.nearest(case) for case in cases],
        [_best_material(pack, highest) for pack in packs],
        rules.highest(BLOCKING_FEATURE, around.situation.today),
    )
    return pairs, packs


def _best_material(pack: RankedResources, highest: int) -> tuple[str | None, float]:
    if not pack.ranked or not highest:
        return None, float("nan")
    return pack.ranked[0].resource, pack.ranked[0].score_millionths / highest


def _proposal(
    pairs: TrainerPairs, scores: Scores, place: int, rank: int, pack: RankedResources, rules: Rules
) -> Proposal:
    case, trainer = pairs.parts(place)
    issued_on = pairs.around.situation.today
    # A need reopened on the day of its order waits anew: what is proposed for it then is another proposal.
    waiting = (f"{need.id}@{need.reopened_on or need.formed_on}" for need in case.needs)
    name = derived_id("r", rules.id, case.key, trainer.id, issued_on.isoformat(), *waiting)
    recommendation = Recommendation(
        id=name,
        needs=tuple(need.id for need in case.needs),
        group=None if case.group is None else case.group.id,
        topic=case.topic,
        reach=case.reach,
        form=case.form,
        trainer=trainer.id,
        assistant=assistant_of(pairs, place),
        resources=pack.pack,
        sessions=sum(sessions_of(case.form, rules.numbers)),
        rank=rank,
        score_millionths=int(scores.totals[place]),
        issued_on=issued_on,
        rule_set=rules.id,
    )
    contributions = [_contribution(name, each, rules) for each in reasons(pairs, scores, place)]
    return Proposal(recommendation=recommendation, contributions=tuple(contributions))


def _contribution(recommendation: str, reason: Reason, rules: Rules) -> Contribution:
    return Contribution(
        id=f"{recommendation}/{reason.rule}",
        recommendation=recommendation,
        rule=rules.rule_id(reason.rule),
        millionths=reason.millionths,
        because_zh=reason.zh,
        because_en=reason.en,
    )


def _unserved(
    pairs: TrainerPairs,
    number: int,
    hard: Sequence[RuleEntry],
    stopped: NDArray[np.bool_],
    bounds: NDArray[np.intp],
) -> Unserved:
    case = pairs.cases[number]
    mine = stopped[:, bounds[number] : bounds[number + 1]]
    candidates = mine.shape[1]
    counts = {rule.key: int(count) for rule, count in zip(hard, mine.sum(axis=1), strict=True)}
    outside = len(pairs.trainers.people) - candidates
    blocking = next(rule.key for rule in hard if rule.feature.key == BLOCKING_FEATURE)
    counts[blocking] += outside
    rule, candidate = blocking, None
    zh, en = _nobody(pairs, case)
    if candidates:
        nearest = int(np.argmin(mine.sum(axis=0)))
        place = int(bounds[number]) + nearest
        stopping = [each for row, each in enumerate(hard) if mine[row, nearest]]
        facts = [each.feature.facts(pairs, place) for each in stopping]
        told = list(zip(stopping, facts, strict=True))
        rule, candidate = stopping[0].key, pairs.parts(place)[1].id
        zh = "；".join(each.sentence("zh", known) for each, known in told)
        en = "; ".join(each.sentence("en", known) for each, known in told)
    return Unserved(
        needs=tuple(need.id for need in case.needs),
        group=None if case.group is None else case.group.id,
        topic=case.topic,
        rule=rule,
        candidate=candidate,
        dropped=tuple((key, count) for key, count in sorted(counts.items()) if count),
        zh=zh,
        en=en,
    )


def _nobody(pairs: TrainerPairs, case: Case) -> tuple[str, str]:
    zh, en = pairs.around.tree.name(case.topic)
    return f"没有人可培训与“{zh}”相近的主题", f"nobody trains in anything near “{en}”"
