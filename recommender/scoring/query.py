"""What is asked of the recommender, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from recommender.ratings.profile import Profile


@dataclass(frozen=True, slots=True)
class Query:
    """One wish for films. All its parts may be combined; with none, the club's favourites come.

    `like` and `unlike` hold film ids, `mood`, `more` and `less` free words. Above 0 `obscurity` turns
    to films that few have seen, below 0 to those that many have; 1 is a firm wish. `profiles` holds
    one member's taste, or several for a group. `allowed` is asked about candidates in order of their
    score only as long as picks are missing; it must answer alike for the same film id.
    """

    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    mood: str = ""
    more: str = ""
    less: str = ""
    obscurity: float = 0.0
    profiles: tuple[Profile, ...] = ()
    exclude: frozenset[str] = frozenset()
    allowed: Callable[[str], bool] | None = None
    count: int = 5


@dataclass(frozen=True, slots=True)
class Contribution:
    """One addend of a score.

    `kind` is a field ("title", "director", "cast", "genre", "theme", "country", "language", "text",
    "reviews") or "year", "club", "popularity", "taste", "commonplace"; `label` is readable; `source` is
    the film id of the liked film it comes through, where there is one.
    """

    kind: str
    label: str
    value: float
    source: str | None = None


@dataclass(frozen=True, slots=True)
class PickQuote:
    """A member's own sentence."""

    review_id: str
    author_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Caveat:
    """One honest reason against a pick: a member's sentence, or words that speak against it."""

    label: str
    quote: PickQuote | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """A film worth proposing. All `reasons`, strongest first, sum to the score.

    For several profiles `keenness` tells of each, in their order, what share of the films they like
    less, 0..1, or None of one whose taste is not known.
    """

    film_id: str
    score: float
    reasons: tuple[Contribution, ...]
    quote: PickQuote | None = None
    caveat: Caveat | None = None
    percentiles: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Picks, best first, and the facts a caller needs to be honest about them.

    `mode` is "similar", "mood", "group", "personal" or "favourites"; `ratings` counts what the
    profiles hold, `raters` and `reviews` what the club holds. `unknown_films` are liked ids that
    nobody has, `unknown_words` the query's words that no film has.
    """

    picks: tuple[Pick, ...]
    mode: str
    ratings: int
    raters: int
    reviews: int
    unknown_films: tuple[str, ...] = ()
    unknown_words: tuple[str, ...] = ()
