"""What a request knows: the store, the day, who asks and in which language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry

from graph.compiler.binding import Asking
from graph.compiler.visibility import EVERYTHING, Visibility
from graph.errors import Language

if TYPE_CHECKING:
    from graph.store import Store
    from recommender.rules import Rules


@strawberry.enum(name="Language", description="Language of labels and messages. 中文：语言")
class Tongue(Enum):
    """Language of labels and messages."""

    ZH = strawberry.enum_value("zh", description="Chinese. 中文：中文")
    EN = strawberry.enum_value("en", description="English. 中文：英文")


@dataclass(frozen=True, slots=True)
class Context:
    """One request's surroundings. `now` is the UTC instant "YYYY-MM-DDTHH:MM:SSZ", `today` the local day.

    `secret` signs cursors; `rules` is the rule set in force; `loaders` gathers the ids that one operation
    asks for.
    """

    store: Store
    today: date
    language: Language
    secret: bytes
    request_id: str
    actor: str
    now: str
    rules: Rules
    visibility: Visibility = EVERYTHING
    loaders: dict[object, Any] = field(default_factory=dict)

    def asking(self) -> Asking:
        """What the compiler needs of this context."""
        return Asking(self.store.read, self.today, self.secret, self.visibility, {"lang": self.tongue})

    @property
    def tongue(self) -> Tongue:
        """The asker's language, as `lang` would name it."""
        return Tongue(self.language)
