"""What the office of the sample decides of the recommendations: whom it takes, what it refuses, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from graph.model.rules import Recommendation
from graph.model.terms import OrderForm, PersonKind, Verdict
from resolvers.recommendations import Judgement
from seeds.raw.colleagues import Colleague

# Orders that the office starts in one semester: what a county can organise.
LIMITS = {OrderForm.COUNTY_CLASS: 8, OrderForm.SCHOOL_CLINIC: 8}
_REFUSED, _CHANGED = 0.06, 0.1
_WHY_REFUSED = ("本学期已有同类县级培训，避免重复", "学校正值期末检测，下学期再安排")
_WHY_CHANGED = "原定助教本学期任毕业班，改由同校教师协助"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One recommendation and what was decided of it."""

    recommendation: Recommendation
    judgement: Judgement

    @property
    def is_ordered(self) -> bool:
        """Whether an order follows."""
        return self.judgement.verdict is not Verdict.REFUSED

    @property
    def assistant(self) -> str | None:
        """Who assists, after the decision."""
        return self.judgement.assistant or self.recommendation.assistant


def decide(
    recommendations: Iterable[Recommendation],
    colleagues: dict[str, Colleague],
    by: str,
    local_share: float,
    rng: Random,
) -> list[Ruling]:
    """Rulings for one semester, best case first: the best proposal whose trainer still has time.

    `recommendations` in the order in which they were issued; `by` signs. In `local_share` (0 to 1) of
    the cases a local trainer among the proposals is taken before the others. A case is ruled on once.
    """
    load: Counter[str] = Counter()
    started: Counter[OrderForm] = Counter()
    rulings = []
    for proposals in _cases(recommendations):
        form = proposals[0].form
        free = [each for each in proposals if load[each.trainer] < _capacity(colleagues.get(each.trainer))]
        if not free or started[form] == LIMITS[form]:
            continue
        if rng.random() < local_share:
            free.sort(key=lambda each: (not colleagues[each.trainer].helped, each.rank))
        ruling = _rule(free[0], proposals, by, rng)
        rulings.append(ruling)
        if ruling.is_ordered:
            load[free[0].trainer] += 1
            started[form] += 1
    return rulings


def _cases(recommendations: Iterable[Recommendation]) -> Iterator[list[Recommendation]]:
    """The proposals of each case by rank, in the order in which the cases first appear."""
    cases: dict[tuple[str | None, tuple[str, ...]], list[Recommendation]] = {}
    for each in recommendations:
        cases.setdefault((each.group, each.needs), []).append(each)
    for proposals in cases.values():
        yield sorted(proposals, key=lambda each: each.rank)


def _capacity(trainer: Colleague | None) -> int:
    """Orders that a trainer takes in one semester."""
    if trainer is None:
        return 0
    if trainer.is_seconded or trainer.kind is PersonKind.RESEARCH_OFFICER:
        return 3
    return 2 if trainer.helped else 1


def _rule(chosen: Recommendation, proposals: list[Recommendation], by: str, rng: Random) -> Ruling:
    drawn = rng.random()
    if drawn < _REFUSED:
        reason = rng.choice(_WHY_REFUSED)
        return Ruling(chosen, Judgement(chosen.id, Verdict.REFUSED, reason, by))
    taken = (None, chosen.assistant, chosen.trainer)
    others = [each.assistant for each in proposals if each.assistant not in taken]
    if drawn < _REFUSED + _CHANGED and others:
        changed = Judgement(chosen.id, Verdict.CHANGED, _WHY_CHANGED, by, assistant=others[0])
        return Ruling(chosen, changed)
    return Ruling(chosen, Judgement(chosen.id, Verdict.ACCEPTED, by=by))
