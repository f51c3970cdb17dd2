"""Similarity of a typed title to a film's, both normalised: 0..1."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA, Indel
from rapidfuzz.process import cdist, extract

LEAST_SIMILARITY = 0.55
"""Similarity below which a title is not offered; of 200 slips only one falls below .75."""

_BEGINNING = 0.85
"""Score of a query that is the first words of a much longer title."""

_INSIDE = 0.75
"""Score of a query that is some words inside a much longer title."""

_FEWEST_LETTERS = 4
_ONE_SLIP = 0.6
_MOST_SIMILAR = 20


def similarities(query: str, titles: Sequence[str]) -> list[float]:
    """Score each title by edit distance, or by the share of it that the query makes up."""
    if not titles:
        return []
    indel = cdist([query], titles, scorer=Indel.normalized_similarity)[0].tolist()
    swaps = cdist([query], titles, scorer=OSA.normalized_similarity)[0].tolist()
    return [
        max((one + other) / 2, _part(query, title))
        for title, one, other in zip(titles, indel, swaps, strict=True)
    ]


def most_similar(query: str, titles: Sequence[str]) -> list[str]:
    """Return the titles with the fewest slips, at most `_MOST_SIMILAR`."""
    found = extract(
        query,
        titles,
        scorer=OSA.normalized_similarity,
        score_cutoff=_ONE_SLIP,
        limit=_MOST_SIMILAR,
    )
    return [title for title, _, _ in found]


def _part(query: str, title: str) -> float:
    """Score a query that is a run of whole words of the title; 0 when it is none.

    The last word may be somebody whose it is: `bridget jones` of `bridget joness diary`.
    """
    if len(query) < _FEWEST_LETTERS or len(query) >= len(title):
        return 0.0
    share = len(query) / len(title)
    if title.startswith((f"{query} ", f"{query}s ")):
        return _BEGINNING + (1 - _BEGINNING) * share * share
    if f" {query} " in f" {title} " or f" {query}s " in f" {title}":
        return _INSIDE + (1 - _INSIDE) * share * share
    return 0.0
