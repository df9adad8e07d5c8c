"""What the service is told from outside, read once at the edge and passed down."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import Faults, InvalidInput, Language, ZaoxueError
from graph.store import Address
from server.keys import (
    BODY_BYTES,
    DATA,
    KEYS,
    LANGUAGE,
    LISTEN,
    LOG_FORMAT,
    LOG_LEVEL,
    NEO4J_DATABASE,
    NEO4J_PASSWORD_FILE,
    NEO4J_URI,
    NEO4J_USER,
    OIDC_AUDIENCE,
    OIDC_ISSUER,
    PORT,
    PREFIX,
    QUERY_FIELDS,
    QUERY_VALUES,
    REQUIRE_TOKEN,
    SAMPLE,
    SECRET_FILE,
    TOKEN_KEYS_FILE,
    Key,
    Listen,
    LogFormat,
    LogLevel,
)
from server.wording import wanted_zh

TEST_PREFIX = "ZAOXUE_TEST_"
"""What scripts/test tells the test suite; the service passes over it."""
CONTAINER_MARKS = (Path("/.dockerenv"), Path("/run/.containerenv"))
"""Files that Docker and Podman lay into a container, and nobody else anywhere."""


class InvalidSetting(InvalidInput):
    """One setting is wrong; `field` is the variable or the option as its writer spelt it."""

    code = "INVALID_SETTING"


@dataclass(frozen=True, slots=True)
class OidcProvider:
    """An identity provider: who issues its tokens, and whom they must be meant for."""

    issuer: str
    audience: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; made by `read_settings`.

    `neo4j` is None where the embedded engine is used; `secret_file` is None where the secret that
    signs cursors is kept in the data folder, `token_keys_file` likewise for the keys that sign tokens, `oidc`
    where there is no identity provider. `body_bytes` to `query_values` are the most that one request may send
    or ask for.
    """

    data: Path
    listen: Listen
    port: int
    neo4j: Address | None
    secret_file: Path | None = field(repr=False)
    sample: bool
    language: Language
    log_level: LogLevel
    log_format: LogFormat
    body_bytes: int
    query_fields: int
    query_values: int
    require_token: bool
    token_keys_file: Path | None
    oidc: OidcProvider | None

    @property
    def wants_token(self) -> bool:
        """Whether a caller from this machine needs a token too; one from elsewhere always does."""
        return self.require_token or self.listen is Listen.CONTAINER or self.oidc is not None

    @property
    def host(self) -> str:
        """The address that the service binds: every one of a container's, else loopback."""
        return "0.0.0.0" if self.listen is Listen.CONTAINER else "127.0.0.1"


def read_settings(
    environ: Mapping[str, str],
    overrides: Mapping[str, str] | None = None,
    *,
    container_marks: Sequence[Path] = CONTAINER_MARKS,
) -> Settings:
    """The settings from the environment, `overrides` (by key name, from the command line) going first.

    An empty value counts as not set. Raises Faults with an InvalidSetting for each thing that is wrong.
    """
    reader = _Reader(environ, overrides or {})
    settings = Settings(
        data=reader.required(DATA),
        listen=_listen(reader, container_marks),
        port=reader.required(PORT),
        neo4j=_neo4j(reader),
        secret_file=reader.optional(SECRET_FILE),
        sample=reader.required(SAMPLE),
        language=reader.required(LANGUAGE),
        log_level=reader.required(LOG_LEVEL),
        log_format=reader.required(LOG_FORMAT),
        body_bytes=reader.required(BODY_BYTES),
        query_fields=reader.required(QUERY_FIELDS),
        query_values=reader.required(QUERY_VALUES),
        require_token=reader.optional(REQUIRE_TOKEN) or False,
        token_keys_file=reader.optional(TOKEN_KEYS_FILE),
        oidc=_oidc(reader),
    )
    if settings.wants_token and reader.says_no(REQUIRE_TOKEN):
        _refuse_tokenless(reader)
    faults = [*reader.faults, *_unknown(environ)]
    if faults:
        raise Faults(faults)
    return settings


class _Reader:
    """Reads key after key and gathers what is wrong instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str], overrides: Mapping[str, str]) -> None:
        self._environ = environ
        self._overrides = overrides
        self.faults: list[ZaoxueError] = []

    def given(self, key: Key[object]) -> tuple[str, str] | None:
        """How its writer spelt the key, and the text; None where nobody set it."""
        for spelt, text in (
            (key.option, self._overrides.get(key.name, "")),
            (key.variable, self._environ.get(key.variable, "")),
        ):
            if text.strip():
                return spelt, text.strip()
        return None

    def optional[T](self, key: Key[T]) -> T | None:
        """The value; None where it is neither set nor has a default, or is wrong (then a fault is kept)."""
        spelt_and_text = self.given(key)
        if spelt_and_text is None:
            return None if key.default is None else key.parse(key.default)
        spelt, text = spelt_and_text
        try:
            return key.parse(text)
        except (ValueError, KeyError, OSError):
            self.refuse(
                spelt, f"{text!r} 不行，{wanted_zh(key.zh)}", f"{text!r} won't do; it should be {key.en}"
            )
            return None

    def required[T](self, key: Key[T]) -> T:
        """The value of a key with a default; the default where it is wrong (a fault is kept: no harm)."""
        assert key.default is not None
        value = self.optional(key)
        return key.parse(key.default) if value is None else value

    def says_no(self, key: Key[bool]) -> bool:
        """Whether its writer set the key to no; one that is not set says nothing."""
        return self.given(key) is not None and self.optional(key) is False

    def refuse(self, spelt: str, zh: str, en: str) -> None:
        """Keep a fault."""
        self.faults.append(InvalidSetting(spelt, f"设置 {spelt}：{zh}", f"setting {spelt}: {en}"))


def _listen(reader: _Reader, marks: Sequence[Path]) -> Listen:
    listen = reader.required(LISTEN)
    if listen is Listen.CONTAINER and not any(mark.exists() for mark in marks):
        reader.refuse(
            LISTEN.variable,
            "这里不是容器（没有 Docker 或 Podman 的标记文件），应为 loopback",
            "this is no container (no mark of Docker or Podman is here); it should be loopback",
        )
    return listen


def _neo4j(reader: _Reader) -> Address | None:
    uri = reader.optional(NEO4J_URI)
    if uri is None:
        if reader.given(NEO4J_URI) is None:
            _refuse_without_uri(reader)
        return None
    password = reader.optional(NEO4J_PASSWORD_FILE)
    if reader.given(NEO4J_PASSWORD_FILE) is None:
        reader.refuse(
            NEO4J_PASSWORD_FILE.variable,
            f"用 Neo4j 时必须设置，{wanted_zh(NEO4J_PASSWORD_FILE.zh)}",
            f"it must be set where Neo4j is used, to {NEO4J_PASSWORD_FILE.en}",
        )
    return Address(
        uri=uri,
        user=reader.required(NEO4J_USER),
        password=password or "",
        database=reader.required(NEO4J_DATABASE),
    )


def _oidc(reader: _Reader) -> OidcProvider | None:
    issuer, audience = reader.optional(OIDC_ISSUER), reader.optional(OIDC_AUDIENCE)
    for key, other in ((OIDC_ISSUER, OIDC_AUDIENCE), (OIDC_AUDIENCE, OIDC_ISSUER)):
        if reader.given(key) is not None and reader.given(other) is None:
            reader.refuse(
                other.variable,
                f"设置了 {key.variable} 就必须设置，{wanted_zh(other.zh)}",
                f"it must be set where {key.variable} is, to {other.en}",
            )
    return OidcProvider(issuer, audience) if issuer and audience else None


def _refuse_tokenless(reader: _Reader) -> None:
    given = reader.given(REQUIRE_TOKEN)
    assert given is not None
    reader.refuse(
        given[0],
        "在容器中或设置了身份提供方时，一律须出示令牌；写 yes，或去掉这一项",
        "in a container, and with an identity provider, a token is always wanted; say yes, or take this away",
    )


def _refuse_without_uri(reader: _Reader) -> None:
    for key in (NEO4J_USER, NEO4J_PASSWORD_FILE, NEO4J_DATABASE):
        given = reader.given(key)
        if given is not None:
            reader.refuse(
                given[0],
                f"没有 {NEO4J_URI.variable} 就不起作用；设置那个地址，或去掉这一项",
                f"without {NEO4J_URI.variable} it has no effect; set that address, or take this away",
            )


def _unknown(environ: Mapping[str, str]) -> list[ZaoxueError]:
    """A fault for each variable with our prefix that is no setting: most likely misspelt."""
    known = [key.variable for key in KEYS]
    strangers = [name for name in environ if name.startswith(PREFIX) and not name.startswith(TEST_PREFIX)]
    return [_stranger(name, known) for name in sorted(strangers) if name not in known]


def _stranger(name: str, known: list[str]) -> ZaoxueError:
    near = difflib.get_close_matches(name, known, n=1)
    zh = f"是不是 {near[0]}？" if near else f"可用的是 {'、'.join(known)}"
    en = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
    return InvalidSetting(
        name, f"设置 {name}：没有这一项，{zh}", f"setting {name}: there is no such setting; {en}"
    )
