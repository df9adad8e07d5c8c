"""The steps themselves. A landed step is never edited: a change is a new step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from graph.migrations.searched import make_searchable
from graph.store import Store

_FIRST_LABELS = """
    HelpGroup Alliance School Membership Semester Topic Person Employment Availability ClassContext
    Mentorship Diagnosis Evidence Request Resource Gift Use RuleSet Rule NeedGroup Need Recommendation
    Contribution Decision TrainingOrder Session Attendance Feedback Capability
    Version AuditEntry OutboxEvent Receipt
"""


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered change of layout: statements that can each be repeated without harm, then such work."""

    number: int
    title: str
    statements: tuple[str, ...] = ()
    work: Callable[[Store], Awaitable[None]] | None = None


def _unique_id(label: str) -> str:
    return f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"


def _index(label: str, name: str) -> str:
    return f"CREATE INDEX {label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"


STEPS: tuple[Step, ...] = (
    Step(
        1,
        "ids are unique; the graph has a version",
        (
            *(_unique_id(label) for label in _FIRST_LABELS.split()),
            _index("Person", "kind"),
            _index("Need", "status"),
            _index("OutboxEvent", "number"),
            "MERGE (v:Version {id: 'graph'}) ON CREATE SET v.number = 0",
        ),
    ),
    Step(
        2,
        "roles are kept, and found by their holder",
        (_unique_id("RoleAssignment"), _index("RoleAssignment", "holder")),
    ),
    Step(
        3,
        "what researchers read of bears a pseudonym",
        tuple(
            statement
            for label in ["Person", "Mentorship", "TrainingOrder", "Session"]
            for statement in (
                f"MATCH (n:{label}) WHERE n.pseudonym IS NULL SET n.pseudonym = randomUUID()",
                _index(label, "pseudonym"),
            )
        ),
    ),
    Step(4, "texts are found by their words", work=make_searchable),
)
