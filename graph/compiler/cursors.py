"""Keyset cursors: the order keys of one node, signed, and bound to the list that they belong to."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json

from graph.errors import InvalidInput

_MAC_BYTES = 12


class BadCursor(InvalidInput):
    """A cursor that was altered, or that belongs to another list, filter or order."""

    code = "BAD_CURSOR"

    def __init__(self, field: str = "after") -> None:
        super().__init__(
            field,
            "游标无效：它不属于这个列表或筛选条件，请从第一页重新开始",
            "this cursor does not belong to this list and filter; start again from the first page",
        )


def bind(*parts: object) -> bytes:
    """What a cursor is bound to, as bytes: equal for equal parts."""
    return json.dumps(parts, ensure_ascii=True, sort_keys=True, default=str).encode()


def write_cursor(keys: list[object], bound: bytes, secret: bytes) -> str:
    """The cursor of the node whose order keys are `keys`."""
    payload = json.dumps(keys, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_mac(payload, bound, secret) + payload).rstrip(b"=").decode()


def read_cursor(given: str, bound: bytes, secret: bytes, length: int, field: str = "after") -> list[object]:
    """The `length` order keys in a cursor. Raises BadCursor when it was not written for this list."""
    try:
        raw = base64.urlsafe_b64decode(given.encode("ascii") + b"=" * (-len(given) % 4))
    except (binascii.Error, ValueError):
        raise BadCursor(field) from None
    mac, payload = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(payload, bound, secret)):
        raise BadCursor(field)
    keys = json.loads(payload)
    if not isinstance(keys, list) or len(keys) != length:
        raise BadCursor(field)
    return keys


def _mac(payload: bytes, bound: bytes, secret: bytes) -> bytes:
    return hmac.new(secret, bound + b"\0" + payload, hashlib.sha256).digest()[:_MAC_BYTES]
