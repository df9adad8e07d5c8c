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
MOST_HOLDER = 255
"""Most characters of a holder (OpenID Connect Core §2, sub)."""
SCOPE_FIELDS = ("person", "school", "county", "alliance")
"""Whom or what a role can be bound to."""


def is_holder(text: str) -> bool:
    """Whether somebody can bear that name; the name of the caller from this machine nobody can."""
    is_visible = text.isprintable() and text == text.strip() and text != ""
    return is_visible and len(text) <= MOST_HOLDER and text != RESERVED_HOLDER


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

    @property
    def binding(self) -> tuple[object, ...]:
        """Holder, role and what binds that role; who a principal is besides makes no second role of it."""
        return (self.holder, self.role, *(getattr(self, name) for name in SCOPES[self.role]))

    def overlaps(self, other: RoleAssignment) -> bool:
        """Whether there is a day within both tenures; one that never held has no day."""
        first = max(self.start, other.start)
        return first <= min(self.end or date.max, other.end or date.max)
