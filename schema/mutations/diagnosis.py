"""Evidence and requests, as a client tells them."""

from __future__ import annotations

from datetime import date

import strawberry
from strawberry.types import Info

from graph.model.terms import Instrument
from resolvers import diagnosis as use_cases
from schema.calling import caller_of
from schema.kit.context import Context
from schema.kit.found import found, found_all
from schema.kit.reading import Ids
from schema.mutations.payloads import KEY, UserError, answered
from schema.needs import Diagnosis, Need, Request


@strawberry.input(description="One answer, remark or observed item. 中文：一条证据")
class EvidenceItemInput:
    """One item of a diagnosis."""

    severity: int = strawberry.field(description="0 none, 1 slight, 2 clear, 3 severe. 中文：严重程度")
    topic: strawberry.ID | None = strawberry.field(default=None, description="topic. 中文：主题")
    text: str | None = strawberry.field(default=None, description="the remark. 中文：内容")


@strawberry.input(description="What one instrument found of a teacher, or of a school. 中文：诊断")
class RecordEvidenceInput:
    """One diagnosis with its items."""

    instrument: Instrument = strawberry.field(description="with what. 中文：方式")
    on: date = strawberry.field(description="when. 中文：日期")
    items: list[EvidenceItemInput] = strawberry.field(description="what was found. 中文：证据")
    teacher: strawberry.ID | None = strawberry.field(default=None, description="whose. 中文：教师")
    school: strawberry.ID | None = strawberry.field(default=None, description="or which. 中文：学校")
    by: strawberry.ID | None = strawberry.field(
        default=None, description="who asked or observed. 中文：诊断人"
    )
    key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.type(description="What recordEvidence kept. 中文：登记结果")
class RecordEvidencePayload:
    """The diagnosis, and the needs that a re-observation closed or reopened."""

    diagnosis: Diagnosis | None = strawberry.field(default=None, description="as kept. 中文：诊断")
    rechecked: list[Need] = strawberry.field(
        default_factory=list, description="needs that it closed or reopened. 中文：复查的需求"
    )
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="refusals. 中文：错误")


@strawberry.input(description="A need that a teacher raises himself. 中文：主动需求")
class RaiseRequestInput:
    """One request."""

    teacher: strawberry.ID = strawberry.field(description="who asks. 中文：教师")
    topic: strawberry.ID = strawberry.field(description="about what. 中文：主题")
    severity: int = strawberry.field(description="1 slight, 2 clear, 3 urgent. 中文：迫切程度")
    text: str | None = strawberry.field(default=None, description="in his own words. 中文：内容")
    on: date | None = strawberry.field(default=None, description="when; today if absent. 中文：日期")
    key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.type(description="What raiseRequest kept. 中文：登记结果")
class RaiseRequestPayload:
    """The request."""

    request: Request | None = strawberry.field(default=None, description="as kept. 中文：主动需求")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="refusals. 中文：错误")


async def record_evidence(info: Info[Context, None], input: RecordEvidenceInput) -> RecordEvidencePayload:
    """Keep a diagnosis; an observation after delivery closes or reopens the need."""
    context = info.context

    async def work() -> RecordEvidencePayload:
        kept = await use_cases.record_evidence(
            context.store, caller_of(context, input.key), _sounding(input), context.rules
        )
        return RecordEvidencePayload(
            diagnosis=found(Diagnosis, kept.diagnosis), rechecked=found_all(Need, kept.rechecked)
        )

    return await answered(context, work, lambda errors: RecordEvidencePayload(user_errors=errors))


async def raise_request(info: Info[Context, None], input: RaiseRequestInput) -> RaiseRequestPayload:
    """Keep what a teacher asks for."""
    context = info.context

    async def work() -> RaiseRequestPayload:
        ids = Ids()
        wish = use_cases.Wish(
            teacher=ids.one("Person", input.teacher, "teacher"),
            topic=ids.one("Topic", input.topic, "topic"),
            severity=input.severity,
            on=input.on or context.today,
            text=input.text,
        )
        ids.refuse_faulty()
        kept = await use_cases.raise_request(context.store, caller_of(context, input.key), wish)
        return RaiseRequestPayload(request=found(Request, kept))

    return await answered(context, work, lambda errors: RaiseRequestPayload(user_errors=errors))


def _sounding(given: RecordEvidenceInput) -> use_cases.Sounding:
    ids = Ids()
    items = tuple(
        use_cases.Remark(ids.maybe("Topic", item.topic, f"items.{i}.topic"), item.severity, item.text)
        for i, item in enumerate(given.items)
    )
    sounding = use_cases.Sounding(
        instrument=given.instrument,
        on=given.on,
        items=items,
        teacher=ids.maybe("Person", given.teacher, "teacher"),
        school=ids.maybe("School", given.school, "school"),
        by=ids.maybe("Person", given.by, "by"),
    )
    ids.refuse_faulty()
    return sounding
