"""A node that several rows lead to is finished once, and stands in all their places."""

from __future__ import annotations

import pytest

from graph.compiler.leaves import Surprise
from graph.compiler.plan import Filled, Level, Pair, Row
from graph.compiler.shape import nearest

TOPIC: Row = ["t-1", "识字"]


def _filled() -> Filled:
    """Two needs that lead to one topic."""
    return Filled({3: {"n-1": [TOPIC], "n-2": [TOPIC]}}, {}, {}, {}, {}, b"")


def test_what_two_rows_lead_to_is_finished_once() -> None:
    made: list[Row] = []

    def finish(row: Row, filled: Filled) -> object:
        made.append(row)
        return {"name": row[1]}

    topic = nearest(Level(3, "Topic", None), Pair(finish, finish), is_required=True)
    filled = _filled()
    assert [topic.finish([need], filled) for need in ("n-1", "n-2")] == [{"name": "识字"}] * 2
    assert made == [TOPIC]
    assert topic.finish(["n-1"], _filled()) == {"name": "识字"}
    assert made == [TOPIC, TOPIC]  # another request finishes its own


def test_what_cant_be_finished_is_a_surprise_at_each_place() -> None:
    def finish(row: Row, filled: Filled) -> object:
        raise Surprise

    topic = nearest(Level(3, "Topic", None), Pair(finish, finish), is_required=True)
    filled = _filled()
    for need in ("n-1", "n-2"):
        with pytest.raises(Surprise):
            topic.finish([need], filled)


def test_what_is_missing_is_none_or_a_surprise() -> None:
    target = Pair(lambda row, filled: row, lambda row, filled: row)
    level = Level(3, "Topic", None)
    assert nearest(level, target, is_required=False).finish(["n-3"], _filled()) is None
    with pytest.raises(Surprise):
        nearest(level, target, is_required=True).finish(["n-3"], _filled())
