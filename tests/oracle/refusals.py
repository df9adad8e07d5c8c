"""The refusals of a read, in the words and codes that the contract promises, and how any error is told."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError

LARGEST_PAGE = 100
LARGEST_NODES = 100


class Refusal(Exception):
    """Something asked for that can't be answered, told in both languages with a code and its facts."""

    def __init__(self, code: str, zh: str, en: str, **data: object) -> None:
        super().__init__(en)
        self.code = code
        self.words = {"zh": zh, "en": en}
        self.data = data


def bad_page_size(given: int, field: str) -> Refusal:
    """A page of that size can't be had."""
    return Refusal(
        "BAD_PAGE_SIZE",
        f"{field} 应在 0 到 {LARGEST_PAGE} 之间，得到的是 {given}",
        f"{field} must be between 0 and {LARGEST_PAGE}, got {given}",
        field=field,
        value=given,
        largest=LARGEST_PAGE,
    )


def both_ends() -> Refusal:
    """A page begins at one end."""
    zh, en = "first 与 last 只能用一个", "a page begins at one end: give first or last, not both"
    return Refusal("FIRST_AND_LAST", zh, en, field="last")


def bad_where(field: str, zh: str, en: str) -> Refusal:
    """A condition that can't be asked."""
    return Refusal("BAD_WHERE", zh, en, field=field)


def bad_order(field: str, zh: str, en: str) -> Refusal:
    """A sort key that can't be used."""
    return Refusal("BAD_ORDER", zh, en, field=field)


def hidden_field(field: str, name: str) -> Refusal:
    """What the asker never sees is nothing to ask by."""
    zh, en = (
        f"您无权查看 {name}，不能据此筛选或排序",
        f"you may not see {name}, so you can't filter or sort by it",
    )
    return Refusal("HIDDEN_FIELD", zh, en, field=field)


def too_long(field: str) -> Refusal:
    """A text is too long to be searched for."""
    return Refusal("BAD_SEARCH", "检索词最多 200 个字符", "a search has 200 characters at most", field=field)


def no_words(given: str, field: str) -> Refusal:
    """A text has no words to be searched for."""
    zh, en = "请输入要检索的字词", "name the words to search for: letters, digits or characters"
    return Refusal("BAD_SEARCH", zh, en, field=field, value=given)


def bad_groups(given: list[str]) -> Refusal:
    """What a list can't be grouped by."""
    zh, en = "应按 1 至 3 个不同的项分组", "group by 1 to 3 different things"
    return Refusal("BAD_GROUPS", zh, en, field="by", value=given)


def bad_cursor(field: str) -> Refusal:
    """The cursor is no cursor of this list."""
    return Refusal(
        "BAD_CURSOR",
        "游标无效：它不属于这个列表或筛选条件，请从第一页重新开始",
        "this cursor does not belong to this list and filter; start again from the first page",
        field=field,
    )


def malformed_id(given: str, field: str) -> Refusal:
    """The text is no global id."""
    return Refusal(
        "MALFORMED_ID",
        f"编号 {given!r} 格式不对，应为“类型:编号”，例如 School:s-01",
        f"{given!r} is no id; an id looks like School:s-01",
        field=field,
        value=given,
    )


def foreign_id(given: str, label: str, field: str) -> Refusal:
    """The global id is that of another kind of thing."""
    return Refusal(
        "MALFORMED_ID",
        f"{field} 应为 {label} 的编号（{label}:…），得到的是 {given!r}",
        f"{field} wants the id of a {label} ({label}:…), got {given!r}",
        field=field,
        value=given,
        wanted=label,
    )


def too_many_ids(given: int) -> Refusal:
    """More ids than are answered at once."""
    return Refusal(
        "TOO_MANY_IDS",
        f"一次最多 {LARGEST_NODES} 个编号，得到的是 {given} 个",
        f"ask for at most {LARGEST_NODES} ids at once, got {given}",
        field="ids",
        value=given,
        largest=LARGEST_NODES,
    )


def told(error: GraphQLError, language: str, request_id: str) -> dict[str, Any]:
    """An error as the client gets it."""
    formatted: dict[str, Any] = dict(error.formatted)
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    if isinstance(cause, Refusal):
        formatted["message"] = cause.words[language]
        formatted["extensions"] = {"code": cause.code, "data": cause.data}
    elif cause is None:
        formatted["extensions"] = {"code": "BAD_DATA" if error.path else "BAD_REQUEST"}
    elif "Cannot return null for non-nullable field" in str(cause):
        formatted["extensions"] = {"code": "BAD_DATA"}
    else:
        words = {"zh": f"内部错误，请求编号 {request_id}", "en": f"internal error, request {request_id}"}
        formatted["message"] = words[language]
        formatted["extensions"] = {"code": "INTERNAL", "data": {"requestId": request_id}}
    return formatted


def in_english(error: dict[str, Any]) -> dict[str, Any]:
    """An error of graphql-core's own as the oracle has it: in the words that the service keeps beside its Chinese."""
    told = error.get("extensions", {})
    if "original" not in told.get("data", {}):
        return error
    assert told["data"].keys() == {"original"}
    assert told["data"]["original"] != error["message"]
    return {**error, "message": told["data"]["original"], "extensions": {"code": told["code"]}}
