"""Film nights held by processes that are killed with -9 between any two stages, and in them."""

import asyncio
import json
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.films.film import Film
from bot.domain.nights import Night, NightGuest, Stage
from db.engines.open import open_store
from recommender import BaseIndex
from tests.bot.features.nights.killed_process import CLUB, Files
from tests.conftest import put_catalogue

ROOT = Path(__file__).parents[4]
GUESTS = [f"m{number}" for number in range(12)]
PATIENCE = 60.0
"""Seconds until something that never comes fails the test."""


class Mortals:
    """One process after the other, each killed after a moment."""

    def __init__(self, forker: asyncio.subprocess.Process, files: Files, seed: int) -> None:
        """Start with the process that forks the others."""
        self.forker, self.files, self.dice = forker, files, random.Random(seed)
        self.pid = 0
        self.kills = 0

    async def start(self) -> None:
        """Start one."""
        assert self.forker.stdin is not None
        assert self.forker.stdout is not None
        self.forker.stdin.write(b"\n")
        self.pid = int(await self.forker.stdout.readline())

    def kill(self) -> None:
        """Kill the one that runs."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.kills += 1

    async def kill_some(self, times: int) -> None:
        """Kill and start anew, each after up to a sixth of a second."""
        for _ in range(times):
            await asyncio.sleep(self.dice.random() / 6)
            self.kill()
            await self.start()

    async def say(self, lines: Iterable[tuple[str, str]], kills: int) -> None:
        """Have members say something, kill meanwhile, and wait until each is answered."""
        asked: list[str] = []
        with self.files.requests.open("a", encoding="utf-8") as file:
            for member, typed in lines:
                asked.append(f"r{len(self.files.lines(self.files.requests))}-{len(asked)}")
                file.write(json.dumps([asked[-1], member, typed]) + "\n")
        await self.kill_some(kills)
        await self.until(lambda: _done(self.answered() >= set(asked)))

    def answered(self) -> set[str]:
        """Return the requests that were answered."""
        return {each.partition(" ")[0] for each in self.files.lines(self.files.answers)}

    async def until(self, done: Callable[[], Awaitable[bool]]) -> None:
        """Wait for something."""
        async with asyncio.timeout(PATIENCE):
            while not await done():  # noqa: ASYNC110 - it happens in another process
                await asyncio.sleep(0.02)


async def _done(value: bool) -> bool:
    return value


@asynccontextmanager
async def _mortals(
    folder: Path, films: Iterable[Film], index: BaseIndex, seed: int
) -> AsyncIterator[Mortals]:
    files = Files(folder)
    await put_catalogue(folder / "matinee.db", films)
    index.save(folder / "index.bin")
    start = datetime(2024, 1, 20, 12, tzinfo=UTC)
    files.offset.write_text(str((start - datetime.now(UTC)).total_seconds()))
    forker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bot.features.nights.killed_process", str(folder)),
        str(folder / "index.bin"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    mortals = Mortals(forker, files, seed)
    try:
        await mortals.start()
        yield mortals
    finally:
        mortals.kill()
        assert forker.stdin is not None
        forker.stdin.close()
        await forker.wait()


async def _night(files: Files) -> tuple[Night, list[NightGuest]]:
    store = await open_store(files.database)
    try:
        async with store.reading(CLUB) as work:
            night = next(iter([*await work.nights.open(), *await work.nights.past(1)]))
            return night, list(await work.nights.guests([night.night_id]))
    finally:
        await store.close()


async def _stage_ends(mortals: Mortals, kills: int, then: Stage, words: str) -> Night:
    """Move the clock to the end of the stage, kill meanwhile, and wait for the next one and its news."""
    night, _ = await _night(mortals.files)
    assert night.until is not None
    ahead = night.until - datetime.now(UTC) + timedelta(seconds=1)
    mortals.files.offset.write_text(str(ahead.total_seconds()))
    await mortals.kill_some(kills)

    async def there() -> bool:
        return (await _night(mortals.files))[0].stage is then and _told(mortals, words) > 0

    await mortals.until(there)
    return (await _night(mortals.files))[0]


def _told(mortals: Mortals, words: str) -> int:
    said = [json.loads(each) for each in mortals.files.lines(mortals.files.messages)]
    keys = Counter(key for key, place, summary in said if "#" in place and words in summary)
    assert all(count == 1 for count in keys.values()), keys
    return len(keys)


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 22))]
)
async def test_no_vote_is_lost_and_no_stage_told_twice(
    tmp_path: Path, starter: tuple[Film, ...], index: BaseIndex, seed: int
) -> None:
    async with _mortals(tmp_path, starter, index, seed) as mortals:
        plan = [
            ("m0", "/night new friday at 8"),
            ("m0", "/night nominate Heat"),
            ("m1", "/night nominate Carol"),
        ]
        await mortals.say([*plan, *((each, "/night in") for each in GUESTS)], 3)
        await _stage_ends(mortals, 2, Stage.VOTING, "the vote is open")
        await mortals.say([(each, "/night vote 2 / 1") for each in GUESTS], 4)
        _, guests = await _night(mortals.files)
        assert sorted(each.member_id for each in guests if each.ballot) == sorted(
            f"test:{each}" for each in GUESTS
        )
        decided = await _stage_ends(mortals, 2, Stage.DECIDED, "We watch")
        assert decided.film_id == "carol-2015"
        await _stage_ends(mortals, 2, Stage.RATING, "how was")
        await mortals.say([(each, "/night rate 4 Fine.") for each in GUESTS], 3)

        async def all_told() -> bool:
            return _told(mortals, "from 12 ratings") > 0

        await mortals.until(all_told)
        for words in ("the vote is open", "We watch", "how was", "from 12 ratings"):
            assert _told(mortals, words) == 1, words
        store = await open_store(mortals.files.database)
        async with store.reading(CLUB) as work:
            reviews = await work.reviews.of_film(decided.film_id)
        await store.close()
        assert len(reviews) == len(GUESTS)
        assert mortals.kills >= 16
