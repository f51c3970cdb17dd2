"""What is asked for now: films like these, in this mood, more of this and less of that."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.index.overlay import Overlay
from recommender.index.top_k import best_rows
from recommender.index.vectors import REVIEWS, SparseVector, term_id, term_idf
from recommender.scoring.popularity import club_popularity, deviation, prior_scores
from recommender.scoring.score_terms import (
    CoRatingTerm,
    LabelledTerm,
    Scores,
    ScoreTerm,
    SimilarityTerm,
    WordsTerm,
    total,
)
from recommender.scoring.similarity import reference_films, similarities
from recommender.text import analyzer

WORD_WEIGHTS: Mapping[str, float] = {
    "title": 0.15,
    "director": 1.0,
    "cast": 1.0,
    "genre": 0.7,
    "theme": 1.0,
    "text": 1.0,
    REVIEWS: 1.0,
}
"""How much each field counts when films are compared with free words."""

STEERING_WEIGHTS = {**WORD_WEIGHTS, "title": 0.0}
"""For `more` and `less`: who wants more funny films wants none that is called so."""

TITLE_ONLY = 0.5
"""So much a film answers a word that is only called so."""

STEERING = 1.5
"""What `more` and `less` weigh against one liked film."""

UNLIKE = 0.5
"""What likeness to films that are not wanted costs against likeness to those that are."""

FEEDBACK_FILMS = 5
FEEDBACK_WEIGHT = 0.2
"""So many films that the words describe best speak for them, at this share of their weight."""

OBSCURITY = 0.75
"""What a firm wish for little or widely seen films weighs, in units of the score's own spread."""

POPULARITY_BOOST = 0.5
LEAST_BOOSTED, MOST_BOOSTED = -1.5, 3.0
"""Among films that answer words alike the better known come first: what they score grows by so much for
each unit of prominence, which counts from the second number to the third."""

ENOUGH_RATERS, CO_RATING_RATERS = 20, 40
"""With so many raters what they have seen weighs half of what it does in the end; that they rate two
films together, which one of few may do by chance, weighs half of that again at the second number."""

PRIOR_WEIGHT, PRIOR_DISTANCE = 1.5, 0.5
CLUB_WEIGHT, CLUB_DISTANCE = 0.25, 1.3
"""What prominence while nobody has rated, and popularity in a club of endless raters, weigh in units
of the likeness's spread; and what being apart in it from the liked films does: the better known a film
is, the better, but beyond the films that were named it helps little or nothing."""

LONGEST_PHRASE = 4


def similar(overlay: Overlay, rows: Sequence[int]) -> list[ScoreTerm]:
    """Compare with some films: by what they are, and by who rates them together."""
    if not rows:
        return []
    films = reference_films(overlay, rows)
    scores = similarities(overlay, films).astype(np.float64).mean(axis=0)
    unit, ratings = deviation(scores) or 1.0, overlay.ratings()
    trust = ratings.raters / (ratings.raters + ENOUGH_RATERS)
    alike = np.array([ratings.similarity(row) for row in rows])
    together = ratings.scatter(alike.mean(axis=0), len(overlay))
    agreed = trust * ratings.raters / (ratings.raters + CO_RATING_RATERS)
    weight = agreed * unit / ratings.scale(together)
    prominent = _known(prior_scores(overlay), rows, PRIOR_WEIGHT, PRIOR_DISTANCE)
    popular = _known(club_popularity(overlay), rows, CLUB_WEIGHT, CLUB_DISTANCE)
    return [
        SimilarityTerm(films, 1.0, scores),
        CoRatingTerm(ratings, tuple(rows), alike, weight, weight * together),
        LabelledTerm("club", "watched in the club", "new to the club", trust * unit * popular),
        LabelledTerm("popularity", "widely seen", "little seen", (1 - trust) * unit * prominent),
    ]


def _known(fame: Scores, rows: Sequence[int], weight: float, apart: float) -> Scores:
    """Weigh how well known films are, and how far from some films in that."""
    first, *others = (np.abs(fame - fame[row]) for row in rows)
    away = sum(others, start=first)
    away /= len(rows)
    away *= apart
    return np.asarray(weight * fame - away)


def mood(overlay: Overlay, words: str) -> list[ScoreTerm]:
    """Compare with free words: a film that answers all of them comes before one that answers a few."""
    if not words.strip():
        return []
    known = known_terms(overlay, words)
    part, shares = words_part(overlay, known), _answered(overlay, known)
    scores = part.scores * shares
    fame = POPULARITY_BOOST * np.clip(prior_scores(overlay), LEAST_BOOSTED, MOST_BOOSTED)
    return [
        WordsTerm(part.query, scores, shares),
        LabelledTerm("popularity", "widely seen", "little seen", fame * scores),
    ]


def steering(overlay: Overlay, words: str, weight: float) -> list[ScoreTerm]:
    """Push towards words, or away from them, and so with the films that they describe best.

    The second makes "less bleak" reach films that nobody called bleak in so many words.
    """
    if not words.strip():
        return []
    known = known_terms(overlay, words)
    plain = words_part(overlay, known, weight, STEERING_WEIGHTS)
    meant = _meant(overlay, known)
    part = WordsTerm(plain.query, plain.scores * meant, meant)
    best = best_rows(np.abs(part.scores), overlay.tie_order(), FEEDBACK_FILMS).tolist()
    films = reference_films(overlay, [row for row in best if part.scores[row]])
    if not films:
        return [part]
    echo, each = FEEDBACK_WEIGHT * weight, similarities(overlay, films)
    each[np.arange(len(films)), [film.row for film in films]] = 0.0  # none is its own echo
    return [part, SimilarityTerm(films, echo, echo * each.astype(np.float64).mean(axis=0))]


def unlike(overlay: Overlay, rows: Sequence[int]) -> list[ScoreTerm]:
    """Push away from some films, as far as `less` pushes away from words."""
    if not rows:
        return []
    films = reference_films(overlay, rows)
    scores = similarities(overlay, films).astype(np.float64).mean(axis=0)
    return [SimilarityTerm(films, -UNLIKE, -UNLIKE * scores)]


def obscurity(overlay: Overlay, parts: Sequence[ScoreTerm], wanted: float) -> list[ScoreTerm]:
    """Turn a score, given by its parts, to films that few have seen, or below 0 that many have."""
    known = prior_scores(overlay)
    weight = -wanted * OBSCURITY * deviation(total(parts, len(overlay))) / (deviation(known) or 1.0)
    if not weight:
        return []
    high, low = ("little seen", "widely seen") if wanted > 0 else ("widely seen", "little seen")
    return [LabelledTerm("popularity", high, low, weight * (known - known.mean()))]


class KnownTerm(NamedTuple):
    """A term of free words that some film or review has."""

    field: str
    term: str
    number: int
    idf: float


def words_part(
    overlay: Overlay,
    known: Sequence[KnownTerm],
    scale: float = 1.0,
    by_field: Mapping[str, float] = WORD_WEIGHTS,
) -> WordsTerm:
    """Compare with the known terms of free words, in whatever field they stand.

    A word weighs its idf in each field; the query has length 1 over its words.
    """
    weights = {each.number: by_field[each.field] * each.idf for each in known}
    highest: dict[str, float] = {}
    for each in known:
        highest |= {word: max(highest.get(word, 0.0), each.idf) for word in each.term.split()}
    length = math.hypot(*highest.values()) or 1.0
    query = SparseVector(
        np.array(sorted(weights), dtype=np.uint32),
        np.array([weights[number] * scale / length for number in sorted(weights)], np.float32),
    )
    return WordsTerm(query, overlay.scores(query))


def _answered(overlay: Overlay, known: Sequence[KnownTerm]) -> Scores:
    """Return what share of free words every film answers in any field, rare words counting more."""
    answered, whole = np.zeros(len(overlay)), 0.0
    for idf, said, called in _by_film(overlay, known):
        answered += idf**2 * np.where(said, 1.0, TITLE_ONLY * called)
        whole += idf**2
    return answered / (whole or 1.0)


def _meant(overlay: Overlay, known: Sequence[KnownTerm]) -> Scores:
    """Return 1 for films that answer a word of some free words, `CALLED` for those only called so."""
    meant = np.full(len(overlay), TITLE_ONLY)
    for _, said, _ in _by_film(overlay, known):
        meant[said] = 1.0
    return meant


def _by_film(
    overlay: Overlay, known: Sequence[KnownTerm]
) -> Iterator[tuple[float, NDArray[np.bool_], NDArray[np.bool_]]]:
    """Yield each word's idf, which films answer it, and which bear it in their title.

    A film that bears a word in its title only, or repeats its title in its text, is only called so.
    """
    rows = overlay.holding({each.number for each in known})

    def marked(numbers: Iterable[int]) -> NDArray[np.bool_]:
        marks = np.zeros(len(overlay), dtype=bool)
        for number in numbers:
            marks[rows[number]] = True
        return marks

    for idf, numbers in _by_word(known).values():
        title, text = (marked(numbers.pop(field, ())) for field in ("title", "text"))
        other = marked(number for each in numbers.values() for number in each)
        yield idf, other | (text & ~title), title


def _by_word(known: Sequence[KnownTerm]) -> dict[str, tuple[float, dict[str, set[int]]]]:
    """Return for each word its lowest idf, alone if it stands so anywhere, and its terms by field."""
    found: dict[str, tuple[tuple[bool, float], dict[str, set[int]]]] = {}
    for each in known:
        words = each.term.split()
        rarity = (len(words) > 1, each.idf)
        for word in words:
            least, numbers = found.setdefault(word, (rarity, {}))
            numbers.setdefault(each.field, set()).add(each.number)
            found[word] = min(least, rarity), numbers
    return {word: (idf, numbers) for word, ((_, idf), numbers) in found.items()}


def known_terms(overlay: Overlay, words: str) -> list[KnownTerm]:
    """Read free words as every field would have written them, as far as a film or review has them."""
    index = overlay.index
    return [
        KnownTerm(field, term, number, term_idf(index, number))
        for field, terms in readings(words).items()
        for term in dict.fromkeys(terms)
        if overlay.has(number := term_id(index, field, term))
    ]


def readings(words: str) -> dict[str, list[str]]:
    """Return the terms that free words may be, by field."""
    single = analyzer.terms(words)
    names = list(_runs(analyzer.words(words)))
    return {
        "title": single,
        "director": names,
        "cast": names,
        "genre": names,
        "theme": list(_runs(single)),
        "text": analyzer.with_pairs(single),
        REVIEWS: single,
    }


def unknown_words(overlay: Overlay, words: str) -> tuple[str, ...]:
    """Return the words that no film and no review holds, as they were typed."""
    if not words.strip():
        return ()
    known = {word for each in known_terms(overlay, words) for word in each.term.split()}
    return tuple(
        surface
        for term, surface in analyzer.surfaces(words)
        if not known & {term, analyzer.fold(surface)}
    )


def _runs(words: Sequence[str]) -> Iterable[str]:
    """Yield every run of one to four neighbouring words."""
    for length in range(1, LONGEST_PHRASE + 1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
