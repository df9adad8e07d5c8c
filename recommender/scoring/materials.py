"""The features of a resource for a wish: each one a measure, its facts and its bounds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from graph.model.resources import Resource
from graph.model.terms import Connectivity, Pool, Subject
from recommender.scoring.feature import Column, Direction, Facts, Feature, Over, number, same
from recommender.scoring.material_pairs import KNOWN_TAGS, MaterialPairs, Wish
from recommender.situation import covers

MATERIAL_FEATURES: dict[str, Feature[MaterialPairs]] = {}
_UNKNOWN = ("未知", "unknown")


def _feature(
    key: str,
    *placeholders: str,
    facts: Callable[[MaterialPairs, int], Facts] | None = None,
    direction: Direction = Direction.RISING,
    levels: tuple[str, ...] = (),
) -> Callable[[Callable[[MaterialPairs], Column]], Callable[[MaterialPairs], Column]]:
    """Enter a measure as the feature `key`; `resource` can be named in every sentence."""

    def enter(measure: Callable[[MaterialPairs], Column]) -> Callable[[MaterialPairs], Column]:
        def all_facts(pairs: MaterialPairs, place: int) -> Facts:
            always = {"resource": same(pairs.parts(place)[1].name)}
            return {**always, **(facts(pairs, place) if facts else {})}

        names = frozenset({"resource", *placeholders})
        MATERIAL_FEATURES[key] = Feature(key, Over.MATERIAL, names, measure, all_facts, direction, levels)
        return measure

    return enter


def _by_pair(pairs: MaterialPairs, measure: Callable[[Wish, Resource], float]) -> Column:
    """A measure of single pairs, for features that look at words or sets rather than numbers."""
    return np.array([measure(*pairs.parts(place)) for place in range(len(pairs))], dtype=np.float64)


def _steps_facts(pairs: MaterialPairs, place: int) -> Facts:
    return {"steps": number(float(pairs.steps[place]))}


@_feature("resource_topic_steps", "steps", facts=_steps_facts, direction=Direction.FALLING)
def _topic_steps(pairs: MaterialPairs) -> Column:
    """Steps in the tree from the topic wished to the nearest of the resource; NaN where either has none."""
    return pairs.steps


def _edition_facts(pairs: MaterialPairs, place: int) -> Facts:
    wish, resource = pairs.parts(place)
    mine = same("、".join(sorted(wish.editions))) if wish.editions else _UNKNOWN
    return {
        "edition": _UNKNOWN if resource.textbook_edition is None else same(resource.textbook_edition),
        "classes": mine,
    }


@_feature("edition_match", "edition", "classes", facts=_edition_facts)
def _edition_match(pairs: MaterialPairs) -> Column:
    """1 if the resource follows a textbook edition of the classes, 0 if another, NaN where not known."""

    def matches(wish: Wish, resource: Resource) -> float:
        if not wish.editions or resource.textbook_edition is None:
            return float("nan")
        return float(resource.textbook_edition in wish.editions)

    return _by_pair(pairs, matches)


def _tag_facts(pairs: MaterialPairs, place: int) -> Facts:
    wish, resource = pairs.parts(place)
    matched = [words for words in wish.tags if _is_tagged(resource, words)]
    if not matched:
        return {"tags": ("无", "none")}
    return {"tags": ("、".join(zh for zh, _ in matched), ", ".join(en for _, en in matched))}


@_feature("context_match", "tags", facts=_tag_facts)
def _context_match(pairs: MaterialPairs) -> Column:
    """Share (0 to 1) of the resource's context tags that the classes have; NaN where either has none.

    Only tags that classes are described by count: of a tag such as "rural" nothing is known here.
    """

    def share(wish: Wish, resource: Resource) -> float:
        told = [
            tag
            for tag in resource.context_tags
            if any(_means(tag, words) for words in (*KNOWN_TAGS, *wish.tags))
        ]
        if not wish.tags or not told:
            return float("nan")
        return sum(any(_means(tag, words) for words in wish.tags) for tag in told) / len(told)

    return _by_pair(pairs, share)


def _is_tagged(resource: Resource, words: tuple[str, str]) -> bool:
    return any(_means(tag, words) for tag in resource.context_tags)


def _means(tag: str, words: tuple[str, str]) -> bool:
    return any(word in tag.lower() for word in words)


def _use_facts(pairs: MaterialPairs, place: int) -> Facts:
    row = pairs.material[place]
    share, ratings = float(pairs.materials.pleased[row]), float(pairs.materials.ratings[row])
    told = number(100 * share)[0]
    if not ratings:
        return {
            "rated": (
                f"尚无评分，按全体均值{told}%计",
                f"not rated yet, counted as the mean of all, {told} %",
            )
        }
    zh = f"评价良好的比例按{ratings:g}份评分向全体均值收缩后为{told}%"
    return {"rated": (zh, f"{told} % rated it well, {ratings:g} ratings, drawn to the mean of all")}


@_feature("earlier_uses", "rated", facts=_use_facts)
def _earlier_uses(pairs: MaterialPairs) -> Column:
    """Share (0 to 1) of good ratings from use in teaching, shrunk to the mean; NaN if nothing was rated."""
    return pairs.materials.pleased[pairs.material]


def _line_facts(pairs: MaterialPairs, place: int) -> Facts:
    wish, resource = pairs.parts(place)
    return {
        "line": _UNKNOWN if wish.line is None else (wish.line.zh, wish.line.en),
        "digital": number(wish.digital),
        "format": _UNKNOWN if resource.format is None else same(resource.format),
    }


_EASE = ("HARD", "STRAINED", "EASY")
_SIMPLE_FORMATS = frozenset({"pdf", "doc", "docx", "txt", "jpg", "png", "mp3"})


@_feature("format_ease", "line", "digital", "format", facts=_line_facts, levels=_EASE)
def _format_ease(pairs: MaterialPairs) -> Column:
    """How easily the resource's format works with the teachers' digital skill and the school's line.

    A plain document or a thing is easy everywhere. Anything else is strained by a weak line or by
    low skill, hard by no line or by both; NaN where format, or both line and skill, are not known.
    """
    enough = pairs.numbers["digital_enough"]

    def ease(wish: Wish, resource: Resource) -> float:
        if resource.pool is Pool.HARDWARE:
            return 2.0
        if resource.format is None:
            return float("nan")
        if resource.format.lower().lstrip(".") in _SIMPLE_FORMATS:
            return 2.0
        if wish.line is None and np.isnan(wish.digital):
            return float("nan")
        strains = (
            (wish.line is Connectivity.WEAK) + (wish.digital < enough) + 2 * (wish.line is Connectivity.NONE)
        )
        return 2.0 - min(2.0, float(strains))

    return _by_pair(pairs, ease)


@_feature("resource_likeness")
def _likeness(pairs: MaterialPairs) -> Column:
    """Likeness (0 to 1) of what was said to the resource's name; NaN where nothing was said."""
    return pairs.likeness()


@_feature("is_available")
def _is_available(pairs: MaterialPairs) -> Column:
    """1 if the resource is available today, else 0."""
    today = pairs.around.situation.today
    spans = [covers(each.available_from, each.available_to, today) for each in pairs.materials.resources]
    column: Column = np.array(spans, dtype=np.float64)[pairs.material]
    return column


@_feature("resource_subject_match")
def _subject_match(pairs: MaterialPairs) -> Column:
    """1 if the resource is of the subject wished or general, 0 if of another, NaN where not known."""

    def matches(wish: Wish, resource: Resource) -> float:
        if wish.subject is None or resource.subject is None:
            return float("nan")
        return float(resource.subject in (wish.subject, Subject.GENERAL))

    return _by_pair(pairs, matches)


@_feature("resource_grade_match")
def _grade_match(pairs: MaterialPairs) -> Column:
    """1 if the resource serves a grade wished, 0 if only others, NaN where not known."""

    def matches(wish: Wish, resource: Resource) -> float:
        if not wish.grade_bands or not resource.grade_bands:
            return float("nan")
        return float(bool(set(wish.grade_bands) & set(resource.grade_bands)))

    return _by_pair(pairs, matches)


def _bytes_facts(pairs: MaterialPairs, place: int) -> Facts:
    wish, resource = pairs.parts(place)
    limit = ("无上限", "no limit") if wish.limit_bytes is None else same(wish.limit_bytes)
    return {"bytes": _UNKNOWN if resource.size_bytes is None else same(resource.size_bytes), "limit": limit}


@_feature("bytes_to_spare", "bytes", "limit", facts=_bytes_facts)
def _bytes_to_spare(pairs: MaterialPairs) -> Column:
    """Bytes left under what the tightest line carries; NaN where the size or the limit is not known."""
    limits = [float("nan") if wish.limit_bytes is None else float(wish.limit_bytes) for wish in pairs.wishes]
    spare: Column = pairs.by_wish(limits) - pairs.materials.bytes[pairs.material]
    return spare
