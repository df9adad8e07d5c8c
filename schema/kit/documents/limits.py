"""The limits of a document, and how it is told which one it passed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import ZaoxueError
from schema.kit.documents.measure import Size

COUNTED_TO = 1_000_000_000
"""Nothing is told in larger numbers: a kilobyte of fragments can ask for more fields than JSON has numbers."""
KEPT_DOCUMENTS = 512
"""How many documents are kept of each kind: read, measured, validated, fit for the short way."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one document may hold or ask for; fields are counted with their fragments expanded.

    `digits` is the length of its longest number: Python reads none of more than 4,300. `values` is what its answer could hold, `first` multiplied down nested lists (see `measure.Size`).
    """

    characters: int = 50_000
    tokens: int = 5_000
    fragments: int = 100
    depth: int = 50
    digits: int = 400
    fields: int = 500
    objects: int = 100
    root_fields: int = 50
    values: int = 1_000_000


class DocumentTooLarge(ZaoxueError):
    """A document beyond one limit; nothing of it was run."""

    code = "DOCUMENT_TOO_LARGE"

    def __init__(self, limit: str, found: int, most: int) -> None:
        told = min(found, COUNTED_TO)
        more = found > COUNTED_TO
        zh, en = _WORDS[limit]
        super().__init__(
            f"查询过大：{zh[0]} {'超过 ' if more else ''}{told}，最多 {most}；{zh[1]}",
            f"the document is too large: {en[0]} {'more than ' if more else ''}{told}, {most} at most; {en[1]}",
            limit=limit,
            found=told,
            most=most,
        )


class FragmentsInCircle(ZaoxueError):
    """Fragments that spread each other without end."""

    code = "BAD_REQUEST"

    def __init__(self, circle: list[str]) -> None:
        way = " → ".join(circle)
        super().__init__(
            f"片段互相引用成环：{way}；请去掉其中一处引用",
            f"fragments spread each other in a circle: {way}; take one of the spreads away",
            fragments=circle,
        )


class OperationNotNamed(ZaoxueError):
    """Several operations, and nothing that says which is meant."""

    code = "BAD_REQUEST"

    def __init__(self, names: list[str]) -> None:
        told = ", ".join(names)
        super().__init__(
            f"文档中有 {len(names)} 个操作，必须用 operationName 指明执行哪一个：{told}",
            f"must provide operation name: the document has {len(names)} operations ({told}), "
            "operationName says which one to run",
            operations=names,
        )


def beyond(limits: Limits, size: Size) -> Iterator[DocumentTooLarge]:
    """A refusal for each limit that a measured document passes."""
    for limit, found, most in (
        ("depth", size.depth, limits.depth),
        ("root_fields", size.root_fields, limits.root_fields),
        ("fields", size.fields, limits.fields),
        ("objects", size.objects, limits.objects),
        ("values", size.values, limits.values),
    ):
        if found > most:
            yield DocumentTooLarge(limit, found, most)


_SPLIT_ZH, _SPLIT_EN = "请少选一些，或分几次查询", "select less, or ask in several requests"
_WORDS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "characters": (
        ("字符数", "请把值放到变量里，或分几次查询"),
        ("its characters are", "put values into variables, or ask in several requests"),
    ),
    "tokens": (("词法单元数", _SPLIT_ZH), ("its tokens are", _SPLIT_EN)),
    "digits": (
        ("最长数字的位数", "请改正该数字"),
        ("the digits of its longest number are", "mend that number"),
    ),
    "fragments": (("片段数", "请合并片段"), ("its fragments are", "merge some of them")),
    "depth": (
        ("花括号嵌套层数（展开片段后）", "请减少嵌套，或从下层对象的编号另查"),
        (
            "the levels of its braces, fragments expanded, are",
            "nest less, or ask anew from the ids of the inner things",
        ),
    ),
    "fields": (
        ("字段数（展开片段后）", _SPLIT_ZH),
        ("the fields it selects, fragments expanded, are", _SPLIT_EN),
    ),
    "objects": (
        ("通向其他对象的字段数（展开片段后）", _SPLIT_ZH),
        ("its fields that lead to other things, fragments expanded, are", _SPLIT_EN),
    ),
    "root_fields": (("根字段数", "请分几次查询"), ("its root fields are", "ask in several requests")),
    "values": (
        ("各级列表的 first 相乘后，结果的值可达", "请减小 first，或分页查询"),
        (
            "with `first` multiplied down its lists, the values of its answer could be",
            "ask for a smaller `first`, and go on by cursors",
        ),
    ),
}
