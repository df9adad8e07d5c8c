"""A headless Chromium for tests that look at a page as a person would.

Spoken to in its own DevTools protocol over a pipe: no driver, no port, nothing to install but the browser.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
SECONDS = 30.0
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--remote-debugging-pipe",
)  # fmt: skip


class BrowserFailed(Exception):
    """The page or the browser did not do what was asked within its time."""


def find_browser() -> str | None:
    """The browser's program; None where this machine has none."""
    return next((found for program in PROGRAMS if (found := shutil.which(program))), None)


class Page:
    """One open page. `complaints` is what it wrote to its console as errors, or broke of its own policy."""

    def __init__(self, wire: _Wire) -> None:
        self._wire = wire
        target = wire.call("Target.createTarget", url="about:blank")["targetId"]
        wire.session = wire.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            wire.call(f"{domain}.enable")

    @property
    def complaints(self) -> list[str]:
        """Errors and warnings of the console so far, in order."""
        return [text for event in self._wire.events if (text := _complaint(event))]

    def open(self, address: str) -> None:
        """Go to an address."""
        self._wire.call("Page.navigate", url=address)

    def size(self, width: int, height: int) -> None:
        """Give the page a size in CSS pixels, drawn twice as fine."""
        self._wire.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2,
            mobile=False,
        )

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answer = self._wire.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise BrowserFailed(answer["exceptionDetails"]["exception"].get("description", script))
        return answer["result"].get("value")

    def wait_for(self, script: str) -> Any:
        """The value of an expression as soon as it is true."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            if value := self.run(script):
                return value
            time.sleep(0.05)
        raise BrowserFailed(f"not within {SECONDS} s: {script}\n{self.run('document.body.innerText')}")

    def press(self, key: str, code: int, *, control: bool = False) -> None:
        """Press and release a key; `code` is its Windows virtual key code."""
        for kind in ("rawKeyDown", "keyUp"):
            self._wire.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                modifiers=2 * control,
            )

    def picture(self) -> bytes:
        """What is seen, as PNG."""
        return base64.b64decode(self._wire.call("Page.captureScreenshot", format="png")["data"])


@contextmanager
def open_page(profile: Path) -> Iterator[Page]:
    """A page of a new browser that keeps its files in `profile`, ended with the block."""
    program = find_browser()
    if program is None:
        raise BrowserFailed("no Chromium on this machine")
    (their_in, our_out), (our_in, their_out) = os.pipe(), os.pipe()
    # The browser reads commands from descriptor 3 and writes answers to 4.
    shell = ["bash", "-c", f'exec "$@" 3<&{their_in} 4>&{their_out}', "bash", program, *_FLAGS]
    with subprocess.Popen(
        [*shell, f"--user-data-dir={profile}"],
        pass_fds=(their_in, their_out),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as browser:
        os.close(their_in)
        os.close(their_out)
        with os.fdopen(our_in, "rb") as answers, os.fdopen(our_out, "wb", buffering=0) as commands:
            try:
                yield Page(_Wire(answers.fileno(), commands.fileno()))
            finally:
                browser.kill()


class _Wire:
    """Commands out, answers and events in, each ended by a zero byte."""

    def __init__(self, answers: int, commands: int) -> None:
        self._answers = answers
        self._commands = commands
        self._last = 0
        self._rest = b""
        self.session = ""
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        self._last += 1
        command: dict[str, object] = {"id": self._last, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while True:
            message = self._next()
            if message.get("id") == self._last:
                if "error" in message:
                    raise BrowserFailed(f"{method}: {message['error']['message']}")
                result: dict[str, Any] = message["result"]
                return result
            self.events.append(message)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = os.read(self._answers, 1 << 20)
            if not read:
                raise BrowserFailed("the browser ended")
            self._rest += read
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message


def _complaint(event: dict[str, Any]) -> str:
    parameters = event.get("params", {})
    match event.get("method"):
        case "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            return str(details.get("exception", {}).get("description", details["text"]))
        case "Runtime.consoleAPICalled" if parameters["type"] in ("error", "warning", "assert"):
            return " ".join(str(each.get("value", each.get("description"))) for each in parameters["args"])
        case "Log.entryAdded" if parameters["entry"]["level"] in ("error", "warning"):
            return f"{parameters['entry']['text']} {parameters['entry'].get('url', '')}".strip()
    return ""
