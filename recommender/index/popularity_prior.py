"""How prominent a film is, told from the catalogue alone: where nobody counted its viewers.

Much is written about films that many have seen, their people made other films too, and the texts of
other films speak of them.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from recommender.text import analyzer
from recommender.text.documents import FilmDocument

CHOSEN = 2_000
"""A catalogue of far fewer films was chosen by hand: all of them are prominent."""

NARROWEST = 0.35
"""A spread below this is chance: texts of one length say nothing about their films."""

BILLED = 5
"""So many of the cast, the first named, tell how prominent a film is."""

LENGTH_WEIGHT, CAST_WEIGHT, DIRECTOR_WEIGHT, MENTION_WEIGHT = 1.5, 0.7, 1.0, 0.5
"""What a text's length, the people's other films and the mentions elsewhere tell."""

TYPICAL_SPREAD = 2.0
"""The spread of the weighted sum on real films: prominence is given in its units."""

ENOUGH, BEYOND = 0.5, 0.25
"""What goes beyond that much counts only so much: better known than most is well known."""


def popularity_prior(
    films: Sequence[FilmDocument], text_terms: NDArray[np.integer]
) -> NDArray[np.float32]:
    """Estimate prominence, given how many different terms each text has.

    Returns shape (n_films,), mean 0 and spread below 1; less in a small catalogue.
    """
    cast = _log_films([film.cast for film in films])
    directors = _log_films([film.directors for film in films])
    measures = (
        (LENGTH_WEIGHT, np.log1p(text_terms.astype(np.float64))),
        (CAST_WEIGHT, np.array([sum(logs[:BILLED]) for logs in cast])),
        (DIRECTOR_WEIGHT, np.array([sum(logs) / max(len(logs), 1) for logs in directors])),
        (MENTION_WEIGHT, np.log1p(mentions(films).astype(np.float64))),
    )
    trust = len(films) ** 2 / (len(films) ** 2 + CHOSEN**2)
    summed = np.sum([weight * _standardized(values) for weight, values in measures], axis=0)
    known = summed / TYPICAL_SPREAD
    known = np.minimum(known, ENOUGH + BEYOND * (known - ENOUGH))
    return np.asarray(trust * (known - (known.mean() if len(known) else 0.0)), dtype=np.float32)


def mentions(films: Sequence[FilmDocument]) -> NDArray[np.intp]:
    """Count the other films whose texts name each film; a title of one word is no name."""
    by_start: dict[tuple[str, str], list[tuple[int, list[str]]]] = defaultdict(list)
    for row, film in enumerate(films):
        title = analyzer.words(film.title)
        if len(title) > 1:
            by_start[title[0], title[1]].append((row, title))
    found = np.zeros(len(films), dtype=np.intp)
    for row, film in enumerate(films):
        words = analyzer.words(film.text)
        named = {
            other
            for place, pair in enumerate(pairwise(words))
            for other, title in by_start.get(pair, ())
            if words[place : place + len(title)] == title
        }
        found[list(named - {row})] += 1
    return found


def _log_films(people: Sequence[Sequence[str]]) -> list[list[float]]:
    """Return, for each film's people in their order, the logs of how many films each made."""
    names = [list(dict.fromkeys(analyzer.phrase(name) for name in each)) for each in people]
    logs = {name: float(np.log(n)) for name, n in Counter(n for e in names for n in e).items()}
    return [[logs[name] for name in each] for each in names]


def _standardized(values: NDArray[np.float64]) -> NDArray[np.float64]:
    if not len(values):
        return values
    return np.asarray((values - values.mean()) / max(float(values.std()), NARROWEST))
