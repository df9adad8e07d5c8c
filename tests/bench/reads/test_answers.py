"""Answers of different servers are equal exactly where they say the same."""

from __future__ import annotations

import pytest

from bench.reads.answers import Different, normalised

NEED = {"id": "n-1", "status": "OPEN", "severity": 2, "formedOn": "2024-09-01"}


def _ours(topic: str = "甲") -> dict[str, object]:
    need = NEED | {"id": "Need:n-1", "topic": {"id": "Topic:t-1", "name": topic}}
    teacher = {
        "id": "Person:p-1", "name": "样例", "subject": "MUSIC", "needs": {"edges": [{"node": need}]}
    }  # fmt: skip
    return {"data": {"node": teacher}}


def _peers() -> dict[str, object]:
    need = NEED | {"topic": [{"id": "t-1", "name": "甲"}]}
    return {"data": {"teachers": [{"id": "p-1", "name": "样例", "subject": "MUSIC", "needs": [need]}]}}


def test_edges_labels_of_ids_and_lists_of_one_make_no_difference() -> None:
    assert normalised(_ours(), "B") == normalised(_peers(), "B")


def test_another_value_at_the_bottom_makes_a_difference() -> None:
    assert normalised(_ours("乙"), "B") != normalised(_peers(), "B")


def test_the_order_of_a_list_makes_a_difference() -> None:
    schools = [{"id": f"s-{number}", "teachers": []} for number in range(6)]

    forwards = normalised({"data": {"schools": schools}}, "A")
    backwards = normalised({"data": {"schools": schools[::-1]}}, "A")

    assert forwards != backwards


def test_teachers_behind_employments_are_the_teachers() -> None:
    behind = [{"id": f"s-{n}", "employments": [{"teacher": [{"id": f"p-{n}"}]}]} for n in range(6)]
    direct = [{"id": f"s-{n}", "teachers": [{"id": f"p-{n}"}]} for n in range(6)]

    assert normalised({"data": {"schools": behind}}, "A") == normalised({"data": {"schools": direct}}, "A")


def test_an_answer_with_too_little_in_it_is_refused() -> None:
    with pytest.raises(Different, match="not 20"):
        normalised({"data": {"teachers": []}}, "C")
