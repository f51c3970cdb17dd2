"""`matinee evaluate FOLDER`: quality of picks on a host's own data, compared with peers."""

import argparse
import asyncio
import math
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from adapters.cli.progress import showing_progress
from adapters.indexes.catalogue_index import load_starter
from adapters.runtime.settings.settings import Settings
from bot.catalogue.club_index import film_document, review_document, roster_of
from bot.catalogue.importing.files.reader import UnreadableFile
from bot.catalogue.importing.films import import_films
from bot.catalogue.importing.ratings import has_ratings, ratings_of
from bot.domain.errors import UserError
from bot.domain.films.film import Film
from bot.domain.ids import ClubId, FilmId
from bot.domain.words.text import printable
from bot.messages.phrases import counted
from bot.ports.store import Store
from db.engines.open import open_store
from recommender.evaluation.experiments import FEWEST_QUERIES, OURS, ResultTable, experiments
from recommender.evaluation.metrics import Estimate
from recommender.evaluation.sample import Sample

DATABASE = "matinee.db"
_NAME_CELLS, _CELLS = 44, 22


async def run(options: argparse.Namespace) -> None:
    """Print one table per question. Raises UserError, StoreError, OSError."""
    folder: Path = options.folder
    found = False
    async for name, sample in _samples(folder):
        found = True
        _say(f"{name}: {_size(sample)}")
        await asyncio.to_thread(_answer, sample)
    if not found:
        raise UserError(
            f"there is nothing to evaluate on in {printable(str(folder))}. Give Matinee's data folder "
            f"(with {DATABASE}), or a folder with a MovieLens set in it (movies.csv, ratings.csv), "
            "best with Wikipedia film lists beside it."
        )


def _answer(sample: Sample) -> None:
    with showing_progress() as progress:
        done = partial(progress, "Evaluating")
        tables = list(experiments(sample, done=done))
    for table in tables:
        for line in lines_of(table):
            _say(line)


def _size(sample: Sample) -> str:
    return (
        f"{counted(len(sample.films), 'film')}, {counted(len(sample.members), 'member')}, "
        f"{counted(len(sample.reviews), 'rating')}"
    )


def lines_of(table: ResultTable) -> Iterator[str]:
    """Format a table: a line for each peer, our own last."""
    yield f"\n{table.title}; asked {counted(table.queries, 'time')}"
    if not table.lines:
        yield f"  Not enough ratings to say: it takes {FEWEST_QUERIES} such questions."
        return
    yield _line("", table.columns)
    for name, cells in table.lines.items():
        if name == OURS:
            yield from (_line(each, ["not installed"]) for each in table.missing)
        yield _line(name, [_cell(each) for each in cells])


def _line(name: str, cells: Sequence[str]) -> str:
    return f"{name:<{_NAME_CELLS}}" + "".join(f"{each:>{_CELLS}}" for each in cells)


def _cell(estimate: Estimate) -> str:
    return "-" if math.isnan(estimate.mean) else str(estimate)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


# Samples in the folder --------------------------------------------------------------------------


async def _samples(folder: Path) -> AsyncIterator[tuple[str, Sample]]:
    """Yield each club of a data folder, and each MovieLens set in a folder or right below it."""
    if (folder / DATABASE).is_file():
        async with _opened(folder) as store:
            every = [film async for film in store.catalogue.all()]
            films = [film for film in every if film.stands_for is None]
            for club in await store.clubs():
                sample = await _of_club(store, club, films)
                if sample.reviews:
                    yield f"Club {printable(club)}", sample
    places = _places(folder)
    for place in filter(has_ratings, places):
        yield f"MovieLens set {printable(place.name)}", await _of_set(place, places)


def _places(folder: Path) -> list[Path]:
    return [folder, *sorted(each for each in folder.iterdir() if each.is_dir())]


@asynccontextmanager
async def _opened(folder: Path) -> AsyncIterator[Store]:
    store = await open_store(Settings(data_dir=folder).database)
    try:
        yield store
    finally:
        await store.close()


async def _of_club(store: Store, club: ClubId, films: Sequence[Film]) -> Sample:
    """Collect the shared ratings of a club; private ones are left out."""
    async with store.reading(club) as work:
        roster = await roster_of(work)
        reviews = [each for each in await work.reviews.changed_since(0) if each.shared]
        known = {film.film_id: film for film in (*films, *await work.films.own())}
    return Sample.of(
        [film_document(film) for film in known.values()],
        [review_document(review, roster) for review in reviews],
    )


async def _of_set(place: Path, places: Sequence[Path]) -> Sample:
    """Collect a set's ratings of films that the lists beside it, or the starter, describe."""
    with tempfile.TemporaryDirectory() as scratch:
        async with _opened(Path(scratch)) as store:
            await load_starter(store)
            for each in (*(p for p in places if p != place), place):
                # A folder may hold no films.
                with suppress(UnreadableFile), showing_progress() as progress:
                    await import_films(each, store.catalogue, progress)
            films = {film.film_id: film async for film in store.catalogue.all()}
    reviews = list(ratings_of(place, films.values()))
    rated = {review.film_id for review in reviews}
    described = {film_id for film_id in rated if films[FilmId(film_id)].logline}
    # No popularity: how many rated a film is part of what the experiments predict.
    documents = [
        replace(film_document(films[FilmId(film_id)]), popularity=0.0)
        for film_id in described or rated
    ]
    return Sample.of(documents, reviews)
