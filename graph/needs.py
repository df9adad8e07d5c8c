"""The needs of one teacher or one school, with the observations that may close them."""

from __future__ import annotations

from typing import TypedDict

from graph.model.needs import Diagnosis, Evidence, Need
from graph.nodes import Run, load

_OF_TEACHER = "MATCH (:Person {{id: $owner}})<-[:OF]-(n:{label})"
_AT_SCHOOL = "MATCH (:School {{id: $owner}})<-[:AT]-(n:{label})"


class NeedsOfOne(TypedDict):
    """Needs with what was sounded of their owner, as parts of a situation."""

    needs: tuple[Need, ...]
    diagnoses: tuple[Diagnosis, ...]
    evidence: tuple[Evidence, ...]


async def needs_of(run: Run, *, teacher: str | None, school: str | None) -> NeedsOfOne:
    """Every need, diagnosis and evidence of that teacher, or of that school where no teacher is given."""
    scope, owner = (_OF_TEACHER, teacher) if teacher is not None else (_AT_SCHOOL, school)
    diagnoses = scope.format(label="Diagnosis")
    found = f"{diagnoses} WITH n AS diagnosis MATCH (diagnosis)<-[:FROM]-(n:Evidence)"
    return NeedsOfOne(
        needs=tuple(await load(run, Need, scope.format(label="Need"), owner=owner)),
        diagnoses=tuple(await load(run, Diagnosis, diagnoses, owner=owner)),
        evidence=tuple(await load(run, Evidence, found, owner=owner)),
    )
