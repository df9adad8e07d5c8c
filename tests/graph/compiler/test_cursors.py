"""Cursors come back only to the list that gave them."""

from __future__ import annotations

import base64

import pytest

from graph.compiler.cursors import BadCursor, bind, read_cursor, write_cursor

BOUND = bind("Query.orchards", ("name", "id"), {})


def test_a_cursor_gives_back_its_keys() -> None:
    cursor = write_cursor(["苹果", None, 3], BOUND, b"secret")
    assert read_cursor(cursor, BOUND, b"secret", 3) == ["苹果", None, 3]


@pytest.mark.parametrize(
    ("cursor", "bound", "secret", "length"),
    [
        (write_cursor(["a", "1"], BOUND, b"secret"), bind("Query.trees", ("name", "id"), {}), b"secret", 2),
        (write_cursor(["a", "1"], BOUND, b"secret"), BOUND, b"other", 2),
        (write_cursor(["a", "1"], BOUND, b"secret"), BOUND, b"secret", 1),
        (base64.urlsafe_b64encode(b'0123456789ab["a","1"]').decode(), BOUND, b"secret", 2),
        ("not base64 at all", BOUND, b"secret", 2),
        ("游标", BOUND, b"secret", 2),
        ("", BOUND, b"secret", 2),
    ],
)
def test_any_other_text_is_refused(cursor: str, bound: bytes, secret: bytes, length: int) -> None:
    with pytest.raises(BadCursor) as refused:
        read_cursor(cursor, bound, secret, length)
    assert refused.value.code == "BAD_CURSOR"
