"""Documents asked as somebody, of the whole graph by the compiled schema, of the reduced graph by the oracle."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graph.access.viewer import Viewer, load_viewer
from graph.store import Store
from schema.kit.context import Context
from schema.kit.documents.limits import Limits
from schema.root import schema
from tests.access.expected import views
from tests.nonleak.counties import HOLDERS, TODAY
from tests.nonleak.reduced import reduced, world_of
from tests.nonleak.roles import hidden_from, roles_of
from tests.nonleak.sighted import DECLARED, SIGHTED, Hides
from tests.oracle.campaign import Campaign
from tests.oracle.differ import Cursors
from tests.oracle.documents import Ground
from tests.oracle.graph import Graph, Rows, graph_of
from tests.oracle.listing import CURSOR
from tests.oracle.plain import Answer, Surroundings
from tests.oracle.refusals import in_english
from tests.oracle.values import Pool

_REQUEST = "r-1"
_WIDE = Limits(fields=5_000, objects=5_000, root_fields=500)
"""What is asked at once here nobody could ask at once."""
_BY_MAC = 12
"""How many bytes of a cursor sign it; the keys of its node follow."""
_LABELS = {name: SIGHTED.plain.kinds.label(name) for name in (*DECLARED.kinds, "Person")}


class ReadCursors(Cursors):
    """Cursors that stand for one another only if they hold the same keys: a hidden key would be read there."""

    def pair(self, compiled: Any, plain: str) -> bool:
        """Whether these two may stand for each other."""
        return super().pair(compiled, plain) and _keys(compiled) == json.loads(plain.removeprefix(CURSOR))[1]


def _keys(cursor: str) -> Any:
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    return json.loads(raw[_BY_MAC:])


@dataclass(slots=True)
class SightedCampaign(Campaign):
    """A campaign in the name of a viewer: its `graph` is what he sees, `whole` is everything."""

    whole: Graph = field(default_factory=Graph)
    viewer: Viewer = field(default_factory=lambda: Viewer("nobody"))
    hides: Hides = field(default=lambda label, name: False)

    def again(self) -> SightedCampaign:
        """The same campaign before anything was asked; what the oracle answered is kept."""
        return replace(self, cursors=ReadCursors(), seen=Counter(), executions=0)

    async def with_viewer_read_anew(self) -> SightedCampaign:
        """The same campaign, its viewer as the rules of this moment reach."""
        return replace(self, viewer=await load_viewer(self.store.read, self.viewer.holder, self.today))

    def ground(self) -> Ground:
        """Documents that name, beside what he sees, what he does not, and what a researcher would see."""
        pool = Pool.of(self.whole, _LABELS)
        ids = {label: [*own, *_pseudonyms(self.whole, label)] for label, own in pool.ids.items()}
        return Ground(SIGHTED.plain.schema, DECLARED, replace(pool, ids=ids), self.with_tallies)

    def plain(self, text: str, variables: dict[str, Any], language: str) -> tuple[Answer, Answer]:
        """What the reduced graph answers."""
        key = (text, repr(variables), language)
        if key not in self._kept:
            self._kept[key] = found = self._answers(text, variables, language, self.graph, self.hides)
            self.seen["hidden matters"] += self._is_changed(text, variables, language, found[0])
        return self._kept[key]

    def _answers(
        self, text: str, variables: dict[str, Any], language: str, graph: Graph, hides: Hides | None
    ) -> tuple[Answer, Answer]:
        around = Surroundings(graph, self.today.isoformat(), language, _REQUEST)
        if text not in self._checked:
            self._checked[text] = SIGHTED.plain.check(text)
        return SIGHTED.answers(self._checked[text], variables, around, hides)

    def _is_changed(self, text: str, variables: dict[str, Any], language: str, found: Answer) -> bool:
        """Whether the whole graph answers otherwise: only then can anything leak."""
        return self._answers(text, variables, language, self.whole, None)[0] != found

    async def _compiled(self, text: str, variables: dict[str, Any], language: str) -> Answer:
        """The answer of the ordinary way; what the short way answers beside it must be the same data."""
        result = await schema.execute(text, variable_values=variables, context_value=self.context(language))
        errors = [in_english(dict(error.formatted)) for error in result.errors or ()]
        short = await schema.lane.answer(text, None, variables, self.context(language))
        if short is not None:
            self.seen["short"] += 1
            if errors or short != result.data:
                errors.append({"message": f"the short way answers {short}", "extensions": {"code": "SHORT"}})
        return Answer(result.data, errors)

    def context(self, language: str) -> Context:
        """A request in his name."""
        return replace(Campaign._context(self, language), viewer=self.viewer, limits=_WIDE)


def _pseudonyms(graph: Graph, label: str) -> Iterator[str]:
    return (node.properties["pseudonym"] for node in graph.labelled(label) if "pseudonym" in node.properties)


async def campaigns(store: Store, rows: Rows) -> Mapping[str, SightedCampaign]:
    """A campaign for each holder over the rows, which the store holds."""
    world, whole, today = world_of(rows), graph_of(rows), TODAY.isoformat()
    found: dict[str, SightedCampaign] = {}
    checked: dict[str, Any] = {}
    for holder in HOLDERS:
        roles = roles_of(world, holder, today)
        seen = reduced(rows, views(world, roles, today, holder))
        viewer = await load_viewer(store.read, holder, TODAY)
        found[holder] = SightedCampaign(
            store, graph_of(seen), TODAY, ReadCursors(),
            whole=whole, viewer=viewer, hides=hidden_from(roles), _checked=checked,
        )  # fmt: skip
    return found
