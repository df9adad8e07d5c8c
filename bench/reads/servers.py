"""The servers that are compared: each a process of its own, one worker, on the same Neo4j."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.reads.bring import FOLDER, node
from graph.store import Address

SERVERS = ("ours", "peer", "plain", "floor")
_URL = re.compile(r"http://127\.0\.0\.1:\d+/graphql")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens: where, and its process."""

    name: str
    url: str
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """User and system time that the process has taken so far, all its threads together."""
        return cpu_seconds(self.process)


def cpu_seconds(process: psutil.Process) -> float:
    """User and system time of a process so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


@asynccontextmanager
async def running_servers(address: Address, folder: Path) -> AsyncIterator[dict[str, Server]]:
    """All servers by name, for the block; they stand idle while another one is asked. The peer was brought."""
    commands = {
        "ours": _ours(address, folder),
        "peer": (node(), str(FOLDER / "server.mjs")),
        "plain": (sys.executable, "-m", "bench.reads.plain"),
        "floor": (sys.executable, "-m", "bench.reads.floor"),
    }
    environment = {
        **_without_settings(),
        "BENCH_NEO4J_URI": address.uri,
        "BENCH_NEO4J_USER": address.user,
        "BENCH_NEO4J_PASSWORD": address.password,
        "NODE_ENV": "production",
    }
    async with AsyncExitStack() as stack:
        yield {
            name: await stack.enter_async_context(_running(name, commands[name], environment))
            for name in SERVERS
        }


def _ours(address: Address, folder: Path) -> tuple[str, ...]:
    """`zaoxue serve` as an office would start it on that Neo4j, but without a line in the log for each request."""
    password = folder / "password"
    password.write_text(address.password, encoding="utf-8")
    password.chmod(0o600)
    return (
        sys.executable, "-m", "server.cli.main", "serve", "--port", "0", "--sample", "no",
        "--data", str(folder / "data"), "--log-level", "WARNING", "--neo4j-uri", address.uri,
        "--neo4j-user", address.user, "--neo4j-password-file", str(password),
    )  # fmt: skip


def _without_settings() -> dict[str, str]:
    """This environment without a developer's own settings of the service."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ZAOXUE_")}


@asynccontextmanager
async def _running(
    name: str, command: tuple[str, ...], environment: Mapping[str, str]
) -> AsyncIterator[Server]:
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, env=dict(environment)
    )
    try:
        assert process.stdout is not None
        url = None
        while url is None:
            line = (await process.stdout.readline()).decode()
            assert line, f"{name} ended before it was up"
            url = _URL.search(line)
        yield Server(name, url.group(), psutil.Process(process.pid))
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
