"""Duplicates: films of several sources that are one film, found and merged.

Ids decide where both sides have them; else title, year and people have to agree. In doubt the films
stay apart: two entries for one film cost a question, two films in one entry cost a club its reviews.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.catalogue.importing.extracts import year_said
from bot.catalogue.importing.film_ids import slug
from bot.catalogue.titles.normalise import keys_of
from bot.domain.films import Film
from bot.domain.ids import FilmId

FURTHEST = 2
"""Most years apart: lists date a film by festival, by country or by cinema release."""

_SAME_CAST = 3
_SAME_SHARE = 0.6
_SUFFIX = re.compile(r"-(?:jr|sr|ii|iii|iv)$")
_NICKNAME = re.compile(r"[\"“'‘(][^\"”'’)]*[\"”'’)]")


@dataclass(frozen=True, slots=True)
class Identity:
    """Facts that tell a film from others; `years`: as listed, and as its text gives it."""

    film_id: FilmId
    keys: frozenset[str]
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
        return cls(
            film.film_id,
            frozenset(_key(title) for title in film.titles),
            frozenset(year for year in years if year),
            frozenset(map(person_key, film.directors)),
            frozenset(map(person_key, film.cast)),
            frozenset(film.genres),
            film.imdb_id,
            film.tmdb_id,
            film.source,
        )


class DuplicateFinder:
    """Index of known films that finds the one a new record is about."""

    def __init__(self, films: Iterable[Film] = ()) -> None:
        """Index the films."""
        self._by_id: dict[FilmId, Identity] = {}
        self._by_key: dict[str, tuple[FilmId, ...]] = {}
        self._by_imdb: dict[str, FilmId] = {}
        self._by_tmdb: dict[int, FilmId] = {}
        for film in films:
            self.add(film)

    def __contains__(self, film_id: object) -> bool:
        """Tell whether the id is taken."""
        return film_id in self._by_id

    def __len__(self) -> int:
        """Count the films."""
        return len(self._by_id)

    def add(self, film: Film) -> None:
        """Add a film, or update its facts."""
        self.add_identity(Identity.of(film))

    def add_identity(self, identity: Identity) -> None:
        """Add a film by its facts, or update them."""
        film_id = identity.film_id
        former = self._by_id.get(film_id)
        self._by_id[film_id] = identity
        for key in identity.keys - (former.keys if former else frozenset()):
            self._by_key[key] = (*self._by_key.get(key, ()), film_id)
        if identity.imdb_id:
            self._by_imdb[identity.imdb_id] = film_id
        if identity.tmdb_id:
            self._by_tmdb[identity.tmdb_id] = film_id

    def match(self, film: Film, *, twins: bool = False) -> FilmId | None:
        """Return the one film that this record is about; None if there is none or it is unsure.

        `twins`: the record's source has another of this title and year, so only ids and people
        decide.
        """
        return self.find(Identity.of(film), twins=twins)

    def find(self, offered: Identity, *, twins: bool = False) -> FilmId | None:
        """Return the one film with these facts, as `match` does."""
        if (found := self._by_ids(offered)) is not None:
            return found
        near = [each for each in self._namesakes(offered) if not _ids_differ(each, offered)]
        if again := [each.film_id for each in near if _same_record(each, offered)]:
            return again[0]
        same = [each.film_id for each in near if _same_people(each, offered)]
        if same:
            return same[0] if len(same) == 1 else self._closest(same, offered)
        return None if twins else self._only(near, offered)

    def _by_ids(self, offered: Identity) -> FilmId | None:
        if offered.imdb_id and (found := self._by_imdb.get(offered.imdb_id)):
            return found
        if offered.tmdb_id and (found := self._by_tmdb.get(offered.tmdb_id)):
            return None if _ids_differ(self._by_id[found], offered) else found
        return None

    def _namesakes(self, offered: Identity) -> list[Identity]:
        ids = dict.fromkeys(
            film_id for key in sorted(offered.keys) for film_id in self._by_key.get(key, ())
        )
        known = [self._by_id[film_id] for film_id in ids]
        return [each for each in known if years_apart(each, offered) <= FURTHEST]

    def _closest(self, film_ids: Sequence[FilmId], offered: Identity) -> FilmId | None:
        """Choose among films that all agree: the only one of exactly this year."""
        exact = [each for each in film_ids if not years_apart(self._by_id[each], offered)]
        return exact[0] if len(exact) == 1 else None

    def _only(self, near: Sequence[Identity], offered: Identity) -> FilmId | None:
        """Match without people: the only film of this title, if it is of exactly this year."""
        close = [each for each in near if years_apart(each, offered) <= 1]
        if len(close) != 1 or _comparable(close[0], offered):
            return None
        (only,) = close
        other_page = _page(only) != _page(offered) and _origin(only) == _origin(offered)
        other_kind = only.genres and offered.genres and not only.genres & offered.genres
        if other_page or other_kind or years_apart(only, offered):
            return None
        return only.film_id


def years_apart(one: Identity, other: Identity) -> int:
    """Return the least difference of their years; a very large one where a year is unknown."""
    return min((abs(a - b) for a in one.years for b in other.years), default=10_000)


def _same_people(one: Identity, other: Identity) -> bool:
    """Tell whether two films of one title, a few years apart, are one by their people."""
    apart = years_apart(one, other)
    directed = _shared(one.directors, other.directors)
    acted = _shared(one.cast, other.cast)
    if directed:
        close = apart == 0 or (apart == 1 and not (one.cast and other.cast))
        return bool(acted) or close
    smaller = min(len(one.cast), len(other.cast))
    if one.directors and other.directors:
        # A name may be misread; a whole cast is not.
        return apart == 0 and acted >= max(_SAME_CAST, _SAME_SHARE * smaller)
    if apart:
        return (acted >= 2 and acted >= smaller / 2) or (
            acted > 0 and _page(one) == _page(other) != ""
        )
    return acted > 0 and acted >= smaller / 2


def _comparable(one: Identity, other: Identity) -> bool:
    """Tell whether both have directors, or both a cast, to compare."""
    return bool((one.directors and other.directors) or (one.cast and other.cast))


def _same_record(one: Identity, other: Identity) -> bool:
    """Tell whether the film was imported from this same record before."""
    return (
        one.source == other.source
        and one.keys >= other.keys
        and other.years <= one.years
        and (one.directors, one.cast, one.genres) == (other.directors, other.cast, other.genres)
    )


def _origin(identity: Identity) -> str:
    return identity.source.partition(":")[0]


def _page(identity: Identity) -> str:
    return identity.source.partition(":")[2]


def _shared(some: frozenset[str], others: frozenset[str]) -> int:
    """Count the people named on both sides; a lone family name matches anybody of that name."""
    shared = len(some & others)
    if shared:
        return shared
    lone = {name for name in some | others if "-" not in name}
    if not lone:
        return 0
    return len(
        {name.rsplit("-", 1)[-1] for name in some}
        & {name.rsplit("-", 1)[-1] for name in others}
        & lone
    )


def _ids_differ(one: Identity, other: Identity) -> bool:
    """Tell whether ids of one kind differ."""
    if one.imdb_id and other.imdb_id:
        return one.imdb_id != other.imdb_id
    return bool(one.tmdb_id and other.tmdb_id and one.tmdb_id != other.tmdb_id)


def person_key(name: str) -> str:
    """Normalise a person's name: no accents, no nickname, no "Jr."."""
    bare = _NICKNAME.sub(" ", name) if " " in name else name
    return _SUFFIX.sub("", slug(bare.removesuffix(" brothers")) or slug(name) or name.casefold())


def _key(title: str) -> str:
    return keys_of(title).key


# Merging ----------------------------------------------------------------------------------------


def merged(known: Film, offered: Film) -> Film:
    """Return the known film with its gaps filled; its own facts and texts win."""
    gaps: dict[str, object] = {
        name: getattr(offered, name)
        for name in (
            "year",
            "original_title",
            "directors",
            "cast",
            "countries",
            "languages",
            "genres",
            "minutes",
            "based_on",
            "themes",
            "imdb_id",
            "tmdb_id",
            "popularity",
            "writers",
            "known",
            "series",
            "part",
            "colour",
        )
        if not getattr(known, name)
    }
    if known.source != "starter":
        gaps["other_titles"] = _more_titles(known, offered)
        if offered.popularity:
            gaps["popularity"] = max(known.popularity or 0, offered.popularity)
        if not known.logline and offered.logline:
            # The licence of the text asks for its page to be named as the source.
            gaps |= {"logline": offered.logline, "source": offered.source}
    return replace(known, **gaps)  # type: ignore[arg-type]  # each gap has its field's type


def _more_titles(known: Film, offered: Film) -> tuple[str, ...]:
    there = {title.casefold() for title in known.titles}
    more = [title for title in offered.titles if title.casefold() not in there]
    return (*known.other_titles, *more)


def updated(starter: Film, former: Mapping[FilmId, Film]) -> Film:
    """Return a film of the starter catalogue with the ids and popularity from earlier imports."""
    before = former.get(starter.film_id)
    if before is None:
        return starter
    return replace(
        starter,
        imdb_id=starter.imdb_id or before.imdb_id,
        tmdb_id=starter.tmdb_id or before.tmdb_id,
        popularity=before.popularity,
    )
