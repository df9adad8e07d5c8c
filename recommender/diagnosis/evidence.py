"""Weight of evidence: how items of several instruments add up to a confidence by rule."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from recommender.rule_files.form import REQUEST
from recommender.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One piece of evidence or one request, of one owner and one topic."""

    source: str
    instrument: str
    severity: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceWeight:
    """What one item adds: the natural log of its likelihood ratio; 0 where a stronger item counts."""

    source: str
    instrument: str
    severity: int
    on: date
    weight: float
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fused:
    """What the items of one owner and topic add up to.

    `confidence` 0 to the cap of the rule file; `severity` 0 to 3, the mean of the strongest item of
    each instrument; `contradiction` says that some instruments speak for a need and some against.
    """

    confidence: float
    severity: float
    contradiction: bool
    weights: tuple[EvidenceWeight, ...]


def fuse(items: Iterable[Item], rules: Rules) -> Fused:
    """Prior odds times one likelihood ratio an instrument, its strongest item standing for it.

    Source: weight of evidence (Good 1950); items of one instrument are not independent.
    """
    ordered = sorted(
        items, key=lambda each: (each.instrument, -each.severity, -each.on.toordinal(), each.source)
    )
    weights: list[EvidenceWeight] = []
    for place, item in enumerate(ordered):
        counted = place == 0 or ordered[place - 1].instrument != item.instrument
        weight = _log_ratio(item, rules) if counted else 0.0
        weights.append(
            EvidenceWeight(
                source=item.source,
                instrument=item.instrument,
                severity=item.severity,
                on=item.on,
                weight=weight,
                counted=counted,
            )
        )
    return _sum(weights, rules)


def _sum(weights: Sequence[EvidenceWeight], rules: Rules) -> Fused:
    prior = rules.numbers["prior"]
    log_odds = math.log(prior / (1 - prior)) + math.fsum(each.weight for each in weights)
    counted = [each for each in weights if each.counted]
    return Fused(
        confidence=min(rules.numbers["confidence_cap"], 1 / (1 + math.exp(-log_odds))),
        severity=sum(each.severity for each in counted) / len(counted) if counted else 0.0,
        contradiction=any(each.weight > 0 for each in counted) and any(each.weight < 0 for each in counted),
        weights=tuple(weights),
    )


def _log_ratio(item: Item, rules: Rules) -> float:
    ratio = rules.ratios[item.instrument]
    if item.instrument == REQUEST or item.severity >= rules.numbers["speaks_for_from"]:
        return math.log(ratio.supports)
    if item.severity <= rules.numbers["speaks_against_to"]:
        return math.log(ratio.opposes)
    return 0.0
