"""The printed page of who sees and writes what is up to date, and says what people agreed on."""

from __future__ import annotations

from pathlib import Path

from graph.model.terms import RoleKind
from schema.access_page import access_page
from tests.access.matrix import DOES, HOLDERS, LABELS, SEES, VERBS

PAGE = Path(__file__).parents[2] / "docs" / "access.md"
CALLED = {"officer": RoleKind.RESEARCH_OFFICER.en}
"""The page's name of a role, where the matrix has a shorter one."""


def _table(first: str) -> dict[tuple[str, str], str]:
    lines = access_page().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    header = rows[0]
    return {(role, row[0]): cell for row in rows[2:] for role, cell in zip(header, row, strict=True)}


def test_the_page_is_what_the_code_prints() -> None:
    assert PAGE.read_text(encoding="utf-8") == access_page()


def test_the_page_says_of_every_role_and_label_what_was_agreed_on() -> None:
    table = _table("label")
    for holder in HOLDERS:
        for label in LABELS:
            assert table[CALLED.get(holder, holder), label] == SEES[holder, label], (holder, label)


def test_the_page_says_of_every_role_and_verb_what_was_agreed_on() -> None:
    table = _table("verb")
    for holder in HOLDERS:
        for verb in VERBS:
            assert (table[CALLED.get(holder, holder), verb] == "yes") == DOES[holder, verb], (holder, verb)
