"""Who belongs together: alliances, help groups, schools, memberships, the calendar."""

from __future__ import annotations

from datetime import date

from graph.model.describe import column, noun, refers
from graph.model.terms import Connectivity, SchoolLevel, Side


@noun("HelpGroup", "帮扶小组", "the seconded team that an alliance is bound to")
class HelpGroup:
    """The seconded team; its members are teachers with a secondment."""

    id: str = column("编号", "the office's code")
    name: str = column("名称", "name", is_searched=True)
    home: str | None = column("派出地", "the place that sends the group", default=None)


@noun("Alliance", "联盟", "one help group and its member schools, bound by a charter")
class Alliance:
    """The paper's "1 + 5": the one is a help group, not a school (paper §2.1)."""

    id: str = column("编号", "the office's code")
    name: str = column("名称", "name", is_searched=True)
    founded: date | None = column("成立日期", "when the charter was signed", default=None)
    help_group: str | None = refers(
        "BOUND_TO", "HelpGroup", "帮扶小组", "the help group of the alliance", default=None
    )


@noun("School", "学校", "a school, member of an alliance or reached by it")
class School:
    """A school; whether it helps or is helped is a property of its membership."""

    id: str = column("编号", "学校标识码 or the office's code")
    name: str = column("名称", "name", is_searched=True)
    county: str | None = column("县区", "county", default=None)
    level: SchoolLevel | None = column("学段", "what it teaches", default=None)
    connectivity: Connectivity | None = column("网络", "how its line carries resources", default=None)
    download_limit_bytes: int | None = column(
        "下载上限(字节)",
        "largest resource that its line carries, in bytes; none means no limit",
        default=None,
        minimum=1,
        maximum=10**15,
    )
    devices: int | None = column(
        "设备数", "devices for teachers, a count", default=None, minimum=0, maximum=100_000
    )
    technical_support: bool | None = column(
        "技术支持人员", "somebody keeps the technology going", default=None
    )


@noun("Membership", "成员", "a school in an alliance, dated, on one side")
class Membership:
    """A school may be in several alliances over time."""

    id: str = column("编号", "the office's code")
    alliance: str = refers("IN", "Alliance", "联盟", "the alliance")
    school: str = refers("OF", "School", "学校", "the member school")
    side: Side = column("类别", "helping or helped")
    start: date = column("开始", "first day")
    end: date | None = column("结束", "last day; none means still a member", default=None)


@noun("Semester", "学期", "a stretch of the calendar")
class Semester:
    """What a calendar holds; a tenure is what a person holds."""

    id: str = column("编号", "the office's code")
    name: str = column("名称", "name")
    start: date = column("开始", "first day of week 1")
    end: date = column("结束", "last day")
