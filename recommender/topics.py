"""The topic tree as arithmetic: lines of ancestors, subtrees, distances in steps."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from graph.model.needs import Topic


class TopicTree:
    """The hierarchy of topics; a topic whose parent is missing counts as a root, a loop is cut."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics = {each.id: each for each in sorted(topics, key=lambda each: each.id)}
        self.index = {name: place for place, name in enumerate(self.topics)}
        self._lines = {name: self._climb(name) for name in self.topics}

    def __contains__(self, topic: str) -> bool:
        return topic in self.topics

    def line(self, topic: str) -> tuple[str, ...]:
        """The topic, its parent and so on to the root; the topic alone when it is unknown."""
        return self._lines.get(topic, (topic,))

    def is_within(self, topic: str, wider: str) -> bool:
        """Whether `topic` is `wider` or lies somewhere under it."""
        return wider in self.line(topic)

    def distance(self, one: str, other: str) -> int | None:
        """Steps along the tree between two topics; None when they share no root."""
        mine, theirs = self.line(one), self.line(other)
        shared = next((name for name in mine if name in theirs), None)
        return None if shared is None else mine.index(shared) + theirs.index(shared)

    def name(self, topic: str) -> tuple[str, str]:
        """The name in Chinese and in English (the Chinese one where there is no English)."""
        known = self.topics.get(topic)
        return (topic, topic) if known is None else (known.name, known.name_en or known.name)

    def distances(self) -> NDArray[np.float64]:
        """Steps between every two topics (topics x topics, in `index` order); inf across roots."""
        size = len(self.topics)
        steps = np.full((size, size), np.inf)
        for one, row in self.index.items():
            for other, place in self.index.items():
                found = self.distance(one, other)
                if found is not None:
                    steps[row, place] = found
        return steps

    def _climb(self, topic: str) -> tuple[str, ...]:
        line = [topic]
        parent = self.topics[topic].parent
        while parent is not None and parent in self.topics and parent not in line:
            line.append(parent)
            parent = self.topics[parent].parent
        return tuple(line)
