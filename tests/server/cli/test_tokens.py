"""`zaoxue token`: what it prints is a good token, what it grants is held, what is wrong changes nothing."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from graph.access.viewer import load_viewer
from graph.model.roles import RoleAssignment
from graph.model.terms import RoleKind
from graph.nodes import load
from graph.store import Address, Store
from server.auth.claims import head_of
from server.auth.keyring import KeyFile
from server.auth.own import read_own
from server.auth.refusals import TokenRefused
from server.cli.main import main
from server.opening import office_day
from tests.journeys.service import Ran, options_for, zaoxue
from tests.journeys.spring import bring_the_workbook
from tests.journeys.standing import unchanged
from tests.resolvers.traces import last_audit

type Command = Callable[..., Awaitable[Ran]]


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


@pytest.fixture
def token(
    engine_address: Address,
    embedded_dir: Path,
    tmp_path: Path,
    keys: KeyFile,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """Runs `zaoxue token` in a thread of this process, on the tests' engine, with keys of its own."""
    options = [*options_for(engine_address, embedded_dir, tmp_path), "--token-keys-file", str(keys.path)]

    async def run(*arguments: str) -> Ran:
        capsys.readouterr()
        code = await asyncio.to_thread(main, ["token", *arguments, *options])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
async def county(store: Store) -> Store:
    await bring_the_workbook(store)
    return store


def holder_in(ran: Ran, keys: KeyFile, **later: int) -> str:
    assert ran.code == 0, ran.err
    printed = ran.out.removesuffix("\n")
    return read_own(printed, head_of(printed), keys, datetime.now(UTC) + timedelta(**later))


async def test_a_token_is_all_that_is_printed_and_the_graph_is_not_touched(
    county: Store, token: Command, keys: KeyFile
) -> None:
    async with unchanged(county):
        ran = await token("--for", "zhang.san", "--days", "3")
    assert holder_in(ran, keys) == "zhang.san"
    assert holder_in(ran, keys, days=2, hours=23) == "zhang.san"
    assert "3 天内有效" in ran.err
    assert "good for 3 days" in ran.err


async def test_a_token_needs_no_graph(tmp_path: Path) -> None:
    data = tmp_path / "data"
    ran = await zaoxue("token", "--for", "zhang.san", "--data", data)
    assert holder_in(ran, KeyFile(data / "token-keys.json")) == "zhang.san"
    assert os.listdir(data) == ["token-keys.json"]


async def test_a_role_is_granted_in_the_same_go(county: Store, token: Command, keys: KeyFile) -> None:
    until = date(2099, 7, 31)
    ran = await token(
        "--for", "head.q", "--role", "principal", "--school", "s-q", "--person", "p-05", "--until", str(until)
    )
    assert holder_in(ran, keys) == "head.q"
    (role,) = await load(county.read, RoleAssignment)
    today = office_day(datetime.now(UTC))
    assert role == RoleAssignment(
        id=role.id,
        holder="head.q",
        role=RoleKind.PRINCIPAL,
        school="s-q",
        person="p-05",
        start=today,
        end=until,
    )
    assert f"role granted: principal ({role.id})" in ran.err
    assert (await load_viewer(county.read, "head.q", today)).schools(RoleKind.PRINCIPAL) == ("s-q",)
    assert await last_audit(county) == ("grantRole", "administrator", [f"RoleAssignment:{role.id}"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "--rotate the key"),
        (("--for", "administrator"), "'administrator' can't be a holder"),
        (("--for", " zhang"), "' zhang' can't be a holder"),
        (("--for", "zhang", "--school", "s-q"), "--school goes with --for and --role"),
        (("--rotate", "--role", "ADMINISTRATOR"), "--role goes with --for and --role"),
        (("--for", "zhang", "--role", "PRINCIPAL"), "principal needs the school"),
        (("--for", "zhang", "--role", "PRINCIPAL", "--school", "s-none"), "no School with id 's-none'"),
        (("--for", "zhang", "--rotate", "--role", "COUNCIL", "--alliance", "x"), "no Alliance with id 'x'"),
    ],
)
async def test_what_is_wrong_makes_no_token_no_role_and_no_key(
    county: Store, token: Command, keys: KeyFile, arguments: tuple[str, ...], told: str
) -> None:
    async with unchanged(county):
        ran = await token(*arguments)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err
    assert not keys.path.exists()


async def test_keys_that_cannot_be_read_are_told_before_a_role_is_granted(
    county: Store, token: Command, keys: KeyFile
) -> None:
    keys.path.write_text("spoilt")
    async with unchanged(county):
        ran = await token("--for", "head.q", "--role", "PRINCIPAL", "--school", "s-q")
    assert (ran.code, ran.out) == (1, "")
    assert "nothing was changed" in ran.err
    assert keys.path.read_text() == "spoilt"


@pytest.mark.parametrize(
    "arguments", [("--days", "0"), ("--days", "367"), ("--role", "KING"), ("--until", "soon")]
)
async def test_a_misspelt_option_is_told_with_what_would_be_right(
    token: Command, keys: KeyFile, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as ended:
        await token("--for", "zhang", *arguments)
    assert ended.value.code == 2
    assert arguments[0] in capsys.readouterr().err
    assert not keys.path.exists()


async def test_rotating_keeps_the_last_tokens_good_and_drops_those_before(
    token: Command, keys: KeyFile
) -> None:
    first = await token("--for", "zhang")
    rotated = await token("--rotate")
    assert (rotated.code, rotated.out) == (0, "")
    assert holder_in(first, keys) == "zhang"
    second = await token("--for", "li", "--rotate")
    assert holder_in(second, keys) == "li"
    with pytest.raises(TokenRefused, match="rotated"):
        holder_in(first, keys)
