"""Forgetting killed at any moment has erased a member wholly, or not at all, and ends when repeated."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bot.domain.ids import FilmId, MemberId, PlaceId
from db.engines.open import open_store
from db.schema import metadata
from tests.db.make import CLUB, review

ROOT = Path(__file__).parents[2]
WORDS = "Xylophones of Quixotia"
ANA = MemberId("test:ana")
REVIEWS = 400

FORGET = """
import asyncio, sys
from dataclasses import replace
from bot.domain.ids import MemberId, PlaceId
from db.engines.open import open_store
from tests.db.make import CLUB

async def main(url):
    store = await open_store(url)
    async with store.writing(CLUB) as work:
        print("begun", flush=True)
        for each in await work.reviews.of_member(MemberId("test:ana")):
            await work.reviews.save(replace(each, deleted=True))
        await work.members.forget(MemberId("test:ana"), PlaceId("x"), MemberId("gone:1"))
    print("done", flush=True)
    await store.close()

asyncio.run(main(sys.argv[1]))
"""


def _left(path: Path) -> int:
    """Count the cells of all tables that name the member or hold their words."""
    with closing(sqlite3.connect(path)) as raw:
        return sum(1 for cell in _cells(raw) if WORDS in cell or cell == ANA)


def _cells(raw: sqlite3.Connection) -> Iterator[str]:
    for table in metadata.tables.values():
        for row in raw.execute(f"SELECT * FROM {table.name}"):  # noqa: S608 - our own names
            yield from map(str, row)


def _forget(url: str, seconds: float | None) -> None:
    """Forget in a process of its own, which is killed so long after it has begun, if at all."""
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", FORGET, url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        if seconds is not None:
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
        process.wait()


async def test_killed_it_is_all_or_nothing_then_finished(tmp_path: Path) -> None:
    path = tmp_path / "matinee.db"
    url = f"sqlite:///{path}"
    store = await open_store(url)
    async with store.writing(CLUB) as work:
        for number in range(REVIEWS):
            film = FilmId(f"f{number}")
            text = f"{WORDS} {number}"
            await work.reviews.save(review(f"r{number}", film_id=film, member_id=ANA, text=text))
    await store.close()
    whole = _left(path)
    assert whole >= 2 * REVIEWS
    for seed in range(4):
        _forget(url, random.Random(seed).uniform(0.0, 0.25))
        assert _left(path) in {whole, 0}
    _forget(url, None)
    assert _left(path) == 0
    store = await open_store(url)
    assert await store.overwrite_forgotten() == 1
    assert await store.overwrite_forgotten() == 0
    await store.close()
    files = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert WORDS.encode() not in files
    store = await open_store(url)
    async with store.writing(CLUB) as work:
        await work.members.forget(ANA, PlaceId("x"), MemberId("gone:2"))
    await store.close()
