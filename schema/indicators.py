"""Indicators, as a client asks for them: each number opens into the list behind it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry
from strawberry.types import Info

from graph.model.terms import Provenance
from recommender import indicators as computed
from recommender.definitions import Cited
from resolvers import indicators as use_cases
from schema.calling import caller_of
from schema.kit.bilingual import bilingual, maybe_bilingual, term_label
from schema.kit.connections import Connection
from schema.kit.context import Context
from schema.kit.fields import Node, page_field
from schema.kit.found import found_page
from schema.kit.reading import Ids

_LEAST = use_cases.LEAST_CASES
_WITHHELD = (
    f"不足{_LEAST}例，具体数量仅管理员可见",
    f"fewer than {_LEAST} cases: only an administrator is told the counts",
)


@strawberry.input(description="A stretch of time, both days included. 中文：时段")
class PeriodInput:
    """From and to."""

    start: date = strawberry.field(description="first day. 中文：开始")
    end: date = strawberry.field(description="last day. 中文：结束")


@strawberry.type(description="A figure of the paper, cited as its own. 中文：论文数据")
class CitedFigure:
    """What the paper's Table 2 prints; it defines none of its rates."""

    before_percent: int = strawberry.field(description="before. 中文：实施前")
    before_year: int = strawberry.field(description="year. 中文：年份")
    after_percent: int = strawberry.field(description="after. 中文：实施后")
    after_year: int = strawberry.field(description="year. 中文：年份")
    source: str = strawberry.field(description="where it stands. 中文：出处")


@strawberry.type(description="95 % Wilson interval in per cent: a hint, no sample. 中文：区间")
class Interval:
    """Low and high."""

    low: float = strawberry.field(description="low end, per cent. 中文：下限")
    high: float = strawberry.field(description="high end, per cent. 中文：上限")


@strawberry.type(description="A share of the denominator, told apart. 中文：分项")
class IndicatorPart:
    """One part with its list."""

    code: str = strawberry.field(description="stable code. 中文：代码")
    count: int = strawberry.field(description="how many. 中文：数量")
    items: Connection[Node] = page_field(en="the list behind the count", zh="明细")
    zh: strawberry.Private[str]
    en: strawberry.Private[str]
    label: str = strawberry.field(resolver=bilingual("zh", "en"), description="label. 中文：名称")


@strawberry.type(description="A median of days. 中文：中位天数")
class IndicatorMedian:
    """Days and how many cases."""

    code: str = strawberry.field(description="stable code. 中文：代码")
    days: float | None = strawberry.field(
        description="days; null without cases, or of fewer than 5 for all but an administrator. 中文：天数"
    )
    cases: int = strawberry.field(description="cases counted. 中文：例数")
    zh: strawberry.Private[str]
    en: strawberry.Private[str]
    label: str = strawberry.field(resolver=bilingual("zh", "en"), description="label. 中文：名称")


@strawberry.type(description="A defined rate with the lists behind its counts. 中文：核心指标")
class Indicator:
    """Numerator, denominator, period, source."""

    code: str = strawberry.field(description="stable code. 中文：代码")
    start: date = strawberry.field(description="first day. 中文：开始")
    end: date = strawberry.field(description="last day. 中文：结束")
    numerator: int | None = strawberry.field(description="counted; null where withheld. 中文：分子")
    denominator: int | None = strawberry.field(description="of how many; null where withheld. 中文：分母")
    percent: float | None = strawberry.field(description="null where nothing counts. 中文：百分比")
    interval: Interval | None = strawberry.field(description="a hint. 中文：区间")
    counts_first: bool = strawberry.field(description="under 20: read the counts first. 中文：先看数量")
    received: int | None = strawberry.field(description="answers received. 中文：已收")
    expected: int | None = strawberry.field(description="answers expected. 中文：应收")
    provenance: Provenance = strawberry.field(description="where the definition comes from. 中文：来源")
    provenance_label: str = strawberry.field(
        resolver=term_label("provenance"), description="label of the provenance. 中文：来源（文字）"
    )
    cited: CitedFigure | None = strawberry.field(description="the paper's own figure. 中文：论文数据")
    parts: list[IndicatorPart] = strawberry.field(description="told apart. 中文：分项")
    medians: list[IndicatorMedian] = strawberry.field(description="medians beside it. 中文：中位数")
    numerator_items: Connection[Node] = page_field(en="the list behind the numerator", zh="分子明细")
    denominator_items: Connection[Node] = page_field(en="the list behind the denominator", zh="分母明细")
    zh: strawberry.Private[str]
    en: strawberry.Private[str]
    sentence_zh: strawberry.Private[str]
    sentence_en: strawberry.Private[str]
    withheld_zh: strawberry.Private[str | None]
    withheld_en: strawberry.Private[str | None]
    withheld: str | None = strawberry.field(
        resolver=maybe_bilingual("withheld_zh", "withheld_en"),
        description="why no counts are told and the lists are empty; null where they are told. 中文：不予显示的原因",
    )
    label: str = strawberry.field(resolver=bilingual("zh", "en"), description="name. 中文：名称")
    sentence: str = strawberry.field(
        resolver=bilingual("sentence_zh", "sentence_en"),
        description="numerator and denominator in a sentence. 中文：定义",
    )


async def indicators(
    info: Info[Context, None],
    alliance: Annotated[strawberry.ID, strawberry.argument(description="whose. 中文：联盟")],
    period: Annotated[PeriodInput, strawberry.argument(description="over which days. 中文：时段")],
) -> list[Indicator]:
    """The indicators of an alliance over a period.

    All but an administrator ask for a whole semester or school year (1 September to 31 August), and are told
    no counts of fewer than 5 cases.
    """
    ids = Ids()
    own = ids.one("Alliance", alliance, "alliance")
    ids.refuse_faulty()
    caller = caller_of(info.context)
    found = await use_cases.indicators(info.context.store, own, period.start, period.end, caller)
    return [_indicator(each) for each in found]


def _indicator(given: computed.Indicator) -> Indicator:
    definition, interval, cited = given.definition, given.interval, given.definition.cited
    zh, en = _WITHHELD if given.is_withheld else (None, None)
    return Indicator(
        code=definition.code,
        start=given.start,
        end=given.end,
        numerator=None if given.is_withheld else len(given.numerator),
        denominator=None if given.is_withheld else len(given.denominator),
        percent=given.percent,
        interval=None if interval is None else Interval(low=interval[0], high=interval[1]),
        counts_first=given.counts_first,
        received=given.received,
        expected=given.expected,
        provenance=definition.provenance,
        cited=None if cited is None else _cited(cited),
        parts=[
            IndicatorPart(
                code=part.code,
                count=len(part.ids),
                items=found_page(given.label, part.ids),
                zh=part.zh,
                en=part.en,
            )
            for part in given.parts
        ],
        medians=[
            IndicatorMedian(code=each.code, days=each.days, cases=each.n, zh=each.zh, en=each.en)
            for each in given.medians
        ],
        numerator_items=found_page(given.label, given.numerator),
        denominator_items=found_page(given.label, given.denominator),
        zh=definition.zh,
        en=definition.en,
        withheld_zh=zh,
        withheld_en=en,
        sentence_zh=definition.sentence_zh,
        sentence_en=definition.sentence_en,
    )


def _cited(given: Cited) -> CitedFigure:
    return CitedFigure(
        before_percent=given.before,
        before_year=given.before_year,
        after_percent=given.after,
        after_year=given.after_year,
        source=given.source,
    )
