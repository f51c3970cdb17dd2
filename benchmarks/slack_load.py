"""How fast Slack is acknowledged: mixed slash commands at a fixed rate, over HTTP or Socket Mode.

Matinee, the small Slack of the tests and the members share one process and one event loop, so what
is measured is more than Matinee's own. Prints how long acknowledgements and answers took, and how
many acknowledgements came after Slack's 3 s, beside a bare round trip measured in the same run.

    python benchmarks/slack_load.py [--transport http|socket] [--rate 50] [--seconds 60]
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import aiohttp
from service_load import RandomIds, RealClock, commands

from adapters.slack.host.platform import SlackPlatform
from bot.catalogue.club_index import ClubIndexes, film_document
from bot.catalogue.starter import starter_films
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.films.film import Film
from bot.request.middleware.rate_limits import Limits, Rate
from bot.service import Bot
from db.engines.open import open_store
from recommender import BaseIndex
from tests.adapters.slack.conftest import settings_for
from tests.adapters.slack.double import FakeSlack, serving
from tests.adapters.slack.driver import Http, Socket, Way, Workspace

LIMIT = 3.0
"""Seconds after which Slack shows its members an error."""

MEMBERS = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transport", choices=("http", "socket"), default="http")
    parser.add_argument("--rate", type=int, default=50, help="commands per second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asyncio.run(run(parser.parse_args()))


async def run(options: argparse.Namespace) -> None:
    films = list(starter_films())
    with tempfile.TemporaryDirectory() as folder:
        async with serving() as slack, talking(Path(folder), films, slack, options) as club:
            await play(club, films, options, seconds=2)
            floor = await round_trip(club)
            worked = time.process_time()
            acks, answers = await play(club, films, options, seconds=options.seconds)
            worked = time.process_time() - worked
    report(acks, answers, floor, options)
    print(f"processor: {worked / len(acks) * 1000:.1f} ms a command, members and Slack included")
    for complaint in slack.complaints[:3]:
        print(f"refused: {complaint}")


@asynccontextmanager
async def talking(
    folder: Path, films: list[Film], slack: FakeSlack, options: argparse.Namespace
) -> AsyncIterator[Workspace]:
    """Open a workspace whose members speak to a running Matinee."""
    slack.checks = False  # they take longer than Slack's own part
    for number in range(MEMBERS):
        slack.users[f"UM{number}"] = {"name": f"m{number}", "profile": {}}
    store = await open_store(f"sqlite:///{folder}/matinee.db")
    await store.catalogue.put(films, source="starter", digest="benchmark")
    at_will = Rate(10**9, timedelta(microseconds=1))
    titles, index = (
        TitleIndex(map(TitledFilm.of, films)),
        BaseIndex.build(map(film_document, films)),
    )
    limits = Limits(at_will, at_will)
    bot = Bot(store, titles, ClubIndexes(index), RealClock(), RandomIds(options.seed), limits)
    platform, stopping = SlackPlatform(settings_for(slack, options.transport)), asyncio.Event()
    running = asyncio.create_task(platform.serve(bot, stopping))
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await slack.until(lambda: platform.port or slack.sockets)
        url = f"http://127.0.0.1:{platform.port}/slack/events"
        way: Way = Http(session, url) if options.transport == "http" else Socket(slack)
        yield Workspace(slack, way)
        stopping.set()
        await running
    await store.close()


async def play(
    club: Workspace, films: list[Film], options: argparse.Namespace, *, seconds: int
) -> tuple[list[float], list[float]]:
    """Give commands at their times; return the seconds to each acknowledgement and each answer."""
    rng, acks, answers = random.Random(options.seed), [], []
    start = time.perf_counter()

    async def one(number: int) -> None:
        due = start + number / options.rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        body = club.slash(f"m{rng.randrange(MEMBERS)}", command(films, rng))
        answered = club.slack.answered[body["response_url"].rpartition("/")[2]]
        await club.way.send("slash_commands", body)
        acks.append(time.perf_counter() - due)
        await answered.wait()
        answers.append(time.perf_counter() - due)

    await asyncio.gather(*(one(number) for number in range(options.rate * seconds)))
    return acks, answers


def command(films: list[Film], rng: random.Random) -> str:
    """Choose a line, as it is given in Slack."""
    return rng.choice([*commands(films, rng).values()]).replace("/film", "/matinee film")


async def round_trip(club: Workspace, many: int = 300) -> float:
    """Return the median seconds of one bare request on the same loop: to the small Slack."""
    took = []
    async with aiohttp.ClientSession() as session:
        for _ in range(many):
            begin = time.perf_counter()
            async with session.post(f"{club.slack.url}/api/auth.test") as response:
                await response.read()
            took.append(time.perf_counter() - begin)
    return statistics.median(took)


def report(
    acks: list[float], answers: list[float], floor: float, options: argparse.Namespace
) -> None:
    print(f"{options.rate} commands/s for {options.seconds} s by {options.transport}")
    print(f"floor: one bare round trip {floor * 1000:.2f} ms (median)")
    print(f"{'':10}{'count':>8}{'p50 ms':>10}{'p99 ms':>10}{'max ms':>10}{'p50 / floor':>14}")
    for name, times in (("acks", acks), ("answers", answers)):
        quantiles = statistics.quantiles(times, n=100)
        middle, last = quantiles[49], quantiles[98]
        row = f"{middle * 1000:>10.1f}{last * 1000:>10.1f}{max(times) * 1000:>10.1f}"
        print(f"{name:10}{len(times):>8}{row}{middle / floor:>14.1f}")
    print(f"unacknowledged after {LIMIT:g} s: {sum(each > LIMIT for each in acks)}")


if __name__ == "__main__":
    main()
