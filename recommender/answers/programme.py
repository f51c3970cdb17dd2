"""Programme of a season: varied films, a well-known one first, the best matches of the wish last."""

from collections.abc import Sequence

import numpy as np

from recommender.answers.bridging import links
from recommender.index import film_facts
from recommender.index.club.overlay import Overlay
from recommender.scoring.popularity import prior_scores
from recommender.scoring.query import Pick

ALIKE, SAME_DECADE = 0.8, 0.15
"""Penalties, of a score of 1: for full similarity to a chosen film, and for a chosen film of the same decade."""


def programme(overlay: Overlay, picks: Sequence[Pick], count: int) -> tuple[str, ...]:
    """Return the ids of `count` of the picks (best first) in the order of the programme.

    No two by one director or of one series. The best known opens, the best pick closes, and between
    them the scores rise.
    """
    chosen = _varied(overlay, picks, count)
    if len(chosen) < 3:
        return tuple(each.film_id for each in reversed(chosen))
    known = prior_scores(overlay)
    finale, *others = sorted(chosen, key=lambda each: -each.score)
    opening = max(others, key=lambda each: known[overlay.row_of(each.film_id)])
    rising = sorted((each for each in others if each is not opening), key=lambda each: each.score)
    return tuple(each.film_id for each in (opening, *rising, finale))


def _varied(overlay: Overlay, picks: Sequence[Pick], count: int) -> list[Pick]:
    """Choose picks one by one, each for its score and for what the others lack."""
    rows = [overlay.row_of(each.film_id) for each in picks]
    if not rows:
        return []
    alike = links(overlay, rows)
    scores = np.array([each.score for each in picks])
    scores = (scores - scores.min()) / ((scores.max() - scores.min()) or 1.0)
    chosen: list[int] = []
    while len(chosen) < count:
        left = [
            place
            for place in range(len(rows))
            if place not in chosen and not any(_akin(overlay, rows[place], rows[c]) for c in chosen)
        ]
        if not left:
            break
        decades = [film_facts.year(overlay, rows[each]) // 10 for each in chosen]
        chosen.append(
            max(
                left,
                key=lambda place: (
                    scores[place]
                    - ALIKE * max((alike[place, each] for each in chosen), default=0.0)
                    - SAME_DECADE * decades.count(film_facts.year(overlay, rows[place]) // 10)
                ),
            )
        )
    return [picks[each] for each in chosen]


def _akin(overlay: Overlay, one: int, other: int) -> bool:
    """Tell whether two films have a director or a series in common."""
    if other in film_facts.parts(overlay, one):
        return True
    return bool(set(film_facts.directors(overlay, one)) & set(film_facts.directors(overlay, other)))
