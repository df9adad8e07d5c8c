"""What is written is read back the same, and written again cell by cell equal."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from graph.errors import Faults
from resolvers.workbook.known import KnownIds
from resolvers.workbook.outgoing.examples import EXAMPLES
from resolvers.workbook.read import read_workbook
from resolvers.workbook.write import write_workbook
from tests.resolvers.workbook.stores import STORE, stores


def in_any_order(nouns: Iterable[object]) -> list[str]:
    """The nouns for comparison: a store keeps no order."""
    return sorted(repr(noun) for noun in nouns)


def cells(path: Path) -> dict[str, list[list[tuple[object, str, str]]]]:
    """Value, type and format of every cell of every sheet."""
    book = openpyxl.load_workbook(path)
    return {
        page.title: [
            [(cell.value, cell.data_type, cell.number_format) for cell in row] for row in page.iter_rows()
        ]
        for page in book.worksheets
    }


# not shrunk: an example costs two files, and shrinking thousands of them
@settings(
    max_examples=30,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(stores())
def test_whatever_a_store_holds_comes_back_and_is_written_the_same_again(nouns: list[object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "一.xlsx", Path(folder) / "二.xlsx"
        write_workbook(nouns, first)

        # the store that the file comes from: what its roles are to each other is not judged again
        book = read_workbook(first, replace(STORE, roles=KnownIds.of(nouns).roles))

        assert in_any_order(book.nouns) == in_any_order(nouns)
        assert book.notes == ()
        write_workbook(book.nouns, second)
        assert cells(second) == cells(first)


def test_an_export_without_what_it_refers_to_cannot_be_imported_into_an_empty_store(tmp_path: Path) -> None:
    write_workbook(EXAMPLES, tmp_path / "例.xlsx")

    with pytest.raises(Faults) as caught:
        read_workbook(tmp_path / "例.xlsx")

    assert {fault.code for fault in caught.value.faults} == {"UNKNOWN_REFERENCE"}
    assert len(caught.value.faults) == 16
