"""What a rule is made of: to each role the rows that it sees of a label, and how much of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from graph.access.trails import Trails
from graph.model.terms import RoleKind


class View(Enum):
    """How much of a row is seen; each with its words in Chinese and English."""

    WHOLE = "全部字段", "whole"
    NARROW = "部分字段", "narrow"
    PSEUDONYM = "化名", "under a pseudonym"

    @property
    def zh(self) -> str:
        """What it is called in Chinese."""
        return self.value[0]

    @property
    def en(self) -> str:
        """What it is called in English."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Grant:
    """What one role sees of a label: the rows of which one of the `trails` holds (None: all), told in words.

    `role` None is whoever is signed in.
    """

    role: RoleKind | None
    zh: str
    en: str
    trails: Trails | None
    view: View = View.WHOLE


@dataclass(frozen=True, slots=True)
class Rule:
    """Who sees what of one label. A role without a grant sees none of it.

    `narrow` and `pseudonymous` name the noun's fields (references, too) that such a view shows. Whole is
    every field but the pseudonym: who sees a name beside it could name everybody a researcher reads of.
    """

    label: str
    grants: tuple[Grant, ...]
    narrow: frozenset[str] = frozenset()
    pseudonymous: frozenset[str] = frozenset()

    def of(self, roles: frozenset[RoleKind]) -> tuple[Grant, ...]:
        """What those roles, and whoever is signed in, are granted."""
        return tuple(each for each in self.grants if each.role is None or each.role in roles)

    def gives(self, view: View, name: str) -> bool:
        """Whether a view shows the field or property of that name."""
        if view is View.WHOLE:
            return name != "pseudonym"
        return name in (self.narrow if view is View.NARROW else self.pseudonymous)


def everybody(roles: Iterable[RoleKind], zh: str, en: str, trails: Trails | None) -> tuple[Grant, ...]:
    """The same grant to several roles."""
    return tuple(Grant(role, zh, en, trails) for role in roles)
