"""The steps of the schema lead to the schema, and a failed one leaves nothing."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Inspector, create_engine, inspect
from sqlalchemy.pool import NullPool

from db.migrations import SCHEMA, bring_up_to_date
from db.migrations.run import configuration, pending
from db.schema import metadata


def _shape(path: Path) -> dict[str, list[str]]:
    """Return each table's and index's definition, piece by piece in order of the alphabet."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: _pieces(sql) for name, sql in rows if name != "alembic_version"}


def _pieces(sql: str) -> list[str]:
    return sorted(re.split(r",\s*", re.sub(r"\s+", " ", sql)))


def test_the_steps_lead_to_the_schema(migrated: Path, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'made.db'}", poolclass=NullPool)
    metadata.create_all(engine)
    assert _shape(migrated) == _shape(tmp_path / "made.db")


def test_every_table_is_strict(migrated: Path) -> None:
    with closing(sqlite3.connect(migrated)) as connection:
        tables = connection.execute("PRAGMA table_list").fetchall()
    loose = {name for _, name, _, _, _, strict in tables if not strict}
    assert {name for name in loose if not name.startswith("sqlite_")} == {"alembic_version"}


def test_the_steps_are_numbered_and_the_last_is_known() -> None:
    script = ScriptDirectory.from_config(configuration())
    steps = [step.revision for step in reversed(list(script.walk_revisions()))]
    assert len(set(steps)) == len(steps)
    assert all(len(step) == 4 and step.isdecimal() for step in steps)
    assert steps[-1] == SCHEMA == script.get_current_head()


def test_each_step_only_expands(tmp_path: Path) -> None:
    """So that a process of the former version, which knows nothing of a step, goes on working after it."""
    script = ScriptDirectory.from_config(configuration())
    engine = create_engine(f"sqlite:///{tmp_path / 'matinee.db'}", poolclass=NullPool)
    before: dict[str, _Table] = {}
    for step in reversed(list(script.walk_revisions())):
        with engine.begin() as connection:
            command.upgrade(configuration(connection), step.revision)
            now = _tables(connection)
        for name, table in before.items():
            assert name in now, f"{step.revision} takes {name} away"
            assert now[name].suits(table), f"{step.revision} narrows {name}"
        before = now


def test_what_a_step_may_not_do_is_seen(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}", poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE t (a INTEGER NOT NULL, b TEXT, c TEXT DEFAULT 'x')"
        )
        former = _tables(connection)["t"]
        assert former.suits(former)
        for step in (
            "ALTER TABLE t DROP COLUMN b",
            "ALTER TABLE t RENAME COLUMN b TO d",
            "CREATE UNIQUE INDEX u ON t (b)",
        ):
            with connection.begin_nested() as tried:
                connection.exec_driver_sql(step)
                assert not _tables(connection)["t"].suits(former), step
                tried.rollback()
        connection.exec_driver_sql("ALTER TABLE t ADD COLUMN d TEXT NOT NULL DEFAULT 'y'")
        connection.exec_driver_sql("CREATE INDEX i ON t (b)")
        wider = _tables(connection)["t"]
        assert wider.suits(former)
        assert not former.suits(wider)
        connection.exec_driver_sql("CREATE TABLE s (a INTEGER NOT NULL, b TEXT NOT NULL, c TEXT)")
        assert not _tables(connection)["s"].suits(former)
        connection.exec_driver_sql(
            "CREATE TABLE r (a INTEGER NOT NULL, b TEXT, c TEXT, d TEXT NOT NULL)"
        )
        assert not _tables(connection)["r"].suits(former)


@dataclass(frozen=True, slots=True)
class _Table:
    """Columns with their types and whether rows may lack them; what must be unique, and refer to others."""

    columns: dict[str, tuple[str, bool]]
    rules: frozenset[str]

    def suits(self, former: "_Table") -> bool:
        """Return whether statements written for the former table work on this one."""
        kept = {name: self.columns.get(name) for name in former.columns} == former.columns
        new = [
            optional for name, (_, optional) in self.columns.items() if name not in former.columns
        ]
        return kept and all(new) and self.rules == former.rules


def _tables(connection: Connection) -> dict[str, _Table]:
    look = inspect(connection)
    return {name: _table(look, name) for name in look.get_table_names()}


def _table(look: Inspector, name: str) -> _Table:
    columns = {
        each["name"]: (str(each["type"]), bool(each["nullable"]) or each["default"] is not None)
        for each in look.get_columns(name)
    }
    unique = [
        sorted(map(str, each["column_names"])) for each in look.get_indexes(name) if each["unique"]
    ]
    unique += [sorted(map(str, each["column_names"])) for each in look.get_unique_constraints(name)]
    keys = look.get_pk_constraint(name)["constrained_columns"]
    foreign = [
        (each["constrained_columns"], each["referred_table"])
        for each in look.get_foreign_keys(name)
    ]
    checks = [each["sqltext"] for each in look.get_check_constraints(name)]
    return _Table(columns, frozenset(map(repr, [*unique, keys, *foreign, *checks])))


def test_a_database_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "matinee.db"
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0001")
        for state, attempts in (("sent", 2), ("planned", 0)):
            connection.exec_driver_sql(
                "INSERT INTO deliveries (delivery_id, club_id, purpose, subject, place, due_at,"
                " state, attempts) VALUES (?1, 'c', 'reminder', ?1, 'p', 7, ?1, ?2)",
                (state, attempts),
            )
    told: list[tuple[int, int]] = []
    with engine.begin() as connection:
        bring_up_to_date(connection, lambda _, done, total: told.append((done, total)))
    steps = len(pending("0001"))
    assert told == [(done, steps) for done in range(steps + 1)]
    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute("SELECT delivery_id, tried_at FROM deliveries ORDER BY 1").fetchall()
        version = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    assert (rows, version) == ([("planned", None), ("sent", 7)], (SCHEMA,))


def test_clubs_and_reminders_from_before_keep_their_ways(tmp_path: Path) -> None:
    path = tmp_path / "matinee.db"
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0003")
        connection.exec_driver_sql(
            "INSERT INTO clubs VALUES ('c', '', 'GB', 'Europe/London', '09:00:00', NULL, 'fold', 1, 0)"
        )
        connection.exec_driver_sql(
            "INSERT INTO reminders VALUES ('c', 'r', 'm', 'f', 'GB', 'cinema', 'p', 7, 1, 0, NULL,"
            " NULL, 'waiting')"
        )
    with engine.begin() as connection:
        bring_up_to_date(connection)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT weekly FROM clubs").fetchall() == [(0,)]
        assert raw.execute("SELECT fixed FROM reminders").fetchall() == [(0,)]


def test_a_step_that_fails_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "matinee.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        engine = create_engine("sqlite://", creator=lambda: raw, poolclass=NullPool)

        def fail(connection: Connection) -> None:
            bring_up_to_date(connection)
            raise LookupError

        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            with pytest.raises(LookupError):
                fail(connection)
            connection.exec_driver_sql("ROLLBACK")
    assert _shape(path) == {}


def _columns(names: Iterable[str]) -> set[tuple[str, str]]:
    return {
        (table, name)
        for table in metadata.tables
        for name in names
        if name in metadata.tables[table].c
    }


def test_whoever_names_a_member_calls_it_member_id() -> None:
    assert {table for table, _ in _columns(["member_id"])} == {
        "drafts",
        "followed_entries",
        "follows",
        "imports",
        "marks",
        "members",
        "moderation_acts",
        "night_guests",
        "nights",
        "nominations",
        "reminders",
        "review_versions",
        "reviews",
        "web_keys",
    }
    assert _columns(["author", "author_id", "user", "user_id", "member", "owner"]) == set()


def test_every_table_of_clubs_has_the_club_in_a_key() -> None:
    tables = [table for table in metadata.tables.values() if "club_id" in table.c]
    others = {name for name, table in metadata.tables.items() if table not in tables}
    # Paces of hosts, digests of the catalogue's sources, installations of all workspaces, processes.
    assert others == {"feed_hosts", "shelf", "installations", "install_states", "connections"}
    for table in tables:
        keys = [table.primary_key.columns.keys()]
        keys += [each.columns.keys() for each in table.indexes if each.unique]
        assert any("club_id" in key for key in keys), table.name
