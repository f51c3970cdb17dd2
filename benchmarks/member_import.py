"""Time of a member's file on its whole way, and how long the event loop is held up meanwhile.

    python benchmarks/member_import.py [--rows 10000] [--films 40000]

A table of so many rows (seven of ten of films that the catalogue has, one misspelt, two of films that
nobody knows) is previewed, imported, shared, undone, imported again, taken along and forgotten, through
`Bot.handle` on a real database; the catalogue is made up. Another member asks for films meanwhile. The
floor in the same run is the least that any import does: to read the table and to store its rows at once.

*hold* is the most processor time for which one callback held the loop: others wait that long on a quiet machine. *lag* is
how late the loop's turns came, and counts what other programs took of the processor, too.
"""

import argparse
import asyncio
import csv
import gc
import io
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from service_load import RandomIds, RealClock  # noqa: E402 - found from here on

from adapters.runtime.sources.film_files import AT_ONCE, ProcessReader  # noqa: E402 - likewise
from bot.catalogue.club_index import ClubIndexes, film_document  # noqa: E402 - likewise
from bot.catalogue.titles.index import TitledFilm, TitleIndex  # noqa: E402 - likewise
from bot.domain.films.film import Film  # noqa: E402 - likewise
from bot.domain.ids import ClubId, FilmId, MemberId, PlaceId  # noqa: E402 - likewise
from bot.features.privacy.commands import ExportCommand, ForgetMeCommand  # noqa: E402 - likewise
from bot.features.transfer.commands import (  # noqa: E402 - likewise
    SaveImportCommand,
    ShareImportCommand,
    ShowImportCommand,
    UndoImportCommand,
)
from bot.messages.commands import Command  # noqa: E402 - likewise
from bot.messages.replies import Actions, Button, Reply  # noqa: E402 - likewise
from bot.messages.requests import Caller, Request  # noqa: E402 - likewise
from bot.request.middleware.rate_limits import Limits, Rate  # noqa: E402 - likewise
from bot.service import Bot  # noqa: E402 - likewise
from db.engines.open import open_store  # noqa: E402 - likewise
from recommender import BaseIndex  # noqa: E402 - likewise
from tests.bot.catalogue.imdb_tables import made_title, vocabulary  # noqa: E402 - likewise

TICK = 0.005


class Hold:
    """The longest processor time (ms) of one callback of the event loop, since it was last taken."""

    def __init__(self) -> None:
        self._longest = 0.0
        run = asyncio.events.Handle._run  # noqa: SLF001 - the loop has no other place to measure at

        def measured(handle: asyncio.events.Handle) -> None:
            began = time.thread_time()
            run(handle)
            self._longest = max(self._longest, (time.thread_time() - began) * 1000)

        asyncio.events.Handle._run = measured  # type: ignore[method-assign]  # noqa: SLF001 - likewise

    def take(self) -> float:
        """Return it, and begin anew."""
        longest, self._longest = self._longest, 0.0
        return longest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--films", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    words = vocabulary(rng)
    films = list(made_up(options.films, words, rng))
    data = table(films, options.rows, words, rng)
    with tempfile.TemporaryDirectory() as folder:
        least = floor(data, Path(folder) / "floor.db")
        print(f"{options.rows:,} rows, {options.films:,} films; floor {least:.2f} s")
        print(
            f"{'':14}{'s':>8}{'processor s':>13}{'x floor':>9}{'hold ms':>9}{'lag p99':>9}{'max':>7}{'others p99 ms':>15}"
        )
        asyncio.run(play(films, data, Path(folder), least))


def made_up(count: int, words: list[str], rng: random.Random) -> list[Film]:
    return [
        Film(FilmId(f"f{number}"), made_title(words, rng), rng.randint(1920, 2024), source="made")
        for number in range(count)
    ]


def table(films: list[Film], rows: int, words: list[str], rng: random.Random) -> bytes:
    written = io.StringIO()
    out = csv.writer(written)
    out.writerow(["Title", "Year", "Rating", "WatchedDate", "Review"])
    for number in range(rows):
        film = rng.choice(films)
        title, year = film.title, film.year
        if number % 10 >= 8:
            title = made_title(words, rng)
        elif number % 10 == 7 and len(title) > 4:
            at = rng.randrange(1, len(title) - 1)
            title = title[:at] + title[at + 1 :]
        day = f"20{rng.randint(10, 23)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        words_said = " ".join(rng.choices(words, k=30)) if number % 5 == 0 else ""
        out.writerow([title, year, rng.randint(1, 10) / 2, day, words_said])
    return written.getvalue().encode()


def floor(data: bytes, path: Path) -> float:
    began = time.perf_counter()
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE rows (title, year, rating, day, text)")
        rows = list(csv.reader(io.StringIO(data.decode())))
        with base:
            base.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?)", rows)
    return time.perf_counter() - began


@dataclass
class Watch:
    """What others notice: how late the loop's turns come, and how long another's command takes."""

    lags: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)

    async def tick(self) -> None:
        while True:
            due = time.perf_counter() + TICK
            await asyncio.sleep(TICK)
            self.lags.append((time.perf_counter() - due) * 1000)

    async def ask(self, ask: Callable[[], Awaitable[Reply]]) -> None:
        while True:
            began = time.perf_counter()
            await ask()
            self.others.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(0.05)


@asynccontextmanager
async def watched(ask: Callable[[], Awaitable[Reply]]) -> AsyncIterator[Watch]:
    watch = Watch()
    tasks = [asyncio.create_task(watch.tick()), asyncio.create_task(watch.ask(ask))]
    try:
        yield watch
    finally:
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def play(films: list[Film], data: bytes, folder: Path, least: float) -> None:
    at_will = Rate(10**9, timedelta(microseconds=1))
    store = await open_store(f"sqlite:///{folder}/matinee.db")
    await store.catalogue.put(films, source="made", digest="benchmark")
    bot = Bot(
        store,
        TitleIndex(map(TitledFilm.of, films)),
        ClubIndexes(BaseIndex.build(map(film_document, films[:3000]))),
        RealClock(),
        RandomIds(1),
        Limits(at_will, at_will),
        files=ProcessReader(asyncio.Semaphore(AT_ONCE)),
    )
    sent = 0
    hold = Hold()

    async def say(member: str, content: str | Command, upload: bytes | None = None) -> Reply:
        nonlocal sent
        sent += 1
        caller = Caller(
            ClubId("b:club"), MemberId(f"b:{member}"), member, PlaceId("b:club#room"),
            direct=PlaceId(f"b:club@{member}"),
        )  # fmt: skip
        return await bot.handle(Request(str(sent), caller, content, None, "ratings.csv", upload))

    async def other() -> Reply:
        return await say("ben", f"/film {films[sent % len(films)].title}")

    async def step(name: str, content: str | Command, upload: bytes | None = None) -> Reply:
        hold.take()
        async with watched(other) as watch:
            began, spent = time.perf_counter(), time.process_time()
            reply = await say("ana", content, upload)
            took, spent = time.perf_counter() - began, time.process_time() - spent
        lags, others = quantile(watch.lags), quantile(watch.others)
        print(
            f"{name:14}{took:>8.2f}{spent:>13.2f}{took / least:>9.1f}{hold.take():>9.1f}{lags:>9.1f}"
            f"{max(watch.lags, default=0):>7.0f}{others:>15.1f}   {reply.summary[:70]}"
        )
        return reply

    await other()
    gc.freeze()  # as the command does once it has loaded the films
    shown = await step("preview", "/import", data)
    save = command_of(shown, SaveImportCommand)
    import_id = save.import_id  # type: ignore[attr-defined]  # a step of an import
    await step("whole list", ShowImportCommand(import_id, whole=True))
    await step("import", save)
    await step("share", ShareImportCommand(import_id))
    await step("undo", UndoImportCommand(import_id))
    shown = await step("preview again", "/import", data)
    await step("import again", command_of(shown, SaveImportCommand))
    await step("export", ExportCommand())
    await step("forget", ForgetMeCommand())
    await store.close()


def quantile(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98] if len(values) > 1 else 0.0


def command_of(reply: Reply, kind: type[Command]) -> Command:
    (found,) = [
        action.command
        for block in reply.blocks
        if isinstance(block, Actions)
        for action in block.actions
        if isinstance(action, Button) and isinstance(action.command, kind)
    ]
    return found


if __name__ == "__main__":
    main()
