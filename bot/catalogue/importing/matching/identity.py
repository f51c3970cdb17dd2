"""Identity of a film: the facts that tell it from others, and how two of them compare."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.catalogue.importing.extracts import year_said
from bot.catalogue.importing.matching.film_ids import slug
from bot.catalogue.titles.normalise import TitleKeys, keys_of, squeezed, unslighted
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.words.patterns import lazy_pattern

FURTHEST = 2
"""Most years apart: lists date a film by festival, by country or by cinema release."""

_CUT = lazy_pattern(r"\s*(?::| [-–—]) +")
_WHOSE = lazy_pattern(r"^[^:]{3,40}?['’]s? ")
"""Name before a title: `Tyler Perry's`."""
_IN_3D = lazy_pattern(r"(?<=\w)(?: in)? 3 ?d$")
_SUFFIX = lazy_pattern(r"-(?:jr|sr|ii|iii|iv)$")
_INITIAL = lazy_pattern(r"(?<=[a-z]{2})-[a-z](?=-)")
_NICKNAME = lazy_pattern(r"[\"“'‘(][^\"”'’)]*[\"”'’)]")


@dataclass(frozen=True, slots=True)
class Identity:
    """Facts that tell a film from others; `years`: as listed, and as its text gives it.

    Titles are held four times, from strict to loose: `plains` with their articles, `keys` without,
    `looks`, which two spellings of one title share (`Vol. 1` and `Volume One`, `3-D` and `3D`), and
    `parts`, the looks of what stands before and after a colon.
    """

    film_id: FilmId
    plains: frozenset[str]
    keys: frozenset[str]
    looks: frozenset[str]
    parts: frozenset[str]
    years: frozenset[int]
    directors: frozenset[str]
    cast: frozenset[str]
    genres: frozenset[str]
    imdb_id: str | None
    tmdb_id: int | None
    source: str

    @classmethod
    def of(cls, film: Film) -> "Identity":
        """Take these facts from a film."""
        said = year_said(film.logline) if film.logline else None
        years = {film.year, said if said and abs(said - (film.year or 0)) <= FURTHEST else None}
        titles = [keys_of(title) for title in film.titles]
        return cls(
            film.film_id,
            frozenset(each.plain for each in titles),
            frozenset(each.key for each in titles),
            frozenset(look for each in titles for look in looks_of(each)),
            frozenset(look for title in film.titles for look in parts_of(title)),
            frozenset(year for year in years if year),
            frozenset(map(person_key, film.directors)),
            frozenset(map(person_key, film.cast)),
            _kinds(film.genres),
            film.imdb_id,
            film.tmdb_id,
            film.source,
        )

    @property
    def origin(self) -> str:
        """Name of the source."""
        return self.source.partition(":")[0]

    @property
    def page(self) -> str:
        """Number or page within the source; empty where it has none."""
        return self.source.partition(":")[2]


def looks_of(title: TitleKeys) -> frozenset[str]:
    """Return the loosest keys of a title: without gaps, articles, "and", and "3-D" at its end."""
    return frozenset(squeezed(unslighted(_IN_3D.sub("", each))) for each in title.loose)


def parts_of(title: str) -> Iterator[str]:
    """Yield the looks of a title's parts of two words or more: `Ever After` of one with a subtitle."""
    heads = [title[: each.start()] for each in _CUT.finditer(title)]
    tails = [title[each.end() :] for each in (*_CUT.finditer(title), *_WHOSE.finditer(title))]
    for keys in map(keys_of, (*heads, *tails)):
        if " " in unslighted(keys.key):
            yield from looks_of(keys)


def _kinds(genres: Sequence[str]) -> frozenset[str]:
    """Return the genres; lives and history are drama too, as some lists have it."""
    drama = {"drama"} if {"biography", "history"}.intersection(genres) else set()
    return frozenset(genres) | drama


def person_key(name: str) -> str:
    """Normalise a person's name: no accents, no nickname, no middle initial, no "Jr."."""
    bare = _NICKNAME.sub(" ", name) if " " in name else name
    key = _SUFFIX.sub("", slug(bare.removesuffix(" brothers")) or slug(name) or name.casefold())
    return _INITIAL.sub("", key)


def years_apart(one: Identity, other: Identity) -> int:
    """Return the least difference of their years; a very large one where a year is unknown."""
    return min((abs(a - b) for a in one.years for b in other.years), default=10_000)


def ids_differ(one: Identity, other: Identity) -> bool:
    """Tell whether ids of one kind differ.

    IMDb may list a film twice: title, year and TMDB's number together outweigh its numbers.
    """
    if one.tmdb_id and one.tmdb_id == other.tmdb_id and one.plains & other.plains:
        return bool(one.imdb_id and other.imdb_id and years_apart(one, other))
    if one.imdb_id and other.imdb_id:
        return one.imdb_id != other.imdb_id
    return bool(one.tmdb_id and other.tmdb_id and one.tmdb_id != other.tmdb_id)


def same_record(one: Identity, other: Identity) -> bool:
    """Tell whether the film was imported from this same record before."""
    return (
        one.source == other.source
        and one.keys >= other.keys
        and other.years <= one.years
        and (one.directors, one.cast, one.genres) == (other.directors, other.cast, other.genres)
    )


def same_page(one: Identity, other: Identity) -> bool:
    """Tell whether both are from one page of their source, whose name may be stopped otherwise."""
    return slug(one.page) == slug(other.page)


# People -----------------------------------------------------------------------------------------

_SAME_CAST = 3
_SAME_SHARE = 0.6
_SAME_MAKERS = 2


def same_people(one: Identity, other: Identity) -> bool:
    """Tell whether two films of one title, a few years apart, are one by their people."""
    apart = years_apart(one, other)
    directed = _shared(one.directors, other.directors)
    acted = _shared(one.cast, other.cast)
    if directed:
        close = apart == 0 or (apart == 1 and not (one.cast and other.cast))
        return bool(acted) or close
    smaller = min(len(one.cast), len(other.cast))
    if one.directors and other.directors:
        # A name may be misread; a whole cast is not, nor a family name and a player together.
        whole = acted >= max(_SAME_CAST, _SAME_SHARE * smaller)
        family = acted > 0 and bool(_families(one.directors) & _families(other.directors))
        return apart == 0 and (whole or family)
    if apart:
        return (acted >= 2 and acted >= smaller / 2) or (acted > 0 and one.page == other.page != "")
    return acted > 0


def same_makers(one: Identity, other: Identity) -> bool:
    """Tell whether both have a director and two players in common."""
    return bool(one.directors & other.directors) and len(one.cast & other.cast) >= _SAME_MAKERS


def comparable(one: Identity, other: Identity) -> bool:
    """Tell whether both have directors, or both a cast, to compare.

    The cast of a documentary are those it is about, and each list names others.
    """
    if one.directors and other.directors:
        return True
    documentary = "documentary" in one.genres & other.genres
    return bool(one.cast and other.cast and not documentary)


def _shared(some: frozenset[str], others: frozenset[str]) -> int:
    """Count the people named on both sides; a lone family name matches anybody of that name."""
    shared = len(some & others)
    if shared:
        return shared
    lone = {name for name in some | others if "-" not in name}
    return len(_families(some) & _families(others) & lone) if lone else 0


def _families(names: frozenset[str]) -> set[str]:
    return {name.rsplit("-", 1)[-1] for name in names}
