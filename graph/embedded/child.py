"""The engine's own process: `python -m graph.embedded.child`, started and ended by the supervisor.

Takes its orders as one JSON line on standard input (so that the password is on no command line and in
no environment), says when it is ready as one JSON line on standard output, and stops cleanly when its
input ends: however the supervisor dies, the system closes that pipe.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys
import threading
import time
from types import FrameType, ModuleType
from typing import Any, NoReturn

STOP_SECONDS = 20.0
"""How long a stop may take before the process ends anyway."""
EXIT_CANNOT_START = 3


def main() -> int:
    """Serves until the input ends; 0 after a clean stop, 3 when the engine can't start."""
    # Ctrl-C in a terminal reaches every process in front of it: the supervisor decides when we stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    orders = json.loads(sys.stdin.buffer.readline())
    server = None
    try:
        server = _made(orders)
        _start(server, orders)
    except Exception as error:  # the engine's errors have no common base in both packages
        # Before the engine was made no file of the database was looked at.
        _say(failed=str(error) or type(error).__name__, at_files=server is not None)
        # The engine's threads would keep the process alive.
        os._exit(EXIT_CANNOT_START)
    _say(ready=True)
    threading.Thread(target=_stop_when_orphaned, args=(os.getppid(),), daemon=True).start()
    with contextlib.suppress(SystemExit):
        sys.stdin.buffer.read()
    _stop(server)
    return 0


def _made(orders: dict[str, Any]) -> Any:
    """A server that does not run yet. Any: the two packages share a class by form only."""
    return _package().create_server(
        root_path=orders["root"],
        root_password=orders["password"],
        config={
            "host": "127.0.0.1",
            "http_port": orders["http_port"],
            "bolt_port": orders["bolt_port"],
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            # Production mode is what makes each commit reach the disk.
            "mode": "production",
            "server_defaultDatabaseMode": orders["mode"],
        },
    )


def _start(server: Any, orders: dict[str, Any]) -> None:
    server.start()
    if orders["exists"]:
        server.get_database(orders["database"])
    else:
        server.create_database(orders["database"])


def _package() -> ModuleType:
    try:
        return importlib.import_module("arcadedb")
    except ImportError:
        # No native build for this machine: the same engine with a Java runtime in its package.
        return importlib.import_module("arcadedb_embedded")


def _stop(server: Any) -> None:
    threading.Thread(target=_end_after, args=(STOP_SECONDS,), daemon=True).start()
    server.stop()


def _end_after(seconds: float) -> NoReturn:
    time.sleep(seconds)
    os._exit(1)


def _stop_when_orphaned(supervisor: int) -> None:
    """Ends the process when the supervisor is gone and something else still holds our input open."""
    while os.getppid() == supervisor:
        time.sleep(1.0)
    time.sleep(STOP_SECONDS)
    os._exit(1)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # The engine's threads are not Python's: nothing is left to wait for.
    os._exit(main())
