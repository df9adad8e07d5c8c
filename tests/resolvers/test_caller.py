"""Who calls: what tells two calls under one key apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from graph.access.viewer import administrator
from resolvers.caller import Caller
from resolvers.diagnosis import Wish

CALLER = Caller(
    "clerk",
    datetime(2025, 3, 10, 10, tzinfo=timezone(timedelta(hours=8))),
    date(2025, 3, 10),
    "k-1",
    viewer=administrator("clerk"),
)
WISH = Wish("p-05", "t-ld", 2, date(2025, 3, 10))


def test_nobody_calls_without_saying_what_he_may() -> None:
    with pytest.raises(TypeError, match="viewer"):
        Caller("clerk", CALLER.at, CALLER.today)  # type: ignore[call-arg]  # what is refused here


def test_a_key_is_an_actors_and_an_actions_own() -> None:
    command = CALLER.command("raiseRequest", WISH)
    assert (command.action, command.actor) == ("raiseRequest", "clerk")
    others = [
        replace(CALLER, actor="another").command("raiseRequest", WISH),
        CALLER.command("recordEvidence", WISH),
        replace(CALLER, key="k-2").command("raiseRequest", WISH),
    ]
    assert len({command.key, *(each.key for each in others)}) == 4
    assert CALLER.command("raiseRequest", replace(WISH, severity=3)).key == command.key
    assert command.at == datetime(2025, 3, 10, 2, tzinfo=UTC)
    assert replace(CALLER, key=None).command("raiseRequest", WISH).key is None


def test_a_slash_in_a_name_or_a_key_makes_nobodys_key_anothers() -> None:
    one = replace(CALLER, actor="zhang", key="raiseRequest/k").command("raiseRequest", WISH)
    other = replace(CALLER, actor="zhang/raiseRequest", key="k").command("raiseRequest", WISH)
    assert one.key != other.key


def test_what_is_kept_does_not_tell_the_key() -> None:
    kept = replace(CALLER, key="a-secret-of-the-client").command("raiseRequest", WISH).key
    assert kept is not None
    assert "a-secret-of-the-client" not in kept


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
