"""Settings: defaults, where they come from, and every fault told at once."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from graph.errors import Faults
from graph.store import Address
from server.keys import KEYS, MOST_FILE_BYTES, Listen, LogFormat
from server.settings import OidcProvider, Settings, read_settings

ROOT = Path(__file__).parents[2]


def test_an_empty_environment_gives_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings({}) == Settings(
        data=tmp_path / "zaoxue-data",
        listen=Listen.LOOPBACK,
        port=8321,
        neo4j=None,
        secret_file=None,
        sample=True,
        language="zh",
        log_level="INFO",
        log_format=LogFormat.TEXT,
        body_bytes=2_097_152,
        query_fields=500,
        query_values=1_000_000,
        require_token=False,
        token_keys_file=None,
        oidc=None,
    )


def test_the_service_listens_on_loopback() -> None:
    assert read_settings({}).host == "127.0.0.1"


def test_the_command_line_goes_before_the_environment() -> None:
    settings = read_settings({"ZAOXUE_PORT": "9000", "ZAOXUE_LANGUAGE": "en"}, {"port": "9001"})
    assert (settings.port, settings.language) == (9001, "en")


def test_an_empty_value_counts_as_not_set() -> None:
    assert read_settings({"ZAOXUE_PORT": " ", "ZAOXUE_NEO4J_USER": ""}).port == 8321


def test_a_neo4j_takes_its_password_from_a_file(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("穿墙术\n", encoding="utf-8")
    settings = read_settings(
        {"ZAOXUE_NEO4J_URI": "neo4j+s://graph.example:7687", "ZAOXUE_NEO4J_PASSWORD_FILE": str(password)}
    )
    assert settings.neo4j == Address("neo4j+s://graph.example:7687", "neo4j", "穿墙术", "neo4j")
    assert "穿墙术" not in repr(settings)


def test_every_fault_is_told_at_once_in_both_languages(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    with pytest.raises(Faults) as caught:
        read_settings(
            {
                "ZAOXUE_DATA": str(file),
                "ZAOXUE_PROT": "9000",
                "ZAOXUE_LANGUAGE": "fr",
                "ZAOXUE_LISTEN": "0.0.0.0",
                "ZAOXUE_NEO4J_URI": "http://localhost:7474",
                "ZAOXUE_SECRET_FILE": str(file),
                "ZAOXUE_SAMPLE": "maybe",
                "ZAOXUE_LOG_LEVEL": "LOUD",
            },
            {"port": "65536"},
        )
    assert [fault.data["field"] for fault in caught.value.faults] == [
        "ZAOXUE_DATA",
        "ZAOXUE_LISTEN",
        "--port",
        "ZAOXUE_NEO4J_URI",
        "ZAOXUE_SECRET_FILE",
        "ZAOXUE_SAMPLE",
        "ZAOXUE_LANGUAGE",
        "ZAOXUE_LOG_LEVEL",
        "ZAOXUE_PROT",
    ]
    assert {fault.code for fault in caught.value.faults} == {"INVALID_SETTING"}
    assert caught.value.faults[2].message("en") == (
        "setting --port: '65536' won't do; it should be a whole number from 0 (any free port) to 65535"
    )
    assert caught.value.faults[6].message("zh") == "设置 ZAOXUE_LANGUAGE：'fr' 不行，应为 zh 或 en"
    assert caught.value.faults[8].message("en") == (
        "setting ZAOXUE_PROT: there is no such setting; did you mean ZAOXUE_PORT?"
    )


@pytest.mark.parametrize("port", ["-1", "８３２１", "80.5", "eighty", "65536"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(Faults):
        read_settings({"ZAOXUE_PORT": port})


@pytest.mark.parametrize(
    "uri", ["bolt://", "neo4j://neo4j:secret@localhost", "localhost:7687", "bolt://h:99999"]
)
def test_an_address_that_is_none_is_refused(uri: str) -> None:
    with pytest.raises(Faults) as caught:
        read_settings({"ZAOXUE_NEO4J_URI": uri})
    assert caught.value.faults[0].data["field"] == "ZAOXUE_NEO4J_URI"


def test_a_neo4j_without_a_password_file_is_refused() -> None:
    with pytest.raises(Faults) as caught:
        read_settings({"ZAOXUE_NEO4J_URI": "bolt://localhost:7687"})
    assert [fault.data["field"] for fault in caught.value.faults] == ["ZAOXUE_NEO4J_PASSWORD_FILE"]


def test_a_missing_password_file_is_one_fault(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing")
    with pytest.raises(Faults) as caught:
        read_settings({"ZAOXUE_NEO4J_URI": "bolt://localhost", "ZAOXUE_NEO4J_PASSWORD_FILE": missing})
    assert [fault.data["field"] for fault in caught.value.faults] == ["ZAOXUE_NEO4J_PASSWORD_FILE"]


@pytest.mark.parametrize("kind", ["pipe", "folder", "endless"])
def test_what_is_no_small_file_is_no_secret_and_is_not_waited_for(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.touch()
        os.truncate(path, MOST_FILE_BYTES + 1)
    given = {
        "ZAOXUE_SECRET_FILE": str(path),
        "ZAOXUE_NEO4J_URI": "bolt://localhost",
        "ZAOXUE_NEO4J_PASSWORD_FILE": str(path),
    }
    signal.setitimer(signal.ITIMER_REAL, 10)  # a pipe that is read is an alarm, which ends the run
    try:
        with pytest.raises(Faults) as caught:
            read_settings(given)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    assert sorted(str(fault.data["field"]) for fault in caught.value.faults) == [
        "ZAOXUE_NEO4J_PASSWORD_FILE",
        "ZAOXUE_SECRET_FILE",
    ]


def test_what_would_have_no_effect_is_refused() -> None:
    with pytest.raises(Faults) as caught:
        read_settings({"ZAOXUE_NEO4J_USER": "someone"})
    assert caught.value.faults[0].message("en") == (
        "setting ZAOXUE_NEO4J_USER: without ZAOXUE_NEO4J_URI it has no effect; set that address, or take this away"
    )


def test_other_machines_are_let_in_only_by_a_containers_publisher(tmp_path: Path) -> None:
    mark = tmp_path / ".dockerenv"
    outside = {"ZAOXUE_LISTEN": "container"}
    with pytest.raises(Faults) as caught:
        read_settings(outside, container_marks=[mark])
    assert [fault.data["field"] for fault in caught.value.faults] == ["ZAOXUE_LISTEN"]
    mark.touch()
    assert read_settings(outside, container_marks=[mark]).host == "0.0.0.0"


def test_what_the_tests_are_told_is_no_setting() -> None:
    assert read_settings({"ZAOXUE_TEST_NEO4J": "1", "PATH": "/bin"}).port == 8321


def test_the_example_lists_every_setting_and_no_other() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [line.split("=")[0] for line in lines if line and not line.startswith("#")] == [
        key.variable for key in KEYS
    ]


def test_the_example_is_a_valid_environment_with_the_defaults() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert read_settings(dict(pairs)) == read_settings({})


ISSUER = {"ZAOXUE_OIDC_ISSUER": "https://id.example/county", "ZAOXUE_OIDC_AUDIENCE": "zaoxue"}


def _contained(tmp_path: Path, **more: str) -> Settings:
    mark = tmp_path / ".dockerenv"
    mark.touch()
    return read_settings({"ZAOXUE_LISTEN": "container", **more}, container_marks=[mark])


def test_a_caller_from_this_machine_needs_no_token_unless_something_wants_one(tmp_path: Path) -> None:
    assert not read_settings({}).wants_token
    assert not read_settings({"ZAOXUE_REQUIRE_TOKEN": "no"}).wants_token
    assert read_settings({"ZAOXUE_REQUIRE_TOKEN": "yes"}).wants_token
    assert read_settings(ISSUER).wants_token
    assert _contained(tmp_path).wants_token


def test_a_provider_is_its_issuer_and_its_name_for_us() -> None:
    assert read_settings(ISSUER).oidc == OidcProvider("https://id.example/county", "zaoxue")


@pytest.mark.parametrize("left", ISSUER)
def test_half_a_provider_is_refused(left: str) -> None:
    with pytest.raises(Faults) as caught:
        read_settings({left: ISSUER[left]})
    (other,) = ISSUER.keys() - {left}
    assert [fault.data["field"] for fault in caught.value.faults] == [other]


@pytest.mark.parametrize(
    ("issuer", "is_taken"),
    [
        ("http://127.0.0.1:8080/realms/county", True),
        ("http://id.example", False),
        ("id.example", False),
        ("https://user:word@id.example", False),
        ("https://id.example?realm=county", False),
        ("https://", False),
    ],
)
def test_an_issuer_is_reached_so_that_nobody_on_the_way_can_answer(issuer: str, is_taken: bool) -> None:
    told = ISSUER | {"ZAOXUE_OIDC_ISSUER": issuer}
    if is_taken:
        assert read_settings(told).oidc == OidcProvider(issuer, "zaoxue")
        return
    with pytest.raises(Faults) as caught:
        read_settings(told)
    assert [fault.data["field"] for fault in caught.value.faults] == ["ZAOXUE_OIDC_ISSUER"]


def test_no_token_can_be_said_only_where_it_has_an_effect(tmp_path: Path) -> None:
    with pytest.raises(Faults) as in_container:
        _contained(tmp_path, ZAOXUE_REQUIRE_TOKEN="no")  # a setting, no secret
    with pytest.raises(Faults) as with_provider:
        read_settings(ISSUER, {"require_token": "no"})
    assert [f.data["field"] for f in in_container.value.faults] == ["ZAOXUE_REQUIRE_TOKEN"]
    assert [f.data["field"] for f in with_provider.value.faults] == ["--require-token"]


def test_the_file_of_the_tokens_keys_need_not_be_there_yet(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    assert read_settings({"ZAOXUE_TOKEN_KEYS_FILE": str(path)}).token_keys_file == path
    with pytest.raises(Faults):
        read_settings({"ZAOXUE_TOKEN_KEYS_FILE": str(tmp_path)})
