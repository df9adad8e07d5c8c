"""A picture of the /graphql page with an answer: a service with the sample is started, asked, and stopped."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import Page, open_page  # noqa: E402  (the checkout is put on the path above)

START_SECONDS = 180.0
WIDTH, HEIGHT = 1280, 1000
ENTER = 13


def main(target: Path) -> None:
    """Write the picture to `target`."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _service(Path(folder)) as address,
        open_page(Path(folder) / "browser") as page,
    ):
        page.size(WIDTH, HEIGHT)
        page.open(f"{address}/graphql")
        _run_first_example(page)
        target.write_bytes(page.picture())
    print(f"{target} is written.")


def _run_first_example(page: Page) -> None:
    page.wait_for("document.querySelectorAll('.graphiql-tab').length > 1")
    page.run("document.querySelector('.graphiql-query-editor textarea').focus()")
    page.press("Enter", ENTER, control=True)
    page.wait_for("document.querySelector('.result-window')?.innerText.includes('totalCount')")


@contextmanager
def _service(folder: Path) -> Iterator[str]:
    """The address of a service on an empty data folder, ready and with the sample."""
    port = _free_port()
    program = str(Path(sys.executable).parent / "zaoxue")
    command = [program, "serve", "--port", str(port), "--data", str(folder / "data")]
    address = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ZAOXUE_")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as service:
        try:
            _wait_until_ready(address, service)
            yield address
        finally:
            service.terminate()


def _wait_until_ready(address: str, service: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and service.poll() is None:
        try:
            if httpx.get(f"{address}/health/ready").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise SystemExit("the service did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main(Path(sys.argv[1]))
