"""The form of a rule file: its numbers with their bounds, and the JSON schema made from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.model.terms import Instrument, Provenance
from recommender.scoring.materials import MATERIAL_FEATURES
from recommender.scoring.trainers import TRAINER_FEATURES

REQUEST = "REQUEST"
SOURCES = (*(each.name for each in Instrument), REQUEST)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number of a rule file may be, and what it is for."""

    lowest: float
    highest: float
    whole: bool
    meaning: str


NUMBERS: dict[str, Bounds] = {
    "prior": Bounds(0.01, 0.9, False, "confidence before any evidence"),
    "confidence_cap": Bounds(0.1, 1, False, "highest confidence that evidence can reach"),
    "need_confidence": Bounds(0, 1, False, "confidence from which a need exists"),
    "speaks_for_from": Bounds(1, 3, True, "severity from which an item speaks for a need"),
    "speaks_against_to": Bounds(0, 2, True, "severity up to which an item speaks against a need"),
    "evidence_days": Bounds(1, 3660, True, "days for which evidence counts"),
    "met_at_most": Bounds(0, 2, True, "severity up to which a re-observation closes a need"),
    "reopen_from": Bounds(1, 3, True, "severity from which a re-observation reopens a need"),
    "reopen_rating": Bounds(1, 4, True, "feedback up to which a teacher's need is reopened"),
    "common_teachers": Bounds(2, 1000, True, "teachers from which a need is common"),
    "common_schools": Bounds(1, 100, True, "schools from which a need is common"),
    "common_levels": Bounds(0, 5, True, "levels of the topic tree that smaller counts climb"),
    "common_depth": Bounds(0, 10, True, "depth in the topic tree (root 0) of the widest topic climbed to"),
    "ready_rung": Bounds(0, 4, True, "height of the rung from which a person is ready, 0 to 4"),
    "rung_counts_within": Bounds(0, 4, True, "steps in the topic tree for which a rung counts"),
    "satisfied_from": Bounds(2, 5, True, "rating from which an answer is satisfied, 1 to 5"),
    "feedback_strength": Bounds(0.1, 1000, False, "answers that the mean of all trainers is worth"),
    "use_strength": Bounds(0.1, 1000, False, "ratings that the mean of all resources is worth"),
    "digital_enough": Bounds(1, 5, False, "digital skill from which formats and distance are no strain"),
    "large_class": Bounds(20, 200, True, "pupils from which a class is large"),
    "pack_resources": Bounds(0, 20, True, "resources that go along with an order, at most"),
    "county_class_sessions": Bounds(1, 20, True, "training sessions of a county class"),
    "school_clinic_sessions": Bounds(1, 20, True, "training sessions of a school clinic"),
    "follow_up_sessions": Bounds(1, 10, True, "follow-ups of an order"),
    "session_hours": Bounds(0.5, 8, False, "hours of a session"),
    "days_between_sessions": Bounds(1, 90, True, "days from one session to the next"),
}


def json_schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of a rule file; `rules.schema.json` is its printed copy."""
    text = {"type": "string", "minLength": 1}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Zaoxue rule file",
        **_exactly(
            {
                "name": text,
                "version": text,
                "numbers": _exactly({key: _number(bounds) for key, bounds in NUMBERS.items()}),
                "ratios": _exactly({source: _ratio(source) for source in SOURCES}),
                "rules": {"type": "array", "minItems": 1, "items": _rule(text)},
            }
        ),
    }


def _exactly(properties: dict[str, Any], *optional: str) -> dict[str, Any]:
    required = [key for key in properties if key not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _origin() -> dict[str, Any]:
    return {
        "provenance": {"enum": [each.name for each in Provenance]},
        "source": {"type": "string", "minLength": 1},
    }


def _number(bounds: Bounds) -> dict[str, Any]:
    value = {
        "type": "integer" if bounds.whole else "number",
        "minimum": bounds.lowest,
        "maximum": bounds.highest,
    }
    return {"description": bounds.meaning, **_exactly({"value": value, **_origin()})}


def _ratio(source: str) -> dict[str, Any]:
    """A request speaks for a need only: a teacher who does not ask says nothing."""
    likelihoods: dict[str, Any] = {"for": {"type": "number", "minimum": 1, "maximum": 20}}
    if source != REQUEST:
        likelihoods["against"] = {"type": "number", "exclusiveMinimum": 0, "maximum": 1}
    return _exactly({**likelihoods, **_origin()})


def _rule(text: dict[str, Any]) -> dict[str, Any]:
    share = {"type": "number", "minimum": 0, "maximum": 1}
    day = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    point = {"type": "array", "prefixItems": [{"type": "number"}, share], "items": False, "minItems": 2}
    shared = {
        "id": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
        "feature": {"enum": sorted([*TRAINER_FEATURES, *MATERIAL_FEATURES])},
        "zh": text,
        "en": text,
        **_origin(),
        "from": day,
        "until": day,
    }
    hard = {"kind": {"const": "HARD"}, "at_least": {"type": "number"}, "at_most": {"type": "number"}}
    soft = {
        "kind": {"const": "SOFT"},
        "weight": {"type": "number", "minimum": 0.000001, "maximum": 1},
        "unknown_zh": text,
        "unknown_en": text,
        "curve": {"type": "array", "minItems": 2, "items": point},
        "table": {"type": "object", "additionalProperties": share, "minProperties": 1},
    }
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": ["HARD", "SOFT"]}},
        "if": {"properties": {"kind": {"const": "HARD"}}},
        "then": _exactly({**shared, **hard}, "from", "until", "at_least", "at_most"),
        "else": _exactly({**shared, **soft}, "from", "until", "curve", "table"),
    }
