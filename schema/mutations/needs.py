"""Forming needs and issuing, deciding recommendations, as a client asks for it."""

from __future__ import annotations

import strawberry
from strawberry.types import Info

from graph.model.terms import Verdict
from resolvers import needs as need_cases
from resolvers import recommendations as use_cases
from schema.alliance import School
from schema.calling import caller_of
from schema.kit.bilingual import bilingual
from schema.kit.context import Context
from schema.kit.found import found, found_all
from schema.kit.reading import Ids
from schema.mutations.payloads import KEY, UserError, answered
from schema.needs import Need, NeedGroup, Topic
from schema.people import Teacher
from schema.recommended import UnservedNeeds, unserved_of
from schema.rules import Decision, Recommendation


@strawberry.input(description="Whose evidence to add up. 中文：形成需求")
class FormNeedsInput:
    """One alliance."""

    alliance: strawberry.ID = strawberry.field(description="the alliance. 中文：联盟")
    key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.type(description="What a need rests on, added up in a sentence. 中文：需求依据")
class NeedExplanation:
    """One need with the sum of its evidence."""

    need: Need = strawberry.field(description="the need. 中文：需求")
    contradiction: bool = strawberry.field(
        description="true where instruments contradict each other. 中文：各方式结论不一"
    )
    zh: strawberry.Private[str]
    en: strawberry.Private[str]
    because: str = strawberry.field(
        resolver=bilingual("zh", "en"), description="what each instrument adds. 中文：依据"
    )


@strawberry.type(
    description="Evidence that stayed under the threshold, or is too old: no need. 中文：未形成需求"
)
class BelowThreshold:
    """One topic of one teacher or school."""

    teacher: Teacher | None = strawberry.field(description="whose evidence. 中文：教师")
    school: School | None = strawberry.field(description="or which school's. 中文：学校")
    topic: Topic = strawberry.field(description="about what. 中文：主题")
    contradiction: bool = strawberry.field(
        description="true where instruments contradict each other. 中文：各方式结论不一"
    )
    zh: strawberry.Private[str]
    en: strawberry.Private[str]
    because: str = strawberry.field(
        resolver=bilingual("zh", "en"),
        description="what each instrument adds, and what was asked. 中文：原因",
    )


@strawberry.type(description="What the evidence added up to. 中文：形成的需求")
class FormNeedsPayload:
    """New needs, changed needs, groups."""

    created: list[Need] = strawberry.field(default_factory=list, description="new needs. 中文：新需求")
    changed: list[Need] = strawberry.field(
        default_factory=list, description="changed needs. 中文：变化的需求"
    )
    groups: list[NeedGroup] = strawberry.field(
        default_factory=list, description="groups formed or recounted. 中文：共性需求"
    )
    explanations: list[NeedExplanation] = strawberry.field(
        default_factory=list, description="what each need rests on. 中文：需求依据"
    )
    below: list[BelowThreshold] = strawberry.field(
        default_factory=list, description="evidence that makes no need yet. 中文：未形成需求"
    )
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="refusals. 中文：错误")


@strawberry.input(description="For whom orders are wanted. 中文：生成推荐")
class IssueRecommendationsInput:
    """An alliance, or some of its needs."""

    alliance: strawberry.ID = strawberry.field(description="the alliance. 中文：联盟")
    needs: list[strawberry.ID] | None = strawberry.field(
        default=None, description="only for these needs. 中文：仅这些需求"
    )
    top: int = strawberry.field(default=3, description="proposals a need or group, 1 to 10. 中文：每项推荐数")
    key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.type(description="The recommendations now kept. 中文：已生成的推荐")
class IssueRecommendationsPayload:
    """Recommendations best first, and who stays unserved."""

    recommendations: list[Recommendation] = strawberry.field(
        default_factory=list, description="best first. 中文：推荐"
    )
    unserved: list[UnservedNeeds] = strawberry.field(
        default_factory=list, description="needs that no candidate could serve. 中文：未能满足的需求"
    )
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="refusals. 中文：错误")


@strawberry.input(description="What a person decides, and why. 中文：决定")
class DecideRecommendationInput:
    """One decision."""

    recommendation: strawberry.ID = strawberry.field(description="on what. 中文：推荐")
    verdict: Verdict = strawberry.field(description="accepted, changed or refused. 中文：决定")
    reason: str | None = strawberry.field(
        default=None, description="needed for a change or a refusal. 中文：理由"
    )
    by: strawberry.ID | None = strawberry.field(default=None, description="who decides. 中文：决定人")
    trainer: strawberry.ID | None = strawberry.field(
        default=None, description="trainer instead. 中文：改为培训者"
    )
    assistant: strawberry.ID | None = strawberry.field(
        default=None, description="assistant instead. 中文：改为助教"
    )
    key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.type(description="The decision as kept. 中文：决定结果")
class DecideRecommendationPayload:
    """The decision."""

    decision: Decision | None = strawberry.field(default=None, description="as kept. 中文：决定")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="refusals. 中文：错误")


async def form_needs(info: Info[Context, None], input: FormNeedsInput) -> FormNeedsPayload:
    """Add evidence and requests of an alliance up to needs; done twice, nothing changes."""
    context = info.context

    async def work() -> FormNeedsPayload:
        ids = Ids()
        alliance = ids.one("Alliance", input.alliance, "alliance")
        ids.refuse_faulty()
        formed = await need_cases.form_needs(
            context.store, caller_of(context, input.key), alliance, context.rules
        )
        return FormNeedsPayload(
            created=found_all(Need, formed.created),
            changed=found_all(Need, formed.changed),
            groups=found_all(NeedGroup, formed.groups),
            explanations=[_explanation(each) for each in formed.explanations],
            below=[_below(each) for each in formed.below],
        )

    return await answered(context, work, lambda errors: FormNeedsPayload(user_errors=errors))


def _explanation(given: need_cases.Explained) -> NeedExplanation:
    assert given.need is not None, "what stayed below is told apart"
    return NeedExplanation(
        need=found(Need, given.need), contradiction=given.contradiction, zh=given.zh, en=given.en
    )


def _below(given: need_cases.Explained) -> BelowThreshold:
    return BelowThreshold(
        teacher=found(Teacher, given.teacher),
        school=found(School, given.school),
        topic=found(Topic, given.topic),
        contradiction=given.contradiction,
        zh=given.zh,
        en=given.en,
    )


async def issue_recommendations(
    info: Info[Context, None], input: IssueRecommendationsInput
) -> IssueRecommendationsPayload:
    """Keep what the rules propose now, with every contribution, for people to decide."""
    context = info.context

    async def work() -> IssueRecommendationsPayload:
        ids = Ids()
        asked = use_cases.Asked(
            alliance=ids.one("Alliance", input.alliance, "alliance"),
            needs=ids.some("Need", input.needs, "needs"),
            top=input.top,
        )
        ids.refuse_faulty()
        issued = await use_cases.issue_recommendations(
            context.store, caller_of(context, input.key), asked, context.rules
        )
        return IssueRecommendationsPayload(
            recommendations=found_all(Recommendation, issued.recommendations),
            unserved=[unserved_of(each, context.rules) for each in issued.unserved],
        )

    return await answered(context, work, lambda errors: IssueRecommendationsPayload(user_errors=errors))


async def decide_recommendation(
    info: Info[Context, None], input: DecideRecommendationInput
) -> DecideRecommendationPayload:
    """Keep what a person decides; it may be changed until an order follows."""
    context = info.context

    async def work() -> DecideRecommendationPayload:
        ids = Ids()
        judgement = use_cases.Judgement(
            recommendation=ids.one("Recommendation", input.recommendation, "recommendation"),
            verdict=input.verdict,
            reason=input.reason,
            by=ids.maybe("Person", input.by, "by"),
            trainer=ids.maybe("Person", input.trainer, "trainer"),
            assistant=ids.maybe("Person", input.assistant, "assistant"),
        )
        ids.refuse_faulty()
        kept = await use_cases.decide_recommendation(context.store, caller_of(context, input.key), judgement)
        return DecideRecommendationPayload(decision=found(Decision, kept))

    return await answered(context, work, lambda errors: DecideRecommendationPayload(user_errors=errors))
