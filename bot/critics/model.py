"""What can be read in a critic's review: plain values, each as sure as the text makes it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.films import Film, ReleaseKind
from bot.domain.ids import FilmId
from bot.domain.ratings import HalfStars


class Certainty(StrEnum):
    """How sure the reader is: take it as read, ask first, or nothing was found."""

    SURE = "sure"
    ASKS = "asks"
    UNKNOWN = "unknown"


class CritiqueField(StrEnum):
    """What is looked for in a review."""

    FILM = "film"
    CRITIC = "critic"
    PEOPLE = "people"
    BASED_ON = "based on"
    FESTIVALS = "festivals"
    RELEASES = "releases"
    RATING = "rating"


class CreditRole(StrEnum):
    """What a person did for the film."""

    ACTOR = "actor"
    DIRECTOR = "director"
    WRITER = "writer"
    AUTHOR = "author"
    COMPOSER = "composer"
    CINEMATOGRAPHER = "cinematographer"


@dataclass(frozen=True, slots=True)
class FilmCandidate:
    """A film that the review may be about. `score` orders candidates of one text, nothing else."""

    film: Film
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilmFinding:
    """Which film the review is about.

    `title` is the film's name as the text writes it, if a name could be made out; it is all there
    is when no film of the catalogue fits.
    """

    certainty: Certainty
    candidates: tuple[FilmCandidate, ...] = ()
    title: str | None = None
    year: int | None = None

    @property
    def film(self) -> Film | None:
        """The film, when it is beyond doubt."""
        return self.candidates[0].film if self.certainty is Certainty.SURE else None


@dataclass(frozen=True, slots=True)
class Credit:
    """A person and what they did, spelt as in the text."""

    name: str
    role: CreditRole
    character: str | None = None


@dataclass(frozen=True, slots=True)
class BasedOn:
    """The work behind the film. `kind` is English, whatever the text's language: "novel", "play"."""

    kind: str
    author: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ReleaseNotice:
    """A release that the text announces, and the sentence that does.

    `region` is None where the text names none; `likely_region` is then what its language suggests,
    to be asked about, never to be taken. `day` is None where the text leaves out what is needed.
    `film_id` is the only film that the sentence names, if it names one.
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
    """The review's verdict in half-stars, and the words it was read from."""

    rating: HalfStars
    written: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The text says one thing, the catalogue another. `field`: director, actor, author, year, release."""

    field: str
    said: str
    known: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something read that should be asked about, and why, as one sentence for a member."""

    field: CritiqueField
    why: str


@dataclass(frozen=True, slots=True)
class Critique:
    """All that was read in one review."""

    film: FilmFinding
    critic: str | None = None
    people: tuple[Credit, ...] = ()
    based_on: BasedOn | None = None
    festivals: tuple[str, ...] = ()
    releases: tuple[ReleaseNotice, ...] = ()
    rating: RatingRead | None = None
    disagreements: tuple[Disagreement, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def certainty(self, field: CritiqueField) -> Certainty:
        """Tell how sure one field is."""
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
