"""Log lines with a request id: one stream for ours, uvicorn's and the driver's."""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import Processor

from server.headers import header
from server.keys import LogFormat
from server.settings import Settings

HEADER = "X-Request-Id"
"""The header that carries a request's id, in both directions."""
_RAW_HEADER = HEADER.lower().encode("ascii")
# A caller's own id is kept where it can do no harm in a log line.
_ACCEPTED_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
# Asked for every few seconds by whoever watches the service: not worth a line when all is well.
_QUIET_PATHS = ("/health/", "/pages/", "/metrics")

_log = structlog.stdlib.get_logger("zaoxue.request")
_plain_log = logging.getLogger("zaoxue.request")


def configure_logging(settings: Settings, stream: TextIO | None = None) -> None:
    """Send every log line of this process to `stream` (stderr where None), in the format that was set."""
    output = sys.stderr if stream is None else stream
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(output)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_renderers(settings.log_format, output),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level)
    _route_libraries(settings.log_level)


def _renderers(log_format: LogFormat, output: TextIO) -> list[Processor]:
    # Without local variables: they hold the secret that signs cursors, and can be megabytes of a plan.
    if log_format is LogFormat.JSON:
        tracebacks = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
        return [tracebacks, structlog.processors.JSONRenderer(ensure_ascii=False)]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=output.isatty(), exception_formatter=plain)]


def _route_libraries(level: str) -> None:
    """Let libraries speak through the one handler; their chatter only where DEBUG was asked for."""
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = name != "uvicorn.access"
    for name in ("neo4j", "httpx", "httpcore", "asyncio"):
        logging.getLogger(name).setLevel(level if level == "DEBUG" else logging.WARNING)


class RequestLog:
    """ASGI middleware: gives each request an id, binds it to every line logged meanwhile, logs the end.

    The id comes back in `X-Request-Id`; a caller's own is kept where it is 8 to 64 plain characters. It
    goes around the whole app (`RequestLog(app)`), so that an answer 500 has its id and its line too.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and log how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        state: MutableMapping[str, Any] = scope.setdefault("state", {})
        state["request_id"] = request_id
        answer = _Answer(send, request_id)
        started = time.perf_counter()
        bound = structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await self._app(scope, receive, answer)
        except Exception:
            _log.exception("failed")
            # Starlette answers 500 and raises again for the log; what stands before its routes only raises.
            if not answer.status:
                await PlainTextResponse("Internal Server Error", 500)(scope, receive, answer)
        finally:
            _log_end(scope, answer.status, time.perf_counter() - started)
            structlog.contextvars.reset_contextvars(**bound)


class _Answer:
    """Passes an answer on with the id in its headers, and remembers its status (0: none was sent)."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._header = (_RAW_HEADER, request_id.encode("ascii"))
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message.get("headers", ()), self._header]
        await self._send(message)


def _request_id(scope: Scope) -> str:
    given = header(scope, _RAW_HEADER)
    return given if _ACCEPTED_ID.fullmatch(given) else secrets.token_hex(8)


def _log_end(scope: Scope, status: int, seconds: float) -> None:
    level = logging.DEBUG if scope["path"].startswith(_QUIET_PATHS) and status < 400 else logging.INFO
    if not _plain_log.isEnabledFor(level):  # a line is dear to make, and would be thrown away
        return
    _log.log(
        level,
        "request",
        method=scope["method"],
        path=scope["path"],
        status=status,
        milliseconds=round(seconds * 1000, 1),
    )
