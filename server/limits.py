"""What a request may not exceed before anything reads it: whom it names as host, how large it is."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import Language
from server.headers import header
from server.refusing import RequestRefused, refusal_answer

LOCAL_HOSTS = ("localhost", "127.0.0.1")
"""What a browser on this machine calls the service; any other name is a page elsewhere in disguise."""


def guarded(app: ASGIApp, body_bytes: int, language: Language, *, any_host: bool = False) -> ASGIApp:
    """The ASGI app behind the guards: 400 for a foreign host, 413 for too large a body.

    The host is checked because a page on the web can give its own name this machine's address (DNS
    rebinding) and would then be served as if it were the page's own site. Where everybody needs a token,
    which such a page has not got, `any_host` will do.
    """
    limited = BodyLimit(app, most=body_bytes, language=language)
    return limited if any_host else LocalHost(limited, language=language)


class HostRefused(RequestRefused):
    """A request under a name that is not this machine's own, where no token is wanted."""

    code = "HOST_REFUSED"

    def __init__(self, host: str) -> None:
        super().__init__(
            f"本服务只以 {' 或 '.join(LOCAL_HOSTS)} 应答，不以 {host!r} 应答；要用其他名称访问，"
            "请设 ZAOXUE_REQUIRE_TOKEN=yes",
            f"this service answers only as {' or '.join(LOCAL_HOSTS)}, not as {host!r}; to serve other names, "
            "set ZAOXUE_REQUIRE_TOKEN=yes",
            host=host,
        )


class LocalHost:
    """ASGI middleware: refuses what is not asked under one of this machine's own names.

    Starlette's own (1.1) does the same and answers in plain text.
    """

    def __init__(self, app: ASGIApp, language: Language) -> None:
        self._app = app
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] in ("http", "websocket"):
            host = header(scope, b"host").partition(":")[0].lower()
            if host not in LOCAL_HOSTS:
                refused = refusal_answer(HostRefused(host), Headers(scope=scope), self._language)
                await refused(scope, receive, send)
                return
        await self._app(scope, receive, send)


class BodyTooLarge(RequestRefused):
    """A body over the limit. A workbook comes through `zaoxue import`, not over HTTP."""

    code = "BODY_TOO_LARGE"

    def __init__(self, most: int) -> None:
        super().__init__(
            f"请求正文超过 {most} 字节；请分几次发送，工作簿请用 zaoxue import 导入",
            f"the body is larger than {most} bytes; send it in parts, and import workbooks by zaoxue import",
            status=413,
            most=most,
        )


class BodyLimit:
    """ASGI middleware: refuses a body by the length that it tells, else by counting what comes.

    Starlette's own (1.1) does the same and answers in plain text, whatever the app would say.
    """

    def __init__(self, app: ASGIApp, most: int, language: Language) -> None:
        self._app = app
        self._most = most
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = header(scope, b"content-length")
        try:
            if told.isdecimal() and _is_more(told, self._most):
                raise BodyTooLarge(self._most)
            await self._app(scope, self._counted(receive), send)
        except BodyTooLarge as refusal:
            await refusal_answer(refusal, Headers(scope=scope), self._language)(scope, receive, send)

    def _counted(self, receive: Receive) -> Receive:
        total = 0

        async def counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > self._most:
                raise BodyTooLarge(self._most)
            return message

        return counted


def _is_more(digits: str, most: int) -> bool:
    """Whether the number is larger; Python reads no number of thousands of digits."""
    significant = digits.lstrip("0") or "0"
    return len(significant) > len(str(most)) or int(significant) > most
