"""SIGTERM in the middle of the work: exit 0 within 10 s, no lease held, nothing lost or repeated."""

import os
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.delivery.fleet import Fleet, fleet, plan, states
from tests.delivery.loopback import Loopback, Manners

RESTARTS = 10
MANY = 600


def _leases(database: str, owner: str) -> int:
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"), timeout=60)) as connection:
        [(held,)] = connection.execute(
            "SELECT count(*) FROM deliveries WHERE lease_owner = ?", [owner]
        ).fetchall()
    return int(held)


async def _stop(running: Fleet) -> tuple[int, float]:
    """End the one worker with SIGTERM; return its exit code and the seconds it took."""
    begun = time.monotonic()
    os.kill(running.workers.pop(), signal.SIGTERM)
    code = await running.ended()
    return code, time.monotonic() - begun


async def test_it_ends_in_time_though_the_database_is_locked(tmp_path: Path) -> None:
    """And what it said before that is said no second time, though its outcomes were not stored."""
    database = f"sqlite:///{tmp_path / 'matinee.db'}"
    await plan(database, MANY)
    loopback = Loopback(Manners(drops=0, delays=0, key_memory=0))
    async with loopback.serving(), fleet(database, loopback.port, 1, "--lease", "5") as running:
        await loopback.reaches(MANY // 10)
        with closing(sqlite3.connect(tmp_path / "matinee.db", timeout=60)) as other:
            other.execute("BEGIN IMMEDIATE")
            code, seconds = await _stop(running)
            other.rollback()
        print(f"SIGTERM to exit, locked: {seconds:.2f} s")  # noqa: T201 - the figure, with -s
        assert code == 0
        assert seconds < 10
        await running.start()
        await loopback.reaches(MANY)
        while states(database)["sent"] < MANY:
            await loopback.moment()
    assert (len(loopback.shown), loopback.repeats) == (MANY, 0)


async def test_ten_restarts_under_load(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'matinee.db'}"
    await plan(database, MANY)
    loopback = Loopback(Manners(drops=0.02, delay=0.3, key_memory=60))
    took = []
    async with loopback.serving(), fleet(database, loopback.port, 1, "--lease", "5") as running:
        for restart in range(1, RESTARTS + 1):
            await loopback.reaches(MANY * restart // (RESTARTS + 2))
            code, seconds = await _stop(running)
            assert code == 0
            assert _leases(database, f"worker{restart}") == 0
            took.append(seconds)
            await running.start()
        await loopback.reaches(MANY)
        while states(database)["sent"] < MANY:
            await loopback.moment()
    print(f"SIGTERM to exit: at most {max(took):.2f} s")  # noqa: T201 - the figure, with -s
    assert max(took) < 10
    assert (len(loopback.shown), loopback.repeats) == (MANY, 0)
