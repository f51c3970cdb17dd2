"""A process of any version under load: run by its text in that version's folder, with the database's URL
and the seconds that a member pauses between two commands.

It waits for a first line on its standard input, then answers commands of three clubs, several at a time, until
that input ends. Prints an empty line once it is loaded, then how many it has answered, line by line; at last, as
JSON, the answers that were no proper ones.
"""

import asyncio
import json
import random
import secrets
import sys
import time
from datetime import UTC, datetime, timedelta

from bot.catalogue.club_index import ClubIndexes, film_document
from bot.catalogue.starter import starter_films
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.messages.requests import Caller, Request
from bot.request.middleware.rate_limits import Limits, Rate
from bot.service import Bot
from db.engines.open import open_store
from recommender import BaseIndex

AT_ONCE = 6
LINES = (
    '/review "{film}" {stars}/5 | A {word} film.',
    '/review "{film}"',
    "/recommend {word}",
    '/film "{film}"',
    '/remind "{film}"',
    '/watch "{film}"',
    "/reminders",
    "/me",
)
WORDS = ("tender", "bleak", "slow", "funny", "quiet")
FAULTS = ("went wrong", "couldn't", "Try again", "try again", "very busy", "database")


class Now:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def elapsed(self) -> float:
        return time.monotonic()


class RandomIds:
    def new(self) -> str:
        return secrets.token_hex(6)


async def main(url: str, pause: float) -> None:
    """Answer until standard input ends."""
    films = list(starter_films())[-40:]
    titles = TitleIndex(map(TitledFilm.of, films))
    indexes = ClubIndexes(BaseIndex.build(map(film_document, films)))
    print(flush=True)  # noqa: T201 - its parent reads it
    sys.stdin.readline()
    store = await open_store(url, busy_timeout=timedelta(minutes=2))  # the machine may be slow
    at_will = Rate(10**9, timedelta(microseconds=1))
    await store.catalogue.put(films, source="starter", digest="load")
    bot = Bot(store, titles, indexes, Now(), RandomIds(), Limits(at_will, at_will))
    ending = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    answered, faults = 0, list[str]()

    async def talk() -> None:
        nonlocal answered
        while not ending.done():
            member = MemberId(f"load:m{random.randrange(6)}")
            club = f"load:{random.randrange(3)}"
            places = PlaceId(f"{club}#room"), PlaceId(f"{club}@{member}")
            caller = Caller(ClubId(club), member, "Ana", *places)
            line = random.choice(LINES).format(
                film=random.choice(films).label,
                word=random.choice(WORDS),
                stars=random.randint(1, 5),
            )
            try:
                said = (await bot.handle(Request(secrets.token_hex(8), caller, line))).summary
            except Exception as error:  # noqa: BLE001 - it is what is looked for
                said = f"went wrong: {error!r}"
            answered += 1
            if any(each in said for each in FAULTS):
                faults.append(f"{line}: {said}")
            print(answered, flush=True)  # noqa: T201 - its parent reads it
            await asyncio.sleep(pause)

    await asyncio.gather(*(talk() for _ in range(AT_ONCE)))
    print(json.dumps(faults), flush=True)  # noqa: T201 - likewise
    await store.close()


asyncio.run(main(sys.argv[1], float(sys.argv[2])))
