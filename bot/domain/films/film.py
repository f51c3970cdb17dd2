"""Films and their releases."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.ids import ClubId, FilmId


class ReleaseKind(StrEnum):
    """Kind of release, as TMDB distinguishes them, in its order (types 1 to 6)."""

    PREMIERE = "premiere"
    LIMITED = "limited"
    CINEMA = "cinema"
    DIGITAL = "digital"
    PHYSICAL = "physical"
    TV = "tv"


@dataclass(frozen=True, slots=True)
class Release:
    """Release of a film: a local day in a region (ISO 3166-1 alpha-2), never an instant."""

    region: str
    kind: ReleaseKind
    day: date
    source: str = "starter"


def film_label(title: str, year: int | None) -> str:
    """Name a film as replies do: `Weekend (2011)`."""
    return f"{title} ({year})" if year else title


@dataclass(frozen=True, slots=True)
class Film:
    """Record of a film. `club_id`: None for films that every club sees.

    `popularity`: number of people who rated it, where known. `poster`: address on the web.
    `stands_for`: film that replaces this one, found to be the same; requests for this one get it.
    `writers`: only where the film is known for them. `known`: how well known among people who like
    films, 1 (specialists) to 5 (everybody). `regard`: how well regarded, 1 (poor) to 5 (esteemed).
    `part`: its place in the series. `colour`: "colour", "black and white" or "both". `companions`:
    films that go well with it, by judgement, the best first.
    """

    film_id: FilmId
    title: str
    year: int | None = None
    original_title: str | None = None
    other_titles: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    minutes: int | None = None
    based_on: str | None = None
    themes: tuple[str, ...] = ()
    logline: str = ""
    imdb_id: str | None = None
    tmdb_id: int | None = None
    releases: tuple[Release, ...] = ()
    source: str = "starter"
    club_id: ClubId | None = None
    popularity: int | None = None
    poster: str | None = None
    stands_for: FilmId | None = None
    writers: tuple[str, ...] = ()
    known: int | None = None
    regard: int | None = None
    series: str | None = None
    part: int | None = None
    colour: str | None = None
    companions: tuple[FilmId, ...] = ()

    @property
    def label(self) -> str:
        """Title with year, as replies name the film."""
        return film_label(self.title, self.year)

    @property
    def titles(self) -> tuple[str, ...]:
        """All titles of the film, main title first."""
        original = (self.original_title,) if self.original_title else ()
        return tuple(dict.fromkeys((self.title, *original, *self.other_titles)))


def first_release(film: Film, region: str, kind: ReleaseKind) -> Release | None:
    """Find the earliest day on which the film comes out in this way in this region."""
    days = [each for each in film.releases if each.region == region and each.kind is kind]
    return min(days, key=lambda each: each.day, default=None)
