"""Mapping of TMDB's JSON to films. Fields that are missing, empty or of another type are left out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from bot.catalogue.importing.matching.film_ids import slug
from bot.domain.films import Film, Release, ReleaseKind
from bot.domain.ids import FilmId
from bot.domain.text import one_line, storable
from bot.ports.film_source import SourceFilm

SOURCE = "tmdb"
POSTERS = "https://image.tmdb.org/t/p/w500"

_KINDS = dict(enumerate(ReleaseKind, start=1))
_GENRES = {"music": "musical", "tv movie": ""}
_LONGEST_TITLE = 200
_LONGEST_TEXT = 1_000
_MOST_TITLES = 12
_MOST_CAST = 8
_MOST_THEMES = 12
_ENGLISH = ("GB", "US", "IE", "AU", "CA", "NZ")
_IMDB = re.compile(r"tt\d{5,10}")
_CODE = re.compile(r"[A-Za-z]{2}")
_POSTER = re.compile(r"/[\w.-]{1,100}")

Json = Mapping[str, Any]


def search_results(answer: Json) -> list[SourceFilm]:
    """Return the films of a page of search results."""
    return [film for each in _objects(answer, "results") if (film := _result(each))]


def _result(entry: Json) -> SourceFilm | None:
    number, title = _number(entry, "id"), _text(entry, "title")
    if not number or not title or entry.get("adult") is True:
        return None
    return SourceFilm(number, title, _year(entry))


def film_of(details: Json) -> Film | None:
    """Return the film of a details answer with all its appended parts; None where it has none."""
    number, title, year = _number(details, "id"), _text(details, "title"), _year(details)
    if not number or not title or details.get("adult") is True:
        return None
    original = _text(details, "original_title")
    return Film(
        film_id=FilmId("-".join(filter(None, (slug(title)[:40] or "film", str(year or ""))))),
        title=title,
        year=year,
        original_title=original if original != title else None,
        other_titles=tuple(_other_titles(details, {title, original}))[:_MOST_TITLES],
        directors=tuple(_directors(details)),
        cast=tuple(_cast(details)),
        countries=tuple(_countries(details)),
        languages=tuple(_languages(details)),
        genres=tuple(_genres(details)),
        minutes=_number(details, "runtime"),
        themes=tuple(_names(_objects(_object(details, "keywords"), "keywords")))[:_MOST_THEMES],
        logline=one_line(_text(details, "overview"), _LONGEST_TEXT),
        imdb_id=_matching(_IMDB, details.get("imdb_id")),
        tmdb_id=number,
        releases=tuple(releases_of(_object(details, "release_dates"))),
        source=SOURCE,
        popularity=_number(details, "vote_count"),
        poster=_poster(details),
    )


def releases_of(answer: Json, region: str | None = None) -> list[Release]:
    """Return release dates: the first day of each kind in each region, sorted."""
    first: dict[tuple[str, ReleaseKind], date] = {}
    for country in _objects(answer, "results"):
        code = _matching(_CODE, country.get("iso_3166_1"))
        if code is None or region not in {None, code.upper()}:
            continue
        for entry in _objects(country, "release_dates"):
            kind, day = _KINDS.get(_number(entry, "type") or 0), _day(entry)
            if kind and day:
                key = (code.upper(), kind)
                first[key] = min(day, first.get(key, day))
    return [Release(code, kind, day, SOURCE) for (code, kind), day in sorted(first.items())]


def changed_numbers(answer: Json) -> set[int]:
    """Return the films' numbers of a page of changes."""
    return {number for each in _objects(answer, "results") if (number := _number(each, "id"))}


def found_number(answer: Json) -> int | None:
    """Return the number of a film found by its IMDb id."""
    numbers = (_number(each, "id") for each in _objects(answer, "movie_results"))
    return next((number for number in numbers if number), None)


def pages(answer: Json) -> int:
    """Return the number of pages."""
    return _number(answer, "total_pages") or 1


def _other_titles(details: Json, there: set[str]) -> Iterator[str]:
    """Yield alternative titles, those of English-speaking countries first.

    All other countries' follow, since a club may be anywhere.
    """
    listed = _objects(_object(details, "alternative_titles"), "titles")
    seen = {title.casefold() for title in there if title}
    for entry in sorted(listed, key=lambda each: each.get("iso_3166_1") not in _ENGLISH):
        title = one_line(_text(entry, "title"), _LONGEST_TITLE)
        if title and title.casefold() not in seen:
            seen.add(title.casefold())
            yield title


def _directors(details: Json) -> Iterator[str]:
    crew = _objects(_object(details, "credits"), "crew")
    return _names(each for each in crew if each.get("job") == "Director")


def _cast(details: Json) -> Iterator[str]:
    cast = _objects(_object(details, "credits"), "cast")
    billed = sorted(cast, key=lambda each: _number(each, "order") or 0)
    return _names(billed[:_MOST_CAST])


def _countries(details: Json) -> Iterator[str]:
    produced = [each.get("iso_3166_1") for each in _objects(details, "production_countries")]
    origin = details.get("origin_country")
    listed = [*(origin if isinstance(origin, list) else []), *produced]
    codes = (_matching(_CODE, each) for each in listed)
    return iter(dict.fromkeys(code.upper() for code in codes if code))


def _languages(details: Json) -> Iterator[str]:
    spoken = [each.get("iso_639_1") for each in _objects(details, "spoken_languages")]
    codes = (_matching(_CODE, each) for each in spoken or [details.get("original_language")])
    return iter(dict.fromkeys(code.lower() for code in codes if code and code.lower() != "xx"))


def _genres(details: Json) -> Iterator[str]:
    for name in _names(_objects(details, "genres")):
        genre = _GENRES.get(name.lower(), name.lower())
        if genre:
            yield genre


def _poster(details: Json) -> str | None:
    path = _matching(_POSTER, details.get("poster_path"))
    return f"{POSTERS}{path}" if path else None


# Fields of any type -----------------------------------------------------------------------------


def _object(thing: Json, name: str) -> Json:
    found = thing.get(name)
    return found if isinstance(found, dict) else {}


def _objects(thing: Json, name: str) -> list[Json]:
    found = thing.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _text(thing: Json, name: str) -> str:
    found = thing.get(name)
    return one_line(storable(found), _LONGEST_TEXT) if isinstance(found, str) else ""


def _number(thing: Json, name: str) -> int | None:
    """Return a positive whole number; TMDB writes 0 for an unknown one."""
    found = thing.get(name)
    usable = isinstance(found, int) and not isinstance(found, bool) and 0 < found < 2**31
    return found if usable else None


def _names(things: Iterable[Json]) -> Iterator[str]:
    names = (_text(each, "name") for each in things)
    return iter(dict.fromkeys(name for name in names if name))


def _day(thing: Json) -> date | None:
    """Return the day of a release: a local day, though it is written as midnight in UTC."""
    try:
        return date.fromisoformat(_text(thing, "release_date")[:10])
    except ValueError:
        return None


def _year(thing: Json) -> int | None:
    day = _day(thing)
    return day.year if day else None


def _matching(form: re.Pattern[str], found: object) -> str | None:
    return found if isinstance(found, str) and form.fullmatch(found) else None
