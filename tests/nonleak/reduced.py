"""A graph without what a viewer may not see: rows, fields and relationships taken out, pseudonyms put in.

What is seen is the hand-written expectation of `tests.access.expected`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.model.nouns import NOUNS
from graph.model.pseudonyms import PSEUDONYM
from graph.words import SEARCHED, searched_text
from tests.access.expected import Views, shows
from tests.access.world import World
from tests.oracle.graph import Rows

LINKS_UNDER_PSEUDONYM: Mapping[str, set[str]] = {
    "Person": set(),
    "Mentorship": {"BY", "OF"},
    "TrainingOrder": {"BY", "ASSISTED_BY"},
    "Session": {"OF"},
}
"""The relationships of a row that may be followed where only a researcher's view shows it."""
_SEARCHED = {noun.label: noun.searched for noun in NOUNS if noun.searched}


def world_of(rows: Rows) -> World:
    """The rows as the expectation reads them."""
    nodes = {label: {node["id"]: node for node in found} for label, found in rows.nodes.items()}
    links = {((at, own), kind, (label, far)) for at, own, kind, label, far in rows.relationships}
    return World(nodes, links)


def reduced(rows: Rows, seen: Views) -> Rows:
    """The rows that are seen, with what is shown of them."""
    nodes = {
        label: [_shown(label, node, seen[label, node["id"]]) for node in found if (label, node["id"]) in seen]
        for label, found in rows.nodes.items()
    }
    names = {
        (label, node["id"]): _name(node, seen[label, node["id"]])
        for label, found in rows.nodes.items()
        for node in found
        if (label, node["id"]) in seen
    }
    links = [
        (at, names[at, own], kind, label, names[label, far])
        for at, own, kind, label, far in rows.relationships
        if (at, own) in seen and (label, far) in seen and _is_followed(at, kind, seen[at, own])
    ]
    return Rows(nodes, links)


def _name(node: Mapping[str, Any], views: set[str]) -> str:
    return str(node[PSEUDONYM] if views == {"pseudonym"} else node["id"])


def _shown(label: str, node: Mapping[str, Any], views: set[str]) -> dict[str, Any]:
    found = {name: value for name, value in node.items() if name != SEARCHED and shows(label, views, name)}
    words = searched_text(found.get(name) for name in _SEARCHED.get(label, ()))
    return {**found, "id": _name(node, views), **({SEARCHED: words} if words else {})}


def _is_followed(label: str, relationship: str, views: set[str]) -> bool:
    """Whether a row shows its relationship: a person who is seen narrowly none of his own, a reason each of its."""
    if "whole" in views or (label == "Contribution" and "narrow" in views):
        return True
    return "pseudonym" in views and relationship in LINKS_UNDER_PSEUDONYM[label]
