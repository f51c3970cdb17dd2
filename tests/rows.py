"""Rows of a database as they are stored, whichever engine keeps it: past all roles and policies."""

import sqlite3
from contextlib import closing
from typing import Any

import psycopg

Stored = list[tuple[Any, ...]]


def stored(database: str, query: str) -> Stored:
    """Return the rows of a query."""
    if database.startswith("sqlite"):
        path = database.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, timeout=60)) as connection:
            return connection.execute(query).fetchall()
    with psycopg.connect(database.replace("//matinee@", "//postgres@")) as server:
        return server.execute(query.encode()).fetchall()
