"""Whether one person belongs to the helped side, asked of the graph."""

from __future__ import annotations

from datetime import date

from graph.model.alliance import Membership
from graph.model.people import Employment, Teacher
from graph.nodes import load
from graph.store import Transaction
from recommender.ladder import Locals
from recommender.situation import Situation

_SELF = "MATCH (n:Person {id: $person, kind: 'TEACHER'})"
_POSTS = "MATCH (:Person {id: $person})<-[:OF]-(n:Employment)"
_MEMBERSHIPS = (
    "MATCH (:Person {id: $person})<-[:OF]-(:Employment)-[:AT]->(school:School) WITH DISTINCT school"
    " MATCH (school)<-[:OF]-(n:Membership)"
)


async def is_local(transaction: Transaction, person: str, today: date) -> bool:
    """Whether the person works at a helped school of any alliance that day, and is not seconded."""
    situation = Situation(
        today=today,
        teachers=tuple(await load(transaction.run, Teacher, _SELF, person=person)),
        employments=tuple(await load(transaction.run, Employment, _POSTS, person=person)),
        memberships=tuple(await load(transaction.run, Membership, _MEMBERSHIPS, person=person)),
    )
    return Locals(situation).is_local(person, today)
