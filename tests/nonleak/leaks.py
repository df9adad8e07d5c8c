"""Leaks to plant, each in one rule or in one place that must ask the rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pytest

from graph.access import grants, sight, trails
from graph.compiler import paging, statement
from graph.compiler.cypher import Speech
from graph.compiler.visibility import EVERYTHING

Planting = Callable[[pytest.MonkeyPatch], None]
Sight = sight.RoleSight


@dataclass(frozen=True, slots=True)
class Leak:
    """One leak: what is forgotten, and how; `shown_by` is what kind of documents must show it."""

    name: str
    plant: Planting
    shown_by: Literal["generated", "walks", "sweeps", "searches", "refusals", "filters"] = "walks"


def _around(owner: Any, name: str, change: Callable[..., Any]) -> Planting:
    """Puts `change(original, *arguments)` in the place of a function."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        original = getattr(owner, name)
        patch.setattr(owner, name, lambda *given, **named: change(original, *given, **named))

    return plant


def _one_more(label: str, ids: str) -> Planting:
    """Rows of a label whose ids end so are seen by everybody."""

    def change(original: Any, own: Any, at: str, variable: str) -> Any:
        found = original(own, at, variable)
        return f"{found} OR {variable}.id ENDS WITH '{ids}'" if found and at == label else found

    return _around(Sight, "predicate", change)


def _unmasked(label: str, name: str) -> Planting:
    """A property of a label that is shown wherever its row is."""

    def change(original: Any, own: Any, at: str, variable: str, asked: str) -> Any:
        return None if (at, asked) == (label, name) else original(own, at, variable, asked)

    return _around(Sight, "value", change)


def _followed(label: str, relationship: str) -> Planting:
    """A relationship of a label that is followed wherever its ends are seen."""

    def change(original: Any, own: Any, at: str, variable: str, asked: str, end: str) -> Any:
        return None if (at, asked) == (label, relationship) else original(own, at, variable, asked, end)

    return _around(Sight, "link", change)


def _without_sight(owner: Any, name: str) -> Planting:
    """A method of something that speaks, speaking as if everything were seen."""

    def change(original: Any, own: Any, *given: Any, **named: Any) -> Any:
        holder = own if isinstance(own, Speech) else own._speech
        kept, holder._visibility = holder._visibility, EVERYTHING
        try:
            found = original(own, *given, **named)
            return list(found) if isinstance(found, Iterator) else found
        finally:
            holder._visibility = kept

    return _around(owner, name, change)


def _asked_of_all(owner: Any, name: str, place: int) -> Planting:
    """A reader of arguments that takes every field for one that may be asked by."""

    def change(original: Any, *given: Any) -> Any:
        return original(*given[:place], EVERYTHING, *given[place + 1 :])

    return _around(owner, name, change)


def _text(owner: Any, name: str, pattern: str, by: str) -> Planting:
    """Rewrites the text that a function gives."""
    return _around(owner, name, lambda original, *given: re.sub(pattern, by, original(*given)))


def _dates(pattern: str) -> Planting:
    """Rewrites what trails say of days, in a rule and where people and schools are looked up."""
    plantings = [_text(trails.Trail, name, pattern, "true") for name in ("condition", "match")]

    def plant(patch: pytest.MonkeyPatch) -> None:
        for each in plantings:
            each(patch)

    return plant


def _ends_only(original: Any, own: Any, label: str, node: str) -> Any:
    """Nodes on the way of a pattern bear the stem of their end and a number."""
    return iter(()) if re.search(r"h\d+$", node) else original(own, label, node)


def _by_words_alone(original: Any, own: Any, *given: Any) -> Any:
    return iter(list(original(own, *given))[-1:])


def _as_stored(original: Any, own: Any, key: Any, label: str, node: str) -> Any:
    is_plain = not key.steps and not key.is_length and key.name != "id"
    return f"{node}.{key.name}" if is_plain else original(own, key, label, node)


def _by_own_ids(original: Any, own: Any, key: Any, label: str, node: str) -> Any:
    return f"{node}.id" if key.name == "id" and not key.steps else original(own, key, label, node)


def _narrow_gives_years(original: Any, rule: Any, view: Any, name: str) -> Any:
    return original(rule, view, name) or (view is grants.View.NARROW and name == "years_taught")


def _whole_gives_pseudonyms(original: Any, rule: Any, view: Any, name: str) -> Any:
    return original(rule, view, name) or name == "pseudonym"


LEAKS: tuple[Leak, ...] = (
    *(Leak(f"rows: one more {label}", _one_more(label, "-1")) for label in (
        "Person", "Employment", "Mentorship", "Evidence", "Need", "TrainingOrder", "Session", "Feedback", "Resource",
    )),
    Leak("rows: what has ended counts", _dates(r"coalesce\(\S+\.end, [^)]*\) >= \S+")),
    Leak("rows: what begins later counts", _dates(r"coalesce\(\S+\.start, [^)]*\) <= \S+")),
    Leak("rows: on the way of a path", _around(Speech, "seen", _ends_only)),
    Leak("rows: of a filter by a neighbour", _without_sight(Speech, "_within"), "generated"),
    Leak("rows: of a condition on a neighbour", _without_sight(Speech, "_leads"), "sweeps"),
    Leak("rows: of an order by neighbours", _without_sight(Speech, "_far"), "sweeps"),
    Leak("rows: of a count", _without_sight(statement._Writer, "count")),
    Leak("rows: of numbers", _without_sight(statement._Writer, "tally")),
    Leak("rows: of a page", _without_sight(statement._Writer, "rows")),
    Leak("fields: a narrow view shows one more", _around(grants.Rule, "gives", _narrow_gives_years)),
    Leak("fields: a whole view shows pseudonyms", _around(grants.Rule, "gives", _whole_gives_pseudonyms)),
    Leak("fields: one is not masked", _unmasked("Person", "years_taught")),
    Leak("fields: the name is not masked", _unmasked("Person", "name")),
    Leak("fields: an order by what is stored", _around(Speech, "key", _as_stored), "sweeps"),
    Leak("fields: a hidden one in a filter", _around(paging, "_refuse_hidden", lambda *_: None), "filters"),
    Leak("fields: a hidden one in a condition", _asked_of_all(paging, "WhereReader", 1), "refusals"),
    Leak("fields: a hidden one in an order", _asked_of_all(paging, "read_order", 3), "refusals"),
    Leak("fields: a hidden one in groups", _asked_of_all(paging, "read_dimensions", 3), "refusals"),
    Leak("fields: a hidden one in a search", _asked_of_all(paging, "read_search", 2), "refusals"),
    Leak("fields: a search in what is masked", _around(Speech, "search", _by_words_alone), "searches"),
    Leak("fields: conditions on what is stored", _without_sight(Speech, "_comparison"), "sweeps"),
    Leak("links: a topic of a pair", _followed("Mentorship", "ABOUT")),
    Leak("links: what a colleague trains", _followed("Person", "TRAINS")),
    Leak("pseudonyms: of people left out", _unmasked("Person", "id")),
    Leak("pseudonyms: of sessions left out", _unmasked("Session", "id")),
    Leak("pseudonyms: of orders left out", _unmasked("TrainingOrder", "id")),
    Leak("pseudonyms: of pairs left out", _unmasked("Mentorship", "id")),
    Leak("pseudonyms: left out of what lists are sorted by", _around(Speech, "key", _by_own_ids), "sweeps"),
    Leak("texts: kept for whoever asks next", lambda patch: patch.setattr(Sight, "key", "one for all")),
)  # fmt: skip
