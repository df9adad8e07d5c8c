"""From order to feedback: training orders, sessions, attendance, feedback, capability."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Optional

from graph.compiler.declare import equals, incoming, outgoing
from graph.model import orders as model
from graph.model.terms import GradeBand, OrderForm, OrderStatus, Rung, SessionKind, Subject
from schema.kit.connections import Connection
from schema.kit.fields import graph_type, label_of, many, one, several

if TYPE_CHECKING:
    from schema.alliance import School, Semester
    from schema.needs import Need, Topic
    from schema.people import Person
    from schema.resources import Resource
    from schema.rules import Recommendation


@graph_type(model.TrainingOrder)
class TrainingOrder:
    """What will be delivered for a set of needs: a series of sessions with a follow-up. 中文：订单"""

    subject: Subject
    subject_label: str = label_of("subject")
    grade_band: GradeBand | None
    grade_band_label: str | None = label_of("grade_band")
    form: OrderForm
    form_label: str = label_of("form")
    status: OrderStatus
    status_label: str = label_of("status")
    placed_on: date
    topic: Optional[Topic] = one(outgoing("ABOUT", "Topic"))
    trainer: Optional[Person] = one(outgoing("BY", "Person"))
    assistant: Optional[Person] = one(outgoing("ASSISTED_BY", "Person"))
    school: Optional[School] = one(outgoing("AT", "School"))
    semester: Optional[Semester] = one(outgoing("IN", "Semester"))
    recommendation: Optional[Recommendation] = one(outgoing("FOLLOWS", "Recommendation"))
    resources: list[Resource] = several(outgoing("WITH", "Resource"))
    needs: Connection[Need] = many(outgoing("FOR", "Need"), args={"status": equals("status")})
    sessions: Connection[Session] = many(incoming("OF", "Session"), order=("number", "id"))


@graph_type(model.Session)
class Session:
    """One meeting of a training order; hours are 学时. 中文：场次"""

    number: int
    kind: SessionKind
    kind_label: str = label_of("kind")
    planned_on: date | None
    delivered_on: date | None
    hours: float | None
    order: TrainingOrder = one(outgoing("OF", "TrainingOrder"))
    attendances: Connection[Attendance] = many(incoming("AT", "Attendance"))
    feedback: Connection[Feedback] = many(incoming("ON", "Feedback"))
    roles: Connection[Capability] = many(
        incoming("FROM", "Capability"), en="what each person did in it", zh="各人的角色与梯级"
    )


@graph_type(model.Attendance)
class Attendance:
    """One person expected at one session, and whether he came; null is not recorded. 中文：签到"""

    expected: bool
    present: bool | None
    session: Optional[Session] = one(outgoing("AT", "Session"))
    person: Optional[Person] = one(outgoing("OF", "Person"))


@graph_type(model.Feedback)
class Feedback:
    """What one participant said of one session: 1 to 5 and a remark. 中文：反馈"""

    rating: int
    remark: str | None
    on: date
    session: Optional[Session] = one(outgoing("ON", "Session"))
    person: Optional[Person] = one(outgoing("OF", "Person"))


@graph_type(model.Capability)
class Capability:
    """A person's rung in a topic at a date, from a role in a session. 中文：能力"""

    rung: Rung
    rung_label: str = label_of("rung")
    on: date
    person: Optional[Person] = one(outgoing("OF", "Person"))
    topic: Topic = one(outgoing("IN", "Topic"))
    session: Optional[Session] = one(outgoing("FROM", "Session"))
