"""Laws that every rule of the default file inherits; a new rule is under them by being in the file."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.terms import RuleKind
from recommender.rules import RuleEntry
from recommender.scoring.feature import Direction
from recommender.situation import Situation
from tests.recommender.scoring.measured_world import full_world, measure, pairs_of
from tests.recommender.small_world import DEFAULT_TEXT, RULES, TODAY

SOFT = [rule for rule in RULES.rules if rule.kind is RuleKind.SOFT]
HARD = [rule for rule in RULES.rules if rule.kind is RuleKind.HARD]
WORLD = full_world()
VALUES = st.lists(st.one_of(st.just(float("nan")), st.floats(-1e9, 1e12)), min_size=1, max_size=50)

every_rule = pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.key)
soft_rules = pytest.mark.parametrize("rule", SOFT, ids=lambda rule: rule.key)


@soft_rules
@given(values=VALUES)
def test_what_a_rule_adds_is_bounded_by_its_weight(rule: RuleEntry, values: list[float]) -> None:
    added = rule.millionths(np.array(values))
    assert added.dtype == np.int64
    assert all(0 <= each <= rule.weight_millionths for each in added)


@soft_rules
@given(values=VALUES)
def test_more_of_a_feature_moves_the_rule_one_way_only(rule: RuleEntry, values: list[float]) -> None:
    known = sorted(each for each in values if not np.isnan(each))
    steps = np.diff(rule.millionths(np.array(known)))
    assert rule.feature.direction is not Direction.FREE
    assert all(step * rule.feature.direction.value >= 0 for step in steps)


@soft_rules
def test_unknown_adds_nothing_and_says_so(rule: RuleEntry) -> None:
    assert rule.millionths(np.array([np.nan])).tolist() == [0]
    assert "不计分" in rule.sentences["unknown_zh"]
    assert rule.sentences["unknown_en"].endswith("adds nothing")


@pytest.mark.parametrize("rule", HARD, ids=lambda rule: rule.key)
def test_a_hard_rule_never_drops_what_is_not_known(rule: RuleEntry) -> None:
    assert rule.passes(np.array([np.nan])).tolist() == [True]


@every_rule
def test_a_feature_measures_every_pair_once_and_the_same_again(rule: RuleEntry) -> None:
    pairs, column = measure(rule, WORLD)
    assert column.shape == (len(pairs),)
    assert column.dtype == np.float64
    assert np.array_equal(column, measure(rule, full_world())[1], equal_nan=True)


@every_rule
def test_a_feature_survives_an_empty_alliance(rule: RuleEntry) -> None:
    pairs, column = measure(rule, Situation(today=TODAY))
    assert len(pairs) == 0
    assert column.shape == (0,)


@every_rule
def test_every_sentence_can_be_told_of_every_pair(rule: RuleEntry) -> None:
    pairs, column = measure(rule, WORLD)
    for place in range(len(pairs)):
        facts = rule.feature.facts(pairs, place)
        assert facts.keys() == rule.feature.placeholders
        unknown = rule.kind is RuleKind.SOFT and bool(np.isnan(column[place]))
        for language in ("zh", "en"):
            sentence = rule.sentence(language, facts, unknown)
            assert sentence
            assert "nan" not in sentence
            assert "{" not in sentence


@every_rule
def test_the_columns_of_fewer_pairs_are_the_same_columns(rule: RuleEntry) -> None:
    pairs, column = measure(rule, WORLD)
    alive = np.arange(len(pairs)) % 2 == 0
    fewer = pairs_of(WORLD, rule.feature.over).narrowed(alive)
    assert np.array_equal(rule.feature.measure(fewer), column[alive], equal_nan=True)


def test_every_number_of_the_file_says_where_it_comes_from() -> None:
    content = json.loads(DEFAULT_TEXT)
    entries = [*content["numbers"].values(), *content["ratios"].values(), *content["rules"]]
    assert all(each["provenance"] in ("PAPER", "INFERRED", "OURS") and each["source"] for each in entries)
