"""`zaoxue serve` and `zaoxue migrate`."""

from __future__ import annotations

import gc
import socket

import uvicorn

from graph.causes import cause_of
from graph.errors import ZaoxueError
from graph.migrations.run import LAYOUT
from graph.store import Store
from seeds.loader import is_half_told, load_sample
from server.app import create_app
from server.cli.stopping import Stopping
from server.cli.telling import progress, say
from server.logging import configure_logging
from server.opening import open_graph
from server.secret import cursor_secret
from server.settings import Settings

_ANY_ALLIANCE = "MATCH (a:Alliance) RETURN count(a) AS alliances"
_STOP_SECONDS = 10
_FIRST_QUERY = (
    "{ needs(first: 3) { edges { node { topic { name } statusLabel teacher { name }"
    " recommendations(first: 1) { edges { node { trainer { name } contributions { millionths because rule { key } } } } } } } } }"
)

_WITHOUT_TOKEN = (
    "本机访问者无需令牌，即为管理员。按 Ctrl+C 停止。",
    "A caller from this machine is the administrator, without a token. Ctrl+C stops.",
)
_WITH_TOKEN = (
    "每位访问者都须出示令牌（zaoxue token --for 姓名 --role ADMINISTRATOR 可签发第一个）。按 Ctrl+C 停止。",
    "Every caller needs a token (zaoxue token --for NAME --role ADMINISTRATOR makes the first). Ctrl+C stops.",
)


COLLECT_AFTER = (50_000, 20, 100)
"""Objects made since the last collection of the young, and collections of each age before the next is walked."""


class PortTaken(ZaoxueError):
    """Something else listens on the port."""

    code = "PORT_IN_USE"


async def serve(settings: Settings) -> int:
    """Serve until told to stop; 0. Raises what opening the graph raises, PortTaken, SecretUnusable."""
    configure_logging(settings)
    stopping = Stopping()
    with stopping.listening(), _bound(settings) as listener:
        # Before the graph is opened and filled: what is refused leaves nothing behind.
        cursor_secret(settings)
        async with open_graph(settings, "zaoxue serve", alone=True) as store:
            await _fill(store, settings)
            config = uvicorn.Config(
                create_app(settings, store),
                log_config=None,
                access_log=False,
                # Else uvicorn would write what a proxy claims over the address that the request came from.
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_STOP_SECONDS,
            )
            _settle_memory()
            # From here on a caller waits for his answer instead of being turned away.
            listener.listen()
            _greet(listener.getsockname()[1], store, settings)
            await stopping.serve(config, listener)
    return 0


async def migrate(settings: Settings) -> int:
    """Prepare the store, which opening it does; 0."""
    async with open_graph(settings, "zaoxue migrate"):
        say(f"图库布局为 {LAYOUT}，已就绪", f"the store is ready, layout {LAYOUT}")
    return 0


def _settle_memory() -> None:
    """Keeps the collector from walking all that stays alive while an answer of thousands of objects is made.

    Measured on an answer of 3,500 objects: half of its CPU went there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def _bound(settings: Settings) -> socket.socket:
    """The listening socket, taken before anything is started."""
    # Named as TCP: only then does asyncio send what is written at once, instead of up to 40 ms later.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        zh, en = cause_of(error)
        raise PortTaken(
            f"端口 {settings.port} 不能使用（{zh}）；用 --port 换一个，或 --port 0 任选空闲端口",
            f"port {settings.port} can't be used ({en}); choose another with --port, or --port 0 for any",
            port=settings.port,
        ) from error
    return listener


async def _fill(store: Store, settings: Settings) -> None:
    """The sample, where it is wanted: on the first start of an empty store, or the rest of one begun there."""
    if store.read_only is not None or not settings.sample:
        return
    rows = await store.read(_ANY_ALLIANCE)
    if rows[0]["alliances"] == 0 or await is_half_told(store):
        with progress("样例联盟 sample alliance") as step:
            await load_sample(store, progress=step)


def _greet(port: int, store: Store, settings: Settings) -> None:
    address = f"http://127.0.0.1:{port}/graphql"
    say(f"造血已启动：{address} （用浏览器打开）", f"Zaoxue is up: {address} (open it in a browser)")
    if store.read_only is not None:
        say(f"只读：{store.read_only.zh}", f"read-only: {store.read_only.en}")
    say("首个查询：", "a first query:")
    bearing = " -H 'authorization: Bearer TOKEN'" if settings.wants_token else ""
    print(
        f"  curl -s {address} -H 'content-type: application/json'{bearing} -d '{{\"query\": \"{_FIRST_QUERY}\"}}'"
    )
    say(*(_WITH_TOKEN if settings.wants_token else _WITHOUT_TOKEN))
    print(flush=True)
