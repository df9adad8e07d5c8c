"""Alliances, help groups, schools, memberships and the calendar, as a client asks for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Optional

from graph.compiler.declare import equals, incoming, outgoing
from graph.model import alliance as model
from graph.model.terms import Connectivity, SchoolLevel, Side
from schema.kit.connections import Connection
from schema.kit.fields import graph_type, label_of, many, one

if TYPE_CHECKING:
    from schema.orders import TrainingOrder
    from schema.people import ClassContext, Employment, Teacher
    from schema.resources import Gift, Resource


@graph_type(model.HelpGroup)
class HelpGroup:
    """The seconded team that an alliance is bound to. 中文：帮扶小组"""

    name: str
    home: str | None
    alliances: Connection[Alliance] = many(incoming("BOUND_TO", "Alliance"))
    members: Connection[Teacher] = many(
        incoming("SECONDED_TO", "Person"), en="the seconded teachers", zh="支教教师"
    )


@graph_type(model.Alliance)
class Alliance:
    """One help group and its member schools, bound by a charter (paper §2.1). 中文：绑定式联盟"""

    name: str
    founded: date | None
    help_group: Optional[HelpGroup] = one(outgoing("BOUND_TO", "HelpGroup"))
    memberships: Connection[Membership] = many(
        incoming("IN", "Membership"),
        args={"side": equals("side")},
        en="memberships of whatever time",
        zh="成员（含历史）",
    )
    schools: Connection[School] = many(
        incoming("IN", "Membership", current=True),
        outgoing("OF", "School"),
        en="schools that are members today",
        zh="现有成员学校",
    )


@graph_type(model.School)
class School:
    """A school, member of an alliance or reached by it. 中文：学校"""

    name: str
    county: str | None
    level: SchoolLevel | None
    level_label: str | None = label_of("level")
    connectivity: Connectivity | None
    connectivity_label: str | None = label_of("connectivity")
    download_limit_bytes: float | None  # may be beyond GraphQL's Int, which ends at 2 GB
    devices: int | None
    technical_support: bool | None
    memberships: Connection[Membership] = many(
        incoming("OF", "Membership"), en="memberships of whatever time", zh="成员（含历史）"
    )
    employments: Connection[Employment] = many(
        incoming("AT", "Employment"), en="employments of whatever time", zh="任职（含历史）"
    )
    teachers: Connection[Teacher] = many(
        incoming("AT", "Employment", current=True),
        outgoing("OF", "Person"),
        en="teachers who work there today",
        zh="在职教师",
    )
    class_contexts: Connection[ClassContext] = many(incoming("AT", "ClassContext"))
    resources: Connection[Resource] = many(
        incoming("FROM", "Resource"), en="resources that it gave", zh="提供的资源"
    )
    gifts: Connection[Gift] = many(
        incoming("TO", "Gift"), en="resources that were given to it", zh="受赠资源"
    )
    orders: Connection[TrainingOrder] = many(
        incoming("AT", "TrainingOrder"), en="training orders delivered there", zh="在本校实施的订单"
    )


@graph_type(model.Membership)
class Membership:
    """A school in an alliance, dated, on one side. 中文：成员"""

    side: Side
    side_label: str = label_of("side")
    start: date
    end: date | None
    alliance: Alliance = one(outgoing("IN", "Alliance"))
    school: School = one(outgoing("OF", "School"))


@graph_type(model.Semester)
class Semester:
    """A stretch of the calendar. 中文：学期"""

    name: str
    start: date
    end: date
