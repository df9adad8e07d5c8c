"""The service over real HTTP, and its command line as a program of its own."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from graph.store import Address, Store
from server.app import create_app
from server.settings import Settings

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "server.cli.main")
_FAULT = re.compile(r"^\[(\w+)\] 「(.+?)」([A-Z]*\d*)", re.MULTILINE)


@dataclass(slots=True)
class Calendar:
    """The day on which the service believes to be, ten o'clock in China."""

    day: date

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(2), UTC)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """Sheet, cell and code of each fault that it named, sorted."""
        return sorted((sheet, cell, code) for code, sheet, cell in _FAULT.findall(self.err))


class Client:
    """Asks GraphQL over HTTP."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def ask(self, document: str, **variables: object) -> Any:
        """The data of an answer without errors."""
        answer = await self.http.post("/graphql", json={"query": document, "variables": variables})
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert "errors" not in told, told["errors"]
        return told["data"]

    async def do(self, mutation: str, input: Mapping[str, object], selection: str) -> Any:
        """The payload of one mutation that was not refused."""
        payload = await self.attempt(mutation, input, selection)
        assert payload["userErrors"] == []
        return payload

    async def attempt(self, mutation: str, input: Mapping[str, object], selection: str = "") -> Any:
        """The payload of one mutation, refused or not."""
        kind = mutation[0].upper() + mutation[1:]
        document = (
            f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input)"
            f" {{ {selection} userErrors {{ field code message }} }} }}"
        )
        return (await self.ask(document, input=input))[mutation]


@asynccontextmanager
async def serving(settings: Settings, store: Store, clock: Calendar) -> AsyncIterator[Client]:
    """The service on a free port of this machine, for as long as the block lasts."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    app = create_app(settings, store, clock=clock)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        while not server.started:  # noqa: ASYNC110 - uvicorn tells it by this flag alone
            await asyncio.sleep(0.01)
        async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as http:
            yield Client(http)
    finally:
        server.should_exit = True
        await running
        listener.close()


async def zaoxue(*arguments: str | Path, options: Sequence[str] = (), **environ: str) -> Ran:
    """Runs a command to its end."""
    process = await asyncio.create_subprocess_exec(
        *PROGRAM,
        *map(str, arguments),
        *options,
        cwd=ROOT,
        env=clean_environment() | environ,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return Ran(process.returncode, out.decode(), err.decode())


def clean_environment() -> dict[str, str]:
    """This process's environment without any setting of the service."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ZAOXUE_")}


def options_for(address: Address, embedded_dir: Path, scratch: Path) -> list[str]:
    """The options that lead a command to the engine that the tests run on."""
    if address.engine == "embedded":
        return ["--data", str(embedded_dir)]
    password = scratch / "password"
    password.write_text(address.password, encoding="utf-8")
    return [
        *("--data", str(scratch / "data"), "--neo4j-uri", address.uri, "--neo4j-user", address.user),
        *("--neo4j-password-file", str(password), "--neo4j-database", address.database),
    ]
