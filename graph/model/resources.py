"""Resources of the three pools, to whom they were given, and how they were used."""

from __future__ import annotations

from datetime import date

from graph.model.describe import column, noun, refers
from graph.model.terms import GradeBand, Pool, Subject, UseLevel


@noun("Resource", "资源", "hardware, software or people's hours that the alliance shares")
class Resource:
    """One shape for three pools; only software has bytes, only hardware a count and a condition."""

    id: str = column("编号", "code")
    name: str = column("名称", "name", is_searched=True)
    pool: Pool = column("资源库", "which pool")
    school: str | None = refers("FROM", "School", "贡献学校", "the school that contributed it", default=None)
    contributor: str | None = refers("BY", "Person", "贡献人", "who contributed it", default=None)
    keeper: str | None = refers("KEPT_BY", "Person", "保管人", "who keeps it", default=None)
    topics: tuple[str, ...] = refers("ABOUT", "Topic", "主题", "topics it serves", default=())
    subject: Subject | None = column("学科", "subject", default=None)
    grade_bands: tuple[GradeBand, ...] = column("年级段", "grades", default=())
    available_from: date = column("可用开始", "first day available")
    available_to: date | None = column("可用结束", "last day available", default=None)
    size_bytes: int | None = column(
        "大小(字节)", "size of a file, bytes", default=None, minimum=0, maximum=10**15
    )
    format: str | None = column("格式", "format of a file", default=None)
    textbook_edition: str | None = column("教材版本", "textbook edition", default=None)
    volume: str | None = column("册", "textbook volume", default=None)
    unit: str | None = column("单元", "textbook unit", default=None)
    lesson: str | None = column("课", "textbook lesson", default=None)
    count: int | None = column("数量", "pieces of hardware", default=None, minimum=0, maximum=1_000_000)
    condition: str | None = column("状况", "condition of hardware", default=None)
    hours: float | None = column("可用课时", "hours of a person", default=None, minimum=0, maximum=10_000)
    context_tags: tuple[str, ...] = column("适用情境", "what classes it suits", default=())
    adapted_from: str | None = refers(
        "ADAPTED_FROM", "Resource", "改编自", "the resource it was adapted from", default=None
    )
    what_changed: str | None = column("改编说明", "what was changed", default=None, is_searched=True)


@noun("Gift", "资源赠予", "a resource given to a school on a day")
class Gift:
    """The denominator of the use rate: what was given to whom."""

    id: str = column("编号", "code")
    resource: str = refers("OF", "Resource", "资源", "what was given")
    school: str = refers("TO", "School", "学校", "to whom")
    on: date = column("日期", "when")


@noun("Use", "资源使用", "one use of a resource by a person at a school")
class Use:
    """OPENED and DOWNLOADED are kept, but only TAUGHT_WITH and ADAPTED count in a rate."""

    id: str = column("编号", "code")
    resource: str = refers("OF", "Resource", "资源", "what was used")
    person: str = refers("BY", "Person", "使用人", "who used it")
    school: str = refers("AT", "School", "学校", "where")
    level: UseLevel = column("使用程度", "how far")
    on: date = column("日期", "when")
    rating: int | None = column("评分", "1 to 5", default=None, minimum=1, maximum=5)
