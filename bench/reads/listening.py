"""How the measured Python servers of this folder listen: uvicorn, one process, a free port, told on stdout."""

from __future__ import annotations

import asyncio
import gc
import os
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn

from graph.store import Address
from server.cli.serve import COLLECT_AFTER

type App = Callable[[Any, Any, Any], Awaitable[None]]


def given_address() -> Address:
    """The Neo4j that the environment names, as `servers.py` sets it."""
    names = ("BENCH_NEO4J_URI", "BENCH_NEO4J_USER", "BENCH_NEO4J_PASSWORD")
    uri, user, password = (os.environ[name] for name in names)
    return Address(uri, user, password, "neo4j")


def listen(make: Callable[[], Awaitable[App]]) -> None:
    """Serve the app that `make` gives until told to stop."""
    asyncio.run(_serve(make))


async def _serve(make: Callable[[], Awaitable[App]]) -> None:
    # Named as TCP, since asyncio turns off Nagle's delay (40 ms an answer) only on what is named so.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    app = await make()
    print(f"http://127.0.0.1:{listener.getsockname()[1]}/graphql", flush=True)
    # As `zaoxue serve` does it: without, the collector would cost these more than it costs ours.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, lifespan="off")
    await uvicorn.Server(config).serve([listener])
