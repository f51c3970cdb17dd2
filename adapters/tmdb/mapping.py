"""Mapping of TMDB's JSON to films. Fields that are missing, empty or of another type are left out."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from adapters.tmdb.json_fields import (
    LONGEST_TEXT,
    Json,
    day_in,
    matching,
    names_of,
    number_in,
    object_in,
    objects_in,
    text_in,
    year_in,
)
from adapters.tmdb.keywords import themes_of
from bot.catalogue.importing.matching.film_ids import slug
from bot.domain.films.film import Film, Release, ReleaseKind
from bot.domain.ids import FilmId
from bot.domain.words.text import one_line
from bot.ports.film_source import FilmPage, SourceFilm, WhereToWatch

SOURCE = "tmdb"
POSTERS = "https://image.tmdb.org/t/p/w500"

_KINDS = dict(enumerate(ReleaseKind, start=1))
_GENRES = {"music": "musical", "tv movie": ""}
_LONGEST_TITLE = 200
_MOST_TITLES = 12
_MOST_CAST = 8
_MOST_THEMES = 12
_MOST_WRITERS = 3
_WRITING = frozenset({"Screenplay", "Writer", "Author", "Story"})
_ENGLISH = ("GB", "US", "IE", "AU", "CA", "NZ")
_IMDB = re.compile(r"tt\d{5,10}")
_CODE = re.compile(r"[A-Za-z]{2}")
_COLLECTION = re.compile(r"\s*[(\[]?\bcollection[)\]]?$", re.IGNORECASE)
_SITES = {"YouTube": "https://www.youtube.com/watch?v=", "Vimeo": "https://vimeo.com/"}
_VIDEO = re.compile(r"[\w-]{5,20}", re.ASCII)
_POSTER = re.compile(r"/[\w.-]{1,100}")


def search_results(answer: Json) -> list[SourceFilm]:
    """Return the films of a page of search results."""
    return [film for each in objects_in(answer, "results") if (film := _result(each))]


def _result(entry: Json) -> SourceFilm | None:
    number, title = number_in(entry, "id"), text_in(entry, "title")
    if not number or not title or entry.get("adult") is True:
        return None
    return SourceFilm(number, title, year_in(entry))


def film_of(details: Json) -> Film | None:
    """Return the film of a details answer with all its appended parts; None where it has none."""
    number, title, year = number_in(details, "id"), text_in(details, "title"), year_in(details)
    if not number or not title or details.get("adult") is True:
        return None
    original = text_in(details, "original_title")
    keywords = objects_in(object_in(details, "keywords"), "keywords")
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
        minutes=number_in(details, "runtime"),
        themes=tuple(themes_of(names_of(keywords)))[:_MOST_THEMES],
        logline=one_line(text_in(details, "overview"), LONGEST_TEXT),
        imdb_id=matching(_IMDB, details.get("imdb_id")),
        tmdb_id=number,
        releases=tuple(releases_of(object_in(details, "release_dates"))),
        source=SOURCE,
        popularity=number_in(details, "vote_count"),
        poster=_poster(details),
        writers=tuple(_writers(details))[:_MOST_WRITERS],
        series=_collection(details),
    )


def page_of(details: Json, region: str) -> FilmPage | None:
    """Return what a details answer with all its appended parts shows; None where it has no film."""
    number = number_in(details, "id")
    if not number or details.get("adult") is True:
        return None
    series = _collection(details) or ""
    watch = _where_to_watch(object_in(details, "watch/providers"), region)
    return FilmPage(number, _poster(details), _trailer(details), series, watch)


def _where_to_watch(answer: Json, region: str) -> WhereToWatch:
    """Return the services of one region; those of several plans or channels stand there once."""
    offers = object_in(object_in(answer, "results"), region)
    stream, bought = (
        tuple(_services(each for name in kinds for each in objects_in(offers, name)))
        for kinds in (("flatrate", "free", "ads"), ("rent", "buy"))
    )
    link = text_in(offers, "link")
    return WhereToWatch(region, stream, bought, link if link.startswith("https://") else None)


def _services(offers: Iterable[Json]) -> Iterator[str]:
    """Yield names, best known first, without `Netflix Standard with Ads` beside `Netflix`."""
    ordered = sorted(offers, key=lambda each: number_in(each, "display_priority") or 0)
    names = list(dict.fromkeys(filter(None, (text_in(each, "provider_name") for each in ordered))))
    for name in names:
        if not any(name != other and name.startswith(f"{other} ") for other in names):
            yield name


def _trailer(details: Json) -> str | None:
    """Return the address of the official trailer, else of another one."""
    videos = [
        each
        for each in objects_in(object_in(details, "videos"), "results")
        if each.get("type") == "Trailer"
    ]
    for each in sorted(videos, key=lambda video: video.get("official") is not True):
        start, key = _SITES.get(text_in(each, "site")), matching(_VIDEO, each.get("key"))
        if start and key:
            return f"{start}{key}"
    return None


def releases_of(answer: Json, region: str | None = None) -> list[Release]:
    """Return release dates: the first day of each kind in each region, sorted."""
    first: dict[tuple[str, ReleaseKind], date] = {}
    for country in objects_in(answer, "results"):
        code = matching(_CODE, country.get("iso_3166_1"))
        if code is None or region not in {None, code.upper()}:
            continue
        for entry in objects_in(country, "release_dates"):
            kind, day = _KINDS.get(number_in(entry, "type") or 0), day_in(entry)
            if kind and day:
                key = (code.upper(), kind)
                first[key] = min(day, first.get(key, day))
    return [Release(code, kind, day, SOURCE) for (code, kind), day in sorted(first.items())]


def changed_numbers(answer: Json) -> set[int]:
    """Return the films' numbers of a page of changes."""
    return {number for each in objects_in(answer, "results") if (number := number_in(each, "id"))}


def found_number(answer: Json) -> int | None:
    """Return the number of a film found by its IMDb id."""
    numbers = (number_in(each, "id") for each in objects_in(answer, "movie_results"))
    return next((number for number in numbers if number), None)


def pages(answer: Json) -> int:
    """Return the number of pages."""
    return number_in(answer, "total_pages") or 1


def _other_titles(details: Json, there: set[str]) -> Iterator[str]:
    """Yield alternative titles, those of English-speaking countries first.

    All other countries' follow, since a club may be anywhere.
    """
    listed = objects_in(object_in(details, "alternative_titles"), "titles")
    seen = {title.casefold() for title in there if title}
    for entry in sorted(listed, key=lambda each: each.get("iso_3166_1") not in _ENGLISH):
        title = one_line(text_in(entry, "title"), _LONGEST_TITLE)
        if title and title.casefold() not in seen:
            seen.add(title.casefold())
            yield title


def _directors(details: Json) -> Iterator[str]:
    crew = objects_in(object_in(details, "credits"), "crew")
    return names_of(each for each in crew if each.get("job") == "Director")


def _writers(details: Json) -> Iterator[str]:
    crew = objects_in(object_in(details, "credits"), "crew")
    return names_of(each for each in crew if each.get("job") in _WRITING)


def _collection(details: Json) -> str | None:
    """Return the name of the film's series, without the word for a collection."""
    name = text_in(object_in(details, "belongs_to_collection"), "name")
    return _COLLECTION.sub("", name) or None


def _cast(details: Json) -> Iterator[str]:
    cast = objects_in(object_in(details, "credits"), "cast")
    billed = sorted(cast, key=lambda each: number_in(each, "order") or 0)
    return names_of(billed[:_MOST_CAST])


def _countries(details: Json) -> Iterator[str]:
    produced = [each.get("iso_3166_1") for each in objects_in(details, "production_countries")]
    origin = details.get("origin_country")
    listed = [*(origin if isinstance(origin, list) else []), *produced]
    codes = (matching(_CODE, each) for each in listed)
    return iter(dict.fromkeys(code.upper() for code in codes if code))


def _languages(details: Json) -> Iterator[str]:
    spoken = [each.get("iso_639_1") for each in objects_in(details, "spoken_languages")]
    codes = (matching(_CODE, each) for each in spoken or [details.get("original_language")])
    return iter(dict.fromkeys(code.lower() for code in codes if code and code.lower() != "xx"))


def _genres(details: Json) -> Iterator[str]:
    for name in names_of(objects_in(details, "genres")):
        genre = _GENRES.get(name.lower(), name.lower())
        if genre:
            yield genre


def _poster(details: Json) -> str | None:
    path = matching(_POSTER, details.get("poster_path"))
    return f"{POSTERS}{path}" if path else None
