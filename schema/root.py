"""The root of all reads, and the schema itself."""

from __future__ import annotations

import strawberry
from strawberry import Schema

from graph.compiler.declare import among, at_least, at_most, contains, equals, incoming, outgoing, within
from schema.alliance import Alliance, School, Semester
from schema.indicators import indicators
from schema.kit.connections import Connection
from schema.kit.execution import build_schema
from schema.kit.fields import Node, entry, node_entry, nodes_entry
from schema.mutations.root import Mutation
from schema.needs import Need, NeedGroup, Topic
from schema.orders import Session, TrainingOrder
from schema.people import Teacher
from schema.recommended import recommend_orders
from schema.resources import Resource
from schema.rules import Recommendation, RuleSet

_MEMBER = (incoming("AT", "Employment"), outgoing("OF", "Person"))
_SCHOOL_IN = (incoming("OF", "Membership"), outgoing("IN", "Alliance"))
_PERSON_IN = (incoming("OF", "Employment"), outgoing("AT", "School"), *_SCHOOL_IN)


@strawberry.type(description="The reads. 中文：查询")
class Query:
    """Each field over the graph is one statement."""

    node: Node | None = node_entry()
    nodes: list[Node | None] = nodes_entry()
    alliances: Connection[Alliance] = entry(en="alliances", zh="联盟")
    schools: Connection[School] = entry(
        args={"alliance": within(*_SCHOOL_IN), "text": contains("name")}, en="schools", zh="学校"
    )
    semesters: Connection[Semester] = entry(order=("start", "id"), en="semesters", zh="学期")
    teachers: Connection[Teacher] = entry(
        args={
            "alliance": within(*_PERSON_IN),
            "school": within(incoming("OF", "Employment"), outgoing("AT", "School")),
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
            "alliance": within(outgoing("OF", "Person"), *_PERSON_IN),
            "school": within(
                outgoing("OF", "Person"), incoming("OF", "Employment"), outgoing("AT", "School")
            ),
            "topic": within(outgoing("ABOUT", "Topic")),
            "status": among("status"),
            "reach": equals("reach"),
            "subject": equals("subject"),
        },
        en="needs",
        zh="需求",
    )
    need_groups: Connection[NeedGroup] = entry(
        order=("-formed_on", "id"), args={"subject": equals("subject")}, en="common needs", zh="共性需求"
    )
    recommendations: Connection[Recommendation] = entry(
        order=("-issued_on", "rank", "id"),
        args={"form": equals("form"), "rank": equals("rank")},
        en="recommendations that were issued",
        zh="推荐",
    )
    training_orders: Connection[TrainingOrder] = entry(
        order=("-placed_on", "id"),
        args={
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
            "trainer": within(outgoing("OF", "TrainingOrder"), outgoing("BY", "Person")),
            "planned_from": at_least("planned_on"),
            "planned_to": at_most("planned_on"),
        },
        en="sessions",
        zh="场次",
    )
    resources: Connection[Resource] = entry(
        args={
            "pool": equals("pool"),
            "subject": equals("subject"),
            "topic": within(outgoing("ABOUT", "Topic")),
            "text": contains("name"),
        },
        en="resources",
        zh="资源",
    )
    rule_sets: Connection[RuleSet] = entry(order=("-adopted_on", "id"), en="rule sets", zh="规则集")
    recommend_orders = strawberry.field(
        resolver=recommend_orders,
        description="What the rules would propose now; nothing is kept (see issueRecommendations). 中文：推荐订单",
    )
    indicators = strawberry.field(
        resolver=indicators,
        description="Defined rates over a period, each with the lists behind its counts. 中文：核心指标",
    )


schema: Schema = build_schema(query=Query, mutation=Mutation)
