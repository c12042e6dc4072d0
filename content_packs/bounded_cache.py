"""A memory of what was used last, bounded in bytes; threads may share it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """Keeps at most `limit` bytes, as their sizes are told to it; what was used longest ago goes first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.size = 0
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Value | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """Keep `value`, of `size` bytes; one that is larger than everything is not kept."""
        with self._lock:
            self._drop(key)
            if size > self._limit:
                return
            self._kept[key] = (value, size)
            self.size += size
            self._make_room()

    def resize(self, limit: int) -> None:
        """Take another bound, in bytes, from now on."""
        with self._lock:
            self._limit = limit
            self._make_room()

    def _make_room(self) -> None:
        while self.size > self._limit:
            self.size -= self._kept.popitem(last=False)[1][1]

    def _drop(self, key: Key) -> None:
        if key in self._kept:
            self.size -= self._kept.pop(key)[1]

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.size = 0
