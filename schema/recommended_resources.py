"""Which resources fit, as a client asks for it: computed, nothing is kept."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry.types import Info

from recommender.ranking import Reason
from recommender.resources import RankedResource
from recommender.rules import Rules
from resolvers import resources as use_cases
from schema.calling import caller_of
from schema.kit.bilingual import bilingual
from schema.kit.context import Context
from schema.kit.found import found, found_all
from schema.kit.reading import Ids
from schema.resources import Resource
from schema.rules import Rule


@strawberry.type(description="What one rule adds to a resource. 中文：理由")
class ResourceReason:
    """Integer millionths: they add up to the resource's score exactly."""

    rule: Rule = strawberry.field(description="the rule. 中文：规则")
    millionths: int = strawberry.field(description="what it adds, in millionths. 中文：百万分点")
    unknown: bool = strawberry.field(description="true where the rule could not tell. 中文：无法判断")
    zh: strawberry.Private[str]
    en: strawberry.Private[str]
    because: str = strawberry.field(
        resolver=bilingual("zh", "en"), description="the rule's sentence with this case's facts. 中文：理由"
    )


@strawberry.type(description="A resource that fits, with its reasons. 中文：推荐资源")
class RecommendedResource:
    """One resource with its place."""

    rank: int = strawberry.field(description="1 for the best. 中文：名次")
    score_millionths: int = strawberry.field(description="sum of its reasons. 中文：得分(百万分点)")
    resource: Resource = strawberry.field(description="the resource. 中文：资源")
    reasons: list[ResourceReason] = strawberry.field(description="why. 中文：理由")


@strawberry.type(description="Resources that fit, and what to send of them. 中文：资源推荐结果")
class RecommendedResources:
    """What recommendResources computes."""

    resources: list[RecommendedResource] = strawberry.field(description="best first. 中文：推荐资源")
    pack: list[Resource] = strawberry.field(
        description="those that together stay within what the school's line carries. 中文：资源包"
    )


async def recommend_resources(
    info: Info[Context, None],
    need: Annotated[
        strawberry.ID | None, strawberry.argument(description="for this need. 中文：需求")
    ] = None,
    teacher: Annotated[
        strawberry.ID | None, strawberry.argument(description="or for this teacher. 中文：或教师")
    ] = None,
    school: Annotated[
        strawberry.ID | None, strawberry.argument(description="or for this school. 中文：或学校")
    ] = None,
    top: Annotated[int, strawberry.argument(description="how many, 1 to 20. 中文：数量")] = 5,
) -> RecommendedResources:
    """The resources that fit exactly one of a need, a teacher and a school; nothing is kept."""
    context, ids = info.context, Ids()
    wanted = use_cases.Wanted(
        need=ids.maybe("Need", need, "need"),
        teacher=ids.maybe("Person", teacher, "teacher"),
        school=ids.maybe("School", school, "school"),
        top=top,
    )
    ids.refuse_faulty()
    made = await use_cases.recommend_resources(context.store, caller_of(context), wanted, context.rules)
    return RecommendedResources(
        resources=[_resource(each, context.rules) for each in made.ranked],
        pack=found_all(Resource, made.pack),
    )


def _resource(given: RankedResource, rules: Rules) -> RecommendedResource:
    return RecommendedResource(
        rank=given.rank,
        score_millionths=given.score_millionths,
        resource=found(Resource, given.resource),
        reasons=[_reason(each, rules) for each in given.reasons],
    )


def _reason(given: Reason, rules: Rules) -> ResourceReason:
    return ResourceReason(
        rule=found(Rule, rules.rule_id(given.rule)),
        millionths=given.millionths,
        unknown=given.unknown,
        zh=given.zh,
        en=given.en,
    )
