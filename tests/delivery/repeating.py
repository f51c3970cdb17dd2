"""Processes that are given the same requests several times, in any order, each process some of the times.

    python -m tests.delivery.repeating DATABASE FOLDER REQUESTS [--ids-of-their-own]

It forks one process for each file that it leaves in FOLDER: JSON lines of a request's number and the answer.
"""

import argparse
import asyncio
import json
import os
import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from bot.catalogue.club_index import ClubIndexes, film_document
from bot.catalogue.starter import starter_films
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.messages.requests import Caller, Request
from bot.ports.store import Store
from bot.request.middleware.rate_limits import Limits, Rate
from bot.service import Bot
from db.engines.open import open_store
from recommender import BaseIndex
from tests.delivery.worker_process import MachineTime
from tests.support import CountingIds

PROCESSES = 4
AT_ONCE = 8
FILMS = list(starter_films())[-12:]


def deliveries(requests: int) -> list[tuple[int, int, int]]:
    """Return each request's number one to four times, with the process that gets it, in any order."""
    dice = random.Random(4)
    times = [
        (number, time, dice.randrange(PROCESSES))
        for number in range(requests)
        for time in range(dice.randint(1, 4))
    ]
    dice.shuffle(times)
    return times


def request(number: int, request_id: str) -> Request:
    """Return one member's review of a film; they have written others of it, and will write more."""
    club, member = ClubId(f"console:{number % 3}"), MemberId(f"console:m{number % 5}")
    caller = Caller(club, member, "Ana", PlaceId(f"{club}#x"), PlaceId(f"{club}@{member}"))
    film = FILMS[number % len(FILMS)].label
    return Request(request_id, caller, f'/review "{film}" 4/5 | My words, number {number}.')


async def answer(
    bot_on: Callable[[Store], Bot],
    database: str,
    those: Sequence[tuple[int, int, int]],
    file: Path,
    *,
    own_ids: bool,
) -> None:
    """Be one process: carry out what it is given, some at a time."""
    store = await open_store(database, busy_timeout=timedelta(minutes=5))
    bot = bot_on(store)
    waiting = iter(those)
    with file.open("w") as answers:

        async def work() -> None:
            for number, time, _ in waiting:
                request_id = f"r{number}-{time}" if own_ids else f"r{number}"
                said = (await bot.handle(request(number, request_id))).summary
                answers.write(json.dumps([number, said]) + "\n")

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    await store.close()


async def prepare(database: str) -> None:
    """Make the tables, and put the films."""
    store = await open_store(database)
    await store.catalogue.put(FILMS, source="starter", digest="test")
    await store.close()


def main() -> None:
    """Fork the processes, and wait for them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database")
    parser.add_argument("folder", type=Path)
    parser.add_argument("requests", type=int)
    parser.add_argument("--ids-of-their-own", action="store_true")
    options = parser.parse_args()
    asyncio.run(prepare(options.database))
    planned = deliveries(options.requests)
    titles, index = (
        TitleIndex(map(TitledFilm.of, FILMS)),
        BaseIndex.build(map(film_document, FILMS)),
    )
    at_will = Rate(1_000_000, timedelta(microseconds=1))

    def bot_on(store: Store) -> Bot:
        ids, limits = CountingIds(os.getpid() * 10**7), Limits(at_will, at_will)
        return Bot(store, titles, ClubIndexes(index), MachineTime(), ids, limits)

    children = []
    for process in range(PROCESSES):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                mine = [each for each in planned if each[2] == process]
                file = options.folder / f"{process}.jsonl"
                own = options.ids_of_their_own
                asyncio.run(answer(bot_on, options.database, mine, file, own_ids=own))
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(each, 0)[1]) for each in children]
    assert codes == [0] * PROCESSES, codes


if __name__ == "__main__":
    main()
