"""How errors are told: a stable code, the facts, and a sentence in the asker's language.

What was not raised on purpose is told as "internal error" with the request's id, and logged.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

import structlog
from graphql import GraphQLError

from graph.errors import Faults, Language, ZaoxueError
from schema.kit.context import Context
from schema.kit.documents.wording import in_chinese

_log = structlog.get_logger(__name__)
_NULL_FAULT = "Cannot return null for non-nullable field"


def tell(error: GraphQLError, context: Context | None) -> GraphQLError:
    """The error as a client sees it, with `extensions.code` and, for ours, `extensions.data`.

    What graphql-core says is told in Chinese where the asker reads it; `data.original` keeps the English then.
    """
    if error.extensions and "code" in error.extensions:
        return error
    original = _original(error)
    language: Language = context.language if isinstance(context, Context) else "zh"
    if isinstance(original, ZaoxueError):
        return _told(error, original.message(language), _facts(original, language))
    if original is None:
        return _told_of_document(error, "BAD_DATA" if error.path else "BAD_REQUEST", language)
    if isinstance(original, TypeError) and str(original).startswith(_NULL_FAULT):
        return _told_of_document(error, "BAD_DATA", language)
    request_id = context.request_id if isinstance(context, Context) else ""
    _log.error("unexpected error", request_id=request_id, path=error.path, exc_info=original)
    message = (
        f"内部错误，请求编号 {request_id}" if language == "zh" else f"internal error, request {request_id}"
    )
    return _told(error, message, {"code": "INTERNAL", "data": {"requestId": request_id}})


def _original(error: GraphQLError) -> BaseException | None:
    """What was raised below, through the errors that graphql-core wraps around it."""
    found: BaseException | None = error
    while isinstance(found, GraphQLError):
        found = found.original_error
    return found


def _facts(error: ZaoxueError, language: Language) -> dict[str, Any]:
    data = {name: _plain(value) for name, value in error.data.items()}
    if isinstance(error, Faults):
        data["faults"] = [
            {"message": each.message(language), **_facts(each, language)} for each in error.faults
        ]
    return {"code": error.code, "data": data}


def _plain(value: object) -> object:
    """The value as JSON can hold it."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _told_of_document(error: GraphQLError, code: str, language: Language) -> GraphQLError:
    """An error of graphql-core's own, in its words or in Chinese."""
    zh = in_chinese(error.message) if language == "zh" else None
    if zh is None:
        return _told(error, error.message, {"code": code})
    return _told(error, zh, {"code": code, "data": {"original": error.message}})


def _told(error: GraphQLError, message: str, extensions: dict[str, Any]) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        original_error=error.original_error,
        extensions=extensions,
    )
