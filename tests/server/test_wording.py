from __future__ import annotations

import pytest

from server.wording import wanted_zh


@pytest.mark.parametrize(
    ("right", "said"),
    [
        ("zh 或 en", "应为 zh 或 en"),
        ("0 到 65535 的整数", "应为 0 到 65535 的整数"),
        ("JSON 对象", "应为 JSON 对象"),
        ("一个文件夹的路径", "应为一个文件夹的路径"),
    ],
)
def test_chinese_is_set_apart_from_latin_letters_and_digits_alone(right: str, said: str) -> None:
    assert wanted_zh(right) == said
