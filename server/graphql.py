"""GraphQL over HTTP: a document in, an answer out, in the asker's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from graph.errors import Language
from graph.store import Store
from resolvers.rules import packaged_rules
from schema.kit.context import Context
from schema.root import schema
from server.opening import ADMINISTRATOR, OFFICE_TIME
from server.pages.routes import wants_page


class GraphQLEndpoint(GraphQL[Context, None]):
    """The one endpoint; a browser that opens it gets the page instead."""

    def __init__(
        self,
        store: Callable[[], Store],
        secret: bytes,
        language: Language,
        page: Callable[[], Response],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(schema, graphql_ide=None, subscription_protocols=())
        self._store = store
        self._secret = secret
        self._language = language
        self._page = page
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and wants_page(Request(scope)):
            await self._page()(scope, receive, send)
            return
        await super().__call__(scope, receive, send)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """What the request knows; until there are roles, a caller from this machine is the administrator."""
        now = self._clock()
        return Context(
            store=self._store(),
            today=now.astimezone(OFFICE_TIME).date(),
            language=language_of(request.headers.get("accept-language", ""), self._language),
            secret=self._secret,
            request_id=getattr(request.state, "request_id", ""),
            actor=ADMINISTRATOR,
            now=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            rules=packaged_rules(),
        )

    def encode_json(self, data: object) -> bytes:
        """The answer's bytes."""
        return orjson.dumps(data)


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
    tag, _, weight = part.strip().lower().partition(";q=")
    try:
        return float(weight or 1), tag
    except ValueError:
        return 0.0, tag
