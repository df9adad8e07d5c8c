"""Placing, delivering, attending and judging, as a client tells it."""

from __future__ import annotations

from datetime import date

import strawberry
from strawberry.types import Info

from graph.errors import Language
from graph.model.orders import HOURS_OF_A_DAY
from graph.model.terms import OrderForm, Rung
from resolvers import orders as order_cases
from resolvers import sessions as use_cases
from schema.calling import caller_of
from schema.kit.context import Context
from schema.kit.found import found, found_all
from schema.kit.reading import Ids
from schema.mutations.payloads import KEY, UserError, answered
from schema.needs import Need
from schema.orders import Attendance, Feedback, Session, TrainingOrder

_ONE_OFF = (
    "只在一天内实施：单次送教难以转化为实际能力，建议另日安排跟进",
    "held on one day only: a single visit rarely becomes ability; plan a follow-up on another day",
)
_NO_LOCAL = (
    "培训者不是本地教师，也没有本地助教：培训后难以留下能力，建议安排本地助教",
    "the trainer is no local and no local person assists: little ability will stay; name a local assistant",
)


@strawberry.input(description="An order put together by a person. 中文：自选订单")
class OrderChoiceInput:
    """What a person puts together without a recommendation."""

    needs: list[strawberry.ID] = strawberry.field(description="needs served. 中文：需求")
    trainer: strawberry.ID = strawberry.field(description="who trains. 中文：培训者")
    topic: strawberry.ID = strawberry.field(description="about what. 中文：主题")
    form: OrderForm = strawberry.field(description="class or clinic. 中文：形式")
    assistant: strawberry.ID | None = strawberry.field(
        default=None, description="local assistant. 中文：助教"
    )
    resources: list[strawberry.ID] | None = strawberry.field(
        default=None, description="taken along. 中文：资源"
    )


@strawberry.input(description="An order to place. 中文：下单")
class PlaceOrderInput:
    """Exactly one of recommendation and choice."""

    start: date = strawberry.field(description="day of the first session. 中文：开始日期")
    recommendation: strawberry.ID | None = strawberry.field(
        default=None, description="an accepted recommendation. 中文：推荐"
    )
    choice: OrderChoiceInput | None = strawberry.field(default=None, description="or a choice. 中文：自选")
    school: strawberry.ID | None = strawberry.field(default=None, description="where. 中文：地点学校")
    semester: strawberry.ID | None = strawberry.field(default=None, description="when. 中文：学期")
    days: list[date] | None = strawberry.field(
        default=None, description="session days by hand; else as the rules plan. 中文：场次日期"
    )
    key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.type(description="The order as placed. 中文：下单结果")
class PlaceOrderPayload:
    """The order; a one-off carries a warning."""

    order: TrainingOrder | None = strawberry.field(default=None, description="as placed. 中文：订单")
    warning: str | None = strawberry.field(
        default=None,
        description="what makes ability unlikely to stay: a single visit, nobody local. 中文：提醒",
    )
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="refusals. 中文：错误")


@strawberry.input(description="What one person did in a session. 中文：角色")
class RoleInput:
    """Person and rung."""

    person: strawberry.ID = strawberry.field(description="who. 中文：人员")
    rung: Rung = strawberry.field(description="what he did there. 中文：梯级")


@strawberry.input(description="A session as it was held. 中文：实施")
class DeliverSessionInput:
    """One delivered session."""

    session: strawberry.ID = strawberry.field(description="which. 中文：场次")
    hours: float = strawberry.field(
        description=f"hours delivered (学时), more than 0 and up to {HOURS_OF_A_DAY}. 中文：学时，大于 0，不超过"
        f" {HOURS_OF_A_DAY}"
    )
    roles: list[RoleInput] = strawberry.field(
        description="who did what; somebody led, CO_LED or higher. 中文：角色，至少一人主讲"
    )
    on: date | None = strawberry.field(default=None, description="when; today if absent. 中文：日期")
    key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.type(description="The session as kept. 中文：实施结果")
class DeliverSessionPayload:
    """The session."""

    session: Session | None = strawberry.field(default=None, description="as kept. 中文：场次")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="refusals. 中文：错误")


@strawberry.input(description="Whether one person came. 中文：是否到场")
class PresenceInput:
    """Person and presence."""

    person: strawberry.ID = strawberry.field(description="who. 中文：人员")
    present: bool = strawberry.field(description="came or not. 中文：到场")


@strawberry.input(description="Who came to a session. 中文：签到")
class RecordAttendanceInput:
    """One session's list."""

    session: strawberry.ID = strawberry.field(description="which. 中文：场次")
    presences: list[PresenceInput] = strawberry.field(description="who came. 中文：名单")
    key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.type(description="The attendances as kept. 中文：签到结果")
class RecordAttendancePayload:
    """The attendances."""

    attendances: list[Attendance] = strawberry.field(default_factory=list, description="as kept. 中文：签到")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="refusals. 中文：错误")


@strawberry.input(description="What a participant says of a session. 中文：反馈")
class GiveFeedbackInput:
    """One opinion."""

    session: strawberry.ID = strawberry.field(description="of which. 中文：场次")
    person: strawberry.ID = strawberry.field(description="who says so. 中文：人员")
    rating: int = strawberry.field(description="1 poor to 5 good. 中文：评分")
    remark: str | None = strawberry.field(default=None, description="in his own words. 中文：意见")
    on: date | None = strawberry.field(default=None, description="when; today if absent. 中文：日期")
    key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.type(description="The feedback as kept. 中文：反馈结果")
class GiveFeedbackPayload:
    """The feedback, and the needs of its author that it reopened."""

    feedback: Feedback | None = strawberry.field(default=None, description="as kept. 中文：反馈")
    reopened: list[Need] = strawberry.field(
        default_factory=list, description="his own needs, reopened by 1 or 2. 中文：重新打开的需求"
    )
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="refusals. 中文：错误")


async def place_order(info: Info[Context, None], input: PlaceOrderInput) -> PlaceOrderPayload:
    """Place an order with its sessions; its needs become ORDERED."""
    context = info.context

    async def work() -> PlaceOrderPayload:
        placed = await order_cases.place_order(
            context.store, caller_of(context, input.key), _placing(input), context.rules
        )
        return PlaceOrderPayload(
            order=found(TrainingOrder, placed.order), warning=_warning(placed, context.language)
        )

    return await answered(context, work, lambda errors: PlaceOrderPayload(user_errors=errors))


def _warning(placed: order_cases.OrderPlaced, language: Language) -> str | None:
    """What makes ability unlikely to stay behind; None where nothing does."""
    told = [warned for is_so, warned in ((placed.one_off, _ONE_OFF), (placed.no_local, _NO_LOCAL)) if is_so]
    zh, en = "；".join(zh for zh, _ in told), "; ".join(en for _, en in told)
    return (zh if language == "zh" else en) or None


async def deliver_session(info: Info[Context, None], input: DeliverSessionInput) -> DeliverSessionPayload:
    """Keep a session as held: each role is a rung, each teacher in need is expected."""
    context = info.context

    async def work() -> DeliverSessionPayload:
        ids = Ids()
        delivery = use_cases.Delivery(
            session=ids.one("Session", input.session, "session"),
            on=input.on or context.today,
            hours=input.hours,
            parts=tuple(
                use_cases.Part(ids.one("Person", role.person, f"roles.{i}.person"), role.rung)
                for i, role in enumerate(input.roles)
            ),
        )
        ids.refuse_faulty()
        kept = await use_cases.deliver_session(context.store, caller_of(context, input.key), delivery)
        return DeliverSessionPayload(session=found(Session, kept))

    return await answered(context, work, lambda errors: DeliverSessionPayload(user_errors=errors))


async def record_attendance(
    info: Info[Context, None], input: RecordAttendanceInput
) -> RecordAttendancePayload:
    """Keep who came; who was not expected is a guest."""
    context = info.context

    async def work() -> RecordAttendancePayload:
        ids = Ids()
        session = ids.one("Session", input.session, "session")
        presences = tuple(
            use_cases.Presence(ids.one("Person", each.person, f"presences.{i}.person"), each.present)
            for i, each in enumerate(input.presences)
        )
        ids.refuse_faulty()
        kept = await use_cases.record_attendance(
            context.store, caller_of(context, input.key), session, presences
        )
        return RecordAttendancePayload(attendances=found_all(Attendance, kept))

    return await answered(context, work, lambda errors: RecordAttendancePayload(user_errors=errors))


async def give_feedback(info: Info[Context, None], input: GiveFeedbackInput) -> GiveFeedbackPayload:
    """Keep what a participant says; 1 or 2 reopens his own need, and no other."""
    context = info.context

    async def work() -> GiveFeedbackPayload:
        ids = Ids()
        opinion = use_cases.Opinion(
            session=ids.one("Session", input.session, "session"),
            person=ids.one("Person", input.person, "person"),
            rating=input.rating,
            on=input.on or context.today,
            remark=input.remark,
        )
        ids.refuse_faulty()
        given = await use_cases.give_feedback(
            context.store, caller_of(context, input.key), opinion, context.rules
        )
        return GiveFeedbackPayload(
            feedback=found(Feedback, given.feedback), reopened=found_all(Need, given.reopened)
        )

    return await answered(context, work, lambda errors: GiveFeedbackPayload(user_errors=errors))


def _placing(given: PlaceOrderInput) -> order_cases.Placing:
    ids = Ids()
    placing = order_cases.Placing(
        start=given.start,
        recommendation=ids.maybe("Recommendation", given.recommendation, "recommendation"),
        choice=None if given.choice is None else _choice(given.choice, ids),
        school=ids.maybe("School", given.school, "school"),
        semester=ids.maybe("Semester", given.semester, "semester"),
        days=tuple(given.days or ()),
    )
    ids.refuse_faulty()
    return placing


def _choice(given: OrderChoiceInput, ids: Ids) -> order_cases.Choice:
    return order_cases.Choice(
        needs=ids.many("Need", given.needs, "choice.needs"),
        trainer=ids.one("Person", given.trainer, "choice.trainer"),
        topic=ids.one("Topic", given.topic, "choice.topic"),
        form=given.form,
        assistant=ids.maybe("Person", given.assistant, "choice.assistant"),
        resources=ids.many("Resource", given.resources, "choice.resources"),
    )
