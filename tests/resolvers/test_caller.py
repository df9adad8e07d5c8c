"""Who calls: what tells two calls under one key apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from resolvers.caller import Caller
from resolvers.diagnosis import Wish

CALLER = Caller(
    "clerk", datetime(2025, 3, 10, 10, tzinfo=timezone(timedelta(hours=8))), date(2025, 3, 10), "k-1"
)
WISH = Wish("p-05", "t-ld", 2, date(2025, 3, 10))


def test_a_key_is_an_actors_and_an_actions_own() -> None:
    command = CALLER.command("raiseRequest", WISH)
    assert (command.action, command.actor, command.key) == ("raiseRequest", "clerk", "clerk/raiseRequest/k-1")
    assert command.at == datetime(2025, 3, 10, 2, tzinfo=UTC)
    assert replace(CALLER, key=None).command("raiseRequest", WISH).key is None


def test_the_same_wish_has_the_same_fingerprint_and_another_one_another() -> None:
    first = CALLER.command("raiseRequest", WISH)
    later = replace(CALLER, at=datetime(2026, 1, 1, tzinfo=UTC)).command("raiseRequest", WISH)
    assert first.fingerprint == later.fingerprint
    others = [
        CALLER.command("raiseRequest", replace(WISH, severity=3)),
        CALLER.command("raiseRequest", replace(WISH, text="")),
        CALLER.command("recordEvidence", WISH),
    ]
    assert len({first.fingerprint, *(each.fingerprint for each in others)}) == 4
