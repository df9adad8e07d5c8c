"""Every setting by name: its default, what is allowed, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from graph.errors import Language

type LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]

PREFIX = "ZAOXUE_"
"""Every environment variable that is ours begins so."""
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
"""The address schemes of the Bolt driver."""
SECRET_BYTES = 32
"""The least that signs cursors."""


class Listen(Enum):
    """Who can reach the port: this machine, or whoever the container's publisher lets in."""

    LOOPBACK = "loopback"
    CONTAINER = "container"


class LogFormat(Enum):
    """Log lines for a person at a terminal, or one JSON object a line for a collector."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Key[T]:
    """One setting: its name (`ZAOXUE_PORT` and `--port` for "port"), its default, how it is read.

    `parse` raises ValueError, KeyError or OSError on text that is not what `zh` and `en` say.
    """

    name: str
    default: str | None
    parse: Callable[[str], T]
    zh: str
    en: str

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return PREFIX + self.name.upper()

    @property
    def option(self) -> str:
        """Its name on the command line."""
        return "--" + self.name.replace("_", "-")


def _folder(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise ValueError(text)
    return path


def _port(text: str) -> int:
    number = int(text)
    if not (text.isascii() and 0 <= number <= 65_535):
        raise ValueError(text)
    return number


def _uri(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in SCHEMES or not parts.hostname or parts.username is not None or parts.port == 0:
        raise ValueError(text)
    return text


def _line_of(text: str) -> str:
    line = Path(text).expanduser().read_text(encoding="utf-8").strip()
    if not line or "\n" in line:
        raise ValueError(text)
    return line


def _secret_file(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if len(path.read_bytes().strip()) < SECRET_BYTES:
        raise ValueError(text)
    return path


def _yes_or_no(text: str) -> bool:
    return {"yes": True, "no": False}[text.lower()]


def _level(text: str) -> LogLevel:
    levels: tuple[LogLevel, ...] = ("DEBUG", "INFO", "WARNING", "ERROR")
    return {str(level): level for level in levels}[text.upper()]


def _language(text: str) -> Language:
    languages: tuple[Language, ...] = ("zh", "en")
    return {str(language): language for language in languages}[text.lower()]


_UNTIL_ROLES_ZH = "loopback（只有本机能访问）；在容器里写 container。分角色可见之前，不向其他机器开放"
_UNTIL_ROLES_EN = (
    "loopback (this machine only) or, inside a container, container; "
    "other machines can't be let in before roles decide who sees what"
)

DATA = Key("data", "zaoxue-data", _folder, "一个文件夹的路径", "the path of a folder")
LISTEN = Key("listen", "loopback", Listen, _UNTIL_ROLES_ZH, _UNTIL_ROLES_EN)
PORT = Key(
    "port",
    "8321",
    _port,
    "0 到 65535 的整数（0：任选空闲端口）",
    "a whole number from 0 (any free port) to 65535",
)
NEO4J_URI = Key(
    "neo4j_uri",
    None,
    _uri,
    f"Bolt 地址，以 {'、'.join(SCHEMES)} 之一开头，如 neo4j://localhost:7687，不含用户名和密码",
    f"a Bolt address with one of the schemes {', '.join(SCHEMES)}, as neo4j://localhost:7687, without user or password",
)
NEO4J_USER = Key("neo4j_user", "neo4j", str, "用户名", "a user's name")
NEO4J_PASSWORD_FILE = Key(
    "neo4j_password_file",
    None,
    _line_of,
    "一个可读的文件，只有一行，即密码",
    "a file that can be read and holds one line, the password",
)
NEO4J_DATABASE = Key("neo4j_database", "neo4j", str, "数据库名", "a database's name")
SECRET_FILE = Key(
    "secret_file",
    None,
    _secret_file,
    f"一个可读的文件，至少 {SECRET_BYTES} 字节，内容随机",
    f"a file that can be read and holds at least {SECRET_BYTES} random bytes",
)
SAMPLE = Key("sample", "yes", _yes_or_no, "yes 或 no", "yes or no")
LANGUAGE = Key("language", "zh", _language, "zh 或 en", "zh or en")
LOG_LEVEL = Key(
    "log_level", "INFO", _level, "DEBUG、INFO、WARNING 或 ERROR", "one of DEBUG, INFO, WARNING, ERROR"
)
LOG_FORMAT = Key("log_format", "text", LogFormat, "text 或 json", "text or json")

KEYS: tuple[Key[object], ...] = (
    DATA, LISTEN, PORT, NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD_FILE, NEO4J_DATABASE,
    SECRET_FILE, SAMPLE, LANGUAGE, LOG_LEVEL, LOG_FORMAT,
)  # fmt: skip
"""Every setting, in the order of `.env.example`."""
STORE_KEYS: tuple[Key[object], ...] = (DATA, NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD_FILE, NEO4J_DATABASE)
"""The settings that say which store a command works on; the others are the service's own."""
