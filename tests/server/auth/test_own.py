"""Tokens of our own: their claims, their keys, and what is refused."""

from __future__ import annotations

import base64
import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import OctKey

from server.auth.claims import head_of
from server.auth.keyring import FILE_NAME, KeyFile, KeysUnusable
from server.auth.own import issue, read_own
from server.auth.refusals import Reason, TokenRefused
from server.settings import read_settings
from tests.server.auth.issuing import signed

NOW = datetime(2025, 3, 1, 2, tzinfo=UTC)


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "data" / FILE_NAME)


def read(keys: KeyFile, token: str, **later: int) -> str:
    return read_own(token, head_of(token), keys, NOW + timedelta(**later))


def refusal(keys: KeyFile, token: str, **later: int) -> Reason:
    with pytest.raises(TokenRefused) as refused:
        read(keys, token, **later)
    return refused.value.reason


def parts_of(token: str) -> list[dict[str, Any]]:
    return [json.loads(base64.urlsafe_b64decode(part + "==")) for part in token.split(".")[:2]]


def test_a_token_says_who_for_whom_from_when_and_until_when(keys: KeyFile) -> None:
    key = keys.newest()
    first, second = (parts_of(issue(key, "zhang.san", NOW, 7)) for _ in range(2))
    head, claims = first
    number = claims.pop("jti")
    at = int(NOW.timestamp())
    assert head == {"typ": "JWT", "alg": "HS256", "kid": key.kid}
    assert claims == {
        "iss": "zaoxue",
        "aud": "zaoxue",
        "sub": "zhang.san",
        "iat": at,
        "nbf": at,
        "exp": at + 7 * 86_400,
    }
    assert len(number) == 32
    assert number != second[1]["jti"]


def test_a_token_is_good_from_the_start_to_the_end_of_its_days(keys: KeyFile) -> None:
    token = issue(keys.newest(), "zhang.san", NOW, 7)
    assert read(keys, token) == "zhang.san"
    assert read(keys, token, days=7, seconds=29) == "zhang.san"
    assert refusal(keys, token, days=7, seconds=30) is Reason.EXPIRED
    assert read(keys, token, seconds=-30) == "zhang.san"
    assert refusal(keys, token, seconds=-31) is Reason.NOT_YET


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"iss": "another"}, Reason.ISSUER),
        ({"aud": "another"}, Reason.AUDIENCE),
        ({"sub": "administrator"}, Reason.SUBJECT),
        ({"sub": " zhang"}, Reason.SUBJECT),
    ],
)
def test_a_claim_that_is_not_ours_is_refused(keys: KeyFile, changed: dict[str, str], reason: Reason) -> None:
    key = keys.newest()
    claims = parts_of(issue(key, "zhang.san", NOW, 7))[1]
    assert refusal(keys, signed(key, "HS256", claims | changed)) is reason


def test_a_key_of_another_service_is_none_of_ours(keys: KeyFile, tmp_path: Path) -> None:
    keys.newest()
    strange = KeyFile(tmp_path / "other" / FILE_NAME).newest()
    assert refusal(keys, issue(strange, "zhang.san", NOW, 7)) is Reason.UNKNOWN_KEY
    as_ours = OctKey.import_key(strange.raw_value, {"kid": str(keys.newest().kid)})
    assert refusal(keys, issue(as_ours, "zhang.san", NOW, 7)) is Reason.SIGNATURE


def test_a_token_that_names_no_key_is_refused(keys: KeyFile) -> None:
    key = keys.newest()
    claims = parts_of(issue(key, "zhang.san", NOW, 7))[1]
    assert refusal(keys, signed(key, "HS256", claims, kid=None)) is Reason.UNKNOWN_KEY


def test_before_a_key_was_made_no_token_is_good_and_none_is_made_by_asking(
    keys: KeyFile, tmp_path: Path
) -> None:
    token = issue(KeyFile(tmp_path / "other").newest(), "zhang.san", NOW, 7)
    assert refusal(keys, token) is Reason.UNKNOWN_KEY
    assert not keys.path.parent.exists()


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "a.b.c.d.e", "x" * 20_000, "ä.b.c", "e30.e30.e30"])
def test_what_is_no_signed_token_is_refused(token: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        head_of(token)
    assert refused.value.reason is Reason.MALFORMED


def test_after_one_rotation_old_tokens_are_good_and_after_two_they_are_not(keys: KeyFile) -> None:
    first = issue(keys.newest(), "zhang.san", NOW, 7)
    second = issue(keys.rotate(), "li.si", NOW, 7)
    assert (read(keys, first), read(keys, second)) == ("zhang.san", "li.si")
    third = issue(keys.rotate(), "wang.wu", NOW, 7)
    assert refusal(keys, first) is Reason.UNKNOWN_KEY
    assert (read(keys, second), read(keys, third)) == ("li.si", "wang.wu")


def test_a_rotation_by_another_process_is_seen_at_the_next_look(keys: KeyFile) -> None:
    keys.newest()
    of_the_service = KeyFile(keys.path)
    assert len(of_the_service.good()) == 1
    assert read(of_the_service, issue(keys.rotate(), "zhang.san", NOW, 7)) == "zhang.san"


def test_keys_are_made_once_and_for_their_owner_alone(keys: KeyFile) -> None:
    made = keys.newest()
    assert KeyFile(keys.path).newest().raw_value == made.raw_value
    keys.rotate()
    kept = list(keys.path.parent.iterdir())
    assert [(path.name, stat.S_IMODE(path.stat().st_mode)) for path in kept] == [("token-keys.json", 0o600)]
    assert len(made.raw_value) == 32


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"keys": []}',
        '{"keys": [{"kty": "oct", "kid": "k", "k": "c2hvcnQ"}]}',
        '{"keys": [{"kty": "oct", "k": "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY"}]}',
        '{"keys": [7]}',
    ],
)
@pytest.mark.filterwarnings("ignore:Key size should be")
def test_a_file_that_holds_no_keys_is_refused_and_left_alone(keys: KeyFile, text: str) -> None:
    keys.path.parent.mkdir()
    keys.path.write_text(text, encoding="utf-8")
    steps: list[Callable[[], object]] = [keys.good, keys.newest, keys.rotate]
    for step in steps:
        with pytest.raises(KeysUnusable) as refused:
            step()
        assert str(keys.path) in refused.value.zh
        assert "nothing was changed" in refused.value.en
    assert keys.path.read_text(encoding="utf-8") == text


def test_a_named_file_goes_before_the_data_folder(tmp_path: Path) -> None:
    told = {"ZAOXUE_DATA": str(tmp_path / "data")}
    assert KeyFile.of(read_settings(told)).path == tmp_path / "data" / "token-keys.json"
    named = {"ZAOXUE_TOKEN_KEYS_FILE": str(tmp_path / "keys")}
    assert KeyFile.of(read_settings(told | named)).path == tmp_path / "keys"
