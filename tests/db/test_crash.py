"""Killed at any moment, nothing that was acknowledged is lost and nothing is half done."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from db.engines.open import open_store
from tests.db.make import CLUB, LEASE, NOON
from tests.rows import stored

ROOT = Path(__file__).parents[2]

# Writes a review with its receipt and a delivery in one transaction, then prints its number.
WRITER = """
import asyncio, sys
from bot.domain.ids import FilmId
from db.engines.open import open_store
from tests.db.make import CLUB, NOON, delivery, review

async def main(url, first):
    store = await open_store(url)
    for number in range(first, 100_000):
        async with store.writing(CLUB) as work:
            await work.reviews.save(review(f"r{number}", film_id=FilmId(f"f{number}")))
            await work.deliveries.plan(delivery(f"d{number}"))
            await work.receipts.put(f"q{number}", "saved", NOON)
        print(number, flush=True)

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


def _write_until_killed(database: str, first: int, acknowledged: int) -> int:
    """Return the last number that the writer acknowledged before it was killed."""
    last = first - 1
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", WRITER, database, str(first)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            last = int(line)
            if last == first + acknowledged:
                writer.send_signal(signal.SIGKILL)
    return last


async def _whole_numbers(database: str) -> int:
    """Return how many transactions the database holds, having looked that each is whole."""
    store = await open_store(database)
    async with store.reading(CLUB) as work:
        films = await work.reviews.films()
        for number in range(len(films)):
            assert f"f{number}" in films
            assert await work.receipts.get(f"q{number}") == "saved"
        assert await work.receipts.get(f"q{len(films)}") is None
        assert (await work.clubs.get()).revision == len(films)
    await store.close()
    if database.startswith("sqlite"):
        assert stored(database, "PRAGMA integrity_check") == [("ok",)]
    [(planned,)] = stored(database, "SELECT count(*) FROM deliveries")
    assert planned == len(films)
    return len(films)


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 52))]
)
async def test_killed_after_a_receipt_nothing_is_lost(either_database: str, seed: int) -> None:
    there = 0
    dice = random.Random(seed)
    for _ in range(3):
        last = _write_until_killed(either_database, there, dice.randrange(12))
        there = await _whole_numbers(either_database)
        assert there > last


async def test_a_killed_workers_deliveries_come_back_when_their_leases_end(
    either_database: str,
) -> None:
    store = await open_store(either_database)
    last = _write_until_killed(either_database, 0, 5)
    lost = await store.outbox.claim("killed", NOON, LEASE, 3)
    assert len(lost) == 3
    again = await store.outbox.claim("next", NOON + LEASE, LEASE, 100)
    assert len(again) >= last + 1
    assert {each.delivery_id for each in lost} == {
        each.delivery_id for each in again if each.attempts > 1
    }
    await store.close()
