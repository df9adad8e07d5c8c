"""Asking over the API as somebody, without the HTTP around it."""

from __future__ import annotations

from typing import Any

from graph.access.viewer import Viewer
from graph.store import Store
from schema.kit.context import Context
from schema.root import schema
from tests.access.county import TODAY, viewer_of
from tests.journeys.spring import RULES


def context_of(store: Store, viewer: Viewer) -> Context:
    """A request in English by that viewer."""
    return Context(
        store=store,
        today=TODAY,
        language="en",
        secret=b"secret",
        request_id="r-1",
        actor=viewer.holder,
        now=f"{TODAY}T02:00:00Z",
        rules=RULES,
        viewer=viewer,
    )


async def answered(store: Store, holder: str, document: str, **variables: object) -> Any:
    """Data and error codes of an answer to the holder."""
    context = context_of(store, await viewer_of(store, holder))
    result = await schema.execute(document, variable_values=variables, context_value=context)
    codes = [(each.extensions or {}).get("code", each.message) for each in result.errors or ()]
    return result.data, codes


async def data_for(store: Store, holder: str, document: str, **variables: object) -> Any:
    """The data of an answer without errors."""
    data, codes = await answered(store, holder, document, **variables)
    assert codes == []
    return data
