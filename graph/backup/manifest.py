"""What a backup says of itself: when and from what it was made, how much is in it, what its hashes are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from graph.causes import cause_of

FORMAT = 1
"""The number of the archive's form; one that is higher was written by a newer version."""


MANIFEST, NODES, RELATIONSHIPS = "manifest.json", "nodes.jsonl", "relationships.jsonl"
"""The files inside the archive."""


class NotAManifest(ValueError):
    """The bytes are no manifest of the form that its number promises; `cause` says why, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.cause = f"{MANIFEST}：{zh}", f"{MANIFEST}: {en}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """One backup's description.

    `layout` is the store's last migration, `version` how many writes the graph had seen, `made_at` a UTC
    instant; `nodes` counts by label, `relationships` by kind. `members` holds the SHA-256 of each file
    inside. `unread` is 0 but for what was saved from a damaged store: how many records its engine counted
    and could not read.
    """

    layout: int
    version: int
    made_at: str
    nodes: Mapping[str, int]
    relationships: Mapping[str, int]
    members: Mapping[str, str] = field(default_factory=dict)
    unread: int = 0
    format: int = FORMAT

    @property
    def node_count(self) -> int:
        """Nodes of all labels."""
        return sum(self.nodes.values())

    @property
    def relationship_count(self) -> int:
        """Relationships of all kinds."""
        return sum(self.relationships.values())

    def written(self) -> bytes:
        """The manifest as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Manifest:
        """The manifest that `written` made; one of a newer form holds its number alone.

        Raises: NotAManifest.
        """
        try:
            values = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise NotAManifest(*cause_of(error)) from error
        match values:
            case {"format": int(number)} if number > FORMAT:
                return cls(0, 0, "", {}, {}, format=number)
            case {
                "format": int(number),
                "layout": int(layout),
                "version": int(version),
                "made_at": str(made_at),
                "nodes": dict(nodes),
                "relationships": dict(relationships),
                "members": dict(members),
                "unread": int(unread),
            }:
                return cls(layout, version, made_at, nodes, relationships, members, unread, number)
        raise NotAManifest("缺少字段", "fields are missing")
