"""The root of all reads, and the schema itself."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graph.compiler.declare import (
    Hop,
    Within,
    among,
    at_least,
    at_most,
    contains,
    either,
    equals,
    incoming,
    outgoing,
    within,
)
from schema.alliance import Alliance, HelpGroup, School, Semester
from schema.indicators import indicators
from schema.kit.connections import Connection
from schema.kit.execution import GraphSchema, build_schema
from schema.kit.fields import Node, entry, node_entry, nodes_entry, search_entry
from schema.mutations.root import Mutation
from schema.needs import Evidence, Need, NeedGroup, Request, Topic
from schema.orders import Feedback, Session, TrainingOrder
from schema.people import Expert, ResearchOfficer, Teacher
from schema.recommended import recommend_orders
from schema.recommended_resources import recommend_resources
from schema.resources import Resource
from schema.roles import RoleAssignment
from schema.rules import Recommendation, RuleSet
from schema.viewer import viewer

_WORKS_AT = (incoming("OF", "Employment", current=True), outgoing("AT", "School"))
_MEMBER_OF = (incoming("OF", "Membership", current=True), outgoing("IN", "Alliance"))
# A seconded teacher keeps his post at home, at a school that may be no member.
_SECONDED = (outgoing("SECONDED_TO", "HelpGroup"), incoming("BOUND_TO", "Alliance"))
_TEACHER = outgoing("OF", "Person")
_SCHOOL = outgoing("AT", "School")
_FOR_NEED = outgoing("FOR", "Need")
_FOR_GROUP = (outgoing("FOR", "NeedGroup"), outgoing("OF", "Alliance"))
_ORDER = outgoing("OF", "TrainingOrder")


def _serves(*start: Hop) -> Within:
    """What serves needs of the teachers who work in an alliance today, or of its schools."""
    return either(
        within(*start, _FOR_NEED, _TEACHER, *_WORKS_AT, *_MEMBER_OF),
        within(*start, _FOR_NEED, _TEACHER, *_SECONDED),
        within(*start, _FOR_NEED, _SCHOOL, *_MEMBER_OF),
    )


def _ordered(*start: Hop) -> Within:
    """Orders that serve an alliance's needs, or follow what was recommended for a need it shares."""
    follows = outgoing("FOLLOWS", "Recommendation")
    return either(_serves(*start), within(*start, follows, *_FOR_GROUP))


SearchResult = Annotated[
    HelpGroup
    | Alliance
    | School
    | Topic
    | Teacher
    | Expert
    | ResearchOfficer
    | Resource
    | Evidence
    | Request
    | Feedback,
    strawberry.union("SearchResult", description="What has text. 中文：检索结果"),
]


@strawberry.type(description="The reads. 中文：查询")
class Query:
    """Each connection over the graph is one statement, whatever is selected below it."""

    node: Node | None = node_entry()
    nodes: list[Node | None] = nodes_entry()
    search: list[SearchResult] = search_entry()
    alliances: Connection[Alliance] = entry(en="alliances", zh="联盟")
    schools: Connection[School] = entry(
        args={"alliance": within(*_MEMBER_OF), "text": contains("name")}, en="schools", zh="学校"
    )
    semesters: Connection[Semester] = entry(order=("start", "id"), en="semesters", zh="学期")
    teachers: Connection[Teacher] = entry(
        args={
            "alliance": either(within(*_WORKS_AT, *_MEMBER_OF), within(*_SECONDED)),
            "school": within(*_WORKS_AT),
            "subject": equals("subject"),
            "text": contains("name"),
        },
        en="teachers",
        zh="教师",
    )
    topics: Connection[Topic] = entry(
        args={"subject": equals("subject"), "text": contains("name", "name_en")}, en="topics", zh="主题"
    )
    needs: Connection[Need] = entry(
        args={
            "alliance": either(
                within(_TEACHER, *_WORKS_AT, *_MEMBER_OF),
                within(_TEACHER, *_SECONDED),
                within(_SCHOOL, *_MEMBER_OF),
            ),
            "school": either(within(_TEACHER, *_WORKS_AT), within(_SCHOOL)),
            "topic": within(outgoing("ABOUT", "Topic")),
            "status": among("status"),
            "reach": equals("reach"),
            "subject": equals("subject"),
        },
        en="needs",
        zh="需求",
    )
    need_groups: Connection[NeedGroup] = entry(
        order=("-formed_on", "id"),
        args={"alliance": within(outgoing("OF", "Alliance")), "subject": equals("subject")},
        en="common needs",
        zh="共性需求",
    )
    recommendations: Connection[Recommendation] = entry(
        order=("-issued_on", "rank", "id"),
        args={
            "alliance": either(_serves(), within(*_FOR_GROUP)),
            "form": equals("form"),
            "rank": equals("rank"),
        },
        en="recommendations that were issued",
        zh="推荐",
    )
    training_orders: Connection[TrainingOrder] = entry(
        order=("-placed_on", "id"),
        args={
            "alliance": _ordered(),
            "status": among("status"),
            "form": equals("form"),
            "trainer": within(outgoing("BY", "Person")),
        },
        en="training orders",
        zh="订单",
    )
    sessions: Connection[Session] = entry(
        order=("planned_on", "id"),
        args={
            "alliance": _ordered(_ORDER),
            "trainer": within(_ORDER, outgoing("BY", "Person")),
            "planned_from": at_least("planned_on"),
            "planned_to": at_most("planned_on"),
        },
        en="sessions",
        zh="场次",
    )
    resources: Connection[Resource] = entry(
        args={
            "alliance": either(
                within(outgoing("FROM", "School"), *_MEMBER_OF),
                within(outgoing("BY", "Person"), *_WORKS_AT, *_MEMBER_OF),
                within(incoming("OF", "Gift"), outgoing("TO", "School"), *_MEMBER_OF),
            ),
            "pool": equals("pool"),
            "subject": equals("subject"),
            "topic": within(outgoing("ABOUT", "Topic")),
            "text": contains("name"),
        },
        en="resources",
        zh="资源",
    )
    role_assignments: Connection[RoleAssignment] = entry(
        order=("holder", "-start", "id"),
        args={"holder": equals("holder"), "role": equals("role")},
        en="roles of whatever time: all for the administrator, his own for anybody else",
        zh="角色授予（含历史）：管理员可见全部，其他人只见自己的",
    )
    rule_sets: Connection[RuleSet] = entry(order=("-adopted_on", "id"), en="rule sets", zh="规则集")
    viewer = strawberry.field(
        resolver=viewer, description="Who asks, and the roles that he holds. 中文：当前用户"
    )
    recommend_orders = strawberry.field(
        resolver=recommend_orders,
        description="What the rules would propose now; nothing is kept (see issueRecommendations). 中文：推荐订单",
    )
    recommend_resources = strawberry.field(
        resolver=recommend_resources,
        description="Which resources fit a need, a teacher or a school, and why; nothing is kept. 中文：推荐资源",
    )
    indicators = strawberry.field(
        resolver=indicators,
        description="Defined rates over a period, each with the lists behind its counts. 中文：核心指标",
    )


schema: GraphSchema = build_schema(query=Query, mutation=Mutation)
