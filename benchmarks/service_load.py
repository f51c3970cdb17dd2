"""Speed of the core: mixed commands at a fixed rate through `Bot.handle`.

Prints the processor time of each kind of command, one after the other; then for each rate the
latency's median and 99th percentile beside their floor: one bare commit of SQLite with the same
durability (WAL, synchronous=FULL), measured in the same run on the same disk.

With `--pairs`, compares our SQLite driver with aiosqlite as it is, run alternately: medians of the
pairs, so that other work on the machine weighs on both sides alike.

    python benchmarks/service_load.py [--rate 100 150 200] [--seconds 60] [--clubs 20] [--pairs 5]
"""

import argparse
import asyncio
import random
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import aiosqlite

from bot.catalogue.club_index import ClubIndexes, film_document
from bot.catalogue.starter import starter_films
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.films.film import Film
from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.messages.requests import Caller, Request
from bot.request.middleware.rate_limits import Limits, Rate
from bot.service import Bot
from db.engines import sqlite_engine
from db.engines.open import open_store
from recommender import BaseIndex

WORDS = "tender bleak slow funny quiet strange warm cold loud kind sad bright".split()


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def elapsed(self) -> float:
        return time.monotonic()


class RandomIds:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def new(self) -> str:
        return f"{self._random.getrandbits(60):012x}"[:12]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, nargs="*", default=[200], help="commands per second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--clubs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=0, help="compare with aiosqlite as it is")
    options = parser.parse_args()
    asyncio.run(compare(options) if options.pairs else run(options))


async def run(options: argparse.Namespace) -> None:
    films = list(starter_films())
    with tempfile.TemporaryDirectory() as folder:
        floor = commit_floor(Path(folder) / "floor.db")
    async with bot_on_disk(films, options.seed) as bot:
        rng = random.Random(options.seed)
        print(f"{options.clubs} clubs, SQLite WAL FULL")
        await warm_up(bot, films, rng, options.clubs)
        await weigh(bot, films, rng, options.clubs)
        for rate in options.rate:
            before = time.process_time()
            took, failed = await play(bot, films, rng, options, rate=rate)
            spent = time.process_time() - before
            report(took, failed, floor, spent, f"{rate} commands/s for {options.seconds} s")


async def compare(options: argparse.Namespace) -> None:
    """Print medians of processor time and latency with either driver, and of their ratios."""
    films, drivers = list(starter_films()), {"ours": sqlite_engine.connect, "aiosqlite": plain}
    for rate in options.rate:
        pairs: list[dict[str, tuple[float, ...]]] = []
        for number in range(options.pairs):
            names = sorted(drivers, reverse=number % 2 == 0)  # each goes first half of the time
            with_name = [
                (each, await measure(drivers[each], films, options, rate)) for each in names
            ]
            pairs.append(dict(with_name))
        print(f"{rate} commands/s for {options.seconds} s, {options.pairs} pairs (medians)")
        print(f"{'':12}{'processor ms':>14}{'p50 ms':>10}{'p99 ms':>10}")
        for name in drivers:
            medians = [
                statistics.median(each) for each in zip(*(p[name] for p in pairs), strict=True)
            ]
            print(f"{name:12}{medians[0]:>14.2f}{medians[1]:>10.1f}{medians[2]:>10.1f}")
        ratios = [
            [ours / bare for ours, bare in zip(pair["ours"], pair["aiosqlite"], strict=True)]
            for pair in pairs
        ]
        medians = [statistics.median(each) for each in zip(*ratios, strict=True)]
        print(f"{'ratio':12}{medians[0]:>14.2f}{medians[1]:>10.2f}{medians[2]:>10.2f}")


async def measure(
    connect: Callable[..., Any], films: list[Film], options: argparse.Namespace, rate: int
) -> tuple[float, float, float]:
    """Return a driver's processor ms a command, and the latency's p50 and p99 in ms."""
    with mock.patch.object(sqlite_engine, "connect", connect):
        async with bot_on_disk(films, options.seed) as bot:
            rng = random.Random(options.seed)
            await warm_up(bot, films, rng, options.clubs, count=600)
            before = time.process_time()
            took, failed = await play(bot, films, rng, options, rate=rate)
            spent = time.process_time() - before
    if failed:
        raise SystemExit(f"commands failed: {failed.most_common(3)}")
    everything = [each for times in took.values() for each in times]
    quantiles = statistics.quantiles(everything, n=100)
    return spent / len(everything) * 1000, quantiles[49] * 1000, quantiles[98] * 1000


def plain(database: str | Path, *, busy_timeout: timedelta, reads: bool) -> aiosqlite.Connection:
    """Open a connection of aiosqlite as it is: a round trip to its thread for every call."""
    del reads
    return aiosqlite.connect(
        database,
        isolation_level=None,
        timeout=busy_timeout.total_seconds(),
        check_same_thread=False,
    )


@asynccontextmanager
async def bot_on_disk(films: list[Film], seed: int) -> AsyncIterator[Bot]:
    """Open a bot on a new database with these films."""
    at_will = Rate(10**9, timedelta(microseconds=1))
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(f"sqlite:///{folder}/matinee.db")
        await store.catalogue.put(films, source="starter", digest="benchmark")
        yield Bot(
            store,
            TitleIndex(map(TitledFilm.of, films)),
            ClubIndexes(BaseIndex.build(map(film_document, films))),
            RealClock(),
            RandomIds(seed),
            Limits(at_will, at_will),
        )
        await store.close()


async def warm_up(
    bot: Bot, films: list[Film], rng: random.Random, clubs: int, *, count: int = 3_000
) -> None:
    """Give the clubs reviews to find."""
    for _ in range(count):
        await bot.handle(request(rng.choice(list(commands(films, rng).values())), rng, clubs))


async def weigh(
    bot: Bot, films: list[Film], rng: random.Random, clubs: int, *, rounds: int = 300
) -> None:
    """Print the processor time of each kind of command: all threads of the process together."""
    spent: Counter[str] = Counter()
    for _ in range(rounds):
        for kind, line in commands(films, rng).items():
            asked = request(line, rng, clubs)
            before = time.process_time()
            await bot.handle(asked)
            spent[kind] += time.process_time() - before
    print(f"{'':16}{'processor ms':>14}")
    for kind, seconds in spent.items():
        print(f"{kind:16}{seconds / rounds * 1000:>14.2f}")
    print(f"{'mean':16}{spent.total() / len(spent) / rounds * 1000:>14.2f}")


async def play(
    bot: Bot, films: list[Film], rng: random.Random, options: argparse.Namespace, *, rate: float
) -> tuple[dict[str, list[float]], Counter[str]]:
    """Send commands at their times, whether the former ones are answered or not."""
    took: dict[str, list[float]] = {"read": [], "write": []}
    failed: Counter[str] = Counter()
    start = time.perf_counter()

    async def one(number: int) -> None:
        due = start + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        line = rng.choice(list(commands(films, rng).values()))
        reply = await bot.handle(request(line, rng, options.clubs))
        kind = "write" if " | " in line else "read"
        took[kind].append(time.perf_counter() - due)
        if "went wrong" in reply.summary or "couldn't" in reply.summary:
            failed[reply.summary] += 1

    await asyncio.gather(*(one(number) for number in range(int(rate * options.seconds))))
    return took, failed


def commands(films: list[Film], rng: random.Random) -> dict[str, str]:
    """Return one line of each kind: one in five writes."""
    film = rng.choice(films[-150:]).label
    words = " ".join(rng.sample(WORDS, 6))
    return {
        "/review write": f'/review "{film}" {rng.randint(1, 10)}/10 | The {words} film.',
        "/review read": f'/review "{film}"',
        "/recommend mood": f"/recommend {words}",
        "/recommend": "/recommend",
        "/film": f'/film "{film}"',
    }


def request(line: str, rng: random.Random, clubs: int) -> Request:
    club, member = f"bench:{rng.randrange(clubs)}", f"bench:m{rng.randrange(30)}"
    caller = Caller(
        ClubId(club), MemberId(member), member, PlaceId(f"{club}#room"), PlaceId(f"{club}@{member}")
    )
    return Request(f"{rng.getrandbits(64):x}", caller, line)


def commit_floor(path: Path, commits: int = 300) -> float:
    """Return the median seconds of one small durable commit without anything around it."""
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, words TEXT)")
        times = []
        for _ in range(commits):
            begin = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO t (words) VALUES (?)", ("word " * 40,))
            connection.execute("COMMIT")
            times.append(time.perf_counter() - begin)
    return statistics.median(times)


def report(
    took: dict[str, list[float]], failed: Counter[str], floor: float, spent: float, title: str
) -> None:
    everything = [each for times in took.values() for each in times]
    print(f"{title}: {spent / len(everything) * 1000:.2f} processor ms a command")
    print(f"floor: one bare durable commit {floor * 1000:.2f} ms (median)")
    print(f"{'':8}{'count':>8}{'p50 ms':>10}{'p99 ms':>10}{'max ms':>10}{'p50 / floor':>14}")
    for name, times in (*took.items(), ("all", everything)):
        quantiles = statistics.quantiles(times, n=100)
        middle, last = quantiles[49], quantiles[98]
        row = f"{middle * 1000:>10.1f}{last * 1000:>10.1f}{max(times) * 1000:>10.1f}"
        print(f"{name:8}{len(times):>8}{row}{middle / floor:>14.1f}")
    print(f"errors: {sum(failed.values())}")
    for summary, count in failed.most_common(3):
        print(f"  {count} x {summary}")


if __name__ == "__main__":
    main()
