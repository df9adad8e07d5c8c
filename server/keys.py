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
MOST_FILE_BYTES = 64 * 1024
"""The most that a file with a secret or a password holds."""


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


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = int(text)
        if not (text.isascii() and low <= number <= high):
            raise ValueError(text)
        return number

    return parse


def _uri(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in SCHEMES or not parts.hostname or parts.username is not None or parts.port == 0:
        raise ValueError(text)
    return text


def content_of(path: Path) -> bytes:
    """What a small file holds, without the white space around it.

    Raises OSError, and ValueError where it is no regular file (a pipe would be waited for, a device never
    ends) or too large.
    """
    if not path.is_file():
        raise ValueError(path)
    with path.open("rb") as file:
        content = file.read(MOST_FILE_BYTES + 1)
    if len(content) > MOST_FILE_BYTES:
        raise ValueError(path)
    return content.strip()


def _line_of(text: str) -> str:
    line = content_of(Path(text).expanduser()).decode("utf-8")
    if not line or "\n" in line:
        raise ValueError(text)
    return line


def _secret_file(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if len(content_of(path)) < SECRET_BYTES:
        raise ValueError(text)
    return path


def is_protected(address: str) -> bool:
    """Whether nobody on the way can change what comes from there: https, or this machine itself."""
    parts = urlsplit(address)
    is_here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    return bool(parts.hostname) and parts.username is None and (parts.scheme == "https" or is_here)


def _issuer(text: str) -> str:
    parts = urlsplit(text)
    if not is_protected(text) or parts.query or parts.fragment or parts.port == 0:
        raise ValueError(text)
    return text


def _file_to_be(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if path.exists() and not path.is_file():
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


_LISTEN_ZH = "loopback（只有本机能访问）；在容器里写 container（须出示令牌）"
_LISTEN_EN = "loopback (this machine only) or, inside a container, container (a token is wanted there)"

DATA = Key("data", "zaoxue-data", _folder, "一个文件夹的路径", "the path of a folder")
LISTEN = Key("listen", "loopback", Listen, _LISTEN_ZH, _LISTEN_EN)
PORT = Key(
    "port",
    "8321",
    _whole(0, 65_535),
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
TOKEN_KEYS_FILE = Key(
    "token_keys_file",
    None,
    _file_to_be,
    "一个文件的路径，由 zaoxue token 写入",
    "the path of a file, which zaoxue token writes",
)
REQUIRE_TOKEN = Key("require_token", None, _yes_or_no, "yes 或 no", "yes or no")
OIDC_ISSUER = Key(
    "oidc_issuer",
    None,
    _issuer,
    "身份提供方的签发方地址，以 https:// 开头（本机可用 http://），与其令牌中的 iss 完全一致",
    "the provider's issuer, an https:// address (http:// for this machine), exactly as iss in its tokens",
)
OIDC_AUDIENCE = Key(
    "oidc_audience",
    None,
    str,
    "令牌的 aud，即本服务在提供方处的名称",
    "the aud of its tokens: this service's name there",
)
SAMPLE = Key("sample", "yes", _yes_or_no, "yes 或 no", "yes or no")
LANGUAGE = Key("language", "zh", _language, "zh 或 en", "zh or en")
LOG_LEVEL = Key(
    "log_level", "INFO", _level, "DEBUG、INFO、WARNING 或 ERROR", "one of DEBUG, INFO, WARNING, ERROR"
)
LOG_FORMAT = Key("log_format", "text", LogFormat, "text 或 json", "text or json")
BODY_BYTES = Key(
    "body_bytes",
    "2097152",
    _whole(1_024, 104_857_600),
    "1024 到 104857600 的整数：一次请求正文的最多字节数",
    "a whole number from 1024 to 104857600: the most bytes of one request's body",
)
QUERY_FIELDS = Key(
    "query_fields",
    "500",
    _whole(300, 5_000),  # a client that asks for the schema selects up to 300
    "300 到 5000 的整数：一份查询展开片段后的最多字段数",
    "a whole number from 300 to 5000: the most fields of one document, its fragments expanded",
)
QUERY_VALUES = Key(
    "query_values",
    "1000000",
    _whole(10_000, 100_000_000),
    "10000 到 100000000 的整数：各级列表的 first 相乘后，一次查询的结果最多可有的值",
    "a whole number from 10000 to 100000000: the most values that one answer could hold, `first` multiplied down its lists",
)

KEYS: tuple[Key[object], ...] = (
    DATA, LISTEN, PORT, NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD_FILE, NEO4J_DATABASE,
    SECRET_FILE, SAMPLE, LANGUAGE, LOG_LEVEL, LOG_FORMAT,
    BODY_BYTES, QUERY_FIELDS, QUERY_VALUES,
    REQUIRE_TOKEN, TOKEN_KEYS_FILE, OIDC_ISSUER, OIDC_AUDIENCE,
)  # fmt: skip
"""Every setting, in the order of `.env.example`."""
STORE_KEYS: tuple[Key[object], ...] = (DATA, NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD_FILE, NEO4J_DATABASE)
"""The settings that say which store a command works on; the others are the service's own."""
