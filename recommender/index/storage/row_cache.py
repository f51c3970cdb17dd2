"""Cache of values derived from single rows of an index."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar, cast

Index = TypeVar("Index")
Value = TypeVar("Value")

MOST_CACHED = 64
"""Films of which a derived value is cached, if nothing else is said."""


@dataclass(slots=True)
class RowCache:
    """Derived values by kind and row. Plain dicts, cleared when full: an LRU's bookkeeping would show."""

    _tables: dict[Hashable, dict[int, object]] = field(default_factory=dict)

    def get(self, read: Callable[[Index, int], Value], index: Index, row: int, most: int) -> Value:
        """Return what `read` derives from a row, cached or anew; `most` rows are kept of each `read`."""
        table = self._tables.setdefault(read, {})
        if row in table:
            return cast("Value", table[row])
        if len(table) >= most:
            table.clear()
        found = table[row] = read(index, row)
        return found

    def drop(self, rows: Iterable[int]) -> None:
        """Drop all values of some rows."""
        for row in rows:
            for table in self._tables.values():
                table.pop(row, None)

    def clear(self) -> None:
        """Drop all values."""
        self._tables.clear()
