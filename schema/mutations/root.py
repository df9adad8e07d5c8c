"""The root of all writes."""

from __future__ import annotations

import strawberry

from schema.mutations import diagnosis, needs, orders, roles


@strawberry.type(description="The writes: verbs on the nouns of the graph. 中文：写操作")
class Mutation:
    """Each write is one transaction; refusals come back in `userErrors` with nothing changed."""

    record_evidence = strawberry.field(
        resolver=diagnosis.record_evidence,
        description="Keep a diagnosis with its evidence; an observation after delivery closes the need as MET"
        " or reopens it. 中文：登记诊断证据",
    )
    raise_request = strawberry.field(
        resolver=diagnosis.raise_request,
        description="Keep a need that a teacher raises himself. 中文：提出主动需求",
    )
    form_needs = strawberry.field(
        resolver=needs.form_needs,
        description="Add up evidence and requests of an alliance to needs. 中文：形成需求",
    )
    issue_recommendations = strawberry.field(
        resolver=needs.issue_recommendations,
        description="Keep what the rules propose now, with reasons that add up. 中文：生成推荐",
    )
    decide_recommendation = strawberry.field(
        resolver=needs.decide_recommendation,
        description="Keep what a person decides of a recommendation, and why. 中文：决定推荐",
    )
    place_order = strawberry.field(
        resolver=orders.place_order,
        description="Place a training order with its sessions. 中文：下单",
    )
    deliver_session = strawberry.field(
        resolver=orders.deliver_session,
        description="Keep a session as it was held: each role is a rung. 中文：登记实施",
    )
    record_attendance = strawberry.field(
        resolver=orders.record_attendance, description="Keep who came. 中文：签到"
    )
    give_feedback = strawberry.field(
        resolver=orders.give_feedback,
        description="Keep what a participant says; 1 or 2 reopens his own need, and a correction gives it back its"
        " state. 中文：反馈",
    )
    grant_role = strawberry.field(
        resolver=roles.grant_role,
        description="Give somebody a role for a time; the administrator's alone. 中文：授予角色",
    )
    revoke_role = strawberry.field(
        resolver=roles.revoke_role,
        description="End a role, at once or with a day; it stays on record. The administrator's alone. 中文：撤销角色",
    )
