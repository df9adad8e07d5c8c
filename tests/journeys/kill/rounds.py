"""One round: a service writes, is killed with -9, and every word that it said before is on record here."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Literal

from graph.embedded.lock import is_alive
from tests.journeys.service import ROOT

type Victim = Literal["both", "service", "engine"]

PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class Round:
    """What was said: answers by write, and the writes that were begun; how the kill met the service."""

    acknowledged: dict[str, dict[str, str]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    was_inside: bool = False


class Service:
    """The process that will be killed, seen from the one that keeps the record."""

    def __init__(self, data_dir: Path, series: str) -> None:
        self.said = Round()
        self.engine = 0
        self._open: set[str] = set()
        self._rest = b""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.kill.worker", str(data_dir), series],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )

    @property
    def is_inside(self) -> bool:
        """Whether, by its own words, a transaction is open that has not come to its commit."""
        return bool(self._open)

    def listen(self, seconds: float) -> bool:
        """Takes down what it says within that time; False once it can say no more."""
        assert self.process.stdout is not None
        pipe = self.process.stdout.fileno()
        if not select.select([pipe], [], [], seconds)[0]:
            return True
        content = os.read(pipe, 1 << 16)
        *lines, self._rest = (self._rest + content).split(b"\n")
        for line in lines:
            self._take_down(json.loads(line))
        return bool(content)

    def listen_until_acknowledged(self, number: int) -> None:
        """Takes down what it says until it has answered so many more writes."""
        wanted, deadline = len(self.said.acknowledged) + number, time.monotonic() + PATIENCE_SECONDS
        while len(self.said.acknowledged) < wanted:
            assert self.listen(0.1), "the service ended by itself"
            assert time.monotonic() < deadline, "the service answers no more"

    def freeze(self) -> None:
        """Stops it and takes down all that it had said: from here on nothing of it moves."""
        self.process.send_signal(signal.SIGSTOP)
        os.waitpid(self.process.pid, os.WUNTRACED)
        assert self.process.stdout is not None
        while select.select([self.process.stdout.fileno()], [], [], 0)[0]:
            self.listen(0)

    def thaw(self) -> None:
        """Lets it go on."""
        self.process.send_signal(signal.SIGCONT)

    def kill_frozen(self, victim: Victim) -> None:
        """Kills the frozen service, its engine, or both in the same moment."""
        self.said.was_inside = self.is_inside
        if victim != "service":
            os.kill(self.engine, signal.SIGKILL)
            while is_alive(self.engine):
                time.sleep(0.001)
        if victim == "engine":
            self.thaw()
        else:
            self.process.kill()

    def end(self) -> None:
        """Lets a service that lives stop in order, and takes down its last words."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        while self.listen(PATIENCE_SECONDS):
            pass
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def _take_down(self, told: dict[str, object]) -> None:
        match told:
            case {"ready": int(engine)}:
                self.engine = engine
            case {"open": str(name)}:
                self.said.begun.add(name)
                self._open.add(name)
            case {"closing": str(name)}:
                self._open.discard(name)
            case {"acknowledged": str(name), "answer": dict(answer)}:
                self._open.discard(name)
                self.said.acknowledged[name] = answer


def kill_once(data_dir: Path, series: str, victim: Victim, chance: Random, *, inside: bool) -> Round:
    """Lets a service write for a moment, then kills `victim`; `inside` waits for an open transaction."""
    service = Service(data_dir, series)
    service.listen_until_acknowledged(chance.randrange(1, 12))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        while inside and not service.is_inside:
            service.listen(0.1)
        time.sleep(chance.uniform(0, 0.08))
        service.freeze()
        if service.is_inside or not inside:
            break
        assert time.monotonic() < deadline, "no transaction was ever met open"
        service.thaw()
    service.kill_frozen(victim)
    if victim == "engine":
        service.listen_until_acknowledged(3)
    service.end()
    if victim == "engine":
        assert service.process.returncode == 0
    return service.said
