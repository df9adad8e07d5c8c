"""Likeness of short Chinese texts."""

from __future__ import annotations

import numpy as np

from recommender.scoring.measures.likeness import likeness


def test_a_text_is_most_like_the_one_it_shares_characters_with() -> None:
    table = likeness(["学生朗读没有节奏"], ["朗读指导", "分数除法"])
    assert table.shape == (1, 2)
    assert table[0, 0] > 0.2
    assert table[0, 1] == 0.0


def test_the_same_text_is_wholly_alike_and_an_empty_one_is_not_known() -> None:
    table = likeness(["朗读", ""], ["朗读", " "])
    assert np.allclose(table, [[1.0, np.nan], [np.nan, np.nan]], equal_nan=True)


def test_nothing_to_compare_is_not_known() -> None:
    assert np.isnan(likeness(["朗读"], [""])).all()
    assert likeness([], []).shape == (0, 0)
