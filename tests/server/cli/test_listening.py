"""How the service listens: no answer waits for the caller's acknowledgement of the part before it."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

from server.cli.serve import _bound
from server.settings import read_settings


async def test_what_is_written_is_sent_at_once(tmp_path: Path) -> None:
    # Nagle's algorithm and the delayed acknowledgement of the other side hold an answer up for 40 ms.
    listener = _bound(read_settings({"ZAOXUE_DATA": str(tmp_path), "ZAOXUE_PORT": "0"}))
    seen: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted = writer.get_extra_info("socket")
        seen.set_result(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(connected, sock=listener):
        _, writer = await asyncio.open_connection(*listener.getsockname())
        at_once = await seen
        writer.close()
        await writer.wait_closed()

    assert at_once != 0
