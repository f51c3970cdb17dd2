"""Wishes in plain words against their peers: precision@5 by the catalogue's facts, and reading time.

    python benchmarks/wishes.py [FILE ...] [--show] [--data FOLDER]

Each line of a file is `wish|predicate`; the predicate names the facts of a film that answers the
wish, or, where no fact can tell, the films that we judged to answer it. A wish's precision is the number of right films among five, over five or, where fewer films can
answer it, over their number. Peers rank by all of a film's text, with its year and the names of its
countries and languages. `wishes/tuned.txt` was looked at while the lexicon was written,
`wishes/kept.txt` was not. With `--data`, the films of a data set join the catalogue's for the processor
time of a wish that is read and answered with reasons, in a club of eight with 1,000 short reviews.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import recommender_data as data
from babel import Locale
from installed import installed
from recommender_quality import line
from service_load import WORDS, bot_on_disk

from bot.catalogue.club_index import film_document
from bot.catalogue.starter import starter_films
from bot.domain.films.film import Film
from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.language.wishes.reading.wishes import read_wish
from bot.messages.replies import FilmList, Reply
from bot.messages.requests import Caller, Request
from bot.service import Bot
from recommender import BaseIndex, FilmDocument, Overlay, Profile, Query, ReviewDocument, recommend
from recommender.evaluation import peers
from recommender.evaluation.metrics import estimate, top_rows
from recommender.text import analyzer

OWN = Path(__file__).parent / "wishes"
PICKS = 5
LENGTH_UNKNOWN = 999
THIS_YEAR = 2026
ROUNDS = 20
MEMBERS, REVIEWS = 8, 1_000
CALLER = Caller(
    ClubId("bench:wishes"), MemberId("bench:m"), "m", PlaceId("bench:#"), PlaceId("bench:@")
)

Ranker = Callable[[str], Sequence[int]]
"""Returns the rows of the best films for a wish."""


@dataclass(frozen=True, slots=True)
class Case:
    """A wish, and the rows of the films that answer it."""

    wish: str
    right: frozenset[int]

    def precision(self, rows: Sequence[int]) -> float:
        """Return the share of right films among the first five, of those that there can be."""
        found = len(self.right.intersection(rows[:PICKS]))
        return found / (min(PICKS, len(self.right)) or 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path, help="wishes with their predicates")
    parser.add_argument("--show", action="store_true", help="show the wishes that go wrong")
    parser.add_argument("--data", type=Path, help="folder of data sets")
    options = parser.parse_args()
    files = options.files or sorted(OWN.glob("*.txt"))
    asyncio.run(run(files, show=options.show))
    films = starter_films()
    others = data.catalogue(options.data) if options.data else []
    index = BaseIndex.build([*map(film_document, films), *others])
    wishes = [case.wish for file in files for case in _cases(file, films)]
    reading(index, wishes)
    answering(index, wishes)


async def run(files: Sequence[Path], *, show: bool) -> None:
    films = list(starter_films())
    rows = {film.film_id: row for row, film in enumerate(films)}
    documents = [film_document(film) for film in films]
    texts = [_with_facts(film, each) for film, each in zip(films, documents, strict=True)]
    rankers = installed({"BM25 (bm25s), one text": partial(_bm25, texts)})
    rankers["TF-IDF (scikit-learn), one text"] = _tfidf(texts)
    async with bot_on_disk(films, seed=1) as bot:
        for file in files:
            cases = list(_cases(file, films))
            picked = [await _picked(bot, case.wish, rows) for case in cases]
            print(f"\n{file.name}: {len(cases)} wishes, precision@{PICKS}")
            line("Matinee", (_mean(cases, picked), f"{_full(cases, picked)} all right"))
            for name, rank in rankers.items():
                found = [rank(case.wish) for case in cases]
                line(name, (_mean(cases, found), f"{_full(cases, found)} all right"))
            if show:
                _show(cases, picked, films)


def _cases(file: Path, films: Sequence[Film]) -> list[Case]:
    lines = (each.split("|", 1) for each in file.read_text("utf-8").splitlines())
    rules = [(wish, rule) for wish, rule in lines if not wish.startswith("#")]
    return [
        Case(wish, frozenset(row for row, film in enumerate(films) if _holds(rule, film)))
        for wish, rule in rules
    ]


def _holds(rule: str, film: Film) -> bool:
    """Tell whether a film's facts meet a predicate."""
    values: Mapping[str, Sequence[str]] = {
        "C": film.countries,
        "L": film.languages,
        "G": film.genres,
        "T": film.themes,
        "P": (*film.directors, *film.cast),
        "D": film.directors,
        "W": film.writers,
        "F": (film.title, film.label),
    }
    facts = {name: partial(_has_any, each) for name, each in values.items()}
    scope = {
        "y": film.year or 0,
        "m": film.minutes or LENGTH_UNKNOWN,
        "languages": film.languages,
        "colour": film.colour,
    }
    return bool(eval(rule, {"__builtins__": {"any": any}}, {**facts, **scope}))  # noqa: S307 - our own files


def _has_any(values: Sequence[str], *wanted: str) -> bool:
    return not set(wanted).isdisjoint(values)


async def _picked(bot: Bot, wish: str, rows: Mapping[str, int]) -> list[int]:
    """Ask as a new member of an empty club does."""
    number = f"{time.perf_counter_ns():x}"
    reply = await bot.handle(Request(number, CALLER, f"/recommend {wish}"))
    return [rows[film_id] for film_id in _films(reply)]


def _films(reply: Reply) -> list[str]:
    lists = (block for block in reply.blocks if isinstance(block, FilmList))
    return [item.film_id for each in lists for item in each.items]


def _with_facts(film: Film, document: FilmDocument) -> FilmDocument:
    """Add to a film's text what a text matcher could read of its facts."""
    english = Locale("en")
    countries = (english.territories.get(code, code) for code in film.countries)
    languages = (english.languages.get(code, code) for code in film.languages)
    facts = " ".join([*countries, *languages, str(film.year)])
    return replace(document, text=f"{document.text} {facts}")


def _bm25(films: Sequence[FilmDocument]) -> Ranker:
    score = peers.bm25_words(films)
    return lambda wish: _best(score(analyzer.words(wish)))


def _tfidf(films: Sequence[FilmDocument]) -> Ranker:
    score = peers.tfidf_words(films)
    return lambda wish: _best(score(wish))


def _best(scores: peers.Scores) -> list[int]:
    return [int(row) for row in top_rows(scores, [], PICKS) if scores[row] > 0]


def _mean(cases: Sequence[Case], found: Sequence[Sequence[int]]) -> str:
    return str(estimate([case.precision(rows) for case, rows in zip(cases, found, strict=True)]))


def _full(cases: Sequence[Case], found: Sequence[Sequence[int]]) -> int:
    return sum(case.precision(rows) >= 1 for case, rows in zip(cases, found, strict=True))


def _show(cases: Sequence[Case], found: Sequence[Sequence[int]], films: Sequence[Film]) -> None:
    for case, rows in zip(cases, found, strict=True):
        if case.precision(rows) < 1:
            labels = ("" if row in case.right else "! " for row in rows[:PICKS])
            shown = (mark + films[row].label for mark, row in zip(labels, rows, strict=False))
            print(
                f"  {case.precision(rows):.2f} {case.wish} ({len(case.right)}): {'; '.join(shown)}"
            )


def reading(index: BaseIndex, wishes: Sequence[str]) -> None:
    """Print the processor time of reading alone."""
    _print_spent("Reading alone", lambda wish: read_wish(wish, index, THIS_YEAR), wishes * ROUNDS)


def answering(index: BaseIndex, wishes: Sequence[str]) -> None:
    """Print the processor time of wishes that are read and answered, by how much their member rated."""
    overlay, members = _club(index)

    def answer(wish: str, profile: Profile) -> object:
        asked = read_wish(wish, index, THIS_YEAR)
        query = Query(mood=asked.words, demands=asked.demands, profiles=(profile,))
        return recommend(overlay, query)

    for profile in (Profile(), members[0]):
        name = f"Read and answered, {len(index)} films, {len(profile.ratings)} ratings"
        _print_spent(name, partial(answer, profile=profile), wishes)


def _club(index: BaseIndex) -> tuple[Overlay, Sequence[Profile]]:
    """Make a club of eight that wrote 1,000 short reviews."""
    draw = random.Random(5)
    overlay, ratings = Overlay(index), [dict[str, int]() for _ in range(MEMBERS)]
    reviews: list[ReviewDocument] = []
    for number in range(REVIEWS):
        film_id, member = index.film_ids[draw.randrange(len(index))], number % MEMBERS
        ratings[member][film_id] = draw.randint(3, 10)
        text = " ".join(draw.choices(WORDS, k=12))
        review = ReviewDocument(f"r{number}", film_id, f"m{member}", text, ratings[member][film_id])
        reviews.append(review)
    overlay.put_all(reviews)
    return overlay, [Profile(each) for each in ratings]


def _print_spent(
    name: str, ask: Callable[[str], object], wishes: Sequence[str], warm: int = 50
) -> None:
    for wish in wishes[:warm]:
        ask(wish)
    spent = []
    for wish in wishes:
        before = time.process_time_ns()
        ask(wish)
        spent.append((time.process_time_ns() - before) / 1e6)
    quantiles = statistics.quantiles(spent, n=100)
    print(f"\n{name}: p50 {np.median(spent):.3f} ms, p99 {quantiles[98]:.3f} ms")


if __name__ == "__main__":
    main()
