"""Search for titles typed with slips and habits, compared with other methods in the same run.

    python benchmarks/titles.py [--data FOLDER]       made-up titles without it

Peers: a scan of all titles by rapidfuzz's ratio (over our normalised keys, its best case) and by
its WRatio, and SQLite's FTS5 trigram index with the fifty best re-ranked by ratio. A query counts
as found when the first answer has the target's title. Autocompletion is compared with a sorted
list of titles. Times are processor time, so that other work on the machine does not count.
"""

import argparse
import csv
import gzip
import json
import random
import re
import sqlite3
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from noise import KINDS, applies
from rapidfuzz import fuzz, process, utils

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.catalogue.titles.index import TitledFilm, TitleIndex, normalise  # noqa: E402 - found from here on
from bot.domain.ids import FilmId  # noqa: E402 - found from here on
from tests.bot.catalogue.imdb_tables import made_title, vocabulary  # noqa: E402 - found from here on

KEYSTROKES = (3, 4, 5)
OFFERED = 8


@dataclass(frozen=True, slots=True)
class Query:
    """Typed text, the habit that distorted it, and the film that was meant."""

    kind: str
    typed: str
    film: TitledFilm


def wikipedia(folder: Path) -> list[TitledFilm]:
    """Read titles and years."""
    rows = [
        (film["title"], film["year"])
        for path in sorted((folder / "wikipedia-films").glob("movies-*.json.gz"))
        for film in json.loads(gzip.decompress(path.read_bytes()))
    ]
    return [
        TitledFilm(FilmId(f"film-{place}"), (title,), year)
        for place, (title, year) in enumerate(rows)
    ]


def made_up(count: int, rng: random.Random) -> list[TitledFilm]:
    """Make titles as the made-up files of IMDb have them: few words are frequent, most are rare."""
    words = vocabulary(rng)
    return [
        TitledFilm(FilmId(f"made-up-{place}"), (made_title(words, rng),), rng.randint(1920, 2024))
        for place in range(count)
    ]


def popularity(folder: Path) -> dict[tuple[str, int], int]:
    """Count MovieLens ratings by normalised title and year."""
    counts = Counter(row["movieId"] for row in _rows(folder / "ratings.csv"))
    known = {}
    for row in _rows(folder / "movies.csv"):
        if found := re.fullmatch(r"(.*) \((\d{4})\)\s*", row["title"]):
            known[normalise(found[1]), int(found[2])] = counts[row["movieId"]]
    return known


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(newline="", encoding="utf-8") as file:
            yield from csv.DictReader(file)


def queries(films: list[TitledFilm], count: int, rng: random.Random) -> list[Query]:
    """Type random films' titles, every habit equally often where it changes anything."""
    typed: list[Query] = []
    by_kind = {kind: [film for film in films if applies(kind, film.titles[0])] for kind in KINDS}
    while len(typed) < count:
        kind = list(KINDS)[len(typed) % len(KINDS)]
        film = rng.choice(by_kind[kind] or films)
        typed.append(Query(kind, KINDS[kind](film.titles[0], film.year or 0, rng), film))
    return typed


Finder = Callable[[str], str | None]


def ours(index: TitleIndex) -> Finder:
    """Ask the title index."""

    def find(typed: str) -> str | None:
        match = index.resolve(typed)
        found = match.exact or match.near
        return found[0].title if found else None

    return find


def ratio_scan(titles: list[str]) -> Finder:
    """Compare with every normalised title by ratio."""
    keys = [normalise(title) for title in titles]

    def find(typed: str) -> str | None:
        best = process.extractOne(normalise(typed), keys, scorer=fuzz.ratio)
        return titles[best[2]]

    return find


def weighted_scan(titles: list[str]) -> Finder:
    """Compare with every title by WRatio, as its documentation shows."""

    def find(typed: str) -> str | None:
        best = process.extractOne(
            typed, titles, scorer=fuzz.WRatio, processor=utils.default_process
        )
        return titles[best[2]]

    return find


def fts5(titles: list[str]) -> Finder:
    """Ask SQLite's trigram index, and re-rank its fifty best by ratio."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE title USING fts5(key, tokenize='trigram')")
    keys = [normalise(title) for title in titles]
    database.executemany("INSERT INTO title(rowid, key) VALUES (?, ?)", enumerate(keys))

    def find(typed: str) -> str | None:
        key = normalise(typed)
        grams = {key[at : at + 3].replace('"', '""') for at in range(len(key) - 2)}
        if not grams:
            return None
        match = " OR ".join(f'"{gram}"' for gram in grams)
        rows = database.execute(
            "SELECT rowid FROM title WHERE key MATCH ? ORDER BY rank LIMIT 50", (match,)
        ).fetchall()
        if not rows:
            return None
        best = process.extractOne(key, {row: keys[row] for (row,) in rows}, scorer=fuzz.ratio)
        return titles[best[2]]

    return find


def measure(name: str, find: Finder, asked: list[Query], base: float | None) -> float:
    """Print one row of the table; return the median time in seconds."""
    times, wrong = [], Counter[str]()
    for query in asked:
        start = time.process_time()
        found = find(query.typed)
        times.append(time.process_time() - start)
        if found is None or normalise(found) != normalise(query.film.titles[0]):
            wrong[query.kind] += 1
    times.sort()
    median, late = times[len(times) // 2], times[int(len(times) * 0.99)]
    share = 1 - wrong.total() / len(asked)
    ratio = f"{median / base:8.3f}" if base else "   1.000"
    print(f"{name:34} {share:7.4f} {median * 1e3:9.3f} {late * 1e3:9.3f} {ratio}", end="")
    print("   " + ", ".join(f"{kind} {count}" for kind, count in wrong.most_common()))
    return median


def completions(films: list[TitledFilm], known: dict[tuple[str, int], int]) -> None:
    """Print the share of targets among the first offers, and the time of an answer."""
    fame = [
        max(known.get((normalise(film.titles[0]), (film.year or 0) + by), 0) for by in (-1, 0, 1))
        for film in films
    ]
    keys = sorted({normalise(film.titles[0]) for film in films})
    indexes = {
        "sorted list": lambda typed: keys[
            (at := bisect_left(keys, normalise(typed))) : at + OFFERED
        ],
        "ours, popularity unknown": _completer(TitleIndex(films)),
        "ours, popularity given": _completer(
            TitleIndex(
                replace(film, popularity=float(count))
                for film, count in zip(films, fame, strict=True)
            )
        ),
    }
    rated = [film for film, count in zip(films, fame, strict=True) if count]
    rng = random.Random(7)
    groups = {"any film": films}
    if rated:
        groups["films with ratings"] = rng.sample(rated, min(4_000, len(rated)))
        groups["by number of ratings"] = rng.choices(films, weights=fame, k=4_000)
    for group, targets in groups.items():
        shares = " ".join(f"{_ceiling(targets, after):6.3f}" for after in KEYSTROKES)
        print(f"{f'the best that any eight can hold: {group}':46} {shares}")
    for name, complete in indexes.items():
        for group, targets in groups.items():
            _completion_row(f"{name}: {group}", complete, targets)


def _ceiling(targets: list[TitledFilm], keystrokes: int) -> float:
    """Return the share that the best eight titles for each beginning hold, known afterwards."""
    counts: dict[str, Counter[str]] = {}
    for film in targets:
        key = normalise(film.titles[0])
        counts.setdefault(key[:keystrokes], Counter())[key] += 1
    held = (sum(count for _, count in keys.most_common(OFFERED)) for keys in counts.values())
    return sum(held) / len(targets)


def _completer(index: TitleIndex) -> Callable[[str], list[str]]:
    return lambda typed: [normalise(each.title) for each in index.complete(typed, OFFERED)]


def _completion_row(
    name: str, complete: Callable[[str], list[str]], targets: list[TitledFilm]
) -> None:
    times, shares = [], []
    for keystrokes in KEYSTROKES:
        hits = 0
        for film in targets:
            key = normalise(film.titles[0])
            start = time.process_time()
            offered = complete(key[:keystrokes])
            times.append(time.process_time() - start)
            hits += key in offered
        shares.append(hits / len(targets))
    times.sort()
    late = times[int(len(times) * 0.99)] * 1e3
    print(f"{name:46} {' '.join(f'{share:6.3f}' for share in shares)} {late:9.3f}")


def main() -> None:
    """Run all finders over the same queries."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help="folder of data sets; made-up titles without it")
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--films", type=int, help="as many, with made-up titles among them")
    parser.add_argument("--brief", action="store_true", help="without the slower peers")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    films = wikipedia(options.data) if options.data else []
    films += made_up(max(0, (options.films or (0 if films else 36_000)) - len(films)), rng)
    titles = [film.titles[0] for film in films]
    start = time.process_time()
    index = TitleIndex(films)
    index.make_ready()
    print(f"{len(films):,} titles, index built in {time.process_time() - start:.2f} s")
    asked = queries(films, options.queries, rng)
    print(f"\n{'':34} {'top-1':>7} {'p50 ms':>9} {'p99 ms':>9} {'to scan':>8}   wrong")
    base = measure("scan of all titles, ratio", ratio_scan(titles), asked, None)
    if not options.brief:
        measure("scan of all titles, WRatio", weighted_scan(titles), asked[: len(asked) // 4], base)
        measure("SQLite FTS5 trigrams, re-ranked", fts5(titles), asked, base)
    measure("title index", ours(index), asked, base)
    print(f"\n{f'target in the first {OFFERED}, after keystrokes':46} ", end="")
    print(" ".join(f"{each:6}" for each in KEYSTROKES) + f" {'p99 ms':>9}")
    completions(films, popularity(options.data / "movielens-small") if options.data else {})


if __name__ == "__main__":
    main()
