"""A fault shows what stands in its cell, and no more of it than a reader takes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from resolvers.workbook.known import KnownIds
from tests.resolvers.workbook.office import Lines, faults_in_file, typed

KNOWN = KnownIds({"Person": {"p-1": "甲"}, "School": {"s-1": "一小"}})


@pytest.mark.parametrize(
    ("typed_in", "shown"),
    [
        (1e300, "1e+300"),
        (-1e300, "-1e+300"),
        ("1" * 20, "1.11111111111111e+19"),
        (201, "201"),
        ("9" * 400, "9" * 80 + "…"),
        ("四" * 81, "四" * 80 + "…"),
    ],
)
def test_what_stands_in_a_cell_is_shown_short(tmp_path: Path, typed_in: object, shown: str) -> None:
    lines: Lines = [["编号", "教师", "学校", "年级", "班额"], ["k", "p-1", "s-1", 4, typed_in]]

    (fault,) = faults_in_file(typed(tmp_path / "大数.xlsx", {"班级学情": lines}), KNOWN)

    assert fault.value == shown
    assert fault.zh.startswith(f"「班级学情」E2（班额）：“{shown}”：应")
