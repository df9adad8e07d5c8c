"""Who asks, as the service understands it."""

from __future__ import annotations

import strawberry
from strawberry.types import Info

from schema.kit.context import Context
from schema.kit.found import found_all
from schema.roles import RoleAssignment

_NO_ROLE = (
    "您没有生效的角色，只能看到主题、学期和规则；请联系管理员授予角色",
    "you hold no role today and see topics, semesters and rules only; ask the administrator for one",
)


@strawberry.type(description="Who asks, and the roles that decide what he sees and writes. 中文：当前用户")
class Viewer:
    """The caller of this request."""

    holder: str = strawberry.field(description="the subject of his token. 中文：持有人")
    is_administrator: bool = strawberry.field(
        description="sees and writes everything; a caller from the service's own machine without a token is one."
        " 中文：是否管理员"
    )
    roles: list[RoleAssignment] = strawberry.field(
        description="the roles in force today; a change counts within seconds. 中文：生效的角色"
    )
    note: str | None = strawberry.field(description="said where no role is held. 中文：提示")


def viewer(info: Info[Context, None]) -> Viewer:
    """The caller of this request with his roles."""
    asking = info.context.viewer
    has_none = not asking.assignments and not asking.is_administrator
    zh, en = _NO_ROLE
    return Viewer(
        holder=asking.holder,
        is_administrator=asking.is_administrator,
        roles=found_all(RoleAssignment, [each.id for each in asking.assignments]),
        note=(zh if info.context.language == "zh" else en) if has_none else None,
    )
