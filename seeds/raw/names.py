"""Invented names for people and places; nobody real is meant."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

_FILE = Path(__file__).parent.parent / "data" / "names.json"


@dataclass(frozen=True, slots=True)
class NameStock:
    """The syllables and stems that names are made of."""

    surnames: tuple[str, ...]
    first_syllables: tuple[str, ...]
    second_syllables: tuple[str, ...]
    helped_schools: tuple[str, ...]
    helping_schools: tuple[str, ...]
    numerals: tuple[str, ...]
    county: str
    city: str
    office: str
    institute: str
    group: str
    alliance: str


@cache
def read_names() -> NameStock:
    """The stock of `seeds/data/names.json`."""
    raw: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    lists = {key: tuple(value) for key, value in raw.items() if isinstance(value, list)}
    return NameStock(**(raw | lists))


class NameGiver:
    """Gives each person a name that nobody else of the sample bears."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: set[str] = set()

    def person(self) -> str:
        """A fresh invented name of three characters."""
        stock = read_names()
        while True:
            name = "".join(
                self._rng.choice(part)
                for part in (stock.surnames, stock.first_syllables, stock.second_syllables)
            )
            if name not in self._given:
                self._given.add(name)
                return name
