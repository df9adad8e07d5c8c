"""Refusals before GraphQL begins: a status, and a JSON answer in the asker's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import orjson
from starlette.datastructures import Headers
from starlette.responses import Response

from graph.errors import Language, ZaoxueError

JSON = "application/json"
RESPONSE_JSON = "application/graphql-response+json"
"""The media type under which the status says whether the document was run (GraphQL over HTTP)."""


_KEPT = 128
"""How many different Accept headers are remembered with what they mean: clients send the same ones."""


class RequestRefused(ZaoxueError):
    """A request that can't be taken as a GraphQL operation, with the HTTP status that says so."""

    code = "BAD_REQUEST"

    def __init__(self, zh: str, en: str, *, status: int = 400, **data: object) -> None:
        super().__init__(zh, en, **data)
        self.status = status

    @property
    def headers(self) -> Mapping[str, str]:
        """What the answer bears beside the usual headers."""
        return {"Allow": "GET, POST"} if self.status == 405 else {}


def refusal_answer(refusal: RequestRefused, headers: Headers, otherwise: Language) -> Response:
    """The answer to a request with those headers, shaped as any GraphQL answer with errors."""
    return error_answer(refusal, headers, otherwise, refusal.status, refusal.headers)


def error_answer(
    error: ZaoxueError, headers: Headers, otherwise: Language, status: int, bearing: Mapping[str, str]
) -> Response:
    """The same for any error, with that status and those headers of the answer."""
    message = error.message(language_of(headers.get("accept-language", ""), otherwise))
    told = {"message": message, "extensions": {"code": error.code, "data": error.data}}
    return json_answer({"errors": [told]}, media_type_of(headers), status, bearing)


def json_answer(
    content: object, media_type: str = JSON, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """An answer with that content as JSON."""
    return Response(orjson.dumps(content), status, headers, media_type=media_type)


def media_type_of(headers: Headers) -> str:
    """The media type that the asker prefers, `application/json` where both are as good."""
    return _preferred(headers.get("accept", ""))


@lru_cache(_KEPT)
def _preferred(accepted: str) -> str:
    weights = {tag: weight for weight, tag in map(_weighed, accepted.split(","))}
    wanted = weights.get(RESPONSE_JSON, 0.0)
    return RESPONSE_JSON if wanted > 0 and wanted >= weights.get(JSON, 0.0) else JSON


@lru_cache(_KEPT)
def language_of(accepted: str, otherwise: Language) -> Language:
    """The first of Chinese and English in an Accept-Language header, by its weights; else `otherwise`."""
    ranked = sorted((_weighed(part) for part in accepted.split(",")), key=lambda each: -each[0])
    for weight, tag in ranked:
        if weight > 0 and tag.startswith("zh"):
            return "zh"
        if weight > 0 and tag.startswith("en"):
            return "en"
    return otherwise


def _weighed(part: str) -> tuple[float, str]:
    """The weight and the tag of one part of an Accept header, its other parameters left out."""
    tag, *parameters = (each.strip() for each in part.lower().split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:]), tag
            except ValueError:
                return 0.0, tag
    return 1.0, tag
