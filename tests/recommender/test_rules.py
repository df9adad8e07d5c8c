"""Reading a rule file: what it gives, and every fault of a bad one at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from graph.errors import Faults, InvalidInput
from graph.model.terms import Provenance, RuleKind
from recommender.rule_files.form import json_schema
from recommender.rules import MILLION, read_rules
from recommender.scoring.feature import Over
from tests.recommender.small_world import DEFAULT_TEXT, RULES, TODAY

Spoil = Callable[[dict[str, Any]], object]


def _rule(content: dict[str, Any], key: str) -> Any:
    return next(rule for rule in content["rules"] if rule["id"] == key)


def _faults(text: str) -> dict[str, str]:
    """The places and the English sentences of the faults that reading raises."""
    with pytest.raises(Faults) as caught:
        read_rules(text)
    found = [fault for fault in caught.value.faults if isinstance(fault, InvalidInput)]
    assert len(found) == len(caught.value.faults)
    assert all(fault.zh and fault.zh != fault.message("en") for fault in found)
    return {fault.field: fault.message("en") for fault in found}


def test_the_default_file_is_valid_and_its_weights_make_one_for_each_sort_of_pair() -> None:
    for over in Over:
        soft = RULES.in_force(over, RuleKind.SOFT, TODAY)
        assert sum(rule.weight_millionths for rule in soft) == MILLION


def test_the_published_schema_is_the_one_that_files_are_checked_with() -> None:
    published = files("recommender.rule_files").joinpath("rules.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == json_schema()


def test_the_id_does_not_depend_on_the_order_or_the_layout_of_the_file() -> None:
    content = json.loads(DEFAULT_TEXT)
    content["rules"].reverse()
    assert read_rules(json.dumps(content, indent=7)).id == RULES.id
    assert read_rules(RULES.content) == RULES


def test_the_id_changes_with_any_number() -> None:
    content = json.loads(DEFAULT_TEXT)
    content["numbers"]["common_teachers"]["value"] = 6
    assert read_rules(json.dumps(content)).id != RULES.id


def test_nouns_carry_the_file_word_for_word_and_each_rule_with_its_provenance() -> None:
    rule_set, rules = RULES.as_nouns(date(2025, 1, 1))
    assert (rule_set.id, rule_set.version, rule_set.adopted_on) == (RULES.id, "1", date(2025, 1, 1))
    assert read_rules(rule_set.content) == RULES
    by_key = {rule.key: rule for rule in rules}
    assert len(by_key) == len(rules) == 28
    assert by_key["local_preference"].weight_millionths == 80_000
    assert by_key["trainer_dates"].weight_millionths is None
    assert by_key["trainer_dates"].provenance is Provenance.INFERRED
    assert by_key["trainer_dates"].id == f"{RULES.id}/trainer_dates"


def test_a_rule_is_in_force_from_its_first_to_its_last_day() -> None:
    content = json.loads(DEFAULT_TEXT)
    _rule(content, "words_alike").update({"from": "2025-03-01", "until": "2025-03-31"})
    rules = read_rules(json.dumps(content))
    days = (date(2025, 2, 28), date(2025, 3, 1), date(2025, 3, 31), date(2025, 4, 1))
    found = [
        "words_alike" in {rule.key for rule in rules.in_force(Over.TRAINER, RuleKind.SOFT, day)}
        for day in days
    ]
    assert found == [False, True, True, False]


def test_a_curve_is_followed_between_its_points_and_flat_beyond_them() -> None:
    rule = next(rule for rule in RULES.rules if rule.key == "declared_topic")
    added = rule.millionths(np.array([-1.0, 0.0, 0.5, 2.0, 9.0, np.nan]))
    assert added.tolist() == [240_000, 240_000, 216_000, 120_000, 0, 0]


def test_a_hard_rule_stops_what_lies_outside_and_lets_the_unknown_pass() -> None:
    rule = next(rule for rule in RULES.rules if rule.key == "trainer_topic")
    assert rule.passes(np.array([0.0, 3.0, 4.0, np.nan])).tolist() == [True, True, False, True]


SPOILS: dict[str, tuple[Spoil, str]] = {
    "unknown feature": (lambda c: _rule(c, "words_alike").update(feature="mood"), "rules[9].feature"),
    "no weight": (lambda c: _rule(c, "words_alike").pop("weight"), "rules[9]"),
    "weight of nothing": (lambda c: _rule(c, "words_alike").update(weight=0), "rules[9].weight"),
    "negative weight": (lambda c: _rule(c, "words_alike").update(weight=-0.1), "rules[9].weight"),
    "curve above one": (
        lambda c: _rule(c, "words_alike").update(curve=[[0, 0], [1, 1.1]]),
        "rules[9].curve[1][1]",
    ),
    "curve of one point": (lambda c: _rule(c, "words_alike").update(curve=[[0, 0]]), "rules[9].curve"),
    "curve running back": (
        lambda c: _rule(c, "words_alike").update(curve=[[1, 0], [0, 1]]),
        "rules[9].curve",
    ),
    "curve against its feature": (
        lambda c: _rule(c, "words_alike").update(curve=[[0, 1], [1, 0]]),
        "rules[9].curve",
    ),
    "curve and table": (lambda c: _rule(c, "words_alike").update(table={"A": 1}), "rules[9].curve"),
    "table without a level": (
        lambda c: _rule(c, "way_of_delivery")["table"].pop("ON_SITE"),
        "rules[15].table",
    ),
    "table against its levels": (
        lambda c: _rule(c, "way_of_delivery")["table"].update(ON_SITE=0.1),
        "rules[15].table",
    ),
    "unknown placeholder": (lambda c: _rule(c, "words_alike").update(en="{mood}"), "rules[9].en"),
    "half a brace": (lambda c: _rule(c, "words_alike").update(zh="{trainer"), "rules[9].zh"),
    "no sentence": (lambda c: _rule(c, "words_alike").update(zh=""), "rules[9].zh"),
    "no such provenance": (
        lambda c: _rule(c, "words_alike").update(provenance="HEARSAY"),
        "rules[9].provenance",
    ),
    "no source": (lambda c: _rule(c, "words_alike").pop("source"), "rules[9]"),
    "no such day": (lambda c: _rule(c, "words_alike").update({"from": "2025-02-30"}), "rules[9].from"),
    "ends before it begins": (
        lambda c: _rule(c, "words_alike").update({"from": "2025-02-02", "until": "2025-02-01"}),
        "rules[9].until",
    ),
    "hard rule without a bound": (lambda c: _rule(c, "trainer_topic").pop("at_most"), "rules[0]"),
    "hard rule with both bounds": (lambda c: _rule(c, "trainer_topic").update(at_least=0), "rules[0]"),
    "hard rule with a weight": (lambda c: _rule(c, "trainer_topic").update(weight=1), "rules[0]"),
    "twice the same id": (lambda c: _rule(c, "words_alike").update(id="proven_rung"), "rules[9].id"),
    "local preference above a tenth": (
        lambda c: _rule(c, "local_preference").update(weight=0.2),
        "rules[13].weight",
    ),
    "number out of bounds": (lambda c: c["numbers"]["prior"].update(value=2), "numbers.prior.value"),
    "number that must be whole": (
        lambda c: c["numbers"]["common_teachers"].update(value=2.5),
        "numbers.common_teachers.value",
    ),
    "number missing": (lambda c: c["numbers"].pop("prior"), "numbers"),
    "number nobody knows": (lambda c: c["numbers"].update(luck={"value": 1}), "numbers"),
    "number without provenance": (lambda c: c["numbers"]["prior"].pop("provenance"), "numbers.prior"),
    "thresholds crossed": (lambda c: c["numbers"]["met_at_most"].update(value=1), "numbers.met_at_most"),
    "ratio for a need under one": (lambda c: c["ratios"]["SURVEY"].update({"for": 0.9}), "ratios.SURVEY.for"),
    "ratio against a need over one": (
        lambda c: c["ratios"]["SURVEY"].update(against=1.2),
        "ratios.SURVEY.against",
    ),
    "no instrument": (lambda c: c["ratios"].pop("INTERVIEW"), "ratios"),
    "no rules": (lambda c: c.update(rules=[]), "rules"),
    "no rule that blocks": (lambda c: c["rules"].pop(0), "rules"),
    "a list": (lambda c: c.update(rules={}), "rules"),
}


@pytest.mark.parametrize("name", SPOILS)
def test_a_fault_is_told_with_its_place(name: str) -> None:
    content = json.loads(DEFAULT_TEXT)
    spoil, place = SPOILS[name]
    spoil(content)
    assert list(_faults(json.dumps(content))) == [place]


def test_all_faults_of_form_are_told_at_once() -> None:
    content = json.loads(DEFAULT_TEXT)
    for key in ("unknown feature", "number out of bounds", "no instrument"):
        SPOILS[key][0](content)
    assert set(_faults(json.dumps(content))) == {"rules[9].feature", "numbers.prior.value", "ratios"}


def test_all_faults_of_sense_are_told_at_once() -> None:
    content = json.loads(DEFAULT_TEXT)
    for key in (
        "unknown placeholder",
        "thresholds crossed",
        "hard rule without a bound",
        "local preference above a tenth",
    ):
        SPOILS[key][0](content)
    found = _faults(json.dumps(content))
    assert set(found) == {"rules[9].en", "numbers.met_at_most", "rules[0]", "rules[13].weight", "rules"} - {
        "rules"
    }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "line 1, column 1"),
        ('{"name": }', "line 1, column 10"),
        ("[]", "file"),
        ('{"name": "a", "name": "b"}', "name"),
        ('{"name": NaN}', "file"),
    ],
)
def test_what_is_no_rule_file_is_refused_with_the_place(text: str, place: str) -> None:
    assert list(_faults(text)) == [place]


def test_the_place_of_what_is_no_json_is_told_in_chinese_too() -> None:
    with pytest.raises(Faults) as caught:
        read_rules('{"name": }')
    assert caught.value.zh == "第 1 行第 10 列：不是有效的 JSON"
