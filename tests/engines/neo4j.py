"""A real Neo4j Community server for the tests, started from its Maven Central jars on loopback.

Needs Java (17 for 5.x, 21 for the calendar versions) and Maven; the jars stay in `.cache/` of the checkout.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from graph.store import Address

VERSION = os.environ.get("ZAOXUE_TEST_NEO4J_VERSION", "5.26.30")
ROOT = Path(__file__).parents[2]
INSTALLED = Path("/usr/lib/jvm")
"""Where Linux systems put the Javas that are not on the PATH."""
START_SECONDS = 120.0
SMALL = ("-Xmx512m", "-XX:+UseSerialGC")
_OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")


class Neo4jMissing(Exception):
    """Neo4j was asked for and can't be had: Java, Maven or the server itself is missing or failed."""


@contextmanager
def running_neo4j(home: Path, version: str = VERSION, options: Sequence[str] = SMALL) -> Iterator[Address]:
    """A server of our own with an empty database in `home`, stopped at the end of the block.

    `options` are its Java's; the default takes little memory and few threads.

    Raises: Neo4jMissing.
    """
    java, jars = _find_java(version), _fetch_jars(version)
    port, password = _free_port(), secrets.token_hex(16)
    _configure(home, version, port)
    _set_password(java, jars, home, password)
    main_class = "org.neo4j.server.CommunityEntryPoint" if _major(version) < 2000 else (
        "org.neo4j.server.Neo4jCommunity"
    )  # fmt: skip
    command = [
        java, *options, "-cp", f"{jars}/*",
        *(f"--add-opens={package}=ALL-UNNAMED" for package in _OPENED),
        "--add-modules=jdk.incubator.vector", main_class,
        f"--home-dir={home}", f"--config-dir={home / 'conf'}", "--console-mode",
    ]  # fmt: skip
    log = home / "console.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    try:
        address = Address(f"bolt://127.0.0.1:{port}", "neo4j", password, "neo4j")
        _wait_until_it_answers(address, server, log)
        yield address
    finally:
        server.kill()
        server.wait()


def _wait_until_it_answers(address: Address, server: subprocess.Popen[bytes], log: Path) -> None:
    """The password is this server's alone: an answer to it is the answer of our own process."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        if server.poll() is not None or time.monotonic() > deadline:
            raise Neo4jMissing(f"Neo4j did not come up:\n{log.read_text(errors='replace')[-3000:]}")
        if _answers(address):
            return
        time.sleep(0.2)


def _answers(address: Address) -> bool:
    credentials = (address.user, address.password)
    # Without retries of its own, whose pauses grow to many seconds.
    with GraphDatabase.driver(
        address.uri, auth=credentials, connection_timeout=2.0, max_transaction_retry_time=0.0
    ) as driver:
        try:
            driver.execute_query("RETURN 1", database_=address.database)
        except (DriverError, Neo4jError):
            return False
        return True


def _fetch_jars(version: str) -> Path:
    jars = ROOT / ".cache" / f"neo4j-{version}" / "lib"
    done = jars.parent / "complete"
    jars.mkdir(parents=True, exist_ok=True)
    # Tests run in several processes: one fetches, the others wait for it.
    with (jars.parent / "fetching").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not done.exists():
            _run_maven(version, jars)
            done.touch()
    return jars


def _run_maven(version: str, jars: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise Neo4jMissing("Maven (mvn) is needed to fetch Neo4j, and is not on the PATH")
    result = subprocess.run(
        [
            maven, "-B", "-ntp", "-q", "-f", str(Path(__file__).with_name("pom.xml")),
            "dependency:copy-dependencies", f"-Dneo4j.version={version}",
            f"-DoutputDirectory={jars}", "-DincludeScope=runtime",
        ],
        capture_output=True, text=True,
    )  # fmt: skip
    if result.returncode != 0:
        raise Neo4jMissing(f"Maven could not fetch Neo4j {version}:\n{result.stdout[-3000:]}")


def _find_java(version: str) -> str:
    """The first Java that is new enough: JAVA_HOME, the PATH, then the usual folder of Linux systems."""
    needed = 17 if _major(version) < 2000 else 21
    homes = [Path(home) / "bin" / "java" for home in [os.environ.get("JAVA_HOME")] if home]
    on_path = shutil.which("java")
    candidates = [*homes, *([Path(on_path)] if on_path else []), *INSTALLED.glob("*/bin/java")]
    for java in candidates:
        said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
        found = re.search(r'version "(\d+)', said)
        if found and int(found[1]) >= needed:
            return str(java)
    raise Neo4jMissing(f"Neo4j {version} needs Java {needed} or newer; found {[str(c) for c in candidates]}")


def _configure(home: Path, version: str, port: int) -> None:
    settings = {
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.usage_report.enabled": "false",
        "db.tx_log.preallocate": "false",
        "internal.server.bolt.thread_pool_shutdown_wait_time": "0s",
        "server.memory.pagecache.size": "128m",
        # Tests fill and empty the graph over and over: without these each would plan every statement anew.
        "dbms.cypher.min_replan_interval": "24h",
        "server.memory.query_cache.per_db_cache_num_entries": "5000",
    }
    if _major(version) >= 2000:
        # These broadcast otherwise.
        settings |= {"dbms.fleet_manager.enabled": "false", "server.fleet_discovery.enabled": "false"}
    (home / "conf").mkdir(parents=True)
    lines = (f"{name}={value}\n" for name, value in settings.items())
    (home / "conf" / "neo4j.conf").write_text("".join(lines))


def _set_password(java: str, jars: Path, home: Path, password: str) -> None:
    # The admin command takes it as an argument only; the server is a throw-away of this machine.
    result = subprocess.run(
        [
            java, "-cp", f"{jars}/*", "org.neo4j.server.startup.Neo4jAdminCommand",
            "dbms", "set-initial-password", password,
        ],
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        capture_output=True, text=True,
    )  # fmt: skip
    if result.returncode != 0:
        raise Neo4jMissing(f"Neo4j's first password could not be set:\n{result.stdout}{result.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _major(version: str) -> int:
    return int(version.split(".")[0])
