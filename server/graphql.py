"""GraphQL over HTTP: a document in, an answer out, in the asker's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import cast

from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult

from graph.access.viewer import Viewer
from graph.errors import Language, ZaoxueError
from graph.store import Counted, Store, count_statements
from resolvers.rules import packaged_rules
from schema.kit.context import Context, TracedRead
from schema.kit.documents.limits import Limits
from schema.root import schema
from server.auth.asking import Asking
from server.opening import office_day
from server.pages.routes import wants_page
from server.reading import read_address, read_body
from server.refusing import (
    RESPONSE_JSON,
    RequestRefused,
    error_answer,
    json_answer,
    language_of,
    media_type_of,
    refusal_answer,
)


class GraphQLEndpoint(GraphQL[Context, None]):
    """The one endpoint; a browser that opens it gets the page instead."""

    def __init__(
        self,
        store: Callable[[], Store],
        secret: bytes,
        language: Language,
        page: Callable[[], Response],
        clock: Callable[[], datetime],
        limits: Limits,
        asking: Asking,
    ) -> None:
        super().__init__(schema, graphql_ide=None, subscription_protocols=())
        self._store = store
        self._secret = secret
        self._language = language
        self._page = page
        self._clock = clock
        self._limits = limits
        self._asking = asking

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        request = Request(scope, receive)
        answer = self._page() if wants_page(request) else await self._answer(request)
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        now = self._clock()
        try:
            viewer = await self._asking.viewer_of(request, now, office_day(now))
        except RequestRefused as refusal:
            return refusal_answer(refusal, request.headers, self._language)
        except ZaoxueError as error:  # the roles, or the keys of tokens, can't be read now
            return error_answer(error, request.headers, self._language, 503, {"Retry-After": "2"})
        try:
            return await self._run(request, now, viewer)
        except ClientDisconnect:
            return Response(status_code=499)  # nobody is there to read it; the log has it
        except RequestRefused as refusal:
            return refusal_answer(refusal, request.headers, self._language)
        except HTTPException as error:
            return refusal_answer(_refused(error, request.method), request.headers, self._language)

    async def _run(self, request: Request, now: datetime, viewer: Viewer) -> Response:
        if request.method not in ("GET", "POST"):
            return await self.run(request, self._context(request, now, viewer))
        asked = await _read(request)
        if asked.extensions and asked.extensions.get("explain") is True:
            context = self._context(request, now, viewer, trace=[])
            with count_statements() as counted:
                request.state.explained = partial(_explained, context, counted)
                return await self.run(request, context)
        context = self._context(request, now, viewer)
        if request.method == "POST" and not asked.extensions:
            variables = cast("dict[str, object]", asked.variables or {})
            data = await schema.lane.answer(str(asked.query), asked.operation_name, variables, context)
            if data is not None:
                return json_answer({"data": data}, media_type_of(request.headers))
        return await self.run(request, context)

    def should_render_graphql_ide(self, request: object) -> bool:
        """Never: a browser has got the page already, and a GET without a query is told what it lacks."""
        return False

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        """The GraphQL request. Raises RequestRefused."""
        if request.method == "GET":
            return read_address(request.query_params)
        return read_body(request.content_type or "", await request.get_body())

    def _context(
        self, request: Request, now: datetime, viewer: Viewer, *, trace: list[TracedRead] | None = None
    ) -> Context:
        return Context(
            store=self._store(),
            today=office_day(now),
            language=language_of(request.headers.get("accept-language", ""), self._language),
            secret=self._secret,
            request_id=getattr(request.state, "request_id", ""),
            actor=viewer.holder,
            now=now.isoformat(timespec="seconds").replace("+00:00", "Z"),
            rules=packaged_rules(),
            limits=self._limits,
            viewer=viewer,
            trace=trace,
        )

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        """Carries the media type that the asker prefers to `create_response`."""
        response = await super().get_sub_response(request)
        response.media_type = media_type_of(request.headers)
        return response

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        """The answer; without `data` where nothing was run, as the specification has it."""
        answer = await super().process_result(request, result)
        if result.data is None and not any(error.path for error in result.errors or ()):
            del answer["data"]
        if hasattr(request.state, "explained"):
            answer["extensions"] = {"explain": request.state.explained()}
        return answer

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        """The answer as bytes; only the newer media type has a status that says that nothing was run."""
        media_type = str(sub_response.media_type)
        was_run = "data" in response_data
        return json_answer(
            response_data, media_type, 400 if media_type == RESPONSE_JSON and not was_run else 200
        )


async def _read(request: Request) -> GraphQLRequestData:
    """What a GET or a POST asks. Raises RequestRefused."""
    if request.method == "GET":
        return read_address(request.query_params)
    return read_body(request.headers.get("content-type", ""), await request.body())


def _explained(context: Context, counted: Counted) -> dict[str, object]:
    """How many statements the answer took; for the administrator, those of its graph reads."""
    told: dict[str, object] = {"statements": counted.total}
    if context.viewer.is_administrator:
        told["reads"] = [{"cypher": each.cypher, "rows": each.rows} for each in context.trace or ()]
    return told


def _refused(error: HTTPException, method: str) -> RequestRefused:
    """What strawberry refuses before it runs anything, told in both languages."""
    match error.__cause__:
        case InvalidOperationTypeError():
            return RequestRefused(
                f"{method} 请求只能查询；修改请用 POST 发送",
                f"a request by {method} only reads; send mutations by POST",
                status=405,
            )
        case CannotGetOperationTypeError(operation_name=None):
            return RequestRefused(
                "文档中没有操作；应有一个 query 或 mutation",
                "there is no operation in the document; it should hold a query or a mutation",
            )
        case CannotGetOperationTypeError(operation_name=name):
            return RequestRefused(
                f"文档中没有名为 {name!r} 的操作；请改正 operationName",
                f"the document has no operation named {name!r}; mend operationName",
                field="operationName",
            )
    if error.status_code == 405:
        return RequestRefused(
            f"不支持 {method}；GraphQL 请求用 POST（查询也可用 GET）发送",
            f"{method} is not served; send GraphQL by POST, or a query by GET",
            status=405,
        )
    return RequestRefused(error.reason, error.reason, status=error.status_code)
