"""What the rules would propose, as a client asks for it: computed, nothing is kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry
from strawberry.types import Info

from graph.model.terms import OrderForm, Reach
from recommender.orders import Proposal, Unserved
from recommender.rules import Rules
from resolvers import recommendations as use_cases
from schema.calling import caller_of
from schema.kit.bilingual import maybe_bilingual, term_label
from schema.kit.context import Context
from schema.kit.found import found, found_all
from schema.kit.reading import Ids
from schema.needs import Need, NeedGroup, Topic
from schema.people import Person
from schema.resources import Resource
from schema.rules import Rule


@strawberry.type(description="What one rule adds to a proposal. 中文：贡献")
class ProposedContribution:
    """Integer millionths: they add up to the proposal's score exactly."""

    rule: Rule = strawberry.field(description="the rule. 中文：规则")
    millionths: int = strawberry.field(description="what it adds, in millionths. 中文：百万分点")
    because_zh: strawberry.Private[str]
    because_en: strawberry.Private[str]
    because: str | None = strawberry.field(
        resolver=maybe_bilingual("because_zh", "because_en"),
        description="the rule's sentence with this case's facts; null where the asker does not see the trainer"
        " whole. 中文：理由（无权查看培训者全部信息时为空）",
    )


@strawberry.type(description="A training order that the rules would propose now. 中文：推荐订单")
class RecommendedOrder:
    """One proposal; issueRecommendations keeps it."""

    rank: int = strawberry.field(description="1 for the best of its need or group. 中文：名次")
    score_millionths: int = strawberry.field(description="sum of its contributions. 中文：得分")
    reach: Reach = strawberry.field(description="common or individual. 中文：类型")
    reach_label: str = strawberry.field(
        resolver=term_label("reach"), description="label of the reach. 中文：类型（文字）"
    )
    form: OrderForm = strawberry.field(description="county class or school clinic. 中文：形式")
    form_label: str = strawberry.field(
        resolver=term_label("form"), description="label of the form. 中文：形式（文字）"
    )
    sessions: int = strawberry.field(description="sessions, follow-up included. 中文：场次数")
    needs: list[Need] = strawberry.field(description="needs it would serve. 中文：需求")
    group: NeedGroup | None = strawberry.field(description="group it would serve. 中文：共性需求")
    topic: Topic = strawberry.field(description="about what. 中文：主题")
    trainer: Person | None = strawberry.field(description="who would train. 中文：培训者")
    assistant: Person | None = strawberry.field(description="the local assistant. 中文：本土助教")
    resources: list[Resource] = strawberry.field(description="resources that fit. 中文：资源")
    contributions: list[ProposedContribution] = strawberry.field(description="why. 中文：贡献")


@strawberry.type(description="How many candidates one hard rule dropped. 中文：淘汰数")
class DroppedBy:
    """A rule and a count."""

    rule: Rule = strawberry.field(description="the rule. 中文：规则")
    candidates: int = strawberry.field(description="candidates it dropped. 中文：人数")


@strawberry.type(description="Needs that no candidate could serve, and why. 中文：未能满足的需求")
class UnservedNeeds:
    """What blocked the last candidate."""

    needs: list[Need] = strawberry.field(description="the needs. 中文：需求")
    group: NeedGroup | None = strawberry.field(description="the group. 中文：共性需求")
    topic: Topic = strawberry.field(description="about what. 中文：主题")
    rule: Rule = strawberry.field(description="the rule that blocked the last candidate. 中文：规则")
    candidate: Person | None = strawberry.field(
        description="the last candidate; null where there is none, or the asker does not see him whole."
        " 中文：最后一位人选"
    )
    dropped: list[DroppedBy] = strawberry.field(description="by rule. 中文：各规则淘汰数")
    because_zh: strawberry.Private[str]
    because_en: strawberry.Private[str]
    because: str | None = strawberry.field(
        resolver=maybe_bilingual("because_zh", "because_en"),
        description="in a sentence; null where the asker does not see the last candidate whole. 中文：原因",
    )


@strawberry.type(description="Proposals and unserved needs. 中文：推荐结果")
class RecommendedOrders:
    """What recommendOrders computes."""

    orders: list[RecommendedOrder] = strawberry.field(description="best first. 中文：推荐订单")
    unserved: list[UnservedNeeds] = strawberry.field(description="who stays unserved. 中文：未能满足")


async def recommend_orders(
    info: Info[Context, None],
    alliance: Annotated[strawberry.ID, strawberry.argument(description="for whom. 中文：联盟")],
    needs: Annotated[
        list[strawberry.ID] | None, strawberry.argument(description="only for these needs. 中文：仅这些需求")
    ] = None,
    top: Annotated[
        int, strawberry.argument(description="proposals a need or group, 1 to 10. 中文：每项推荐数")
    ] = 3,
    as_of: Annotated[
        date | None, strawberry.argument(description="as if it were that day. 中文：按该日推算")
    ] = None,
) -> RecommendedOrders:
    """What the rules would propose for an alliance, or for some of its needs; nothing is kept.

    `as_of` asks as if it were that day (today where it is absent): who was there, who had time.
    """
    context = info.context
    ids = Ids()
    asked = use_cases.Asked(ids.one("Alliance", alliance, "alliance"), ids.some("Need", needs, "needs"), top)
    ids.refuse_faulty()
    caller = caller_of(context)
    made = await use_cases.recommend_orders(context.store, caller, asked, context.rules, as_of)
    return RecommendedOrders(
        orders=[_order_of(each) for each in made.proposals],
        unserved=[unserved_of(each, context.rules) for each in made.unserved],
    )


def unserved_of(given: Unserved, rules: Rules) -> UnservedNeeds:
    """The needs left unserved, as a client sees them."""
    return UnservedNeeds(
        needs=found_all(Need, given.needs),
        group=found(NeedGroup, given.group),
        topic=found(Topic, given.topic),
        rule=found(Rule, f"{rules.id}/{given.rule}"),
        candidate=found(Person, given.candidate),
        dropped=[DroppedBy(rule=found(Rule, f"{rules.id}/{key}"), candidates=n) for key, n in given.dropped],
        because_zh=given.zh,
        because_en=given.en,
    )


def _order_of(proposal: Proposal) -> RecommendedOrder:
    made = proposal.recommendation
    return RecommendedOrder(
        rank=made.rank,
        score_millionths=made.score_millionths,
        reach=made.reach,
        form=made.form,
        sessions=made.sessions,
        needs=found_all(Need, made.needs),
        group=found(NeedGroup, made.group),
        topic=found(Topic, made.topic),
        trainer=found(Person, made.trainer),
        assistant=found(Person, made.assistant),
        resources=found_all(Resource, made.resources),
        contributions=[
            ProposedContribution(
                rule=found(Rule, each.rule),
                millionths=each.millionths,
                because_zh=each.because_zh,
                because_en=each.because_en,
            )
            for each in proposal.contributions
        ],
    )
