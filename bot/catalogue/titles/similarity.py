"""How much a typed title looks like a film's, both normalised: 0..1."""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA, Indel
from rapidfuzz.process import cdist, extract

LEAST_LIKENESS = 0.5
"""Titles less alike than this are not worth showing: only one slip in two hundred goes below .75."""

_BEGINNING = 0.85
"""The score of a query that is the first words of a much longer title."""

_INSIDE = 0.75
"""The score of a query that is some words inside a much longer title."""

_FEWEST_LETTERS = 4
_ONE_SLIP = 0.6


def likenesses(query: str, titles: Sequence[str]) -> list[float]:
    """Score each title: edit distance, or what share of it the query is, word by word."""
    if not titles:
        return []
    indel = cdist([query], titles, scorer=Indel.normalized_similarity)[0].tolist()
    swaps = cdist([query], titles, scorer=OSA.normalized_similarity)[0].tolist()
    return [
        max((one + other) / 2, _part(query, title))
        for title, one, other in zip(titles, indel, swaps, strict=True)
    ]


def most_alike(query: str, shelves: Iterable[Sequence[str]], most: int = 20) -> list[str]:
    """Pick the titles of each shelf that are fewest slips away."""
    return [
        title
        for shelf in shelves
        for title, _, _ in extract(
            query, shelf, scorer=OSA.normalized_similarity, score_cutoff=_ONE_SLIP, limit=most
        )
    ]


def _part(query: str, title: str) -> float:
    """Score a query that is a run of whole words of the title; 0 when it is none."""
    if len(query) < _FEWEST_LETTERS or len(query) >= len(title):
        return 0.0
    share = len(query) / len(title)
    if title.startswith(query + " "):
        return _BEGINNING + (1 - _BEGINNING) * share * share
    if f" {query} " in f" {title} ":
        return _INSIDE + (1 - _INSIDE) * share * share
    return 0.0
