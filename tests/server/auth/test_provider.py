"""Tokens of an identity provider: what is taken, what is refused and why, and keys that change."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc.jwk import OctKey, RSAKey

from server.auth.claims import head_of
from server.auth.provider import KEPT_SECONDS, KEY_TYPES, PAUSE_SECONDS, STALE_SECONDS, Provider
from server.auth.refusals import ProviderUnavailable, Reason, TokenRefused
from server.settings import OidcProvider
from tests.server.auth.issuing import AUDIENCE, DISCOVERY, KEYS, County, county_provider, key_for, signed

NOW = datetime(2025, 3, 1, 2, tzinfo=UTC)


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def county() -> Iterator[County]:
    with county_provider() as county:
        yield county


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def provider(county: County, clock: Clock) -> Provider:
    return Provider(OidcProvider(county.issuer, AUDIENCE), clock)


def claims(county: County, **other: Any) -> dict[str, Any]:
    given = {"iss": county.issuer, "aud": AUDIENCE, "sub": "li.si", "exp": at(minutes=5), "iat": at()} | other
    return {name: value for name, value in given.items() if value is not None}


def at(**later: int) -> int:
    return int((NOW + timedelta(**later)).timestamp())


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


async def read(provider: Provider, token: str) -> str:
    return await provider.read(token, head_of(token), NOW)


async def refusal(provider: Provider, token: str) -> Reason:
    with pytest.raises(TokenRefused) as refused:
        await read(provider, token)
    assert refused.value.status == 401
    return refused.value.reason


@pytest.mark.parametrize("algorithm", KEY_TYPES)
async def test_a_token_of_each_accepted_algorithm_names_its_holder(
    county: County, provider: Provider, algorithm: str
) -> None:
    key = county.add(algorithm, "k-1")
    assert await read(provider, signed(key, algorithm, claims(county))) == "li.si"


async def test_keys_are_found_once_and_kept(county: County, provider: Provider) -> None:
    key = county.add("RS256", "k-1")
    for _ in range(3):
        assert await read(provider, signed(key, "RS256", claims(county))) == "li.si"
    assert county.asked == {DISCOVERY: 1, KEYS: 1}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"exp": at(seconds=-31)}, Reason.EXPIRED),
        ({"exp": None}, Reason.NO_EXPIRY),
        ({"exp": "tomorrow"}, Reason.NO_EXPIRY),
        ({"nbf": at(seconds=31)}, Reason.NOT_YET),
        ({"iat": at(seconds=31)}, Reason.NOT_YET),
        ({"iss": "https://elsewhere.example"}, Reason.ISSUER),
        ({"iss": None}, Reason.ISSUER),
        ({"aud": "another-service"}, Reason.AUDIENCE),
        ({"aud": ["another-service", "a-third"]}, Reason.AUDIENCE),
        ({"aud": None}, Reason.AUDIENCE),
        ({"sub": None}, Reason.SUBJECT),
        ({"sub": ""}, Reason.SUBJECT),
        ({"sub": 7}, Reason.SUBJECT),
        ({"sub": "administrator"}, Reason.SUBJECT),
        ({"sub": "li.si\n"}, Reason.SUBJECT),
        ({"sub": ["li.si"]}, Reason.SUBJECT),
        ({"sub": {"name": "li.si"}}, Reason.SUBJECT),
        ({"sub": True}, Reason.SUBJECT),
        ({"iss": ["https://elsewhere.example"]}, Reason.ISSUER),
        ({"aud": 7}, Reason.AUDIENCE),
        ({"aud": {"zaoxue": 1}}, Reason.AUDIENCE),
        ({"aud": [["zaoxue"]]}, Reason.AUDIENCE),
        ({"exp": [1]}, Reason.NO_EXPIRY),
        ({"exp": True}, Reason.NO_EXPIRY),
        ({"nbf": {}}, Reason.NOT_YET),
        ({"iat": "today"}, Reason.NOT_YET),
        ({"sub": "x" * 256}, Reason.SUBJECT),
    ],
)
async def test_a_claim_that_is_not_for_us_and_now_is_refused(
    county: County, provider: Provider, changed: dict[str, Any], reason: Reason
) -> None:
    key = county.add("ES256", "k-1")
    assert await refusal(provider, signed(key, "ES256", claims(county, **changed))) is reason


@pytest.mark.parametrize(
    "changed", [{"exp": at(seconds=-29)}, {"nbf": at(seconds=29)}, {"aud": ["another-service", AUDIENCE]}]
)
async def test_clocks_may_differ_a_little_and_a_token_may_be_for_several(
    county: County, provider: Provider, changed: dict[str, Any]
) -> None:
    key = county.add("ES256", "k-1")
    assert await read(provider, signed(key, "ES256", claims(county, **changed))) == "li.si"


async def test_a_token_signed_by_a_stranger_under_a_known_kid_is_refused(
    county: County, provider: Provider
) -> None:
    county.add("RS256", "k-1")
    stranger = key_for("RS256", "k-1")
    assert await refusal(provider, signed(stranger, "RS256", claims(county))) is Reason.SIGNATURE


async def test_a_changed_claim_breaks_the_signature(county: County, provider: Provider) -> None:
    token = signed(county.add("RS256", "k-1"), "RS256", claims(county))
    head, _, signature = token.split(".")
    body = encoded(claims(county, sub="wang.wu"))
    assert await refusal(provider, f"{head}.{body}.{signature}") is Reason.SIGNATURE


async def test_an_unsigned_token_is_refused(county: County, provider: Provider) -> None:
    county.add("RS256", "k-1")
    head, body = encoded({"alg": "none", "kid": "k-1"}), encoded(claims(county))
    assert await refusal(provider, f"{head}.{body}.") is Reason.ALGORITHM
    assert county.asked == {}


async def test_a_public_key_is_never_taken_as_a_shared_secret(county: County, provider: Provider) -> None:
    key = county.add("RS256", "k-1")
    assert isinstance(key, RSAKey)
    head = encoded({"alg": "HS256", "kid": "k-1"})
    body = encoded(claims(county))
    made = hmac.digest(key.as_pem(private=False), f"{head}.{body}".encode(), "sha256")
    signature = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
    assert await refusal(provider, f"{head}.{body}.{signature}") is Reason.ALGORITHM


async def test_a_shared_secret_among_the_keys_is_passed_over(county: County, provider: Provider) -> None:
    secret = OctKey.generate_key(256, {"kid": "k-s"})
    county.entries.append(secret.as_dict(private=True))
    key = county.add("RS256", "k-1")
    assert await refusal(provider, signed(key, "RS256", claims(county), kid="k-s")) is Reason.UNKNOWN_KEY


async def test_a_key_is_used_only_for_its_own_algorithm_and_for_signatures(
    county: County, provider: Provider
) -> None:
    ours, theirs = key_for("RS256", "k-alg"), key_for("RS256", "k-enc")
    county.entries += [
        ours.as_dict(private=False) | {"alg": "RS512"},
        theirs.as_dict(private=False) | {"use": "enc"},
        {"kty": "lattice", "kid": "k-new"},
    ]
    assert await refusal(provider, signed(ours, "RS256", claims(county))) is Reason.ALGORITHM
    assert await refusal(provider, signed(theirs, "RS256", claims(county))) is Reason.UNKNOWN_KEY
    assert await read(provider, signed(ours, "RS512", claims(county))) == "li.si"


async def test_a_kind_of_key_that_does_not_go_with_the_algorithm_is_refused(
    county: County, provider: Provider
) -> None:
    county.add("RS256", "k-1")
    assert (
        await refusal(provider, signed(key_for("ES256", "k-1"), "ES256", claims(county))) is Reason.ALGORITHM
    )


async def test_without_a_kid_the_only_key_is_meant(county: County, provider: Provider, clock: Clock) -> None:
    key = county.add("RS256", "k-1")
    token = signed(key, "RS256", claims(county), kid=None)
    assert await read(provider, token) == "li.si"
    county.add("RS256", "k-2")
    clock.seconds += KEPT_SECONDS + 1
    assert await refusal(provider, token) is Reason.UNKNOWN_KEY


async def test_a_new_key_is_fetched_when_its_first_token_comes(
    county: County, provider: Provider, clock: Clock
) -> None:
    old = county.add("RS256", "k-1")
    assert await read(provider, signed(old, "RS256", claims(county))) == "li.si"
    new = county.add("RS256", "k-2")
    clock.seconds += PAUSE_SECONDS
    assert await read(provider, signed(new, "RS256", claims(county))) == "li.si"
    assert await read(provider, signed(old, "RS256", claims(county))) == "li.si"
    assert county.asked[KEYS] == 2


async def test_unknown_keys_do_not_make_us_ask_again_and_again(
    county: County, provider: Provider, clock: Clock
) -> None:
    key = county.add("RS256", "k-1")
    assert await read(provider, signed(key, "RS256", claims(county))) == "li.si"
    for number in range(5):
        token = signed(key, "RS256", claims(county), kid=f"k-unknown-{number}")
        assert await refusal(provider, token) is Reason.UNKNOWN_KEY
    assert county.asked[KEYS] == 1
    clock.seconds += PAUSE_SECONDS
    for number in range(5):
        token = signed(key, "RS256", claims(county), kid=f"k-unknown-{number}")
        assert await refusal(provider, token) is Reason.UNKNOWN_KEY
    assert county.asked[KEYS] == 2


async def test_a_key_that_was_withdrawn_is_refused_after_a_while(
    county: County, provider: Provider, clock: Clock
) -> None:
    old = county.add("RS256", "k-1")
    county.add("RS256", "k-2")
    token = signed(old, "RS256", claims(county))
    assert await read(provider, token) == "li.si"
    county.keys.remove(old)
    clock.seconds += KEPT_SECONDS + 1
    assert await refusal(provider, token) is Reason.UNKNOWN_KEY


async def test_a_silent_provider_is_told_apart_from_a_bad_token(
    county: County, provider: Provider, clock: Clock
) -> None:
    key = county.add("RS256", "k-1")
    token = signed(key, "RS256", claims(county))
    county.status = 500
    for _ in range(2):
        with pytest.raises(ProviderUnavailable) as refused:
            await read(provider, token)
        assert (refused.value.status, refused.value.headers) == (503, {"Retry-After": "30"})
    assert county.asked == {DISCOVERY: 1}
    county.status = 200
    clock.seconds += PAUSE_SECONDS
    assert await read(provider, token) == "li.si"


async def _drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """An answer that would take more than half an hour."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    with contextlib.suppress(ConnectionError):
        while not writer.is_closing():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)


async def test_a_provider_that_answers_in_drops_is_as_one_that_is_silent(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.auth.provider.FETCH_SECONDS", 0.2, raising=False)
    asked = 0

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked += 1
        await _drip(reader, writer)

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    issuer = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/county"
    provider = Provider(OidcProvider(issuer, AUDIENCE), clock)
    token = signed(key_for("ES256", "k-1"), "ES256", {"iss": issuer, "sub": "li.si", "exp": at(minutes=5)})
    async with asyncio.timeout(60):
        # those who wait for the first one's answer are told with him, not each after a wait of his own
        told = await asyncio.gather(*(read(provider, token) for _ in range(3)), return_exceptions=True)
    server.close()
    assert [type(each) for each in told] == [ProviderUnavailable] * 3
    assert asked == 1


async def test_while_one_waits_for_new_keys_the_others_are_served_by_those_kept(
    county: County, provider: Provider, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = county.add("RS256", "k-1")
    token = signed(key, "RS256", claims(county))
    assert await read(provider, token) == "li.si"
    begun, fetch = asyncio.Event(), provider._fetch
    go_on = asyncio.Event()

    async def slow() -> Any:
        begun.set()
        await go_on.wait()
        return await fetch()

    monkeypatch.setattr(provider, "_fetch", slow)
    clock.seconds += KEPT_SECONDS + 1
    first = asyncio.create_task(read(provider, token))
    await begun.wait()
    async with asyncio.timeout(60):
        assert await read(provider, token) == "li.si"
    assert not first.done()
    go_on.set()
    assert await first == "li.si"
    assert county.asked == {DISCOVERY: 2, KEYS: 2}


async def test_kept_keys_serve_on_for_an_hour_where_the_provider_is_silent(
    county: County, provider: Provider, clock: Clock
) -> None:
    key = county.add("RS256", "k-1")
    token = signed(key, "RS256", claims(county))
    assert await read(provider, token) == "li.si"
    county.status = 503
    clock.seconds += KEPT_SECONDS + STALE_SECONDS
    assert await read(provider, token) == "li.si"
    clock.seconds += PAUSE_SECONDS
    with pytest.raises(ProviderUnavailable):
        await read(provider, token)


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://elsewhere.example"},
        {"jwks_uri": "http://elsewhere.example/keys"},
        {"jwks_uri": None},
        {"jwks_uri": "file:///etc/hosts"},
    ],
)
async def test_a_discovery_that_leads_elsewhere_is_not_followed(
    county: County, provider: Provider, document: dict[str, Any]
) -> None:
    county.document |= document
    key = county.add("RS256", "k-1")
    with pytest.raises(ProviderUnavailable):
        await read(provider, signed(key, "RS256", claims(county)))
    assert county.asked == {DISCOVERY: 1}


async def test_headers_of_the_providers_own_do_no_harm(county: County, provider: Provider) -> None:
    key = county.add("RS256", "k-1")
    token = signed(key, "RS256", claims(county), typ="at+jwt", tenant="county", x5c=["A" * 1500])
    assert await read(provider, token) == "li.si"


async def test_a_header_that_must_be_understood_and_is_not_is_refused(
    county: County, provider: Provider
) -> None:
    key = county.add("RS256", "k-1")
    head = encoded({"alg": "RS256", "kid": "k-1", "crit": ["tenant"], "tenant": "county"})
    _, body, signature = signed(key, "RS256", claims(county)).split(".")
    assert await refusal(provider, f"{head}.{body}.{signature}") is Reason.MALFORMED
