"""From evidence to need: topics, diagnoses, evidence, requests, needs and their groups."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Optional

from graph.compiler.declare import equals, incoming, outgoing
from graph.model import needs as model
from graph.model.terms import GradeBand, Instrument, NeedStatus, Reach, Subject
from schema.kit.connections import Connection
from schema.kit.fields import graph_type, label_of, many, one

if TYPE_CHECKING:
    from schema.alliance import Alliance, School
    from schema.orders import TrainingOrder
    from schema.people import Person, Teacher
    from schema.resources import Resource
    from schema.rules import Recommendation, RuleSet


@graph_type(model.Topic)
class Topic:
    """A teaching competency in a controlled hierarchy. 中文：主题"""

    name: str
    name_en: str | None
    subject: Subject
    subject_label: str = label_of("subject")
    parent: Optional[Topic] = one(outgoing("UNDER", "Topic"))
    children: Connection[Topic] = many(incoming("UNDER", "Topic"), en="the narrower topics", zh="下级主题")
    needs: Connection[Need] = many(incoming("ABOUT", "Need"), args={"status": equals("status")})
    resources: Connection[Resource] = many(incoming("ABOUT", "Resource"))


@graph_type(model.Diagnosis)
class Diagnosis:
    """One sounding of a teacher or a school with one instrument. 中文：需求诊断"""

    instrument: Instrument
    instrument_label: str = label_of("instrument")
    on: date
    teacher: Optional[Teacher] = one(outgoing("OF", "Person"))
    school: Optional[School] = one(outgoing("AT", "School"))
    by: Optional[Person] = one(outgoing("BY", "Person"))
    evidence: Connection[Evidence] = many(incoming("FROM", "Evidence"))


@graph_type(model.Evidence)
class Evidence:
    """One answer, remark or observed item; severity 0 says that no difficulty was seen. 中文：证据"""

    severity: int
    text: str | None
    diagnosis: Diagnosis = one(outgoing("FROM", "Diagnosis"))
    topic: Optional[Topic] = one(outgoing("ABOUT", "Topic"))


@graph_type(model.Request)
class Request:
    """A need that a teacher raises himself. 中文：主动需求"""

    severity: int
    text: str | None
    on: date
    teacher: Teacher = one(outgoing("OF", "Person"))
    topic: Topic = one(outgoing("ABOUT", "Topic"))


@graph_type(model.NeedGroup)
class NeedGroup:
    """Needs that enough teachers of several schools share: what a county class answers. 中文：共性需求"""

    subject: Subject
    subject_label: str = label_of("subject")
    grade_band: GradeBand | None
    grade_band_label: str | None = label_of("grade_band")
    formed_on: date
    alliance: Alliance = one(outgoing("OF", "Alliance"))
    teachers: int
    schools: int
    topic: Topic = one(outgoing("ABOUT", "Topic"))
    needs: Connection[Need] = many(incoming("IN", "Need"))
    recommendations: Connection[Recommendation] = many(
        incoming("FOR", "Recommendation"), order=("-issued_on", "rank", "id")
    )


@graph_type(model.Need)
class Need:
    """What evidence and requests add up to; confidence is by rule and no probability. 中文：需求"""

    subject: Subject
    subject_label: str = label_of("subject")
    grade_band: GradeBand | None
    grade_band_label: str | None = label_of("grade_band")
    severity: float
    confidence: float
    reach: Reach
    reach_label: str = label_of("reach")
    status: NeedStatus
    status_label: str = label_of("status")
    formed_on: date
    ordered_on: date | None
    delivered_on: date | None
    rechecked_on: date | None
    reopened_on: date | None
    reason: str | None
    teacher: Optional[Teacher] = one(outgoing("OF", "Person"))
    school: Optional[School] = one(outgoing("AT", "School"))
    topic: Topic = one(outgoing("ABOUT", "Topic"))
    group: Optional[NeedGroup] = one(outgoing("IN", "NeedGroup"))
    rule_set: Optional[RuleSet] = one(outgoing("UNDER", "RuleSet"))
    evidence: Connection[Evidence] = many(outgoing("FROM", "Evidence"))
    requests: Connection[Request] = many(outgoing("FROM", "Request"))
    recommendations: Connection[Recommendation] = many(
        incoming("FOR", "Recommendation"), order=("-issued_on", "rank", "id")
    )
    orders: Connection[TrainingOrder] = many(incoming("FOR", "TrainingOrder"), order=("-placed_on", "id"))
