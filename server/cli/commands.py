"""The commands and their options, and what holds of each when it is broken off."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from graph.errors import ZaoxueError
from server.cli import exchange, keeping, seeding, serve, tokens
from server.cli.standing import REFUSED, Standing
from server.cli.telling import complain
from server.keys import KEYS, STORE_KEYS, TOKEN_KEYS_FILE, Key
from server.settings import Settings, read_settings

_FILE_OR_NONE = (
    "图库没有改动；文件要么完整写出，要么没有写出",
    "the graph was not changed; the file was written whole or not at all",
)

type Command = Callable[[Settings, argparse.Namespace], Awaitable[int]]


def run(arguments: Sequence[str] | None, standing: Standing) -> int:
    """Run one command; its exit code. `standing` is kept true to what holds if it is broken off now."""
    given = _parser().parse_args(arguments)
    given.standing = standing
    standing.holds(*given.interrupted)
    overrides = {key.name: value for key in KEYS if (value := getattr(given, key.name, None)) is not None}
    try:
        settings = read_settings(os.environ, overrides)
        command: Command = given.command
        return asyncio.run(_run(command, settings, given))
    except ZaoxueError as error:
        complain(error)
        return REFUSED


async def _run(command: Command, settings: Settings, given: argparse.Namespace) -> int:
    return await command(settings, given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zaoxue",
        description="造血：跨区域校际联盟教研的需求、订单与指标。"
        " Zaoxue: needs, training orders and indicators of an inter-school alliance.",
    )
    parser.add_argument("--version", action="version", version=f"zaoxue {version('zaoxue')}")
    commands = parser.add_subparsers(title="commands 命令", required=True, metavar="COMMAND")
    _add(
        commands,
        "serve",
        "启动服务 serve GraphQL on this machine",
        lambda s, _: serve.serve(s),
        KEYS,
        interrupted=("服务已停止", "the service is stopped"),
    )
    _add(
        commands,
        "migrate",
        "准备图库 bring the store to the present layout",
        lambda s, _: serve.migrate(s),
        interrupted=(
            "数据没有改动；再运行 migrate 会接着做完",
            "no data were changed; migrate goes on when run again",
        ),
    )
    _add_seed(commands)
    _add_exchange(commands)
    _add_keeping(commands)
    _add_token(commands)
    return parser


type _Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add(
    commands: _Commands,
    name: str,
    text: str,
    command: Command,
    keys: Iterable[Key[object]] = STORE_KEYS,
    *,
    interrupted: tuple[str, str],
) -> argparse.ArgumentParser:
    """A command with an option for each setting that it heeds; `interrupted` holds when it is broken off."""
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(command=command, interrupted=interrupted)
    settings = parser.add_argument_group("settings 设置（也可用环境变量 ZAOXUE_… 给出）")
    for key in keys:
        default = f"（默认 default: {key.default}）" if key.default else ""
        settings.add_argument(
            key.option, dest=key.name, metavar="…", help=f"{key.zh}; {key.en}{default}".replace("%", "%%")
        )
    return parser


def _add_seed(commands: _Commands) -> None:
    parser = _add(
        commands,
        "seed",
        "载入样例联盟 load the sample alliance",
        lambda s, g: seeding.seed(s, g.seed, g.scale),
        interrupted=(
            "已载入的部分保留；再运行同一条命令会接着做完",
            "what was loaded stays; the same command goes on when run again",
        ),
    )
    parser.add_argument("--seed", type=int, default=2022, help="随机种子 the seed it is made from")
    parser.add_argument("--scale", type=_positive, default=1, help="联盟个数 how many alliances")


def _add_exchange(commands: _Commands) -> None:
    parser = _add(
        commands,
        "import",
        "导入工作簿 import a workbook, whole or not at all",
        lambda s, g: exchange.bring_in(s, g.file, g.standing, dry_run=g.dry_run),
        interrupted=("工作簿没有写入", "nothing of the workbook was written"),
    )
    parser.add_argument("file", type=Path, help="工作簿 the workbook (.xlsx)")
    parser.add_argument(
        "--dry-run", action="store_true", help="只检查，不写入 look for faults, write nothing"
    )
    parser = _add(
        commands,
        "export",
        "导出工作簿或模板 export a workbook, or the empty template",
        _bring_out,
        interrupted=_FILE_OR_NONE,
    )
    parser.add_argument("file", type=Path, help="要写的文件 the file to write (.xlsx)")
    parser.add_argument("--template", action="store_true", help="空白模板 the empty form")
    parser.add_argument("--force", action="store_true", help="覆盖已有文件 overwrite")


def _bring_out(settings: Settings, given: argparse.Namespace) -> Awaitable[int]:
    if given.template:
        return exchange.template(given.file, force=given.force)
    return exchange.bring_out(settings, given.file, force=given.force)


def _add_keeping(commands: _Commands) -> None:
    parser = _add(
        commands,
        "backup",
        "备份 back everything up into one file",
        lambda s, g: keeping.back_up(s, g.file),
        interrupted=_FILE_OR_NONE,
    )
    parser.add_argument(
        "file", type=Path, nargs="?", help="要写的文件，默认在数据文件夹的 backups 里 the file to write"
    )
    parser = _add(
        commands,
        "restore",
        "恢复 restore a backup into an empty store; damaged files are set aside",
        lambda s, g: keeping.restore(s, g.file),
        interrupted=(
            "备份要么已整个恢复，要么没有恢复；再运行一次即知",
            "the backup was brought back whole or not at all; run again, the command says which",
        ),
    )
    parser.add_argument("file", type=Path, help="备份文件 the backup")


def _add_token(commands: _Commands) -> None:
    parser = _add(
        commands,
        "token",
        "签发令牌，可同时授予角色 make a token, and grant a role with it",
        lambda s, g: tokens.token(s, tokens.wish_of(g)),
        (*STORE_KEYS, TOKEN_KEYS_FILE),
        interrupted=(
            "角色要么已授予，要么没有；再运行一次即知",
            "the role was granted or it was not; run again, the command says which",
        ),
    )
    tokens.add_options(parser)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("应为 1 以上的整数 must be a whole number from 1")
    return number
