"""Declaring of tables: the metadata that holds them all, and short forms of columns, keys and indexes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Column,
    Constraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
    text,
)
from sqlalchemy.types import TypeEngine

from db.column_types import FLAG

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def must(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]] = Text) -> Column[Any]:
    """Return a column that always holds a value."""
    return Column(name, kind, nullable=False)


def may(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]] = Text) -> Column[Any]:
    """Return a column that may hold NULL."""
    return Column(name, kind, nullable=True)


def later(name: str, kind: TypeEngine[Any], default: str = "0") -> Column[Any]:
    """Return a column that a later migration added, with the value of rows that existed before."""
    value = false() if kind is FLAG else text(default)
    return Column(name, kind, nullable=False, server_default=value)


def table(name: str, key: Sequence[str], *items: Column[Any] | Constraint | Index) -> Table:
    """Return a table with its primary key."""
    return Table(name, metadata, *items, PrimaryKeyConstraint(*key), sqlite_strict=True)


def unique_where(name: str, condition: str, *columns: str) -> Index:
    """Return a unique index of the rows that meet a condition (SQL)."""
    where = text(condition)
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


def index_where(name: str, condition: str, *columns: str) -> Index:
    """Return an index of the rows that meet a condition (SQL)."""
    where = text(condition)
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)
