"""Declarations refuse what could not stand in a statement, and orders are total."""

from __future__ import annotations

import pytest

from graph.compiler.declare import Entry, Leaf, Path, equals, incoming, outgoing


@pytest.mark.parametrize("name", ["", "a b", "a}", "1a", "a'"])
def test_names_that_are_no_names_are_refused(name: str) -> None:
    for declare in (
        lambda: Leaf(name),
        lambda: incoming(name, "School"),
        lambda: outgoing("OF", name),
        lambda: outgoing("OF", "Person", kind=name),
        lambda: equals(name),
        lambda: Entry(order=(f"-{name}",)),
    ):
        with pytest.raises(ValueError, match="plain name"):
            declare()


def test_every_order_ends_with_the_id() -> None:
    assert Entry(order=("-on",)).order == ("-on", "id")
    assert Entry(order=()).order == ("id",)
    assert Path((outgoing("OF", "Person"),), "one", ("name", "-id")).order == ("name", "-id")
