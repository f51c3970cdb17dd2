"""A bounded memory of vectors that are costly to make and never change."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from numpy.typing import NDArray


@dataclass(slots=True)
class Memory:
    """Keeps the vectors asked for last, as many as fit into `limit` bytes; threads may share it."""

    limit: int = 96 << 20
    _held: OrderedDict[int, NDArray[np.float32]] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: int) -> NDArray[np.float32] | None:
        """Return a vector if it is still there."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def put(self, key: int, vector: NDArray[np.float32]) -> None:
        """Keep a vector, and let the one longest unused go where there is no room."""
        vector.flags.writeable = False
        with self._lock:
            if key in self._held:
                return
            self._held[key] = vector
            self._bytes += vector.nbytes
            while self._bytes > self.limit and len(self._held) > 1:
                self._bytes -= self._held.popitem(last=False)[1].nbytes
