"""Who calls a use case, and when."""

from __future__ import annotations

import hashlib
import json
from dataclasses import KW_ONLY, asdict, dataclass, is_dataclass
from datetime import UTC, date, datetime

from graph.access.sight import sight_of
from graph.access.viewer import Viewer, administrator
from graph.compiler.visibility import Visibility
from graph.writing import Command


@dataclass(frozen=True, slots=True)
class Caller:
    """The actor of a use case; `today` is the office's day, `at` the instant (UTC) for the audit.

    `key` makes a repeated call answer as the first one did, with nothing written twice. `viewer` is the
    actor with his roles: he may write what they allow.
    """

    actor: str
    at: datetime
    today: date
    key: str | None = None
    _: KW_ONLY
    viewer: Viewer

    @classmethod
    def administering(cls, actor: str, at: datetime, today: date, key: str | None = None) -> Caller:
        """A caller to whom everything is open: what the service's own machine does."""
        return cls(actor, at, today, key, viewer=administrator(actor))

    @property
    def sight(self) -> Visibility:
        """What he sees: what his input names is looked up under it."""
        return sight_of(self.viewer, self.today)

    def command(self, action: str, wish: object) -> Command:
        """The command for the one write path; `wish` is the whole input, to tell two inputs apart."""
        told = asdict(wish) if is_dataclass(wish) and not isinstance(wish, type) else wish
        text = json.dumps(told, default=str, ensure_ascii=False, sort_keys=True)
        fingerprint = hashlib.sha256(f"{action}\n{text}".encode()).hexdigest()[:32]
        # Keys are an actor's and an action's own: two clients may happen to choose the same one.
        key = None if self.key is None else _hash(json.dumps([self.actor, action, self.key]))
        return Command(action, self.actor, self.at.astimezone(UTC), key, fingerprint)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
