"""Query and answer of the recommender, as plain values."""

from dataclasses import dataclass

from recommender.ratings.profile import Profile

Term = tuple[str, str]
"""A field and a value in it."""

SAID = "said"
"""In place of a field in a demand's term: a word of a film's text that its themes need not repeat."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Condition on films: all of `every` and one of `any_of`, terms as (field, value), and years, and ids.

    With `either`, one of these groups of demands has to be met, too. What is empty asks for nothing. One of `wide` does for one of `any_of`, and `wide_years` for `years`, where few films have that. An
    `excluded` demand is met by the films that do not fulfil it. A `soft` one may be given up where
    too few films meet all, the loosest first.
    """

    label: str
    any_of: tuple[Term, ...] = ()
    wide: tuple[Term, ...] = ()
    every: tuple[Term, ...] = ()
    years: tuple[int, int] | None = None
    wide_years: tuple[int, int] | None = None
    film_ids: frozenset[str] | None = None
    either: tuple[tuple["Demand", ...], ...] = ()
    excluded: bool = False
    soft: bool = False
    looseness: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """Query for films; its parts may be combined. Without any, it asks for the club's favourites.

    `like` and `unlike` hold film ids; `mood`, `more` and `less` free words. `obscurity` above 0
    asks for films that few have seen, below 0 for widely seen ones; 1 is a full wish. `profiles`
    holds one member's taste, or several for a group. `demands` cut the films, and where too few
    meet them all, others follow that meet most. `among` holds the only films to choose from;
    `preferred` sets of them, each to be used up before the next. With `later_parts`, a part of a series
    does not wait for the ones before it. The best `skip` picks are left out.
    """

    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    mood: str = ""
    more: str = ""
    less: str = ""
    obscurity: float = 0.0
    profiles: tuple[Profile, ...] = ()
    exclude: frozenset[str] = frozenset()
    demands: tuple[Demand, ...] = ()
    among: frozenset[str] | None = None
    preferred: tuple[frozenset[str], ...] = ()
    later_parts: bool = False
    count: int = 5
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Contribution:
    """Addend of a score, with its explanation.

    `kind` is a field ("title", "director", "writer", "cast", "genre", "theme", "country", "language", "text",
    "reviews") or "year", "nearness", "club", "popularity", "taste", "baseline"; `label` is readable; `source`
    is the id of the liked film that it comes through, if any.
    """

    kind: str
    label: str
    value: float
    source: str | None = None


@dataclass(frozen=True, slots=True)
class PickQuote:
    """Sentence of a review."""

    review_id: str
    author_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Caveat:
    """Reason against a pick: what was wanted less, or a theme of `films`, by id, that the member minded."""

    label: str
    films: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """Recommended film. All `reasons`, strongest first, sum to the score.

    For several profiles, `percentiles` holds for each, in order, the share of all films, 0..1, that
    score lower for it; None for a profile without evidence. `missing` are the demands that the film
    does not meet.
    """

    film_id: str
    score: float
    reasons: tuple[Contribution, ...]
    quote: PickQuote | None = None
    caveat: Caveat | None = None
    percentiles: tuple[float | None, ...] = ()
    missing: tuple[Demand, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Picks, best first, with the evidence they come from.

    `mode` is "similar", "mood", "group", "personal" or "favourites"; `ratings` counts the ratings
    of the profiles, `raters` and `reviews` those of the club. `unknown_films` are liked ids that
    nobody has, `unknown_words` the query's words that no film has.
    """

    picks: tuple[Pick, ...]
    mode: str
    ratings: int
    raters: int
    reviews: int
    unknown_films: tuple[str, ...] = ()
    unknown_words: tuple[str, ...] = ()
