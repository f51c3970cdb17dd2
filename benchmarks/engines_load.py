"""Commands a second that SQLite and PostgreSQL hold at a 99th percentile of 150 ms, in one run.

SQLite with one process; PostgreSQL, with every commit on the disk, with one, two and four processes. Any
process gets commands of any club, one in five writes: harder than shards, where a club stays with one. For each
rate it prints the latency's median and 99th percentile, and the processor time of a command: of Matinee's
processes, and of the server's. Rounds are repeated and their medians printed, since a machine is never idle; the
load average that was met is printed beside. At last the bytes that a review takes, with all that belongs to it.

    python benchmarks/engines_load.py [--rates 50 100 150 200] [--seconds 15] [--rounds 3] 2>/dev/null
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from service_load import RandomIds, RealClock, play, warm_up

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.catalogue.club_index import ClubIndexes, film_document
from bot.catalogue.starter import starter_films
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.request.middleware.rate_limits import Limits, Rate
from bot.service import Bot
from db.engines.open import open_store
from recommender import BaseIndex
from tests.postgresql import DURABLE, running_server
from tests.rows import stored

HELD = 150.0
"""Milliseconds that the 99th percentile may reach."""

_HOPELESS = 6
"""Times the limit from which on no higher rate is tried in a round."""

_CLUBS = 20
_REVIEWS = 600
"""Commands that fill a database before it is measured, one in five a review."""

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Measured:
    """One rate of one set-up: latencies in ms, processor ms a command, load average met, errors."""

    p50: float
    p99: float
    ours: float
    server: float
    load: float
    errors: int


@dataclass
class SetUp:
    """Processes on one database; `server`: the number of its first process, 0 for a file.

    `empty`: bytes of the database before the first review.
    """

    name: str
    url: str
    empty: int
    processes: Sequence[asyncio.subprocess.Process]
    server: int

    async def measure(self, rate: int, seconds: int) -> Measured:
        """Let all processes work at a rate together."""
        load, before = os.getloadavg()[0], processor_seconds(self.server)
        share = rate / len(self.processes)
        answers = await asyncio.gather(
            *(ask(each, {"rate": share, "seconds": seconds}) for each in self.processes)
        )
        took = sorted(each for answer in answers for each in answer["took"])
        spent = sum(answer["spent"] for answer in answers)
        served = processor_seconds(self.server) - before
        quantiles = statistics.quantiles(took, n=100)
        return Measured(
            quantiles[49] * 1000,
            quantiles[98] * 1000,
            spent / len(took) * 1000,
            served / len(took) * 1000,
            (load + os.getloadavg()[0]) / 2,
            sum(answer["errors"] for answer in answers),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rates", type=int, nargs="*", default=[50, 100, 150, 200])
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--process", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    asyncio.run(work(*options.process) if options.process else run(options))


async def run(options: argparse.Namespace) -> None:
    found: dict[tuple[str, int], list[Measured]] = {}
    async with set_ups() as every:
        for _ in range(options.rounds):
            for each in every:
                for rate in options.rates:
                    one = await each.measure(rate, options.seconds)
                    found.setdefault((each.name, rate), []).append(one)
                    print(f"{each.name} {rate}/s: {one}", file=sys.stderr)
                    if one.p99 > _HOPELESS * HELD:
                        break
        report(found, options)
        print("bytes of the database for each review")
        for each in every[:2]:
            [(reviews,)] = stored(each.url, "SELECT count(*) FROM reviews")
            print(f"{each.name:24}{(database_size(each.url) - each.empty) / reviews:>7.0f}")


def report(found: dict[tuple[str, int], list[Measured]], options: argparse.Namespace) -> None:
    cores = os.cpu_count()
    print(f"{cores} cores, {options.rounds} rounds of {options.seconds} s, medians")
    print(
        f"{'':24}{'rate/s':>7}{'p50 ms':>9}{'p99 ms':>9}{'ours':>8}{'server':>8}{'errors':>8}{'load':>7}"
    )
    held: dict[str, int] = {}
    for (name, rate), rounds in found.items():
        middle = {
            field: statistics.median(getattr(each, field) for each in rounds)
            for field in ("p50", "p99", "ours", "server", "load")
        }
        errors = sum(each.errors for each in rounds)
        print(
            f"{name:24}{rate:>7}{middle['p50']:>9.1f}{middle['p99']:>9.1f}{middle['ours']:>8.2f}"
            f"{middle['server']:>8.2f}{errors:>8}{middle['load']:>7.1f}"
        )
        held.setdefault(name, 0)
        if middle["p99"] <= HELD and not errors:
            held[name] = max(held[name], rate)
    print(f"held at a 99th percentile of {HELD:.0f} ms")
    for name, rate in held.items():
        print(f"{name:24}{rate:>7}")


@asynccontextmanager
async def set_ups() -> AsyncIterator[list[SetUp]]:
    """Start every set-up, each with a database that has the same reviews."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        BaseIndex.build(map(film_document, starter_films())).save(folder / "index.bin")
        every = [
            await started(stack, "SQLite, 1 process", f"sqlite:///{folder}/file.db", 1, folder, 0)
        ]
        server = stack.enter_context(running_server(DURABLE))
        assert server.process is not None
        for count in (1, 2, 4):
            url = server.url(server.create())
            name = f"PostgreSQL, {count} process{'es' if count > 1 else ''}"
            every.append(await started(stack, name, url, count, folder, server.process.pid))
        yield every


async def started(
    stack: AsyncExitStack, name: str, url: str, count: int, folder: Path, server: int
) -> SetUp:
    store = await open_store(url)
    await store.catalogue.put(starter_films(), source="starter", digest="benchmark")
    await store.close()
    empty, processes = database_size(url), []
    for number in range(count):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, __file__, "--process", url, str(folder), str(number)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=2**26,
        )
        stack.push_async_callback(ended, process)
        await ask(process, {"fill": _REVIEWS if number == 0 else _CLUBS})
        processes.append(process)
    return SetUp(name, url, empty, processes, server)


async def ended(process: asyncio.subprocess.Process) -> None:
    assert process.stdin is not None
    process.stdin.close()
    await process.wait()


async def ask(process: asyncio.subprocess.Process, what: dict[str, float]) -> dict[str, Any]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(what).encode() + b"\n")
    return json.loads(await process.stdout.readline())


async def work(url: str, folder: str, number: str) -> None:
    """Be one of Matinee's processes: carry out what standard input says."""
    films, rng = list(starter_films()), random.Random(f"{url} {number}")
    at_will = Rate(10**9, timedelta(microseconds=1))
    store = await open_store(url)
    bot = Bot(
        store,
        TitleIndex(map(TitledFilm.of, films)),
        ClubIndexes(BaseIndex.load(Path(folder) / "index.bin")),
        RealClock(),
        RandomIds(rng.getrandbits(40)),
        Limits(at_will, at_will),
    )
    while line := await asyncio.to_thread(sys.stdin.readline):
        asked = json.loads(line)
        answer: dict[str, object] = {}
        if "fill" in asked:
            await warm_up(bot, films, rng, _CLUBS, count=asked["fill"])
        else:
            before = time.process_time()
            options = argparse.Namespace(seconds=asked["seconds"], clubs=_CLUBS)
            took, failed = await play(bot, films, rng, options, rate=asked["rate"])
            answer["spent"] = time.process_time() - before
            answer["took"] = [each for times in took.values() for each in times]
            answer["errors"] = failed.total()
        print(json.dumps(answer), flush=True)
    await store.close()


def database_size(url: str) -> int:
    """Return the bytes that a database takes on the disk, its log left out."""
    if url.startswith("sqlite"):
        return Path(url.removeprefix("sqlite:///")).stat().st_size
    [(size,)] = stored(url, "SELECT pg_database_size(current_database())")
    return int(size)


def processor_seconds(first: int) -> float:
    """Return the processor time of a process, of its children, and of those of them that have ended."""
    if not first:
        return 0.0
    total = sum(_ticks(first))
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = each.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(fields[1]) == first:
            total += int(fields[11]) + int(fields[12])
    return total / _TICK


def _ticks(process: int) -> list[int]:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    return [int(each) for each in fields[11:15]]


if __name__ == "__main__":
    main()
