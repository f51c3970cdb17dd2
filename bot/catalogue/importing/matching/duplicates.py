"""Duplicates: films of several sources that are one film, found.

Ids decide where both sides have them; else title, year and people have to agree. In doubt the films
stay apart: two entries for one film cost a question, two films in one entry cost a club its reviews.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.catalogue.importing.matching.identity import (
    FURTHEST,
    Identity,
    comparable,
    ids_differ,
    same_makers,
    same_page,
    same_people,
    same_record,
    years_apart,
)
from bot.domain.films.film import Film
from bot.domain.ids import FilmId

_TELLING = 2
"""Words of a title that two films of about one year hardly bear by chance."""

_LONG = 4
"""Words of a title that no two films of about one year bear by chance, whatever their genres."""

_KINDS = frozenset({"documentary", "animation"})
"""Genres that a film has or has not; the others are a matter of opinion."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Record of a source. `namesake`: years to the nearest other film of this title that the source
    has, None where there is none within `FURTHEST`.
    """

    film: Film
    namesake: int | None = None


class DuplicateFinder:
    """Index of known films that finds the one a new record is about."""

    def __init__(self, films: Iterable[Film] = ()) -> None:
        """Index the films."""
        self._by_id: dict[FilmId, Identity] = {}
        self._stands_for: dict[FilmId, FilmId] = {}
        self._reserved: set[FilmId] = set()
        self._by_look: dict[str, tuple[FilmId, ...]] = {}
        self._by_part: dict[str, tuple[FilmId, ...]] = {}
        self._by_imdb: dict[str, FilmId] = {}
        self._by_tmdb: dict[int, FilmId] = {}
        for film in films:
            self.add(film)

    def __contains__(self, film_id: object) -> bool:
        """Tell whether the id is taken."""
        return film_id in self._by_id or film_id in self._reserved

    def __len__(self) -> int:
        """Count the films."""
        return len(self._by_id)

    def reserve(self, film_id: FilmId) -> None:
        """Note that an id is taken, by a film that no record can be about."""
        self._reserved.add(film_id)

    def add(self, film: Film) -> None:
        """Add a film, or update its facts; one that was joined with another means that one."""
        if film.stands_for:
            self._stands_for[film.film_id] = film.stands_for
        self.add_identity(Identity.of(film))

    def add_identity(self, identity: Identity) -> None:
        """Add a film by its facts, or update them."""
        film_id = identity.film_id
        former = self._by_id.get(film_id)
        self._by_id[film_id] = identity
        for look in identity.looks - (former.looks if former else frozenset()):
            self._by_look[look] = (*self._by_look.get(look, ()), film_id)
        for part in identity.parts - (former.parts if former else frozenset()):
            self._by_part[part] = (*self._by_part.get(part, ()), film_id)
        if identity.imdb_id:
            self._by_imdb[identity.imdb_id] = film_id
        if identity.tmdb_id:
            self._by_tmdb[identity.tmdb_id] = film_id

    def match(self, film: Film, *, namesake: int | None = None) -> FilmId | None:
        """Return the one film that this record is about; None if there is none or it is unsure.

        `namesake`: as in `Offered`.
        """
        return self.find(Identity.of(film), namesake=namesake)

    def find(self, offered: Identity, *, namesake: int | None = None) -> FilmId | None:
        """Return the one film with these facts, as `match` does."""
        found = self._found(offered, namesake)
        while found in self._stands_for:
            found = self._stands_for[found]
        return found

    def _found(self, offered: Identity, namesake: int | None) -> FilmId | None:
        if (found := self._by_ids(offered)) is not None:
            return found
        namesakes = self._namesakes(offered)
        near = [each for each in namesakes if not ids_differ(each, offered)]
        if again := [each.film_id for each in near if same_record(each, offered)]:
            return again[0]
        same = [each for each in near if same_people(each, offered)]
        if same:
            return same[0].film_id if len(same) == 1 else _closest(same, offered)
        if namesakes:
            alone = namesake is None and len(namesakes) == 1
            return None if namesake == 0 else _only(near, offered, alone=alone)
        parts = self._parts(offered)
        sure = [each for each in self._within(1, parts, offered) if _is_subtitled(each, offered)]
        if len(sure) == 1:
            return sure[0].film_id
        return None if namesake == 0 else self._part_of(parts, offered)

    def doubtful(self, film: Film) -> list[FilmId]:
        """Return the other films that nothing tells from this one, neither numbers nor people."""
        offered = Identity.of(film)
        return [
            each.film_id
            for each in self._namesakes(offered)
            if each.film_id != film.film_id
            and not ids_differ(each, offered)
            and (same_people(each, offered) or not comparable(each, offered))
        ]

    def _by_ids(self, offered: Identity) -> FilmId | None:
        if offered.imdb_id and (found := self._by_imdb.get(offered.imdb_id)):
            return found
        if offered.tmdb_id and (found := self._by_tmdb.get(offered.tmdb_id)):
            return None if ids_differ(self._by_id[found], offered) else found
        return None

    def _namesakes(self, offered: Identity) -> list[Identity]:
        ids = dict.fromkeys(
            film_id for look in sorted(offered.looks) for film_id in self._by_look.get(look, ())
        )
        return self._within(FURTHEST, ids, offered)

    def _parts(self, offered: Identity) -> Collection[FilmId]:
        """Return the films whose title is a part of this one's, or the other way round."""
        return dict.fromkeys(
            film_id
            for looks, table in ((offered.looks, self._by_part), (offered.parts, self._by_look))
            for look in sorted(looks)
            for film_id in table.get(look, ())
        )

    def _part_of(self, film_ids: Collection[FilmId], offered: Identity) -> FilmId | None:
        """Match a film known with a subtitle on one side only: the one of this year and genre."""
        near = [
            each
            for each in self._within(0, film_ids, offered)
            if not ids_differ(each, offered) and each.origin != offered.origin
        ]
        (only,) = near if len(near) == 1 else (None,)
        if only is None or (comparable(only, offered) and not same_people(only, offered)):
            return None
        return only.film_id if only.genres & offered.genres else None

    def _within(
        self, years: int, film_ids: Collection[FilmId], offered: Identity
    ) -> list[Identity]:
        known = (
            self._by_id[each] for each in film_ids if self._stands_for.get(each) not in film_ids
        )
        return [each for each in known if years_apart(each, offered) <= years]


def _is_subtitled(known: Identity, offered: Identity) -> bool:
    """Tell whether one is the other's subtitle alone, by the same director with the same players."""
    tail = any(
        max(one, other, key=len).endswith(f" {min(one, other, key=len)}")
        for one in known.keys
        for other in offered.keys
    )
    return tail and not ids_differ(known, offered) and same_makers(known, offered)


def _closest(films: Sequence[Identity], offered: Identity) -> FilmId | None:
    """Choose among films that all agree: the only one of exactly this year and title."""
    exact = [each for each in films if not years_apart(each, offered)]
    if len(exact) > 1:
        exact = [each for each in exact if each.plains & offered.plains]
    return exact[0].film_id if len(exact) == 1 else None


def _only(near: Sequence[Identity], offered: Identity, *, alone: bool) -> FilmId | None:
    """Match without people: the only film of this title and year, of no other kind.

    `alone`: no other film of about this title and year is known on either side; the year may be
    the one before or after then, since lists date a film by its first showing or its release.
    """
    close = [each for each in near if years_apart(each, offered) <= 1]
    if len(close) > 1:
        exact = [each for each in close if not years_apart(each, offered)]
        close = [each for each in exact if each.plains & offered.plains]
    if len(close) != 1 or comparable(close[0], offered):
        return None
    (only,) = close
    if only.origin == offered.origin and (only.page or offered.page):
        return only.film_id if same_page(only, offered) else None
    return only.film_id if _alike(only, offered, alone=alone) else None


def _alike(known: Identity, offered: Identity, *, alone: bool) -> bool:
    """Tell whether two films are one by title, year and genres."""
    written = bool(known.plains & offered.plains)
    shared = known.genres & offered.genres
    unknown = not (known.genres and offered.genres)
    other_kind = not unknown and bool((known.genres ^ offered.genres) & _KINDS)
    telling = max((len(key.split()) for key in offered.keys), default=0)
    if alone and written and telling >= _LONG and not (other_kind and years_apart(known, offered)):
        return True
    if years_apart(known, offered):
        alike = telling >= _TELLING if unknown else len(shared) > other_kind
        return alone and written and alike
    if other_kind and not shared:
        # Puppets, toys and tricks are animation to one list and not to the other.
        drawn = "documentary" not in known.genres ^ offered.genres
        return alone and written and drawn and telling >= _TELLING
    return bool(shared) or unknown or written or telling > _TELLING
