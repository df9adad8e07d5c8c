"""Refusing a noun whose values are not right before anything is written."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import Faults, ZaoxueError
from graph.model.check import faults_of
from graph.model.describe import Identified


def refuse_faulty(nouns: Iterable[Identified]) -> None:
    """Returns when every noun is right. Raises Faults with all that is wrong with all of them."""
    faults: list[ZaoxueError] = [fault for each in nouns for fault in faults_of(each)]
    if faults:
        raise Faults(faults)
