"""`matinee catalogue`: import films from files, show them, search them."""

import argparse
import asyncio
import io
import json
import re
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.cli.catalogue import joins
from adapters.cli.catalogue.release_days import import_days_of
from adapters.cli.opening import opened
from adapters.cli.progress import showing_progress
from adapters.indexes.catalogue_index import load_starter, load_titles, rebuild
from adapters.runtime.settings.settings import Settings
from bot.catalogue import starter
from bot.catalogue.importing import movielens
from bot.catalogue.importing.credits import WIKIPEDIA, WIKIPEDIA_LICENCE, page_of
from bot.catalogue.importing.films import import_films
from bot.catalogue.importing.imdb import films as imdb
from bot.catalogue.importing.report import ImportReport
from bot.catalogue.titles.index import TitleIndex, TitleMatch
from bot.domain.errors import UserError
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.words.text import printable
from bot.ports.store import Store

MOST_FOUND = 10
_LABEL_CELLS = 44


async def run(options: argparse.Namespace, settings: Settings) -> None:
    """Carry out one action. Raises UserError, StoreError, OSError."""
    async with _opened(settings) as store:
        match options.action:
            case "import":
                await _import(store, options.path, _choice(options))
            case "days":
                await import_days_of(options, store, settings.folder)
            case "status":
                await _status(store)
            case "show":
                await _show(store, settings.folder, " ".join(options.film))
            case "twins":
                await joins.twins(store, _say)
            case "join":
                _say(await joins.join(store, settings, options.film, options.other))
            case "part":
                _say(await joins.part(store, options.film))
            case "rebuild":
                await _rebuild(store, settings.folder)
            case "search":
                await _search(
                    store, settings.folder, " ".join(options.query), as_json=bool(options.json)
                )


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Store]:
    async with opened(settings) as store:
        await load_starter(store)
        yield store


def _say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")


# import -----------------------------------------------------------------------------------------


async def _import(store: Store, path: Path, choice: imdb.ImdbChoice) -> None:
    with showing_progress() as progress:
        report = await import_films(path, store.catalogue, progress, choice=choice)
    _say(_summary(report))
    if f"import:{imdb.SOURCE}" in report.sources:
        _say(imdb.COURTESY)
    for row in report.skipped:
        _say(f"  skipped: {row}")
    if report.skipped_count > len(report.skipped):
        _say(f"  and {report.skipped_count - len(report.skipped)} more")
    if report.added or report.completed:
        _say(
            "A Matinee that runs knows them within a minute or so, another from its next start on."
        )


def _summary(report: ImportReport) -> str:
    if report.already and not report.read:
        return "Nothing to do: this was imported before, and nothing in it has changed."
    parts = [
        f"{report.read:,} read",
        f"{report.added:,} new",
        f"{report.completed:,} known films completed",
        f"{report.unchanged:,} unchanged",
        f"{report.skipped_count:,} skipped",
    ]
    before = f" {len(report.already)} files were imported before." if report.already else ""
    return f"Films: {', '.join(parts)}.{before}"


def _choice(options: argparse.Namespace) -> imdb.ImdbChoice:
    """Return the films to take of IMDb's files, and in which regions' titles."""
    regions = frozenset(each.strip().upper() for each in options.regions.split(","))
    wrong = sorted(each for each in regions if not re.fullmatch(r"[A-Z]{2,4}", each))
    if wrong or options.votes < 0:
        raise UserError(
            f"--regions wants codes of countries such as GB,DE, not {printable(wrong[0])!r}."
            if wrong
            else "--votes wants a number from 0 on; with 0 every film is taken."
        )
    return imdb.ImdbChoice(options.votes, imdb.DEFAULT_CHOICE.regions | regions)


async def _rebuild(store: Store, folder: Path) -> None:
    with showing_progress() as progress:
        index, titles = await rebuild(store, folder, progress)
    if len(index) == titles:
        _say(f"The index holds {titles:,} films.")
    else:
        _say(
            f"{titles:,} films can be named, shown and reviewed. "
            f"Picks come from the {len(index):,} best known, and from what a club has reviewed or named."
        )


# status, show -----------------------------------------------------------------------------------


async def _status(store: Store) -> None:
    counts: Counter[str] = Counter()
    ids = 0
    for source, (count, numbered) in (await store.catalogue.counts()).items():
        counts[source.partition(":")[0]] += count
        ids += numbered
    _say(f"{counts.total():,} films; {ids:,} with an IMDb or TMDB number.")
    for source, count in counts.most_common():
        _say(f"  {source:<12}{count:>8,}   {LICENCES.get(source, '')}".rstrip())


LICENCES = {
    starter.SOURCE: "written for Matinee, MIT",
    WIKIPEDIA: WIKIPEDIA_LICENCE,
    movielens.SOURCE: movielens.LICENCE,
    imdb.SOURCE: imdb.LICENCE,
    "tmdb": "TMDB's terms of use",
}


async def _show(store: Store, folder: Path, wanted: str) -> None:
    titles = await load_titles(store, folder)
    match = titles.resolve(wanted, MOST_FOUND)
    found = match.exact or match.near
    films = await _films(store, found)
    if not films:
        _say(f"No film is called {printable(wanted)!r}. Try: matinee catalogue search ...")
        return
    if len(match.exact) != 1 and len(films) > 1:
        _table(films, found)
        _say("Show one of them by its id: matinee catalogue show id:...")
        return
    for line in _facts(films[0]):
        _say(line)


def _facts(film: Film) -> Iterator[str]:
    rows: dict[str, object] = {
        "id": film.film_id,
        "directed by": ", ".join(film.directors),
        "with": ", ".join(film.cast),
        "also called": ", ".join(film.titles[1:]),
        "genres": ", ".join(film.genres),
        "themes": ", ".join(film.themes),
        "from": ", ".join((*film.countries, *film.languages)),
        "minutes": film.minutes,
        "based on": film.based_on,
        "imdb": film.imdb_id,
        "tmdb": film.tmdb_id,
        "rated by": film.popularity,
        "joined with": film.stands_for,
        "source": _attribution(film),
    }
    yield printable(film.label)
    for name, value in rows.items():
        if value:
            yield f"  {name:<12}{printable(str(value))}"
    if film.logline:
        yield f"\n{printable(film.logline)}"


def _attribution(film: Film) -> str:
    source, _, place = film.source.partition(":")
    where = page_of(film) or place
    return " ".join(part for part in (source, where, f"({LICENCES.get(source, source)})") if part)


# search -----------------------------------------------------------------------------------------


async def _search(store: Store, folder: Path, query: str, *, as_json: bool) -> None:
    titles = await load_titles(store, folder)
    if not as_json:
        found = search(titles, query)
        _table(await _films(store, found), found)
        return
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    while line := await asyncio.to_thread(sys.stdin.readline):
        found = search(titles, line.strip())
        films = await _films(store, found)
        sys.stdout.write(json.dumps(list(_as_json(films, found)), ensure_ascii=False) + "\n")
        sys.stdout.flush()


def search(titles: TitleIndex, query: str) -> Sequence[TitleMatch]:
    """Find films by title, best first: exact matches, then similar titles."""
    match = titles.resolve(query, MOST_FOUND)
    exact = {each.film_id for each in match.exact}
    more = (*match.near, *titles.near(query, MOST_FOUND)) if query else ()
    near = {each.film_id: each for each in more if each.film_id not in exact}
    return (*match.exact, *near.values())[:MOST_FOUND]


async def _films(store: Store, found: Iterable[TitleMatch]) -> list[Film]:
    ids: list[FilmId] = [each.film_id for each in found]
    known = await store.catalogue.many(ids)
    return [known[film_id] for film_id in ids if film_id in known]


def _as_json(films: Sequence[Film], found: Sequence[TitleMatch]) -> Iterator[dict[str, object]]:
    scores = {each.film_id: each.score for each in found}
    for film in films:
        yield {
            "title": film.title,
            "year": film.year,
            "directors": list(film.directors),
            "id": film.film_id,
            "score": round(min(1.0, scores[film.film_id]), 4),
        }


def _table(films: Sequence[Film], found: Sequence[TitleMatch]) -> None:
    if not films:
        _say("Nothing like it is known.")
    scores = {each.film_id: each.score for each in found}
    for film in films:
        label = printable(film.label)
        by = printable(", ".join(film.directors))
        _say(f"{scores[film.film_id]:5.2f}  {label:<{_LABEL_CELLS}}  {film.film_id}  {by}".rstrip())
