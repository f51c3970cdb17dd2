"""Values read in a critic's review, each with its certainty."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.films.film import Film, ReleaseKind
from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import HalfStars


class Certainty(StrEnum):
    """Certainty of a field: sure, to be asked about, or not found."""

    SURE = "sure"
    ASKS = "asks"
    UNKNOWN = "unknown"


class CritiqueField(StrEnum):
    """Field that is looked for in a review."""

    FILM = "film"
    CRITIC = "critic"
    PEOPLE = "people"
    BASED_ON = "based on"
    FESTIVALS = "festivals"
    RELEASES = "releases"
    RATING = "rating"


class CreditRole(StrEnum):
    """Work of a person on a film."""

    ACTOR = "actor"
    DIRECTOR = "director"
    WRITER = "writer"
    AUTHOR = "author"
    COMPOSER = "composer"
    CINEMATOGRAPHER = "cinematographer"


@dataclass(frozen=True, slots=True)
class FilmCandidate:
    """Film that the review may be about; `score` only orders the candidates of one text."""

    film: Film
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilmFinding:
    """Finding about the film under review.

    `title`: its name as the text writes it, if one could be made out; all there is when no film
    of the catalogue fits.
    """

    certainty: Certainty
    candidates: tuple[FilmCandidate, ...] = ()
    title: str | None = None
    year: int | None = None

    @property
    def film(self) -> Film | None:
        """Film, when it is beyond doubt."""
        return self.candidates[0].film if self.certainty is Certainty.SURE else None


@dataclass(frozen=True, slots=True)
class Credit:
    """Person and what they did for the film, spelt as in the text."""

    name: str
    role: CreditRole
    character: str | None = None


@dataclass(frozen=True, slots=True)
class BasedOn:
    """Work that the film is made from; `kind` is always in English: "novel", "play"."""

    kind: str
    author: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ReleaseNotice:
    """Release that the text announces, and the sentence that announces it.

    `region`: None where the text names none; `likely_region` is then suggested by its language,
    to be asked about, never assumed. `day`: None where the date is incomplete. `film_id`: the only
    film that the sentence names, if it names just one.
    """

    kind: ReleaseKind
    written: str
    sentence: str
    day: date | None = None
    region: str | None = None
    likely_region: str | None = None
    film_id: FilmId | None = None


@dataclass(frozen=True, slots=True)
class RatingRead:
    """Rating of the review in half-stars, and the words it was read from."""

    rating: HalfStars
    written: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Difference between text and catalogue; `field`: director, actor, author, year, release."""

    field: str
    written: str
    known: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Field to ask a member about, and the reason, as one sentence for them."""

    field: CritiqueField
    why: str


@dataclass(frozen=True, slots=True)
class Critique:
    """Everything read in one review.

    `film`: the one that a member named, else the one found; `film_by_text`: always the one found.
    """

    film: FilmFinding
    film_by_text: FilmFinding
    critic: str | None = None
    people: tuple[Credit, ...] = ()
    based_on: BasedOn | None = None
    festivals: tuple[str, ...] = ()
    releases: tuple[ReleaseNotice, ...] = ()
    rating: RatingRead | None = None
    disagreements: tuple[Disagreement, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def certainty(self, field: CritiqueField) -> Certainty:
        """Return the certainty of one field."""
        if field is CritiqueField.FILM:
            return self.film.certainty
        if any(doubt.field is field for doubt in self.doubts):
            return Certainty.ASKS
        found = {
            CritiqueField.CRITIC: self.critic,
            CritiqueField.PEOPLE: self.people,
            CritiqueField.BASED_ON: self.based_on,
            CritiqueField.FESTIVALS: self.festivals,
            CritiqueField.RELEASES: self.releases,
            CritiqueField.RATING: self.rating,
        }
        return Certainty.SURE if found[field] else Certainty.UNKNOWN
