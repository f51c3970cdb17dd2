"""Demands: conditions that cut the films before they are scored, so that no pick breaks one."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recommender.index import film_facts
from recommender.index.overlay import Overlay
from recommender.index.vectors import SparseVector, term_id
from recommender.scoring.query import SAID, Contribution, Demand, Term
from recommender.scoring.score_terms import Scores
from recommender.text import analyzer
from recommender.text.fields import THEME_WORDS

Marks = NDArray[np.bool_]

FIT = 4.5
"""Weight, in deviations of the other terms, of how much a film has of what each demand names."""

BEST_TERM = 2.0
"""Weight of a demand's first term, by which the notion is called, against each of the others."""

TYPED_TERM, RARE_TERM = 1.5, 4.0
"""Weight of a typed word in a film's text, and of one that few texts have."""

HALF_FIT = 2.0
"""Weight of terms at which half of the fit is reached: one more says ever less."""

RARE_SHARE = 0.004
"""Share of the films whose texts have a word, up to which the word tells what they are about."""

Step = tuple[tuple[Demand, ...], tuple[Demand, ...]]
"""Demands that are kept, and those that are given up."""


def meeting(overlay: Overlay, demands: Iterable[Demand]) -> Marks:
    """Mark the films that meet all demands, shape (n_films,)."""
    marks = np.ones(len(overlay), dtype=bool)
    for demand in demands:
        marks &= _meeting(overlay, demand)
    return marks


def _meeting(overlay: Overlay, demand: Demand) -> Marks:
    marks = np.ones(len(overlay), dtype=bool)
    for term in demand.every:
        marks &= _having(overlay, (term,))
    terms = (*demand.any_of, *(demand.wide if demand.excluded else ()))
    if terms:
        marks &= _having(overlay, terms)
    if demand.years is not None:
        years = film_facts.years(overlay)
        marks &= (years >= demand.years[0]) & (years <= demand.years[1])
    if demand.film_ids is not None:
        rows_of = [overlay.row_of(film_id) for film_id in demand.film_ids]
        among = np.zeros(len(overlay), dtype=bool)
        among[[row for row in rows_of if row >= 0]] = True
        marks &= among
    if demand.either:
        marks &= np.any([meeting(overlay, group) for group in demand.either], axis=0)
    return ~marks if demand.excluded else marks


def _having(overlay: Overlay, terms: Sequence[Term]) -> Marks:
    """Mark the films that have one of some terms; a text answers only where a film has no themes.

    But a word that was typed, `SAID`, and that few texts have tells what they are about.
    """
    marks = np.zeros(len(overlay), dtype=bool)
    numbers = {_number(overlay, each) for each in terms if each[0] not in {"text", SAID}}
    for rows in overlay.postings(numbers).values():
        marks[rows] = True
    words = {_number(overlay, each) for each in terms if each[0] == "text"}
    for rows in overlay.postings(words).values():
        marks[[row for row in rows if not film_facts.has_themes(overlay, int(row))]] = True
    said = {_number(overlay, each) for each in terms if each[0] == SAID}
    for rows in overlay.postings(said).values():
        if _is_rare(overlay, len(rows)):
            marks[rows] = True
    return marks


def _is_rare(overlay: Overlay, films: int) -> bool:
    return films <= RARE_SHARE * len(overlay)


def _number(overlay: Overlay, term: Term) -> int:
    """Return a term's id: words of texts and themes go by their stems, all else whole."""
    field, value = term
    words = field in {"text", SAID, THEME_WORDS}
    return term_id(
        overlay.index,
        "text" if field == SAID else field,
        analyzer.stem(value.lower()) if words else analyzer.phrase(value),
    )


def steps(overlay: Overlay, demands: Sequence[Demand]) -> Iterator[Step]:
    """Yield ever wider demands, from all as they are to the hard ones alone.

    First the last soft demand takes its `wide` terms too, and so on to the first; then the soft ones are given
    up, the last first. A step that adds no film is left out.
    """
    kept, dropped = list(demands), []
    fitting = int(meeting(overlay, kept).sum())
    yield tuple(kept), ()
    for change in _changes(demands):
        if change is None:
            last = [each for each in kept if each.soft][-1]
            kept = [each for each in kept if each is not last and not _goes_with(each, last)]
            dropped.append(last)
        else:
            place = max(place for place, each in enumerate(kept) if each.wide and not each.excluded)
            kept[place] = replace(
                kept[place], any_of=kept[place].any_of + kept[place].wide, wide=()
            )
        if (now := int(meeting(overlay, kept).sum())) > fitting:
            fitting = now
            yield tuple(kept), tuple(dropped)


def _goes_with(demand: Demand, soft: Demand) -> bool:
    """Tell whether a demand rules out what a soft one, of the same notion, would not be."""
    return demand.excluded and demand.label == soft.label


def _changes(demands: Sequence[Demand]) -> Iterator[Demand | None]:
    """Yield each demand that can be widened, then None for each that can be given up."""
    yield from (each for each in demands if each.wide and not each.excluded)
    yield from (None for each in demands if each.soft)


@dataclass(frozen=True, slots=True)
class FitTerm:
    """How well films fit the demands that name terms: the more of them and the earlier, the better.

    `parts` hold for each term its label, its field, and the share of the score that it has by film.
    """

    parts: tuple[tuple[str, str, Scores], ...]
    scores: Scores

    def explain(self, overlay: Overlay, row: int) -> Iterator[Contribution]:
        """Yield the contribution of each term that the film has."""
        del overlay
        for field, label, values in self.parts:
            if value := float(values[row]):
                yield Contribution(_KINDS.get(field, field), label, value)


def fit(overlay: Overlay, demands: Iterable[Demand], unit: float) -> list[FitTerm]:
    """Score films by how well they fit the demands that name terms; `unit` is a deviation of scores."""
    parts: list[tuple[str, str, Scores]] = []
    wished = [(*demand.any_of, *demand.wide) for demand in _asked(demands)]
    wished = [terms for terms in wished if not (terms[:1] and terms[0][0] in _NAMES)]
    themes = _theme_strengths(
        overlay, {each for terms in wished for each in terms if each[0] == "tag"}
    )
    for asked in wished:
        has = [
            (BEST_TERM if place == 0 else 1.0)
            * (themes[term] if term in themes else _strength(overlay, term))
            for place, term in enumerate(asked)
        ]
        whole = np.sum(has, axis=0)
        factor = FIT * unit / (whole + HALF_FIT)
        parts += [
            (field, label, factor * each) for (field, label), each in zip(asked, has, strict=True)
        ]
    if not parts:
        return []
    return [FitTerm(tuple(parts), np.sum([values for _, _, values in parts], axis=0))]


def _strength(overlay: Overlay, term: Term) -> Scores:
    """Return whether films have a term: 1, or what a rare or a typed word counts; 0 where not."""
    if term[0] == SAID:
        said = np.zeros(len(overlay))
        for rows in overlay.postings({_number(overlay, term)}).values():
            said[rows] = RARE_TERM if _is_rare(overlay, len(rows)) else TYPED_TERM
        return said
    return _having(overlay, (term,)).astype(np.float64)


def _theme_strengths(overlay: Overlay, themes: Collection[Term]) -> Mapping[Term, Scores]:
    """Return how much of each theme films have: 1 of their first one, less of every later one.

    All at once: what the club added is looked through a single time.
    """
    one = np.ones(1, np.float32)
    queries = [SparseVector(np.array([_number(overlay, each)], np.uint32), one) for each in themes]
    if not queries:
        return {}
    scores = np.zeros((len(queries), len(overlay)), dtype=np.float32)
    for row, query in zip(scores, queries, strict=True):
        row[: len(overlay.index)] = overlay.catalogue_scores(query)
    overlay.add_shared(scores, overlay.shared_with(queries).T)
    return dict(zip(themes, scores.astype(np.float64), strict=True))


def _asked(demands: Iterable[Demand]) -> Iterator[Demand]:
    """Yield the demands for what films have, those of which one has to be met included."""
    for demand in demands:
        if not demand.excluded:
            yield demand
            yield from _asked(each for group in demand.either for each in group)


_KINDS = {"tag": "theme", SAID: "text"}
"""Kinds of reasons by the fields of terms, where they differ."""

_NAMES = frozenset({"country", "language", "director", "cast", "writer", "author"})
"""Fields of which a film is not the better for having more of those asked for."""
