"""Column types: how values of the core are stored. One definition serves every engine."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import REAL, BigInteger, Boolean, Dialect, Double, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.transfer.serial import entry_from_json, entry_to_json

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class As(TypeDecorator[Any]):
    """A value of the core, stored as a plainer one; NULL is None."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = Text
    cache_ok = True
    coerce_to_is_types = (type(None), bool)
    """`IS` takes these as words of SQL: PostgreSQL knows no bound value there."""

    def __init__(
        self,
        form: TypeEngine[Any],
        write: Callable[[Any], object],
        read: Callable[[Any], object],
    ) -> None:
        """Take the column's type, and the functions that write and read a value."""
        super().__init__()
        self.impl = form
        self.form = form
        self.write = write
        self.read = read

    def process_bind_param(self, value: object, dialect: Dialect) -> object:  # noqa: ARG002 - SQLAlchemy's signature
        """Write a value."""
        return None if value is None else self.write(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], object]:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the function that reads a value; called for every value, so nothing wraps it."""
        read = self.read
        return lambda value: None if value is None else read(value)


def _microseconds(instant: datetime) -> int:
    if instant.tzinfo is None:
        raise ValueError(f"{instant} names no time zone; instants are stored in UTC")
    return (instant - EPOCH) // _MICROSECOND


# SQLite's STRICT tables have INTEGER for whole numbers of any size, and no BOOLEAN.
_WIDE = BigInteger().with_variant(Integer(), "sqlite")
_TRUTH = Boolean().with_variant(Integer(), "sqlite")

INSTANT = As(_WIDE, _microseconds, lambda count: EPOCH + count * _MICROSECOND)
"""Aware instant, as whole microseconds since 1970 UTC; ValueError for a naive one."""

SPAN = As(_WIDE, lambda span: span // _MICROSECOND, lambda count: count * _MICROSECOND)
"""Length of time, as whole microseconds."""

DAY = As(Text(), date.isoformat, date.fromisoformat)
"""Local day, as ISO text, which sorts as days do."""

HOUR = As(Text(), time.isoformat, time.fromisoformat)
"""Local time of day, as ISO text."""

FLAG = As(_TRUTH, bool, bool)
"""Boolean, as 0 or 1 where the engine has no such type."""

FRACTION = As(Double().with_variant(REAL(), "sqlite"), float, float)
"""Fraction, as a double."""

WORDS = As(
    Text(),
    lambda words: json.dumps(words, ensure_ascii=False),
    lambda written: tuple(json.loads(written)),
)
"""Tuple of texts, as a JSON list."""


LEVELS = As(
    Text(),
    lambda levels: json.dumps(dict(levels), ensure_ascii=False),
    json.loads,
)
"""Whole number for each of some films, as a JSON object."""


REASONS = As(Text(), LEVELS.write, json.loads)
"""Text for each of some films, as a JSON object."""


ENTRY = As(
    Text(),
    lambda entry: json.dumps(entry_to_json(entry), ensure_ascii=False),
    lambda written: entry_from_json(json.loads(written)),
)
"""Entry of an import, as a JSON object without what is empty."""


def choice(choices: type[StrEnum]) -> As:
    """Return the type of an enumeration's member, stored as its text."""
    return As(Text(), lambda value: choices(value).value, choices)


class Owner(TypeDecorator[Any]):
    """Club that owns a film. None is stored as the empty text, since a key cannot hold NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> object:  # noqa: ARG002 - SQLAlchemy's signature
        """Write None as the empty text."""
        return value or ""

    def process_result_value(self, value: object, dialect: Dialect) -> object:  # noqa: ARG002 - SQLAlchemy's signature
        """Read the empty text as None."""
        return value or None
