"""Granting and revoking roles, as an administrator tells it."""

from __future__ import annotations

from datetime import date

import strawberry
from strawberry.types import Info

from graph.model.terms import RoleKind
from resolvers import roles as use_cases
from schema.calling import caller_of
from schema.kit.context import Context
from schema.kit.found import found
from schema.kit.reading import Ids
from schema.mutations.payloads import KEY, UserError, answered
from schema.roles import RoleAssignment


@strawberry.input(description="A role for somebody; only what binds the role is given. 中文：授予角色")
class GrantRoleInput:
    """One role of one holder."""

    holder: str = strawberry.field(description="the subject (sub) of his token. 中文：持有人")
    role: RoleKind = strawberry.field(description="which. 中文：角色")
    person: strawberry.ID | None = strawberry.field(
        default=None,
        description="who he is: for a teacher, trainer or expert, and for a principal if you like. 中文：人员",
    )
    school: strawberry.ID | None = strawberry.field(default=None, description="a principal's. 中文：学校")
    county: str | None = strawberry.field(default=None, description="a research officer's. 中文：县区")
    alliance: strawberry.ID | None = strawberry.field(
        default=None, description="a council's or a researcher's. 中文：联盟"
    )
    start: date | None = strawberry.field(default=None, description="first day; today if absent. 中文：开始")
    end: date | None = strawberry.field(default=None, description="last day, if it is known. 中文：结束")
    key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.type(description="The role as kept. 中文：授予结果")
class GrantRolePayload:
    """The assignment."""

    assignment: RoleAssignment | None = strawberry.field(default=None, description="as kept. 中文：角色授予")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="refusals. 中文：错误")


@strawberry.input(description="The end of a role. 中文：撤销角色")
class RevokeRoleInput:
    """Which assignment ends, and when."""

    assignment: strawberry.ID = strawberry.field(description="which. 中文：角色授予")
    last_day: date | None = strawberry.field(
        default=None, description="the last day on which it holds; absent, it ends at once. 中文：最后一日"
    )
    key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.type(description="The role as it ended; it is kept. 中文：撤销结果")
class RevokeRolePayload:
    """The assignment."""

    assignment: RoleAssignment | None = strawberry.field(default=None, description="as kept. 中文：角色授予")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="refusals. 中文：错误")


async def grant_role(info: Info[Context, None], input: GrantRoleInput) -> GrantRolePayload:
    """Keep a role; the administrator's alone."""
    context = info.context

    async def work() -> GrantRolePayload:
        kept = await use_cases.grant_role(
            context.store, caller_of(context, input.key), _granting(input, context.today)
        )
        return GrantRolePayload(assignment=found(RoleAssignment, kept))

    return await answered(context, work, lambda errors: GrantRolePayload(user_errors=errors))


async def revoke_role(info: Info[Context, None], input: RevokeRoleInput) -> RevokeRolePayload:
    """End a role; the administrator's alone."""
    context = info.context

    async def work() -> RevokeRolePayload:
        ids = Ids()
        assignment = ids.one("RoleAssignment", input.assignment, "assignment")
        ids.refuse_faulty()
        kept = await use_cases.revoke_role(
            context.store, caller_of(context, input.key), assignment, input.last_day
        )
        return RevokeRolePayload(assignment=found(RoleAssignment, kept))

    return await answered(context, work, lambda errors: RevokeRolePayload(user_errors=errors))


def _granting(given: GrantRoleInput, today: date) -> use_cases.Granting:
    ids = Ids()
    granting = use_cases.Granting(
        holder=given.holder.strip(),
        role=given.role,
        start=given.start or today,
        end=given.end,
        person=ids.maybe("Person", given.person, "person"),
        school=ids.maybe("School", given.school, "school"),
        county=given.county,
        alliance=ids.maybe("Alliance", given.alliance, "alliance"),
    )
    ids.refuse_faulty()
    return granting
