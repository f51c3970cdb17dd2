"""Lateness of deliveries, and the time in which many due at once are sent.

1. `--rate` deliveries fall due each second for `--seconds`, on a messenger without limits: how long
   after its time each is seen. The floor is one bare durable commit of SQLite in the same run.
2. `--crowd` fall due in one second over `--channels` channels that take one message a second each:
   how long it takes beside the platform's own pace, and how long clubs wait beside their share
   (the messages of their fullest channel, one a second).

    python benchmarks/deliveries_lateness.py [--rate 100] [--seconds 30] [--workers 2]
"""

import argparse
import asyncio
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.domain.deliveries import Delivery, Purpose
from bot.domain.ids import ClubId, DeliveryId, PlaceId
from db.engines.open import open_store
from tests.delivery.fleet import fleet, states
from tests.delivery.loopback import Loopback, Manners

PLENTY = (
    "--lease",
    "60",
    "--held",
    "1000",
    "--poll",
    "0.5",
    "--busy-delay",
    "5",
    "--memory",
    "120",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--crowd", type=int, default=10_000)
    parser.add_argument("--channels", type=int, default=500)
    parser.add_argument("--clubs", type=int, default=250)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(f"floor: one bare durable commit {commit_floor(Path(folder) / 'floor.db'):.2f} ms")
        asyncio.run(lateness(options, f"sqlite:///{folder}/late.db"))
        asyncio.run(crowd(options, f"sqlite:///{folder}/crowd.db"))


async def lateness(options: argparse.Namespace, database: str) -> None:
    many = options.rate * options.seconds
    start = datetime.now(UTC) + timedelta(seconds=3 + many / 2000)
    due = {f"d{n}": start + timedelta(seconds=n / options.rate) for n in range(many)}
    await plan(database, ((key, n % 50, n % 200, at) for n, (key, at) in enumerate(due.items())))
    offset = time.time() - time.monotonic()
    loopback = Loopback(Manners(drops=0, delays=0, key_memory=10**6))
    await drained(database, loopback, many, options.workers)
    late = [loopback.at[key] + offset - at.timestamp() for key, at in due.items()]
    p50, p99 = (statistics.quantiles(late, n=100)[n] for n in (49, 98))
    print(
        f"{options.rate} due/s for {options.seconds} s, {options.workers} worker(s): "
        f"lateness p50 {p50:.2f} s, p99 {p99:.2f} s, max {max(late):.2f} s; "
        f"lost {many - len(loopback.shown)}, repeated {loopback.repeats}"
    )


async def crowd(options: argparse.Namespace, database: str) -> None:
    dice = random.Random(1)
    channels = [dice.randrange(options.channels) for _ in range(options.crowd)]
    start = datetime.now(UTC) + timedelta(seconds=3 + options.crowd / 2000)
    due = [start + timedelta(seconds=dice.random()) for _ in channels]
    await plan(
        database,
        (
            (f"d{n}", c % options.clubs, c, at)
            for n, (c, at) in enumerate(zip(channels, due, strict=True))
        ),
    )
    offset = time.time() - time.monotonic()
    loopback = Loopback(Manners(drops=0, delays=0, key_memory=10**6, gap=1.0))
    await drained(database, loopback, options.crowd, options.workers)
    took = {key: at + offset - start.timestamp() for key, at in loopback.at.items()}
    pace = max(Counter(channels).values())
    print(
        f"{options.crowd} due in one second over {options.channels} channels at 1 message/s: "
        f"{max(took.values()):.1f} s; the platform's own pace: {pace} s; "
        f"ratio {max(took.values()) / pace:.2f}; refused {loopback.refused}"
    )
    print(f"clubs: longest wait / own share: {worst_wait(options, channels, took):.2f} (at most 2)")


def worst_wait(options: argparse.Namespace, channels: list[int], took: dict[str, float]) -> float:
    """Return the worst ratio of a club's last message to the time its fullest channel needs."""
    share: defaultdict[int, int] = defaultdict(int)
    for channel, messages in Counter(channels).items():
        share[channel % options.clubs] = max(share[channel % options.clubs], messages)
    last: defaultdict[int, float] = defaultdict(float)
    for number, channel in enumerate(channels):
        club = channel % options.clubs
        last[club] = max(last[club], took[f"d{number}"])
    return max(last[club] / share[club] for club in share)


async def drained(database: str, loopback: Loopback, many: int, workers: int) -> None:
    """Let a fleet deliver everything, and see that it is settled."""
    async with loopback.serving(), fleet(database, loopback.port, workers, *PLENTY):
        await loopback.reaches(many)
        while states(database)["sent"] < many:
            await loopback.moment()


async def plan(database: str, planned: Iterable[tuple[str, int, int, datetime]]) -> None:
    """Plan deliveries: id, club's number, channel's number, when they are due."""
    by_club: defaultdict[int, list[Delivery]] = defaultdict(list)
    for key, club, channel, due_at in planned:
        club_id = ClubId(f"loopback:{club}")
        place = PlaceId(f"{club_id}#{channel}")
        by_club[club].append(
            Delivery(DeliveryId(key), club_id, Purpose.REMINDER, key, place, due_at)
        )
    store = await open_store(database)
    for deliveries in by_club.values():
        async with store.writing(deliveries[0].club_id) as work:
            for each in deliveries:
                await work.deliveries.plan(each)
    await store.close()


def commit_floor(path: Path, commits: int = 200) -> float:
    """Return the median milliseconds of one small durable commit without anything around it."""
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, words TEXT)")
        times = []
        for _ in range(commits):
            begin = time.perf_counter()
            connection.execute("INSERT INTO t (words) VALUES (?)", ("word " * 40,))
            times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main()
