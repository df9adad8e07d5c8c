from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.workbook.cells.text import clean_id, clean_name, clean_text, escape, fold, split_list, unescape


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  一小 \u00a0", "一小"),
        ("\u3000一小\u3000", "一小"),
        ("\ufeff一\u200b小", "一小"),
        ("一小\x07\x00", "一小"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("一\u00a0小", "一 小"),
        ("\n\u3000\n", ""),
    ],
)
def test_a_text_keeps_what_a_reader_sees(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_an_id_is_half_width() -> None:
    assert clean_id("　Ｓ－０１ ") == "S-01"


def test_a_padded_name_is_the_name() -> None:
    assert clean_name("张　三") == clean_name("张 三") == "张三"
    assert clean_name("Anna  Li") == "Anna  Li"


def test_a_list_is_split_at_every_separator_that_offices_use() -> None:
    assert split_list("甲；乙;丙，丁,戊、己\n庚；；甲 ") == ["甲", "乙", "丙", "丁", "戊", "己", "庚"]


def test_spellings_of_one_word_fold_to_one() -> None:
    assert fold("（３０—３９） 岁") == fold("(30-39)岁")
    assert fold("Help_Group") == fold("help group") == "helpgroup"


@given(st.text())
def test_an_escaped_text_comes_back(text: str) -> None:
    assert unescape(escape(text)) == text


@given(st.sampled_from(["_x000D_", "a_x0041_b", "_x005F_x000D_"]))
def test_what_looks_like_an_escape_comes_back(text: str) -> None:
    assert unescape(escape(text)) == text


def test_an_escape_of_excel_is_undone() -> None:
    assert clean_text(unescape("一_x000D_\n二")) == "一\n\n二".replace("\n\n", "\n")


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_id(clean_id(text)) == clean_id(text)
