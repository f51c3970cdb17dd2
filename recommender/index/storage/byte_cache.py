"""Cache of values that tell their size, bounded in bytes."""

from collections.abc import Callable, Hashable
from operator import attrgetter
from threading import Lock
from typing import Protocol, TypeVar, cast

from cachetools import LRUCache


class Sized(Protocol):
    """Value that tells its size."""

    @property
    def nbytes(self) -> int:
        """Bytes that it holds."""


Cached = TypeVar("Cached", bound=Sized)


class ByteCache:
    """Cache of the values used last, of at most so many bytes; safe across threads."""

    def __init__(self, most: int) -> None:
        self._values: LRUCache[Hashable, Sized] = LRUCache(most, attrgetter("nbytes"))
        self._lock = Lock()

    def get(self, key: Hashable, compute: Callable[[], Cached]) -> Cached:
        """Return a value, computed if missing, which nobody may change.

        Two threads may compute the same value at once; one too large for the cache is not kept.
        """
        with self._lock:
            found = self._values.get(key)
        if found is not None:
            return cast("Cached", found)
        computed = compute()
        if computed.nbytes <= self._values.maxsize:
            with self._lock:
                self._values[key] = computed
        return computed
