"""`zaoxue token`: a token for somebody, with a role for him in the same go; a new signing key."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime

from graph.errors import Faults, InvalidInput, ZaoxueError
from graph.model.roles import MOST_HOLDER, RESERVED_HOLDER, is_holder
from graph.model.terms import RoleKind
from resolvers.roles import Granting, grant_role
from server.auth.keyring import KeyFile
from server.auth.own import issue
from server.cli.telling import counted
from server.opening import administrator_now, open_graph
from server.settings import Settings

DAYS, MOST_DAYS = 30, 366
"""How long a token is good where nothing else is said, and at most."""
_SCOPE = ("person", "school", "county", "alliance")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for; `role` with its scope and `until` is None where no role is granted."""

    holder: str | None
    days: int
    rotate: bool
    role: RoleKind | None = None
    until: date | None = None
    person: str | None = None
    school: str | None = None
    county: str | None = None
    alliance: str | None = None


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of `zaoxue token`."""
    parser.add_argument(
        "--for", dest="holder", metavar="HOLDER", help="持有人（sub） whom it is for (its sub)"
    )
    parser.add_argument(
        "--days",
        type=_days,
        default=DAYS,
        help=f"有效天数，至多 {MOST_DAYS} days that it is good (default {DAYS})",
    )
    parser.add_argument(
        "--rotate",
        action="store_true",
        help="换新密钥；上一把仍有效，再前一把作废 make a new key; the one before stays good, older ones do not",
    )
    granting = parser.add_argument_group("role 同时授予的角色")
    granting.add_argument(
        "--role", type=_role, metavar="ROLE", help="、".join(each.name for each in RoleKind)
    )
    for name, what in zip(_SCOPE, ("人员编号", "学校编号", "县区", "联盟编号"), strict=True):
        granting.add_argument(f"--{name}", help=f"{what} {name}")
    granting.add_argument("--until", type=_day, metavar="DATE", help="最后一日 the role's last day")


def wish_of(given: argparse.Namespace) -> Wish:
    """What was asked for."""
    return Wish(**{name: getattr(given, name) for name in Wish.__dataclass_fields__})


async def token(settings: Settings, wish: Wish) -> int:
    """Rotate, grant and print, as asked; 0. The token alone goes to stdout.

    Raises Faults, what granting a role, opening the graph and the keys raise.
    """
    _refuse_senseless(wish)
    keys = KeyFile.of(settings)
    keys.good()  # before anything is granted: what can't be read is told with "nothing was changed"
    if wish.role is not None:
        await _grant(settings, wish, wish.role)
    if wish.rotate:
        keys.rotate()
        _remark(
            "已换新密钥；上一把密钥签发的令牌仍有效",
            "a new key signs from now on; tokens of the one before stay good",
        )
    if wish.holder is not None:
        print(issue(keys.newest(), wish.holder, datetime.now(UTC), wish.days))
        _remark(
            f"以上令牌 {wish.days} 天内有效，请妥善交给本人",
            f"good for {counted(wish.days, 'day')}; hand it to its holder alone",
        )
    return 0


async def _grant(settings: Settings, wish: Wish, role: RoleKind) -> None:
    caller = administrator_now()
    assert wish.holder is not None
    scope = {name: getattr(wish, name) for name in _SCOPE}
    granting = Granting(holder=wish.holder, role=role, start=caller.today, end=wish.until, **scope)
    async with open_graph(settings, "zaoxue token") as store:
        id = await grant_role(store, caller, granting)
    _remark(f"已授予角色：{role.zh}（{id}）", f"role granted: {role.en} ({id})")


def _refuse_senseless(wish: Wish) -> None:
    faults: list[ZaoxueError] = []
    if wish.holder is None and not wish.rotate:
        faults.append(
            InvalidInput(
                "--for",
                "请用 --for 写明持有人，或用 --rotate 换新密钥",
                "say whom it is for with --for, or --rotate the key",
            )
        )
    if wish.holder is not None and not is_holder(wish.holder):
        faults.append(
            InvalidInput(
                "--for",
                f"持有人 {wish.holder!r} 不行：应为 1 至 {MOST_HOLDER} 个可见字符，且不是 {RESERVED_HOLDER}",
                f"{wish.holder!r} can't be a holder: 1 to {MOST_HOLDER} visible characters are, {RESERVED_HOLDER} is not",
                value=wish.holder,
            )
        )
    bound = [name for name in (*_SCOPE, "until", "role") if getattr(wish, name) is not None]
    if bound and (wish.role is None or wish.holder is None):
        faults += [_without(name) for name in bound]
    if faults:
        raise Faults(faults)


def _without(name: str) -> InvalidInput:
    return InvalidInput(
        f"--{name}", f"--{name} 须与 --for 和 --role 一起使用", f"--{name} goes with --for and --role"
    )


def _remark(zh: str, en: str) -> None:
    print(zh, en, sep="\n", file=sys.stderr)


def _days(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= MOST_DAYS:
        raise argparse.ArgumentTypeError(
            f"应为 1 至 {MOST_DAYS} 的整数 must be a whole number from 1 to {MOST_DAYS}"
        )
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("应为日期 must be a day, as 2025-07-31") from None


def _role(text: str) -> RoleKind:
    try:
        return RoleKind[text.upper()]
    except KeyError:
        names = ", ".join(each.name for each in RoleKind)
        raise argparse.ArgumentTypeError(f"应为其中之一 must be one of: {names}") from None
