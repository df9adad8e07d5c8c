"""What the write path leaves beside the nouns, as tests look at it."""

from __future__ import annotations

from graph.errors import Faults, InvalidInput, ZaoxueError
from graph.store import Store


async def last_audit(store: Store) -> tuple[str, str, list[str]]:
    """Action, actor and subjects of the newest audit entry."""
    rows = await store.read(
        "MATCH (a:AuditEntry) WITH a ORDER BY a.number DESC LIMIT 1"
        " RETURN a.action AS action, a.actor AS actor, a.subjects AS subjects"
    )
    subjects = rows[0]["subjects"]
    assert isinstance(subjects, list)
    return str(rows[0]["action"]), str(rows[0]["actor"]), [str(each) for each in subjects]


async def events(store: Store, kind: str) -> list[str]:
    """Subjects of every event of a kind, oldest first."""
    rows = await store.read(
        "MATCH (e:OutboxEvent {kind: $kind}) RETURN e.subject AS subject ORDER BY e.number, e.place",
        kind=kind,
    )
    return [str(row["subject"]) for row in rows]


def told(error: ZaoxueError) -> list[tuple[str | None, str]]:
    """Field and code of every fault of a refusal, in its order."""
    faults = error.faults if isinstance(error, Faults) else (error,)
    return [(each.field if isinstance(each, InvalidInput) else None, each.code) for each in faults]
