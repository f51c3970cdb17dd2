"""The club's pages under load: first byte and size of the front page, and what they cost commands beside them.

    .venv/bin/python benchmarks/web_load.py [--seconds 20]

A club of 1,000 reviews. First the page alone, one view after the other; then 100 commands a second
without pages; then the same with 50 pages a second. Prints ratios of the same run.
"""

import argparse
import asyncio
import random
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from aiohttp import ClientSession, CookieJar, TCPConnector

from adapters.chat.pictures import png
from adapters.console.ids import caller_of
from adapters.runtime.clock import MachineClock
from adapters.runtime.composition import Application, open_application
from adapters.runtime.pages import pages_address, pages_service
from adapters.runtime.platforms import MessengerRouter
from adapters.runtime.settings import Settings
from bot.catalogue.starter import starter_films
from bot.features.figures.commands import FigureCard, StatsCommand
from bot.features.films.commands import FilmCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages.commands import Command
from bot.messages.replies import Document
from bot.messages.requests import Request
from bot.request.rate_limits import Limits, Rate
from tests.adapters.web.conftest import path_in

CLUB, MEMBERS, REVIEWS = "load", 25, 1_000
AT_WILL = Rate(1_000_000, timedelta(microseconds=1))
WORDS = "It stayed with me for a week. The light was lovely and nobody made a speech. ".split()


def percentile(values: list[float], share: float) -> float:
    """Return a percentile, in milliseconds."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000


async def fill(app: Application) -> None:
    """Write the reviews."""
    made, films = random.Random(7), [f"id:{each.film_id}" for each in starter_films()][:400]
    pairs = made.sample([(f, m) for f in films for m in range(MEMBERS)], REVIEWS)
    for number, (film, member) in enumerate(pairs):
        text = " ".join(made.choices(WORDS, k=40))
        command = ReviewCommand(film, made.randint(1, 10), text, mine=True)
        caller = caller_of(CLUB, f"m{member}")
        await app.bot.handle(Request(f"fill {number}", caller, command))


async def paced(
    rate: float, seconds: float, act: Callable[[int], Awaitable[None]], took: list[float]
) -> None:
    """Act so many times a second, whether or not the former act has ended; note how long each took."""
    start, tasks = time.perf_counter(), []

    async def one(number: int, due: float) -> None:
        await act(number)
        took.append(time.perf_counter() - due)

    for number in range(int(rate * seconds)):
        due = start + number / rate
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        tasks.append(asyncio.create_task(one(number, due)))
    await asyncio.gather(*tasks)


async def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings(), data_dir=Path(folder), web_port=0)
        clock, address = MachineClock(), pages_address(settings, local=True)
        assert address is not None
        limits = Limits(AT_WILL, AT_WILL)
        async with open_application(
            settings, MessengerRouter({}), clock, limits, web_url=address.url
        ) as app:
            await fill(app)
            stopping = asyncio.Event()
            serving = asyncio.create_task(pages_service(address, app, clock)(stopping))
            await measure(app, address.url, options.seconds)
            stopping.set()
            await serving


async def measure(app: Application, url: str, seconds: float) -> None:
    """Print the figures."""
    sessions = [await signed_in(app, url, f"m{number}") for number in range(MEMBERS)]
    first: list[float] = []
    size, cpu = 0, time.process_time()
    for number in range(200):
        begun = time.perf_counter()
        async with sessions[number % 20].get(url) as response:
            first.append(time.perf_counter() - begun)
            size = len(await response.read())
    cpu = (time.process_time() - cpu) / len(first) * 1000
    print(f"front page at {REVIEWS} reviews: {cpu:.1f} ms of processor time with its client, p50 {percentile(first, 0.5):.1f} ms, "
          f"p99 {percentile(first, 0.99):.1f} ms, {size / 1024:.1f} KiB")  # fmt: skip

    films = [each.film_id for each in starter_films()][:400]

    async def command(number: int) -> None:
        film = films[number % len(films)]
        one: Command = FilmCommand(f"id:{film}")
        if number % 5 == 0:
            one = ReviewCommand(f"id:{film}", 1 + number % 10, mine=True)
        await app.bot.handle(
            Request(f"load {id(took)} {number}", caller_of(CLUB, f"m{number % 25}"), one)
        )

    async def page(number: int) -> None:
        path = ("/", f"/film/{films[number % len(films)]}")[number % 2]
        async with sessions[number % MEMBERS].get(url + path) as response:
            assert response.status in {200, 503}  # 503: too many wait
            await response.read()

    results = {}
    for name, beside in (("alone", False), ("beside 50 pages/s", True)):
        took: list[float] = []
        pages: list[float] = []
        work = [paced(100, seconds, command, took)]
        work += [paced(50, seconds, page, pages)] if beside else []
        cpu = time.process_time()
        await asyncio.gather(*work)
        cpu = (time.process_time() - cpu) / seconds
        results[name] = percentile(took, 0.99)
        print(f"100 commands/s {name}: p50 {percentile(took, 0.5):.1f} ms, p99 {results[name]:.1f} ms, "
              f"{cpu:.0%} of a processor")  # fmt: skip
        if beside:
            print(
                f"  the pages: p50 {percentile(pages, 0.5):.1f} ms, p99 {percentile(pages, 0.99):.1f} ms"
            )
    print(
        f"p99 of a command beside pages : alone = {results['beside 50 pages/s'] / results['alone']:.2f}"
    )
    await pictures(app)
    for each in sessions:
        await each.close()


async def pictures(app: Application) -> None:
    """Print what a picture takes, drawn and turned into a PNG."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took = []
    for number, card in enumerate(
        (FigureCard.CANON, FigureCard.MAP, FigureCard.CANON, FigureCard.MAP) * 3
    ):
        begun = time.process_time()
        reply = await app.bot.handle(
            Request(f"card {number}", caller_of(CLUB, "m1"), StatsCommand(card=card))
        )
        (drawn,) = [each for each in reply.blocks if isinstance(each, Document)]
        png(drawn.content)
        took.append(time.process_time() - begun)
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"a picture: p50 {percentile(took, 0.5):.0f} ms, worst {max(took) * 1000:.0f} ms of processor time, "
          f"{more:.0f} MiB more memory at most")  # fmt: skip


async def signed_in(app: Application, url: str, member: str) -> ClientSession:
    """Sign a member in."""
    reply = await app.bot.handle(Request(f"web {member}", caller_of(CLUB, member), "/web"))
    session = ClientSession(cookie_jar=CookieJar(unsafe=True), connector=TCPConnector(limit=4))
    async with session.post(url + path_in(reply, url), headers={"Origin": url}) as response:
        assert response.status == 200
    return session


if __name__ == "__main__":
    asyncio.run(main())
