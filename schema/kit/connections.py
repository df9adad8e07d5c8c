"""Relay connections: a page of nodes with cursors, and how many there are in all."""

from __future__ import annotations

from typing import TypeVar

import strawberry

T = TypeVar("T")


@strawberry.type(description="Where a page begins and ends, and whether there is more. 中文：分页信息")
class PageInfo:
    """Where a page begins and ends, and whether there is more."""

    has_next_page: bool = strawberry.field(description="whether more nodes follow. 中文：是否有下一页")
    has_previous_page: bool = strawberry.field(description="whether nodes went before. 中文：是否有上一页")
    start_cursor: str | None = strawberry.field(description="cursor of the first node. 中文：首条游标")
    end_cursor: str | None = strawberry.field(description="cursor of the last node. 中文：末条游标")


@strawberry.type(description="One node of a page with its cursor. 中文：列表项")
class Edge[T]:
    """One node of a page with its cursor."""

    cursor: str = strawberry.field(description="give it as `after` to go on from here. 中文：游标")
    node: T = strawberry.field(description="the node itself. 中文：对象")


@strawberry.type(description="A page of nodes, and how many there are in all. 中文：分页列表")
class Connection[T]:
    """A page of nodes in a total order, and how many there are in all."""

    total_count: int = strawberry.field(description="nodes on all pages together. 中文：总数")
    page_info: PageInfo = strawberry.field(description="where this page begins and ends. 中文：分页信息")
    edges: list[Edge[T]] = strawberry.field(description="the nodes of this page. 中文：列表项")
