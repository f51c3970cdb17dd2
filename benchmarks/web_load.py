"""The club's pages under load: first byte and size of the front page, and what they cost commands beside them.

    .venv/bin/python benchmarks/web_load.py [--seconds 8] [--rounds 4] [--apart]

A club of 1,000 reviews; browsers in a process of their own. First the page alone, one view after the other; then,
in turn, 100 commands a second without pages and with 50 pages a second beside them. Prints ratios of the same run.
`--apart`: the pages are served by a process of their own, as by `matinee run --only web`.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import resvg_py
from aiohttp import ClientSession, CookieJar, TCPConnector

from adapters.chat.font_files import font_files
from adapters.chat.pictures import __file__ as pictures_file
from adapters.chat.pictures import png
from adapters.console.ids import caller_of
from adapters.runtime.composition import Application, open_application
from adapters.runtime.pages import pages_address, pages_service
from adapters.runtime.platforms import MessengerRouter
from adapters.runtime.process.clock import MachineClock
from adapters.runtime.settings.settings import Settings
from bot.catalogue.starter import starter_films
from bot.features.figures.commands import FigureCard, StatsCommand
from bot.features.films.commands import FilmCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages.commands import Command
from bot.messages.replies import Document
from bot.messages.requests import Request
from bot.request.middleware.rate_limits import Limits, Rate
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


async def visit(told: dict[str, Any]) -> dict[str, Any]:
    """View pages as told, in this process; return how long the first bytes took, sizes and how many were sent away."""
    sessions = []
    for cookies in told["cookies"]:
        connector = TCPConnector(limit=4)
        sessions.append(
            ClientSession(cookies=cookies, connector=connector, cookie_jar=CookieJar(unsafe=True))
        )
    found: dict[str, Any] = {"took": [], "size": 0, "away": 0}

    async def view(number: int) -> None:
        url = told["url"] + told["paths"][number % len(told["paths"])]
        begun = time.perf_counter()
        async with sessions[number % len(sessions)].get(url) as response:
            taken = time.perf_counter() - begun
            found["away"] += response.status == 503
            assert response.status in {200, 503}, response.status
            found["size"] = max(found["size"], len(await response.read()))
            if response.status == 200:
                found["took"].append(taken)

    if told["rate"]:
        await paced(told["rate"], told["seconds"], view, [])
    else:
        for number in range(told["views"]):
            await view(number)
    for each in sessions:
        await each.close()
    return found


async def browser() -> Process:
    """Start a process that will view pages, and wait until it has: its start is no part of what is measured."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--visit", stdin=PIPE, stdout=PIPE
    )
    assert child.stdout is not None
    await child.stdout.readline()
    return child


async def visited(child: Process, **told: object) -> dict[str, Any]:
    """View pages in another process, and end it; return what `visit` returns."""
    answer, _ = await child.communicate(json.dumps(told).encode())
    found: dict[str, Any] = json.loads(answer)
    return found


@asynccontextmanager
async def opened(
    folder: Path, *, pages: bool, url: str = ""
) -> AsyncIterator[tuple[Application, str]]:
    """Open the application, with its pages or knowing only that they are at `url`."""
    settings = replace(Settings(), data_dir=folder, web_port=0)
    clock, limits = MachineClock(), Limits(AT_WILL, AT_WILL)
    address = pages_address(settings, local=True) if pages else None
    url = address.url if address else url
    async with open_application(settings, MessengerRouter({}), clock, limits, web_url=url) as app:
        stopping = asyncio.Event()
        serving = (
            asyncio.create_task(pages_service(address, app, clock)(stopping)) if address else None
        )
        yield app, url
        stopping.set()
        if serving:
            await serving


async def serve_apart(folder: Path) -> None:
    """Serve the pages in this process until its input ends; print their address."""
    async with opened(folder, pages=True) as (_, url):
        print(url, flush=True)
        await asyncio.to_thread(sys.stdin.read)


async def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--visit", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        return await serve_apart(options.serve)
    if options.visit:
        print("ready", flush=True)
        return print(json.dumps(await visit(json.load(sys.stdin))))
    with tempfile.TemporaryDirectory() as name:
        folder, child, url = Path(name), None, ""
        if options.apart:
            async with opened(folder, pages=False):
                pass  # makes the database
            child = await asyncio.create_subprocess_exec(
                sys.executable, __file__, "--serve", name, stdin=PIPE, stdout=PIPE
            )
            assert child.stdout is not None
            url = (await child.stdout.readline()).decode().strip()
        async with opened(folder, pages=not options.apart, url=url) as (app, at):
            await fill(app)
            await measure(app, at, options.seconds, options.rounds)
        if child:
            await child.communicate(b"")
    return None


async def measure(app: Application, url: str, seconds: float, rounds: int) -> None:
    """Print the figures."""
    films = [each.film_id for each in starter_films()][:400]
    cookies = [await signed_in(app, url, f"m{number}") for number in range(MEMBERS)]
    cpu = time.process_time()
    found = await visited(await browser(), url=url, cookies=cookies, paths=["/"], rate=0, views=500)
    cpu = (time.process_time() - cpu) / 500 * 1000
    print(f"front page at {REVIEWS} reviews: {cpu:.1f} ms of processor time, first byte p50 {percentile(found['took'], 0.5):.1f} ms, "
          f"p99 {percentile(found['took'], 0.99):.1f} ms, {found['size'] / 1024:.1f} KiB")  # fmt: skip
    took: dict[bool, list[float]] = {False: [], True: []}
    spent, pages, away = {False: 0.0, True: 0.0}, [], 0

    async def command(number: int) -> None:
        film = films[number % len(films)]
        one: Command = FilmCommand(f"id:{film}")
        if number % 5 == 0:
            one = ReviewCommand(f"id:{film}", 1 + number % 10, mine=True)
        request = f"load {id(one)} {time.perf_counter()}"
        await app.bot.handle(Request(request, caller_of(CLUB, f"m{number % 25}"), one))

    for number in range(2 * rounds):
        beside = number % 2 == 1
        visitors = await browser() if beside else None
        cpu = time.process_time()
        work: list[Awaitable[Any]] = [paced(100, seconds, command, took[beside])]
        if visitors:
            paths = ["/", *(f"/film/{each}" for each in films[:50])]
            paths = [each for film in paths[1:] for each in ("/", film)]
            work.append(
                visited(visitors, url=url, cookies=cookies, paths=paths, rate=50, seconds=seconds)
            )
        done = await asyncio.gather(*work)
        spent[beside] += (time.process_time() - cpu) / seconds / rounds
        if beside:
            pages += done[1]["took"]
            away += done[1]["away"]
    for beside, name in ((False, "alone"), (True, "beside 50 pages/s")):
        print(f"100 commands/s {name}: p50 {percentile(took[beside], 0.5):.1f} ms, p99 {percentile(took[beside], 0.99):.1f} ms, "
              f"{spent[beside]:.0%} of a processor in their process")  # fmt: skip
    print(f"  the pages: {len(pages)}, first byte p50 {percentile(pages, 0.5):.1f} ms, p99 {percentile(pages, 0.99):.1f} ms; {away} asked to come again")  # fmt: skip
    for share in (0.5, 0.99):
        ratio = percentile(took[True], share) / percentile(took[False], share)
        print(f"p{share * 100:.0f} of a command beside pages : alone = {ratio:.2f}")
    await pictures(app)


async def pictures(app: Application) -> None:
    """Print what a picture takes, drawn and turned into a PNG by a process of its own."""
    took, before, largest = [], resident(), 0.0
    for number, card in enumerate((FigureCard.CANON, FigureCard.MAP) * 6):
        begun = processor_time()
        reply = await app.bot.handle(
            Request(f"card {number}", caller_of(CLUB, "m1"), StatsCommand(card=card))
        )
        (drawn,) = [each for each in reply.blocks if isinstance(each, Document)]
        png.__wrapped__(drawn.content)
        took.append(processor_time() - begun)
        largest = max(largest, peak_of_drawing(drawn.content))
    print(f"a picture: p50 {percentile(took, 0.5):.0f} ms, worst {max(took) * 1000:.0f} ms of processor time; "
          f"{largest:.0f} MiB while it is drawn, {resident() - before:.0f} MiB after twelve")  # fmt: skip


PEAK = """
import re, runpy, sys
program = sys.argv.pop(1)
runpy.run_path(program, run_name="__main__")
sys.stderr.write(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


def peak_of_drawing(svg: str) -> float:
    """Return the memory of the process that draws this, in MiB at its peak."""
    place = str(Path(resvg_py.__file__).parents[1])
    program = str(Path(pictures_file).with_name("draw.py"))
    command = [sys.executable, "-I", "-S", "-c", PEAK, program, place, *font_files("")]
    done = subprocess.run(command, input=svg.encode(), capture_output=True, check=True)  # noqa: S603 - our own
    return int(done.stderr) / 1024


def processor_time() -> float:
    """Return the processor time of this process and those it started, in seconds."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def resident() -> float:
    """Return the memory of this process, in MiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


async def signed_in(app: Application, url: str, member: str) -> dict[str, str]:
    """Sign a member in; return the cookies."""
    reply = await app.bot.handle(Request(f"web {member}", caller_of(CLUB, member), "/web"))
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        async with session.post(url + path_in(reply, url), headers={"Origin": url}) as response:
            assert response.status == 200
        return {each.key: each.value for each in session.cookie_jar}


if __name__ == "__main__":
    asyncio.run(main())
