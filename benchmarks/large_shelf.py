"""Start, titles, suggestions and picks on a large catalogue, beside the starter catalogue alone.

    python benchmarks/imdb_import.py --keep FOLDER      # a million made-up films
    matinee catalogue rebuild --data FOLDER
    python benchmarks/large_shelf.py FOLDER

Times are processor time, so that other work on the machine counts little; the start is a process of its
own that answers one line.
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from noise import KINDS
from threadpoolctl import threadpool_limits

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from adapters.indexes.catalogue_index import load_catalogue, load_starter  # noqa: E402 - found from here on
from bot.catalogue.club_index import ClubIndexes  # noqa: E402 - found from here on
from bot.catalogue.film_indexes import FilmIndexes  # noqa: E402 - found from here on
from bot.catalogue.titles.club_titles import ClubTitles  # noqa: E402 - found from here on
from db.engines.open import open_store  # noqa: E402 - found from here on
from recommender import Overlay, Profile, Query, recommend  # noqa: E402 - found from here on

ASKED = 400


@dataclass(frozen=True, slots=True)
class Shelf:
    """One data folder's indexes, and random films of it."""

    name: str
    films: FilmIndexes
    typed: list[str]
    indexed: list[str]


async def shelf(name: str, folder: Path) -> Shelf:
    """Open a data folder, and type some of its titles as people do."""
    store = await open_store(f"sqlite:///{folder / 'matinee.db'}")
    await load_starter(store)
    known = await load_catalogue(store, folder)
    await store.close()
    known.titles.make_ready()
    threadpool_limits(1)  # as a process that answers has it
    rng = random.Random(3)
    ids = list(known.snapshot.films)
    chosen = (known.snapshot.films[each].titled for each in rng.sample(ids, ASKED))
    kinds = list(KINDS.values())
    typed = [rng.choice(kinds)(film.titles[0], film.year or 0, rng) for film in chosen]
    rows = rng.sample(range(len(known.index)), min(ASKED, len(known.index)))
    films = FilmIndexes(ClubTitles(known.titles), ClubIndexes(known.index))
    return Shelf(f"{name}, {len(ids):,}", films, typed, [known.index.film_ids[row] for row in rows])


def timed(name: str, ask: Callable[[object], object], asked: Iterable[object]) -> None:
    """Print the median and the 99th percentile of the answers' processor time in ms."""
    every = list(asked)
    for each in every[:5]:
        ask(each)
    times = []
    for each in every[5:]:
        began = time.process_time()
        ask(each)
        times.append((time.process_time() - began) * 1e3)
    times.sort()
    print(f"  {name:44}{times[len(times) // 2]:9.2f}{times[int(len(times) * 0.99)]:9.2f}")


def measure(there: Shelf) -> None:
    """Print each kind of answer."""
    titles, rng = there.films.titles.shared, random.Random(5)
    overlay = Overlay(there.films.recommender.catalogue)
    print(f"{there.name} films ({len(overlay):,} indexed){'':13}p50      p99")
    timed("a title, mistyped", lambda typed: titles.resolve(str(typed)), there.typed)
    beginnings = [text[:size] for text in there.typed for size in (1, 2, 3, 4, 6) if text[:size]]
    timed("suggestions, as it is typed", lambda typed: there.films.suggest(str(typed)), beginnings)
    timed(
        "picks like a film",
        lambda each: recommend(overlay, Query(like=(str(each),))),
        there.indexed,
    )
    moods = [f"{one} {other}" for one, other in zip(there.typed, there.typed[1:], strict=False)]
    timed("picks by words", lambda mood: recommend(overlay, Query(mood=str(mood))), moods)
    profiles = [
        Profile(ratings={each: rng.randint(3, 10) for each in rng.sample(there.indexed, 20)})
        for _ in range(ASKED // 4)
    ]
    timed("picks for one who rated 20 films", lambda each: _own(overlay, each), profiles)


def _own(overlay: Overlay, profile: object) -> object:
    assert isinstance(profile, Profile)
    return recommend(overlay, Query(profiles=(profile,)))


def start(name: str, folder: Path) -> None:
    """Print what a process needs until it has answered one line, the best of three."""
    command = [sys.executable, "-m", "adapters.cli.main", "chat", "--data", str(folder)]
    best = (9e9, 9e9, 0.0)
    for _ in range(3):
        began = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdin
        assert process.stdout
        process.stdin.write("zoe: /film her\n")
        process.stdin.flush()
        process.stdout.readline()
        took = time.perf_counter() - began
        process.stdin.close()
        process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        best = min(best, (took, used.ru_utime + used.ru_stime, used.ru_maxrss / 2**10))
    print(
        f"{name}: started and answered in {best[0]:.2f} s ({best[1]:.2f} s of processor, {best[2]:.0f} MiB)"
    )


def main() -> None:
    """Measure the folder beside one with the starter catalogue alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="data folder with a large catalogue")
    options = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        for name, there in (("starter", Path(folder)), ("large", options.folder)):
            start(name, there)
        for name, there in (("starter", Path(folder)), ("large", options.folder)):
            measure(asyncio.run(shelf(name, there)))


if __name__ == "__main__":
    main()
