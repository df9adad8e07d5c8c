"""The mutations of the tabs, filled in as their comments say: each step with ids of the step before."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from tests.access.world import World
from tests.journeys.shown.documents import Document


class Job:
    """One order by two ways: the others do it together, the administrator does another alone.

    The recommendations are taken from what was issued: of the trainer's, for single needs of teachers other than
    those `aside`.
    """

    def __init__(self, trainer: str, aside: set[str], start: str) -> None:
        self.trainer, self.aside, self.start = trainer, aside, start
        self._chosen: list[tuple[str, str]] = []
        self._orders: dict[bool, Any] = {}

    @property
    def served(self) -> str:
        """The teacher whose need the shared order is for."""
        return self._chosen[False][1]

    def variables(self, document: Document, holder: str) -> dict[str, Any]:
        """What that holder puts into the document's variables."""
        given, alone = copy.deepcopy(document.variables), holder == "administrator"
        if document.name == "PlaceOrder":
            id, _ = self._chosen[alone]
            given["decision"]["recommendation"] = given["order"]["recommendation"] = id
            given["order"]["start"] = self.start
        if document.name == "DeliverSession":
            order, (_, teacher) = self._orders[alone], self._chosen[alone]
            for each in given.values():
                each["session"] = order["sessions"]["edges"][0]["node"]["id"]
            given["session"]["roles"][0]["person"] = order["trainer"]["id"]
            given["attendance"]["presences"][0]["person"] = f"Person:{teacher}"
            given["feedback"]["person"] = f"Person:{teacher}"
        return given

    def take(self, world: World, name: str, holder: str, data: Any) -> None:
        """Keeps of an answer what the next step names."""
        if (name, holder) == ("IssueRecommendations", "officer"):
            made = data["issueRecommendations"]["recommendations"]
            self._chosen = list(self._fitting(world, made))[:2]
            assert len(self._chosen) == 2, "the trainer has too few recommendations for single needs"
        if name == "PlaceOrder" and holder in ("officer", "administrator"):
            self._orders[holder == "administrator"] = data["placeOrder"]["order"]

    def _fitting(self, world: World, recommendations: list[Any]) -> Iterator[tuple[str, str]]:
        """Recommendation and teacher."""
        named = world.of("Person")[self.trainer]["name"]
        teachers = dict(world.pairs("Need", "OF", "Person"))
        for each in recommendations:
            need = each["needs"]["edges"][0]["node"]["id"].removeprefix("Need:")
            teacher, is_clinic = teachers.get(need), each["form"] == "SCHOOL_CLINIC"
            if is_clinic and each["trainer"]["name"] == named and teacher not in {None, *self.aside}:
                yield each["id"], str(teacher)
