from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.workbook.cells.contributions import (
    Part,
    read_parts,
    read_sentences,
    write_parts,
    write_sentences,
)
from resolvers.workbook.cells.dates import Misread
from resolvers.workbook.cells.text import clean_text

KEYS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
SENTENCES = st.text(min_size=1, max_size=40).map(clean_text).filter(bool)


def test_parts_are_read_as_they_are_written() -> None:
    parts = [Part("topic", 300_000), Part("wear", -20)]

    assert write_parts(parts) == "topic=300000；wear=-20"
    assert read_parts("topic＝300000； wear = -20") == parts
    assert read_parts(None) == []


@pytest.mark.parametrize("cell", ["topic", "topic=0.3", "=5", "topic=1;topic=2"])
def test_parts_of_another_form_are_misread(cell: str) -> None:
    with pytest.raises(Misread):
        read_parts(cell)


def test_a_line_without_a_key_is_misread() -> None:
    with pytest.raises(Misread):
        read_sentences("topic：主题一致\n没有代号的一行")


@given(st.dictionaries(KEYS, SENTENCES, max_size=5))
def test_sentences_of_any_text_come_back(sentences: dict[str, str]) -> None:
    assert read_sentences(write_sentences(sentences.items())) == sentences
