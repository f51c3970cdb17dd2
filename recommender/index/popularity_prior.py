"""Popularity prior: estimate from the catalogue of how widely a film is seen.

Popular films have long texts, people who made other films, and mentions in the texts of other
films.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from recommender.text import analyzer
from recommender.text.documents import FilmDocument

HAND_PICKED = 2_000
"""A catalogue of far fewer films was picked by hand: all its films are popular."""

LEAST_DEVIATION = 0.35
"""Least deviation that a measure is divided by: smaller ones are chance."""

BILLED_FIRST = 5
"""Members of the cast that count, the first named."""

LENGTH_WEIGHT, CAST_WEIGHT, DIRECTOR_WEIGHT, MENTION_WEIGHT = 1.5, 0.7, 1.0, 0.5
"""Weights of a text's length, the people's other films and the mentions elsewhere."""

JUDGED_STEP, JUDGED_MIDDLE, BESIDE_JUDGED = 0.3, 3.0, 0.3
"""Prior of a film that is one step better known by judgement than another, the step in the middle, and
the weight of the estimate beside it: five steps leave many films equal."""

TYPICAL_DEVIATION = 2.0
"""Deviation of the weighted sum on real films: the unit of the prior."""

KNEE, SLOPE_BEYOND = 0.5, 0.25
"""Above the first number the prior grows by the second only."""


def popularity_prior(
    films: Sequence[FilmDocument], text_terms: NDArray[np.integer]
) -> NDArray[np.float32]:
    """Estimate the popularity of films, given the number of distinct terms of each text.

    Where it is judged how well known a film is, that counts before all.
    Returns shape (n_films,), mean 0 and deviation below 1, less in a small catalogue.
    """
    cast = _log_films([film.cast for film in films])
    directors = _log_films([film.directors for film in films])
    measures = (
        (LENGTH_WEIGHT, np.log1p(text_terms.astype(np.float64))),
        (CAST_WEIGHT, np.array([sum(logs[:BILLED_FIRST]) for logs in cast])),
        (DIRECTOR_WEIGHT, np.array([sum(logs) / max(len(logs), 1) for logs in directors])),
        (MENTION_WEIGHT, np.log1p(mentions(films).astype(np.float64))),
    )
    trust = len(films) ** 2 / (len(films) ** 2 + HAND_PICKED**2)
    summed = np.sum([weight * _standardized(values) for weight, values in measures], axis=0)
    known = summed / TYPICAL_DEVIATION
    known = np.minimum(known, KNEE + SLOPE_BEYOND * (known - KNEE))
    judged = np.array([film.known for film in films], dtype=np.float64)
    by_judgement = JUDGED_STEP * (judged - JUDGED_MIDDLE) + BESIDE_JUDGED * known
    known = np.where(judged > 0, by_judgement, known)
    return np.asarray(trust * (known - (known.mean() if len(known) else 0.0)), dtype=np.float32)


def mentions(films: Sequence[FilmDocument]) -> NDArray[np.intp]:
    """Count for each film the other films whose texts name it; titles of one word do not count."""
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
    """Return for each film's people, in order, the log of the number of films they made."""
    names = [list(dict.fromkeys(analyzer.phrase(name) for name in each)) for each in people]
    logs = {name: float(np.log(n)) for name, n in Counter(n for e in names for n in e).items()}
    return [[logs[name] for name in each] for each in names]


def _standardized(values: NDArray[np.float64]) -> NDArray[np.float64]:
    if not len(values):
        return values
    return np.asarray((values - values.mean()) / max(float(values.std()), LEAST_DEVIATION))
