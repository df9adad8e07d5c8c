"""Every fault of a rule file: of its JSON, of its form, and of its sense."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from string import Formatter
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from graph.errors import Faults, InvalidInput, ZaoxueError
from recommender.rule_files.form import json_schema
from recommender.scoring.feature import Direction, Feature, Over
from recommender.scoring.materials import MATERIAL_FEATURES
from recommender.scoring.trainers import TRAINER_FEATURES

FEATURES: dict[str, Feature[Any]] = {**TRAINER_FEATURES, **MATERIAL_FEATURES}
BLOCKING_FEATURE = "topic_steps"
_SHAPES = {
    "required": "缺少必填项",
    "additionalProperties": "有不认识的项",
    "enum": "不在允许的取值之中",
    "const": "不在允许的取值之中",
    "type": "类型不对",
    "minimum": "小于下限",
    "maximum": "大于上限",
    "exclusiveMinimum": "小于下限",
    "minLength": "不能为空",
    "minItems": "项数太少",
    "minProperties": "项数太少",
    "pattern": "写法不对",
    "items": "多出的项",
}


def checked_file(text: str) -> dict[str, Any]:
    """The content of a rule file without a fault.

    Raises Faults with every fault of form; when the form is right, with every fault of sense.
    """
    content = _parsed(text)
    faults = list(_faults_of_form(content)) or list(_faults_of_sense(content))
    if faults:
        raise Faults(faults)
    assert isinstance(content, dict)
    return content


def _fault(place: str, zh: str, en: str) -> ZaoxueError:
    return InvalidInput(place, f"{place}：{zh}", f"{place}: {en}")


def _parsed(text: str) -> Any:
    repeated: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        repeated.extend(sorted({key for key in keys if keys.count(key) > 1}))
        return dict(pairs)

    def refuse(constant: str) -> float:
        raise ValueError(constant)

    try:
        content = json.loads(text, object_pairs_hook=unique, parse_constant=refuse)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        zh = f"第 {error.lineno} 行第 {error.colno} 列：不是有效的 JSON"
        raise Faults([InvalidInput(place, zh, f"{place}: not valid JSON ({error.msg})")]) from error
    except ValueError as error:
        raise Faults([_fault("file", f"{error} 不是数字", f"{error} is not a number")]) from error
    if repeated:
        raise Faults(
            [_fault(key, "同一处写了两次", f"{key!r} is written twice in one place") for key in repeated]
        )
    return content


def _faults_of_form(content: Any) -> Iterator[ZaoxueError]:
    validator = Draft202012Validator(json_schema())
    for error in sorted(validator.iter_errors(content), key=lambda each: (each.json_path, each.message)):
        for leaf in error.context or [error]:
            yield _fault(_place(leaf), _SHAPES.get(str(leaf.validator), "不符合格式"), leaf.message)


def _place(error: ValidationError) -> str:
    return error.json_path.removeprefix("$").removeprefix(".") or "file"


def _faults_of_sense(content: dict[str, Any]) -> Iterator[ZaoxueError]:
    yield from _faults_of_numbers({key: each["value"] for key, each in content["numbers"].items()})
    rules = content["rules"]
    names = [rule["id"] for rule in rules]
    for place, rule in enumerate(rules):
        where = f"rules[{place}]"
        if names.index(rule["id"]) != place:
            yield _fault(f"{where}.id", f"{rule['id']} 重复", f"{rule['id']!r} is there twice")
        yield from _faults_of_rule(where, rule)
    yield from _faults_of_families(rules)


def _faults_of_numbers(numbers: dict[str, float]) -> Iterator[ZaoxueError]:
    for lower, higher in (
        ("speaks_against_to", "speaks_for_from"),
        ("met_at_most", "reopen_from"),
        ("prior", "confidence_cap"),
        ("reopen_rating", "satisfied_from"),
    ):
        if numbers[lower] >= numbers[higher]:
            yield _fault(f"numbers.{lower}", f"须小于 {higher}", f"must be less than {higher}")


def _faults_of_rule(where: str, rule: dict[str, Any]) -> Iterator[ZaoxueError]:
    feature = FEATURES[rule["feature"]]
    if rule["kind"] == "HARD":
        if ("at_least" in rule) == ("at_most" in rule) or feature.levels:
            yield _fault(
                where,
                "硬规则须在数值特征上写 at_least 或 at_most 之一",
                "a hard rule has exactly one of at_least and at_most, on a feature that is a number",
            )
    elif feature.levels:
        yield from _faults_of_table(where, rule, feature)
    else:
        yield from _faults_of_curve(where, rule, feature)
    for key in ("zh", "en", "unknown_zh", "unknown_en"):
        yield from _faults_of_sentence(f"{where}.{key}", rule.get(key, ""), feature)
    yield from _faults_of_dates(where, rule)


def _faults_of_table(where: str, rule: dict[str, Any], feature: Feature[Any]) -> Iterator[ZaoxueError]:
    table = rule.get("table")
    if table is None or "curve" in rule or set(table) != set(feature.levels):
        levels = ", ".join(feature.levels)
        yield _fault(
            f"{where}.table", f"须有一张表，恰好写出 {levels}", f"must be a table of exactly {levels}"
        )
    elif not _runs([table[level] for level in feature.levels], feature.direction):
        yield _fault(f"{where}.table", "走向与特征不符", f"must be {feature.direction.name} over its levels")


def _faults_of_curve(where: str, rule: dict[str, Any], feature: Feature[Any]) -> Iterator[ZaoxueError]:
    curve = rule.get("curve")
    if curve is None or "table" in rule:
        yield _fault(f"{where}.curve", "须有一条曲线，不要表", "must have a curve and no table")
        return
    points = [x for x, _ in curve]
    if any(not math.isfinite(x) for x in points) or any(a >= b for a, b in pairwise(points)):
        yield _fault(f"{where}.curve", "横坐标须递增", "x must grow from point to point")
    if not _runs([y for _, y in curve], feature.direction):
        yield _fault(
            f"{where}.curve", "走向与特征不符", f"must be {feature.direction.name} over {feature.key}"
        )


def _runs(values: list[float], direction: Direction) -> bool:
    steps = [b - a for a, b in pairwise(values)]
    return direction is Direction.FREE or all(step * direction.value >= 0 for step in steps)


def _faults_of_sentence(where: str, sentence: str, feature: Feature[Any]) -> Iterator[ZaoxueError]:
    try:
        names = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError:
        yield _fault(where, "花括号不成对", "has a brace without its other half")
        return
    for name in sorted(names - feature.placeholders):
        known = ", ".join(sorted(feature.placeholders))
        yield _fault(
            where, f"没有占位符 {{{name}}}，可用：{known}", f"no placeholder {{{name}}}; there are: {known}"
        )


def _faults_of_dates(where: str, rule: dict[str, Any]) -> Iterator[ZaoxueError]:
    days: list[date] = []
    for key in ("from", "until"):
        try:
            days.extend([date.fromisoformat(rule[key])] if key in rule else [])
        except ValueError:
            yield _fault(f"{where}.{key}", "不是日历上的日期", f"{rule[key]!r} is no day of the calendar")
    if len(days) == 2 and days[0] > days[1]:
        yield _fault(f"{where}.until", "早于 from", "lies before from")


def _faults_of_families(rules: list[dict[str, Any]]) -> Iterator[ZaoxueError]:
    always = [rule for rule in rules if "from" not in rule and "until" not in rule]
    if not any(rule["kind"] == "HARD" and rule["feature"] == BLOCKING_FEATURE for rule in always):
        yield _fault(
            "rules",
            f"须有一条不限日期的硬规则，特征为 {BLOCKING_FEATURE}（候选人按它分块）",
            f"must have an undated hard rule on {BLOCKING_FEATURE}, which candidates are blocked by",
        )
    for over in Over:
        family = [rule for rule in rules if FEATURES[rule["feature"]].over is over]
        total = sum(rule.get("weight", 0) for rule in family)
        if not any(rule["kind"] == "SOFT" for rule in family) or not any(
            rule["kind"] == "HARD" for rule in family
        ):
            yield _fault(
                "rules", f"缺少{over.name}的硬规则或软规则", f"{over.name} needs a hard and a soft rule"
            )
        for place, rule in enumerate(rules):
            bound = FEATURES[rule["feature"]].share_at_most
            if rule in family and bound is not None and rule.get("weight", 0) > bound * total + 1e-9:
                text = f"at most {bound:.0%} of the weights of its kind"
                yield _fault(f"rules[{place}].weight", f"不得超过同类权重的 {bound:.0%}", text)
