"""SIGTERM in the middle of the work: exit 0 within 10 s, no lease held, nothing lost or repeated."""

import os
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.delivery.fleet import Fleet, fleet, plan, states
from tests.delivery.loopback import Loopback, Manners
from tests.rows import stored

MANY = 600


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.long)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database on each engine in turn."""
    if request.param == "file":
        return f"sqlite:///{tmp_path / 'matinee.db'}"
    url: str = request.getfixturevalue("server_database")
    return url


def _lease_owners(database: str) -> set[str]:
    query = "SELECT DISTINCT lease_owner FROM deliveries WHERE lease_owner IS NOT NULL"
    return {owner for (owner,) in stored(database, query)}


async def _stop(running: Fleet) -> tuple[int, float]:
    """End the one worker with SIGTERM; return its exit code and the seconds it took."""
    begun = time.monotonic()
    os.kill(running.workers.pop(), signal.SIGTERM)
    code = await running.ended()
    return code, time.monotonic() - begun


async def test_it_ends_in_time_though_the_database_is_locked(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
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
        assert "run out by themselves: the store did not answer in time" in capfd.readouterr().err
        print(f"SIGTERM to exit, locked: {seconds:.2f} s")  # noqa: T201 - the figure, with -s
        assert code == 0
        assert seconds < 10
        await running.start()
        await loopback.reaches(MANY)
        while states(database)["sent"] < MANY:
            await loopback.moment()
    assert (len(loopback.shown), loopback.repeats) == (MANY, 0)


@pytest.mark.parametrize(
    ("restarts", "many"), [(10, MANY), pytest.param(200, 12_000, marks=pytest.mark.long)]
)
async def test_restarts_under_load(database: str, restarts: int, many: int) -> None:
    await plan(database, many)
    loopback = Loopback(Manners(drops=0.02, delay=0.3, key_memory=60))
    took = []
    async with loopback.serving(), fleet(database, loopback.port, 1, "--lease", "5") as running:
        for restart in range(1, restarts + 1):
            await loopback.reaches(many * restart // (restarts + 2))
            code, seconds = await _stop(running)
            assert code == 0
            assert f"worker{restart}" not in _lease_owners(database)
            took.append(seconds)
            await running.start()
        await loopback.reaches(many)
        while states(database)["sent"] < many:
            await loopback.moment()
    print(f"SIGTERM to exit: at most {max(took):.2f} s")  # noqa: T201 - the figure, with -s
    assert max(took) < 10
    assert (len(loopback.shown), loopback.repeats) == (many, 0)
