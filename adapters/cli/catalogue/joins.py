"""`matinee catalogue twins`, `join` and `part`: two films that are one become one, and back."""

from collections.abc import Callable
from datetime import UTC, datetime

from adapters.indexes.catalogue_index import load_titles
from adapters.runtime.process.clock import RandomIds
from adapters.runtime.settings.settings import Settings
from bot.catalogue.importing.matching.twins import twins_among
from bot.domain.errors import NotFound
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.words.text import printable
from bot.features.merging.catalogue_join import join_films, part_film
from bot.messages.phrases import counted
from bot.ports.store import Store

_MOST_OFFERED = 5


async def join(store: Store, settings: Settings, film: str, other: str) -> str:
    """Join the first film with the second; return what was done. Raises UserError."""
    first, second = [await _named(each, store, settings) for each in (film, other)]
    done = await join_films(first, second, store, RandomIds(), datetime.now(UTC))
    along = f" What {counted(done.clubs, 'club')} said of it went along." if done.clubs else ""
    return (
        f"Joined: {printable(done.film.label)} ({first}) is {printable(done.other.label)} "
        f"({second}) from now on.{along}\nUndo it with: matinee catalogue part id:{first}"
    )


async def part(store: Store, film: str) -> str:
    """Undo a join; return what was done. Raises UserError."""
    film_id = FilmId(film.strip().removeprefix("id:"))
    done = await part_film(film_id, store, RandomIds(), datetime.now(UTC))
    return (
        f"Parted: {printable(done.film.label)} ({film_id}) and {printable(done.other.label)} "
        f"({done.other.film_id}) are two films again."
    )


async def twins(store: Store, say: Callable[[str], None]) -> None:
    """List pairs that may be one film, best known first, as commands that would join them."""
    found = list(twins_among([film async for film in store.catalogue.all()]))
    found.sort(key=lambda pair: -sum(each.popularity or 0 for each in pair))
    for less, more in found:
        about = " / ".join(f"{_label(each)}, {_source(each)}" for each in (less, more))
        say(f"matinee catalogue join id:{less.film_id} id:{more.film_id}   # {about}")
    say(f"{counted(len(found), 'pair')} that may be one film. Join those that are.")


def _label(film: Film) -> str:
    by = f" by {film.directors[0]}" if film.directors else ""
    return printable(f"{film.label}{by}")


def _source(film: Film) -> str:
    return film.source.partition(":")[0]


async def _named(text: str, store: Store, settings: Settings) -> FilmId:
    """Return the one film of this title, id or address; NotFound names those that may be meant."""
    film_id = FilmId(text.strip().removeprefix("id:"))
    if await store.catalogue.many([film_id]):
        return film_id
    found = (await load_titles(store, settings.folder)).resolve(text, _MOST_OFFERED)
    if found.only:
        return found.only.film_id
    likely = (*found.exact, *found.near)[:_MOST_OFFERED]
    offers = "; ".join(
        f"{printable(each.title)} ({each.year}): id:{each.film_id}" for each in likely
    )
    meant = f"Name one by its id: {offers}." if offers else "Try: matinee catalogue search ..."
    raise NotFound(f"{printable(text)!r} is not the title of one film. {meant}")
