"""Who may do what: roles bound to a person, a school, a county or an alliance, with a tenure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from graph.model.describe import column, noun, refers
from graph.model.terms import RoleKind

SCOPES: Mapping[RoleKind, tuple[str, ...]] = {
    RoleKind.TEACHER: ("person",),
    RoleKind.TRAINER: ("person",),
    RoleKind.PRINCIPAL: ("school",),
    RoleKind.EXPERT: ("person",),
    RoleKind.RESEARCH_OFFICER: ("county",),
    RoleKind.COUNCIL: ("alliance",),
    RoleKind.RESEARCHER: ("alliance",),
    RoleKind.ADMINISTRATOR: (),
}
"""The fields that bind each role: they must be filled."""
ALSO: Mapping[RoleKind, tuple[str, ...]] = {RoleKind.PRINCIPAL: ("person",)}
"""The fields that may be filled besides; all others of `SCOPE_FIELDS` stay empty."""
RESERVED_HOLDER = "administrator"
"""Who a caller from the service's own machine is without a token: nobody else bears that name."""
SCOPE_FIELDS = ("person", "school", "county", "alliance")
"""Whom or what a role can be bound to."""


@noun("RoleAssignment", "角色授予", "a role that somebody holds for a time")
class RoleAssignment:
    """One role of one holder; it counts on the days of its tenure, and ends without being deleted."""

    id: str = column("编号", "the office's code")
    holder: str = column(
        "持有人",
        "who signs in: the subject (sub) of his token",
        note_zh="令牌中的 sub，即登录者的标识",
        note_en="the subject (sub) of his token",
    )
    role: RoleKind = column("角色", "what he may see and do")
    person: str | None = refers(
        "OF", "Person", "人员", "who he is, for teachers, trainers, experts and principals", default=None
    )
    school: str | None = refers("AT", "School", "学校", "the principal's school", default=None)
    county: str | None = column("县区", "the research officer's county", default=None)
    alliance: str | None = refers(
        "IN", "Alliance", "联盟", "the council's or the researcher's alliance", default=None
    )
    start: date = column("开始", "first day")
    end: date | None = column("结束", "last day; none means still held", default=None)

    def is_held_on(self, day: date) -> bool:
        """Whether the day lies within the tenure, its first and last day included."""
        return self.start <= day and (self.end is None or day <= self.end)
