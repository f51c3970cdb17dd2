"""A big club votes: 200 members within ten seconds, then all at one instant; no vote may be lost.

Each vote is a command of its own through `Bot.handle`, with the limits that a running Matinee has, on SQLite with
FULL. Prints how long members waited, the processor time of a vote, and how many votes were counted, beside a small
club's: what a vote costs must not grow with how many there are. A refused vote ("too fast") is given again after
the time that was told, as a person would.

    python benchmarks/night_votes.py [--members 200] [--seconds 10]
"""

import argparse
import asyncio
import statistics
import tempfile
import time

from service_load import RandomIds, RealClock

from bot.catalogue.club_index import ClubIndexes, film_document
from bot.catalogue.starter import starter_films
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.domain.nights import Stage
from bot.messages.replies import Reply
from bot.messages.requests import Caller, Request
from bot.ports.store import Store
from bot.service import Bot
from db.engines.open import open_store
from recommender import BaseIndex

AGAIN = 0.5
"""Seconds after which somebody who was too fast presses again."""


class Club:
    """Members who speak at will; how long each waited for an answer that counted."""

    def __init__(self, bot: Bot, store: Store, name: str) -> None:
        self.bot = bot
        self.store = store
        self.club_id = ClubId(f"bench:{name}")
        self.requests = 0
        self.refused = 0

    async def say(self, number: int, line: str) -> Reply:
        self.requests += 1
        place = PlaceId(f"{self.club_id}#room")
        who = f"bench:m{number}"
        caller = Caller(
            self.club_id, MemberId(who), f"member {number}", place, PlaceId(f"{self.club_id}@{who}")
        )
        return await self.bot.handle(Request(f"{self.club_id} {self.requests}", caller, line))

    async def vote(self, number: int, after: float, line: str) -> float:
        """Vote in a while; return the seconds waited for the ballot."""
        await asyncio.sleep(after)
        began = time.perf_counter()
        while "Your ballot" not in (await self.say(number, line)).summary:
            self.refused += 1
            await asyncio.sleep(AGAIN)
        return time.perf_counter() - began

    async def open_vote(self) -> None:
        await self.say(0, "/night new in 30 days")
        await self.say(0, "/night close")

    async def ballots(self) -> list[dict[str, int]]:
        async with self.store.reading(self.club_id) as work:
            (night,) = [each for each in await work.nights.open() if each.stage is Stage.VOTING]
            guests = await work.nights.guests([night.night_id])
        return [dict(each.ballot) for each in guests if each.ballot]


async def run(members: int, seconds: float) -> None:
    films = list(starter_films())
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(f"sqlite:///{folder}/matinee.db")
        await store.catalogue.put(films, source="starter", digest="benchmark")
        bot = Bot(
            store,
            TitleIndex(map(TitledFilm.of, films)),
            ClubIndexes(BaseIndex.build(map(film_document, films))),
            RealClock(),
            RandomIds(1),
        )
        print(
            f"{'':30}{'votes':>8}{'counted':>9}{'again':>7}{'p50 ms':>9}{'max ms':>9}{'ms each':>9}"
        )
        for name, count, within in (
            ("10 members at one instant", 10, 0.0),
            (f"{members} within {seconds:g} s", members, seconds),
            (f"{members} at one instant", members, 0.0),
        ):
            await _measure(name, Club(bot, store, name.replace(" ", "-")), count, within)
        await store.close()


async def _measure(name: str, club: Club, count: int, within: float) -> None:
    await club.open_vote()
    await asyncio.sleep(1.0)
    before = time.process_time()
    lines = [f"/night vote {1 + number % 3} / 4" for number in range(count)]
    waits = await asyncio.gather(
        *(club.vote(number, within * number / count, line) for number, line in enumerate(lines))
    )
    spent = (time.process_time() - before) / count * 1000
    counted = len(await club.ballots())
    print(
        f"{name:30}{count:>8}{counted:>9}{club.refused:>7}{statistics.median(waits) * 1000:>9.0f}"
        f"{max(waits) * 1000:>9.0f}{spent:>9.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    asyncio.run(run(options.members, options.seconds))


if __name__ == "__main__":
    main()
