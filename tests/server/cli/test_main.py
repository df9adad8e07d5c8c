"""Refusals of the command line: one clear message in both languages, exit code 1, nothing changed.

One of a kind is run as the program that it is; its likes are run in this process, which is quicker.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest

from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import LAYOUT, migrate
from graph.store import Address, Store, Transaction
from server.cli.main import main
from tests.journeys.filling import fill
from tests.journeys.service import ROOT, Ran, clean_environment, options_for, zaoxue
from tests.journeys.spring import bring_the_workbook
from tests.journeys.standing import everything

NOBODY = 65534
HAN = re.compile("[一-鿿]")


@pytest.fixture
def options(engine_address: Address, embedded_dir: Path, tmp_path: Path) -> list[str]:
    return options_for(engine_address, embedded_dir, tmp_path)


@pytest.fixture
async def county(store: Store) -> Store:
    await bring_the_workbook(store)
    return store


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can look into; pytest's own are for their owner alone."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


type Command = Callable[..., Awaitable[Ran]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command in a thread of this process."""

    async def run(*arguments: str | Path, options: Sequence[str] = ()) -> Ran:
        capsys.readouterr()
        code = await asyncio.to_thread(main, [*map(str, arguments), *options])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


def assert_refused(ran: Ran, code: str, *told: str) -> None:
    """One message with that code, Chinese first, then English; nothing else is said, least of all a traceback."""
    assert ran.code == 1, ran.err
    assert ran.out == ""
    lines = ran.err.splitlines()
    assert [line for line in lines if line.startswith("[")] == [lines[0]]
    assert lines[0].startswith(f"[{code}] ")
    assert HAN.search(lines[0])
    assert lines[1].startswith("    ")
    assert len(lines) == 2
    for text in told:
        assert text in ran.err


@pytest.mark.parametrize(
    ("option", "value", "zh", "en"),
    [
        ("--port", "99999", "应为 0 到 65535 的整数", "a whole number from 0"),
        ("--listen", "0.0.0.0", "loopback（只有本机能访问）", "loopback (this machine only)"),
        ("--language", "fr", "zh 或 en", "zh or en"),
        (
            "--neo4j-user",
            "me",
            "没有 ZAOXUE_NEO4J_URI 就不起作用",
            "without ZAOXUE_NEO4J_URI it has no effect",
        ),
    ],
)
async def test_a_bad_setting(
    command: Command, tmp_path: Path, option: str, value: str, zh: str, en: str
) -> None:
    data = tmp_path / "data"
    for run in (command, zaoxue) if option == "--port" else (command,):
        ran = await run("serve", "--data", data, option, value)
        assert_refused(ran, "INVALID_SETTING", option, zh, en)
    assert not data.exists()


async def test_every_bad_setting_is_told_at_once(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    monkeypatch.setenv("ZAOXUE_LANGAUGE", "zh")
    monkeypatch.setenv("ZAOXUE_SAMPLE", "maybe")
    ran = await command("serve", "--data", data, "--port", "x")
    assert ran.code == 1
    told = [line for line in ran.err.splitlines() if line.startswith("[INVALID_SETTING]")]
    assert [line.split("：")[0] for line in told] == [
        "[INVALID_SETTING] 设置 --port",
        "[INVALID_SETTING] 设置 ZAOXUE_SAMPLE",
        "[INVALID_SETTING] 设置 ZAOXUE_LANGAUGE",
    ]
    assert "是不是 ZAOXUE_LANGUAGE？" in told[2]
    assert "3 faults; nothing was changed" in ran.err
    assert not data.exists()


async def test_a_misspelt_option_is_no_refusal_of_ours(tmp_path: Path) -> None:
    ran = await zaoxue("serve", "--prot", "1", "--data", tmp_path / "data")
    assert (ran.code, ran.out) == (2, "")
    assert not (tmp_path / "data").exists()


async def test_a_file_in_place_of_the_folder(command: Command, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.write_text("notes")
    assert_refused(await command("export", tmp_path / "x.xlsx", "--data", data), "INVALID_SETTING", "--data")
    assert data.read_text() == "notes"


def test_a_folder_without_rights(open_folder: Path) -> None:
    data = open_folder / "data"
    data.mkdir(mode=0o555)
    try:
        ran = _as_nobody("migrate", "--data", str(data))
        assert_refused(
            ran, "FOLDER_UNUSABLE", str(data), "（没有权限）", "check its rights", "Permission denied"
        )
        assert list(data.iterdir()) == []
    finally:
        data.chmod(0o755)


def _as_nobody(*arguments: str) -> Ran:
    """A command run by who may not write here: root gives its rights up, everybody else has none already.

    They are given up after the program was loaded: its files may be root's alone.
    """
    program = (
        "import concurrent.futures.thread, os, sys, server.cli.commands, server.cli.main as cli\n"
        f"os.geteuid() or (os.setgroups([]), os.setgid({NOBODY}), os.setuid({NOBODY}))\n"
        "sys.exit(cli.main(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


async def test_a_port_in_use(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ran = await zaoxue("serve", "--data", data, "--port", str(port))
    assert_refused(ran, "PORT_IN_USE", f"端口 {port} 不能使用（地址已被占用）", f"port {port}", "--port 0")
    assert not data.exists()


async def test_a_newer_store(command: Command, tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with await EmbeddedEngine.start(data) as engine:
        store = await Store.open(engine.address)
        await migrate(store)
        await _set_layout(store, LAYOUT + 1)
        before = await everything(store)
        await store.close()
    export = await command("export", tmp_path / "x.xlsx", "--data", data)
    serve = await zaoxue("serve", "--port", "0", "--data", data)
    for ran in (export, serve):
        assert_refused(
            ran, "NEWER_STORE", f"布局 {LAYOUT + 1}", f"layout {LAYOUT + 1}", "upgrade the program"
        )
    assert not (tmp_path / "x.xlsx").exists()
    async with await EmbeddedEngine.start(data) as engine:
        store = await Store.open(engine.address)
        assert await everything(store) == before
        await store.close()


async def _set_layout(store: Store, number: int) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run("MATCH (v:Version {id: 'layout'}) SET v.number = $number", number=number)

    await store.write(work)


async def test_what_is_no_workbook_a_huge_one_and_none_at_all(
    county: Store, command: Command, options: list[str], tmp_path: Path
) -> None:
    before = await everything(county)
    letter, huge, missing = tmp_path / "信.xlsx", tmp_path / "大.xlsx", tmp_path / "无.xlsx"
    letter.write_text("各位老师：", encoding="utf-8")
    with huge.open("wb") as file:
        file.truncate(200 * 2**20)
    refusals = [
        (letter, "另存为“Excel 工作簿（.xlsx）”", "save it as an Excel workbook (.xlsx)"),
        (huge, "200", "200"),
        (missing, "无.xlsx", "无.xlsx"),
    ]
    for path, zh, en in refusals:
        assert_refused(await command("import", path, options=options), "WORKBOOK_UNREADABLE", zh, en)
    assert_refused(await zaoxue("import", huge, options=options), "WORKBOOK_UNREADABLE", "200")
    assert await everything(county) == before


async def test_formula_cells(county: Store, command: Command, options: list[str], tmp_path: Path) -> None:
    before = await everything(county)
    path = tmp_path / "公式.xlsx"
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "反馈"
    page.append(["编号", "场次", "人员", "评分", "日期"])
    page.append(["b-2", "o-12-1", "p-05", "=2+3", "2025/2/24"])
    book.save(path)
    ran = await command("import", path, options=options)
    assert_refused(ran, "FORMULA_CELL", "「反馈」D2（评分）", "'反馈' D2 (评分)")
    assert await everything(county) == before


async def test_a_file_to_write_that_is_there_already(
    county: Store, command: Command, options: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "旧.xlsx"
    path.write_text("mine")
    for arguments in (("export", path), ("export", "--template", path)):
        ran = await command(*arguments, options=options)
        assert_refused(ran, "FILE_EXISTS", "--force 覆盖", "--force to overwrite")
    assert path.read_text() == "mine"
    dangling = tmp_path / "link.xlsx"
    dangling.symlink_to(tmp_path / "nowhere.xlsx")
    assert_refused(await command("export", dangling, options=options), "FILE_EXISTS", "--force 覆盖")
    assert not (tmp_path / "nowhere.xlsx").exists()
    assert (await command("export", path, "--force", options=options)).code == 0
    assert openpyxl.load_workbook(path, read_only=True).sheetnames[0] == "联盟"


async def test_a_file_name_that_no_disk_takes(
    county: Store, command: Command, options: list[str], tmp_path: Path
) -> None:
    ran = await command("export", "--template", tmp_path / ("长" * 300 + ".xlsx"), options=options)
    assert_refused(ran, "WORKBOOK_UNWRITABLE", "写不了", "cannot write")
    assert list(tmp_path.glob("*.xlsx*")) == []


def test_a_folder_for_the_workbook_without_rights(open_folder: Path) -> None:
    folder = open_folder / "locked"
    folder.mkdir(mode=0)
    try:
        ran = _as_nobody("export", "--template", str(folder / "t.xlsx"))
    finally:
        folder.chmod(0o755)
    assert_refused(ran, "WORKBOOK_UNWRITABLE", "写不了", "：没有权限", "Permission denied")
    assert list(folder.iterdir()) == []


async def test_a_folder_for_the_workbook_that_is_not_there(
    county: Store, command: Command, options: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "nowhere" / "x.xlsx"
    for arguments in (("export", path), ("export", "--template", path)):
        assert_refused(await command(*arguments, options=options), "WORKBOOK_UNWRITABLE", "nowhere")
    assert not path.parent.exists()


async def test_a_neo4j_that_is_not_there(command: Command, tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("secret")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{free.getsockname()[1]}"
        address = ("--neo4j-uri", uri, "--neo4j-password-file", password)
        ran = await command("migrate", *address, "--data", tmp_path / "data")
    assert_refused(ran, "UNAVAILABLE", "暂时无法连接", "can't be reached")
    assert not (tmp_path / "data").exists()


async def test_a_right_workbook_is_looked_through_and_nothing_is_written(
    county: Store, command: Command, options: list[str], tmp_path: Path
) -> None:
    template = tmp_path / "form.xlsx"
    assert (await command("export", "--template", template)).code == 0
    workbook = fill(template, tmp_path / "county.xlsx")
    before = await everything(county)
    ran = await command("import", workbook, "--dry-run", options=options)
    assert (ran.code, ran.err) == (0, "")
    assert "「联盟」C3：“2022年9月”读作 2022-09-01" in ran.out
    assert ran.out.splitlines()[-2].startswith("检查通过，共 74 行：联盟 1，学校 3")
    assert ran.out.splitlines()[-1] == "no fault in 74 rows; nothing was written"
    assert await everything(county) == before


async def test_one_row_is_told_as_one(
    county: Store, command: Command, options: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "一行.xlsx"
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "学校"
    page.append(["编号", "名称", "县区"])
    page.append(["s-9", "新一小", "样例县"])
    book.save(path)
    looked = await command("import", path, "--dry-run", options=options)
    brought = await command("import", path, options=options)
    assert looked.out.splitlines() == ["检查通过，共 1 行：学校 1", "no fault in 1 row; nothing was written"]
    assert brought.out.splitlines() == ["已导入 1 行：学校 1", "imported 1 row"]


async def test_a_dry_run_changes_no_store_and_makes_none(
    command: Command, store: Store, options: list[str], tmp_path: Path
) -> None:
    template, absent = tmp_path / "form.xlsx", tmp_path / "absent"
    assert (await command("export", "--template", template)).code == 0
    workbook = fill(template, tmp_path / "county.xlsx")
    before = await everything(store)
    there = await command("import", workbook, "--dry-run", options=options)
    nowhere = await command("import", workbook, "--dry-run", "--data", absent)
    assert (there.code, nowhere.code) == (0, 0)
    assert there.out == nowhere.out
    assert await everything(store) == before
    assert not absent.exists()


@pytest.mark.parametrize("option", ["--port", "--listen", "--sample", "--language", "--log-level"])
def test_a_setting_of_the_service_is_no_option_of_another_command(
    tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["import", str(tmp_path / "x.xlsx"), option, "99"])
    assert ended.value.code == 2
    assert option in capsys.readouterr().err
