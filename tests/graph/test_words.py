"""Words of texts: the same however a text is typed, and found in a stored text exactly where they stand in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.words import LONGEST_WORD, for_index, in_text, searched_text, words_of

TEXTS = st.text(st.one_of(st.sampled_from('教师培训 abAB,*"é'), st.characters()), max_size=30)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("教师培训", ["教师", "师培", "培训"]),
        ("师", ["师"]),
        ("教师 教师", ["教师"]),
        ("Plan B", ["plan", "b"]),
        ("ＰＬＡＮ", ["plan"]),
        ("5G网络", ["5g", "网络"]),
        ("ﾃｽﾄ", ["テス", "スト"]),
        ("《作业》、设计。", ["作业", "设计"]),
        ("STRASSE straße", ["strasse"]),
        ("e\u0301te\u0301", ["été"]),
        ("བོད་སྐད།", ["བོད", "སྐད"]),
        ("教\u200b师\ufe0f", ["教师"]),
        ("a" * (LONGEST_WORD + 5), ["a" * LONGEST_WORD]),
        ("", []),
        (" ，*?:/\\'\"()❤️\ud800", []),
    ],
)
def test_a_text_is_cut_into_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_the_words_of_several_texts_stand_together_each_once() -> None:
    assert searched_text(["教师 plan", None, "", "Plan 教师"]) == " 教师 师 plan"
    assert searched_text([None, "！"]) is None


def test_a_name_that_is_stretched_by_a_space_is_found_with_and_without_it() -> None:
    stored = searched_text(["石　丁，Li  Na"])
    assert stored == " 石丁 丁 li na"
    for asked in ("石丁", "石 丁", "石", "丁", "li na"):
        assert all(word in stored for word in in_text(words_of(asked)))


def test_the_index_is_asked_for_whole_pairs_and_for_beginnings() -> None:
    assert for_index(["教师", "师", "plan", "5"]) == "+教师 +师* +plan* +5*"


@given(TEXTS)
def test_a_text_is_found_by_itself(text: str) -> None:
    stored = searched_text([text]) or ""
    assert all(word in stored for word in in_text(words_of(text)))


@given(TEXTS)
def test_letter_case_and_punctuation_do_not_matter(text: str) -> None:
    part = re.sub(r"[^教师培训a-zA-Z ]", " ", text)
    assert words_of(part.upper()) == words_of(f"“{part.lower()}”。")


@given(TEXTS)
def test_no_word_holds_a_sign_of_a_query_language(text: str) -> None:
    signs = set('+-&|!(){}[]^"~*?:\\/ \t\n\x00')
    assert not any(signs & set(word) for word in words_of(text))
    assert all(word == word.strip() and word for word in words_of(text))
