"""Demands: conditions that cut the films before they are scored, so that no pick breaks one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.index import film_facts
from recommender.index.club.overlay import Overlay
from recommender.index.vectors import term_id
from recommender.scoring.query import SAID, Demand, Term
from recommender.text import analyzer
from recommender.text.fields import THEME_WORDS

Marks = NDArray[np.bool_]

RARE_SHARE = 0.004
"""Share of the films whose texts have a word, up to which the word tells what they are about."""


class Step(NamedTuple):
    """Demands that are kept, those that are given up, and the films that meet the kept ones, (n_films,)."""

    kept: tuple[Demand, ...]
    dropped: tuple[Demand, ...]
    films: Marks


def meeting(overlay: Overlay, demands: Iterable[Demand]) -> Marks:
    """Mark the films that meet all demands, shape (n_films,)."""
    return _Meeting(overlay).all(demands)


@dataclass(slots=True)
class _Meeting:
    """Films that meet demands, each demand being looked up once."""

    overlay: Overlay
    _known: dict[Demand, Marks] = field(default_factory=dict)

    def all(self, demands: Iterable[Demand]) -> Marks:
        """Mark the films that meet all demands."""
        marks = np.ones(len(self.overlay), dtype=bool)
        for demand in demands:
            if demand not in self._known:
                self._known[demand] = self._one(demand)
            marks &= self._known[demand]
        return marks

    def _one(self, demand: Demand) -> Marks:
        marks = np.ones(len(self.overlay), dtype=bool)
        for term in demand.every:
            marks &= having(self.overlay, (term,))
        terms = (*demand.any_of, *(demand.wide if demand.excluded else ()))
        if terms:
            marks &= having(self.overlay, terms)
        if demand.years is not None:
            years = film_facts.years(self.overlay)
            marks &= (years >= demand.years[0]) & (years <= demand.years[1])
        if demand.film_ids is not None:
            marks &= film_facts.among(self.overlay, demand.film_ids)
        if demand.either:
            marks &= np.any([self.all(group) for group in demand.either], axis=0)
        return ~marks if demand.excluded else marks


def having(overlay: Overlay, terms: Sequence[Term]) -> Marks:
    """Mark the films that have one of some terms; a text answers only where a film has no themes.

    But a word that was typed, `SAID`, and that few texts have tells what they are about.
    """
    marks = np.zeros(len(overlay), dtype=bool)
    in_texts = np.zeros(len(overlay), dtype=bool)
    by_number: dict[int, set[str]] = {}
    for term in terms:
        by_number.setdefault(number_of(overlay, term), set()).add(term[0])
    for number, rows in overlay.postings(by_number).items():
        fields = by_number[number]
        if fields - {"text", SAID} or (SAID in fields and is_rare(overlay, len(rows))):
            marks[rows] = True
        elif "text" in fields:
            in_texts[rows] = True
    if in_texts.any():
        marks |= in_texts & ~film_facts.themed(overlay)
    return marks


def is_rare(overlay: Overlay, films: int) -> bool:
    """Tell whether so few films have a word in their texts that it tells what they are about."""
    return films <= RARE_SHARE * len(overlay)


def number_of(overlay: Overlay, term: Term) -> int:
    """Return a term's id: words of texts and themes go by their stems, all else whole."""
    name, value = term
    words = name in {"text", SAID, THEME_WORDS}
    return term_id(
        overlay.index,
        "text" if name == SAID else name,
        analyzer.stem(value.lower()) if words else analyzer.phrase(value),
    )


def steps(overlay: Overlay, demands: Sequence[Demand]) -> Iterator[Step]:
    """Yield ever wider demands, from all as they are to the hard ones alone.

    Of the loosest demands first the last takes its `wide` terms too, and so on to the first; then the soft ones
    are given up, the last first; then those follow that are less loose. A step that adds no film is left out.
    """
    meet = _Meeting(overlay)
    films = meet.all(demands)
    fitting = np.count_nonzero(films)
    yield Step(tuple(demands), (), films)
    for kept, dropped in _wider(demands):
        films = meet.all(kept)
        if (now := np.count_nonzero(films)) > fitting:
            fitting = now
            yield Step(kept, dropped, films)


def _wider(
    demands: Sequence[Demand],
) -> Iterator[tuple[tuple[Demand, ...], tuple[Demand, ...]]]:
    """Yield after each change what is kept, and what was given up.

    What a given up notion rules out is given up after it: of whodunits that are not cosy, those come
    first that are not gory.
    """
    kept, dropped = dict(enumerate(demands)), tuple[Demand, ...]()
    for place, give_up in _changes(demands):
        if not give_up:
            kept[place] = _widened(kept[place])
            yield tuple(kept.values()), dropped
            continue
        given_up = kept.pop(place)
        if given_up.excluded:  # what should only be less of something fails nothing
            yield tuple(kept.values()), dropped
            continue
        dropped = (*dropped, given_up)
        yield tuple(kept.values()), dropped
        rest = {at: each for at, each in kept.items() if not _goes_with(each, given_up)}
        if len(rest) < len(kept):
            kept = rest
            yield tuple(kept.values()), dropped


def _goes_with(demand: Demand, soft: Demand) -> bool:
    """Tell whether a demand rules out what a soft one, of the same notion, would not be."""
    return demand.excluded and demand.label == soft.label


def _can_widen(demand: Demand) -> bool:
    return bool(demand.wide or demand.wide_years) and not demand.excluded


def _widened(demand: Demand) -> Demand:
    years = demand.wide_years or demand.years
    return replace(
        demand, any_of=demand.any_of + demand.wide, wide=(), years=years, wide_years=None
    )


def _changes(demands: Sequence[Demand]) -> Iterator[tuple[int, bool]]:
    """Yield the place of each demand to change, and whether it is given up rather than widened."""
    places = sorted(range(len(demands)), reverse=True)
    for looseness in sorted({each.looseness for each in demands}, reverse=True):
        group = [place for place in places if demands[place].looseness == looseness]
        yield from ((place, False) for place in group if _can_widen(demands[place]))
        yield from ((place, True) for place in group if demands[place].soft)
