"""Rules as data: what a rule file says, checked, hashed, and ready to be applied to columns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from graph.model.rules import Rule, RuleSet
from graph.model.terms import Provenance, RuleKind
from recommender.rule_files.checks import FEATURES, checked_file
from recommender.scoring.feature import Column, Facts, Feature, Over
from recommender.situation import covers

MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """One rule of a file, bound to its feature.

    A hard rule drops what lies outside `at_least`..`at_most`; what is not known passes. A soft rule
    maps its feature through `xs`, `ys` to 0..1 and adds that share of `weight_millionths`.
    """

    key: str
    kind: RuleKind
    feature: Feature[Any]
    at_least: float | None
    at_most: float | None
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    weight_millionths: int
    sentences: Mapping[str, str]
    provenance: Provenance
    start: date | None
    end: date | None

    def passes(self, column: Column) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each value is let through by this hard rule; NaN is."""
        low = -np.inf if self.at_least is None else self.at_least
        high = np.inf if self.at_most is None else self.at_most
        inside: np.ndarray[tuple[int], np.dtype[np.bool_]] = ~((column < low) | (column > high))
        return inside

    def millionths(self, column: Column) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """What this soft rule adds for each value, 0 to `weight_millionths`; NaN adds 0."""
        shares = np.interp(np.nan_to_num(column, nan=self.xs[0]), self.xs, self.ys)
        added = np.rint(np.where(np.isnan(column), 0.0, shares) * self.weight_millionths)
        return added.astype(np.int64)

    def sentence(self, language: str, facts: Facts, unknown: bool = False) -> str:
        """The rule's sentence with the facts of one pair; its other sentence where nothing is known."""
        place = 0 if language == "zh" else 1
        told = {name: values[place] for name, values in facts.items()}
        return self.sentences[f"unknown_{language}" if unknown else language].format_map(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """How many times likelier an item that speaks for (or against) a need is where there is one."""

    supports: float
    opposes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A rule file, checked; `id` is the hash of its content with the rules sorted by their ids."""

    id: str
    name: str
    version: str
    content: str
    numbers: Mapping[str, float]
    ratios: Mapping[str, Ratio]
    rules: tuple[RuleEntry, ...]

    def in_force(self, over: Over, kind: RuleKind, on: date) -> tuple[RuleEntry, ...]:
        """The rules of one kind over one sort of pairs that are in force that day, by key."""
        return tuple(
            each
            for each in self.rules
            if each.feature.over is over and each.kind is kind and covers(each.start, each.end, on)
        )

    def highest(self, feature: str, on: date) -> float:
        """The most that the hard rules in force that day let a feature be; infinite where none bounds it."""
        bounds = (
            each.at_most
            for each in self.rules
            if each.feature.key == feature and covers(each.start, each.end, on)
        )
        return min((bound for bound in bounds if bound is not None), default=float("inf"))

    def as_nouns(self, adopted_on: date) -> tuple[RuleSet, tuple[Rule, ...]]:
        """The rule set and its rules as nodes of the graph."""
        rule_set = RuleSet(
            id=self.id, name=self.name, version=self.version, adopted_on=adopted_on, content=self.content
        )
        return rule_set, tuple(self._noun(each) for each in self.rules)

    def rule_id(self, key: str) -> str:
        """The id of a rule's node."""
        return f"{self.id}/{key}"

    def _noun(self, rule: RuleEntry) -> Rule:
        return Rule(
            id=self.rule_id(rule.key),
            rule_set=self.id,
            key=rule.key,
            kind=rule.kind,
            weight_millionths=rule.weight_millionths if rule.kind is RuleKind.SOFT else None,
            sentence_zh=rule.sentences["zh"],
            sentence_en=rule.sentences["en"],
            provenance=rule.provenance,
        )


def read_rules(text: str) -> Rules:
    """The rules of a rule file (JSON text).

    Raises graph.errors.Faults with every fault, each with its place in the file as `field`.
    """
    content = checked_file(text)
    content["rules"] = sorted(content["rules"], key=lambda rule: str(rule["id"]))
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Rules(
        id=hashlib.sha256(canonical.encode()).hexdigest()[:12],
        name=content["name"],
        version=content["version"],
        content=canonical,
        numbers={key: float(each["value"]) for key, each in content["numbers"].items()},
        ratios={key: _ratio(each) for key, each in content["ratios"].items()},
        rules=tuple(_entry(rule) for rule in content["rules"]),
    )


def _ratio(each: dict[str, Any]) -> Ratio:
    return Ratio(supports=float(each["for"]), opposes=float(each.get("against", 1.0)))


def _entry(rule: dict[str, Any]) -> RuleEntry:
    feature = FEATURES[rule["feature"]]
    table = rule.get("table", {})
    curve = rule.get("curve", []) or [
        (place, table[level]) for place, level in enumerate(feature.levels) if table
    ]
    return RuleEntry(
        key=rule["id"],
        kind=RuleKind[rule["kind"]],
        feature=feature,
        at_least=rule.get("at_least"),
        at_most=rule.get("at_most"),
        xs=tuple(float(x) for x, _ in curve),
        ys=tuple(float(y) for _, y in curve),
        weight_millionths=round(rule.get("weight", 0) * MILLION),
        sentences={key: rule[key] for key in ("zh", "en", "unknown_zh", "unknown_en") if key in rule},
        provenance=Provenance[rule["provenance"]],
        start=_day(rule.get("from")),
        end=_day(rule.get("until")),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
