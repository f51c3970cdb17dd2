"""Cost of a claim: it reads at most four rows for each one it may take, however many exist."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.pool import NullPool

from db.engines.open import open_store
from db.outbox import claims as claiming
from tests.db.make import LEASE, NOON
from tests.db.test_queries import _recorded

BATCH = 10

# Half are done, a quarter is due, a quarter is far off; over `clubs` clubs.
_CROWD = """
BEGIN;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {many} - 1)
INSERT INTO deliveries
    (delivery_id, club_id, purpose, subject, place, due_at, state, attempts, ready_at)
SELECT 'd' || i, 'c' || (i / 4 % {clubs}), 'reminder', 's' || i, 'p', {now},
    CASE WHEN i % 4 < 2 THEN 'sent' ELSE 'planned' END, 0,
    CASE WHEN i % 4 < 2 THEN NULL WHEN i % 4 = 2 THEN {now} - i ELSE {now} + 3600000000 + i END
FROM n;
INSERT INTO turns SELECT club_id, min(ready_at), 0 FROM deliveries
    WHERE ready_at IS NOT NULL GROUP BY club_id;
COMMIT;
"""


@contextmanager
def _raw(database: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
        yield connection


def _crowd(database: str, many: int, clubs: int) -> None:
    now = int(NOON.timestamp() * 1e6)
    with _raw(database) as connection:
        connection.executescript(_CROWD.format(many=many, clubs=clubs, now=now))


def _rows_read(database: str, clubs: list[str]) -> int:
    """Count the candidates that a claim for these clubs weighs."""
    counting = select(func.count()).select_from(claiming._candidates)
    values = {"clubs": clubs, "of_each": -(-3 * BATCH // len(clubs)), "now": NOON}
    engine = create_engine(database, poolclass=NullPool)
    with engine.connect() as connection:
        asked = counting.execution_options(across_clubs=True)
        return int(connection.execute(asked, values).scalar_one())


def _plans(database: str, ran: list[tuple[str, object]]) -> list[str]:
    with _raw(database) as connection:
        return [
            row[3]
            for statement, values in ran
            if "deliveries" in statement or "turns" in statement
            for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]  # as recorded
        ]


async def _judge(database: str, many: int) -> None:
    for clubs in (1, 3, 7, 9, 10, 50):
        with _raw(database) as connection:
            connection.executescript("DELETE FROM deliveries; DELETE FROM turns;")
        _crowd(database, many, clubs)
        picked = [f"c{number}" for number in range(min(clubs, BATCH))]
        assert BATCH <= _rows_read(database, picked) <= 4 * BATCH
    store = await open_store(database)
    with _recorded() as ran:
        assert len(await store.outbox.claim("me", NOON, LEASE, BATCH)) == BATCH
    await store.close()
    plans = _plans(database, ran)
    assert not [each for each in plans if each.startswith("SCAN") and "deliveries" in each]
    assert [each for each in plans if "ix_deliveries_ready (club_id=? AND ready_at<?)" in each]


async def test_a_claim_reads_at_most_four_times_its_batch(database: str) -> None:
    await _judge(database, 20_000)


@pytest.mark.long
async def test_a_claim_among_a_million_reads_no_more(database: str, tmp_path: Path) -> None:
    del tmp_path
    await _judge(database, 1_000_000)
