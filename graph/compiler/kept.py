"""A bounded memory of what is dear to make."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable


class Kept[K: Hashable, V]:
    """Values by key, at most so many: the least recently used one goes. No value is None."""

    def __init__(self, most: int) -> None:
        self._values: OrderedDict[K, V] = OrderedDict()
        self._most = most

    def __len__(self) -> int:
        return len(self._values)

    def values(self) -> list[V]:
        """What is kept, the least recently used first."""
        return list(self._values.values())

    def find(self, key: K) -> V | None:
        """The value under the key, or None."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def keep(self, key: K, value: V) -> V:
        """The value, from now on under the key."""
        self._values[key] = value
        if len(self._values) > self._most:
            self._values.popitem(last=False)
        return value

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value under the key, made where there is none."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
            return value
        return self.keep(key, make())
