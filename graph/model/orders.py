"""From order to feedback: training orders, sessions, attendance, feedback, capability."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from graph.model.describe import column, noun, refers
from graph.model.terms import GradeBand, OrderForm, OrderStatus, Rung, SessionKind, Subject

HOURS_OF_A_DAY = 24
"""Most 学时 of one session, and of one person's sessions on one day (OURS: no day has more)."""
MOST_SESSIONS = 100
"""Most sessions of an order, and the highest number of one (OURS)."""


@noun("TrainingOrder", "订单", "what will be delivered for a set of needs")
class TrainingOrder:
    """A series of sessions with a follow-up; a one-off carries a warning."""

    id: str = column("编号", "code")
    recommendation: str | None = refers(
        "FOLLOWS", "Recommendation", "推荐", "the recommendation it follows", default=None
    )
    needs: tuple[str, ...] = refers("FOR", "Need", "需求", "the needs it serves")
    topic: str = refers("ABOUT", "Topic", "主题", "the topic")
    subject: Subject = column("学科", "subject")
    grade_band: GradeBand | None = column("年级段", "grades", default=None)
    form: OrderForm = column("形式", "county class or school clinic")
    trainer: str = refers("BY", "Person", "培训者", "who trains")
    assistant: str | None = refers(
        "ASSISTED_BY", "Person", "本土助教", "the local person who climbs by it", default=None
    )
    resources: tuple[str, ...] = refers("WITH", "Resource", "资源", "resources taken along", default=())
    school: str | None = refers("AT", "School", "地点学校", "where it is held", default=None)
    semester: str | None = refers("IN", "Semester", "学期", "when", default=None)
    status: OrderStatus = column("状态", "where it stands")
    placed_on: date = column("下单日期", "when it was placed")


def is_own_training(
    person: str, trainer: str | None, assistant: str | None, taught: Container[object]
) -> bool:
    """Whether that person would judge himself: he trains, or assists and is none of those `taught`."""
    return person == trainer or (person == assistant and person not in taught)


@noun("Session", "场次", "one meeting of a training order")
class Session:
    """Planned, then delivered; hours are 学时."""

    id: str = column("编号", "code")
    order: str = refers("OF", "TrainingOrder", "订单", "the order")
    number: int = column("序号", "place in the series, from 1", minimum=1, maximum=MOST_SESSIONS)
    kind: SessionKind = column("类型", "training or follow-up")
    planned_on: date | None = column("计划日期", "when it is planned", default=None)
    delivered_on: date | None = column("实施日期", "when it was delivered", default=None)
    hours: float | None = column(
        "学时",
        "hours delivered",
        default=None,
        note_zh="大于 0；未实施的不填",
        note_en="more than 0; left out before it is held",
        minimum=0,
        maximum=HOURS_OF_A_DAY,
    )


@noun("Attendance", "签到", "one person expected at one session, and whether he came")
class Attendance:
    """Expected and received are both counted; `present` None is not known."""

    id: str = column("编号", "code")
    session: str = refers("AT", "Session", "场次", "the session")
    person: str = refers("OF", "Person", "人员", "who was expected or came")
    expected: bool = column("应到", "was expected", default=True)
    present: bool | None = column("实到", "came; none means not recorded", default=None)


@noun("Feedback", "反馈", "what one participant said of one session")
class Feedback:
    """1 or 2 reopens that teacher's need, and no other."""

    id: str = column("编号", "code")
    session: str = refers("ON", "Session", "场次", "the session")
    person: str = refers("OF", "Person", "人员", "who says so")
    rating: int = column("评分", "1 to 5", minimum=1, maximum=5)
    remark: str | None = column("意见", "in his own words", default=None, is_searched=True)
    on: date = column("日期", "when")


@noun("Capability", "能力", "a person's rung in a topic at a date, from a role in a session")
class Capability:
    """One role in one delivered session; the ladder is read from these."""

    id: str = column("编号", "made from session and person")
    session: str = refers("FROM", "Session", "场次", "the session it comes from")
    person: str = refers("OF", "Person", "人员", "who")
    topic: str = refers("IN", "Topic", "主题", "in what")
    rung: Rung = column("梯级", "what he did there")
    on: date = column("日期", "when")
