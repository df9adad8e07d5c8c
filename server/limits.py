"""What a request may not exceed before anything reads it: whom it names as host, how large it is."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import Language
from server.refusing import RequestRefused, refusal_answer

LOCAL_HOSTS = ("localhost", "127.0.0.1")
"""What a browser on this machine calls the service; any other name is a page elsewhere in disguise."""


def guards(body_bytes: int, language: Language) -> list[Middleware]:
    """The guards, outermost first, for the ASGI app: 400 for a foreign host, 413 for too large a body.

    The host is checked because a page on the web can give its own name this machine's address (DNS
    rebinding) and would then be served as if it were the page's own site.
    """
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=list(LOCAL_HOSTS), www_redirect=False),
        Middleware(BodyLimit, most=body_bytes, language=language),
    ]


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
        headers = Headers(scope=scope)
        told = headers.get("content-length", "")
        try:
            if told.isdecimal() and int(told) > self._most:
                raise BodyTooLarge(self._most)
            await self._app(scope, self._counted(receive), send)
        except BodyTooLarge as refusal:
            await refusal_answer(refusal, headers, self._language)(scope, receive, send)

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
