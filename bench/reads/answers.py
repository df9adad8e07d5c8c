"""What a server answers, and the same answer whoever gave it: no speed is told of servers that differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import orjson

from bench.reads.documents import Query, Question, questions

type Answers = dict[str, str]
"""The body of each answer by the body that asked for it."""


class Different(Exception):
    """A server's answer is wrong or no answer: nothing can be compared."""


async def gather(urls: Mapping[str, str], query: Query) -> dict[str, Answers]:
    """Every server's answers to its form of a query. Raises Different when two are not equal."""
    first: dict[str, Any] = {}
    gathered: dict[str, Answers] = {}
    async with httpx.AsyncClient(timeout=120) as client:
        for server, url in urls.items():
            gathered[server] = {}
            for question in questions(server, query):
                body = await _ask(client, url, question)
                gathered[server][question.body] = body
                found = normalised(orjson.loads(body), query)
                if first.setdefault(question.name, found) != found:
                    raise Different(f"{server} answers {question.name!r} otherwise than {next(iter(urls))}")
    return gathered


async def _ask(client: httpx.AsyncClient, url: str, question: Question) -> str:
    response = await client.post(
        url, content=question.body, headers={"content-type": "application/json", "accept": "application/json"}
    )
    if response.status_code != 200 or "errors" in response.json():
        raise Different(f"{url} refuses {question.name!r}: {response.text[:500]}")
    return response.text


def normalised(answer: Any, query: Query) -> Any:
    """The data below the root field, in one form: lists without edges, ids without labels.

    Raises Different where it is empty, or the data is not what the query asks for.
    """
    (root,) = answer["data"].values()
    plain = _plain(root)
    if query == "B" and isinstance(plain, list):
        (plain,) = plain
    expected = {"A": 6, "B": 4, "C": 20}[query]
    if len(plain) != expected:
        raise Different(f"{query} has {len(plain)} parts at its root, not {expected}: {str(plain)[:200]}")
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "edges" in value:
        return [_plain(edge["node"]) for edge in value["edges"]]
    return dict(_entry(name, each) for name, each in value.items())


def _entry(name: str, value: Any) -> tuple[str, Any]:
    if name == "id":
        return name, value.rpartition(":")[2]
    if name == "employments":
        return "teachers", [_plain(teacher) for each in value for teacher in each["teacher"]]
    if name == "topic" and isinstance(value, list):
        (value,) = value
    return name, _plain(value)
