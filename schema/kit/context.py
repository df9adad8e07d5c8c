"""What a request knows: the store, the day, who asks and in which language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry

from graph.access.sight import sight_of
from graph.access.viewer import Viewer
from graph.compiler.asking import Asking
from graph.compiler.visibility import Visibility
from graph.errors import Language
from schema.kit.documents.limits import Limits

if TYPE_CHECKING:
    from graph.store import Store
    from recommender.rules import Rules


@strawberry.enum(name="Language", description="Language of labels and messages. 中文：语言")
class Tongue(Enum):
    """Language of labels and messages."""

    ZH = strawberry.enum_value("zh", description="Chinese. 中文：中文")
    EN = strawberry.enum_value("en", description="English. 中文：英文")


@dataclass(frozen=True, slots=True)
class TracedRead:
    """A statement of the compiler as it was sent, and how many values stood in its answer's lists."""

    cypher: str
    rows: int


@dataclass(frozen=True, slots=True)
class Context:
    """One request's surroundings. `now` is the UTC instant "YYYY-MM-DDTHH:MM:SSZ", `today` the local day.

    `secret` signs cursors; `rules` is the rule set in force; `loaders` gathers the ids that one operation
    asks for; `viewer` is who asks, with his roles, and `visibility` what he sees by them; `limits` is the most
    that a document may ask for. A `trace` keeps the compiler's statements of a request that asked to be explained.
    """

    store: Store
    today: date
    language: Language
    secret: bytes
    request_id: str
    actor: str
    now: str
    rules: Rules
    viewer: Viewer
    visibility: Visibility = field(init=False)
    loaders: dict[object, Any] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    trace: list[TracedRead] | None = None

    def __post_init__(self) -> None:
        """What is seen follows from who sees: nobody can say one and forget the other."""
        object.__setattr__(self, "visibility", sight_of(self.viewer, self.today))

    def asking(self) -> Asking:
        """What the compiler needs of this context."""
        read = self.store.read if self.trace is None else self._read_traced
        return Asking(read, self.today, self.secret, self.visibility, {"lang": self.tongue})

    async def _read_traced(self, statement: str, /, **parameters: object) -> list[dict[str, object]]:
        found = await self.store.read(statement, **parameters)
        lists = (value for row in found for value in row.values())
        assert self.trace is not None
        self.trace.append(
            TracedRead(statement, sum(len(each) if isinstance(each, list) else 1 for each in lists))
        )
        return found

    @property
    def tongue(self) -> Tongue:
        """The asker's language, as `lang` would name it."""
        return Tongue(self.language)
