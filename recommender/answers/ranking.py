"""Recommendations: films ranked by the sum of their score terms, with reasons."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from math import fsum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.answers.quotes import caveat_for, minded_themes, quote_for, review_word_weights
from recommender.answers.reranking import (
    GROUP_DEPTH,
    DiversityFilter,
    diversified,
    fair_choice,
    ranked,
)
from recommender.answers.tiers import Tier, tiers
from recommender.index.club.overlay import Overlay
from recommender.ratings.profile import Profile
from recommender.scoring import query_terms, taste
from recommender.scoring.combined import Combined, combine
from recommender.scoring.fit import FitTerm, fit
from recommender.scoring.free_text import FreeText, unknown_words
from recommender.scoring.prediction import predict_ratings
from recommender.scoring.query import Contribution, Demand, Pick, Query, Recommendation
from recommender.scoring.score_terms import ScoreTerm, WeightedTerm, total
from recommender.text import analyzer

LIKELY_MINDED, ENOUGH = 6.0, 2
"""Predicted half-stars below which a film is not for a group, if that leaves it twice as many films as
it is to be given."""

Percentiles = tuple[float | None, ...]


class ChosenFilm(NamedTuple):
    """A chosen film's row, the terms that sum to its score, and the demands that it does not meet."""

    row: int
    terms: Sequence[ScoreTerm]
    missing: tuple[Demand, ...] = ()


class Heard(NamedTuple):
    """Basis of quotes and caveats: weights of review terms, themes minded before."""

    wanted: Mapping[int, float]
    minded: Mapping[int, tuple[str, ...]]


class KnownTaste(NamedTuple):
    """A member's taste: its score terms, and the themes that they minded, by term id, with the films."""

    terms: Sequence[ScoreTerm]
    minded: Mapping[int, tuple[str, ...]]

    @property
    def nbytes(self) -> int:
        """Bytes of its own scores; those of the weighted terms belong to the whole club."""
        own = [term for term in self.terms if not isinstance(term, WeightedTerm)]
        return sum(term.scores.nbytes for term in own)


def recommend(overlay: Overlay, query: Query) -> Recommendation:
    """Return the picks of a query in one club, with reasons that sum to their scores.

    Where too few films meet all demands, others follow that meet most of them.
    """
    profiles = [each.without(query.unlike) for each in query.profiles]
    known = [_taste_of(overlay, each) for each in profiles]
    by_profile = [each.terms for each in known]
    tastes = [terms for terms in by_profile if terms]
    if len(tastes) < len(by_profile) > 1 and tastes:  # who has rated nothing takes part, too
        tastes += [taste.favourites(overlay)] * (len(by_profile) - len(tastes))
    texts = _texts(overlay, query)
    intent = _intent(overlay, query, texts)
    chosen = list(_chosen(overlay, query, intent, tastes))[query.skip :]
    percentiles = _percentiles(by_profile, len(overlay), [each.row for each in chosen])
    wanted = review_word_weights(overlay, chain(intent, *tastes))
    heard = Heard(wanted, known[0].minded if len(known) == 1 else {})
    return Recommendation(
        picks=tuple(
            _pick(overlay, choice, heard, each)
            for choice, each in zip(chosen, percentiles, strict=True)
        ),
        mode=_mode(query, bool(_rows(overlay, query.like)), bool(tastes)),
        ratings=sum(len(profile.ratings) for profile in query.profiles),
        raters=overlay.ratings().raters,
        reviews=overlay.review_count,
        unknown_films=tuple(film_id for film_id in query.like if overlay.row_of(film_id) < 0),
        unknown_words=unknown_words(texts),
    )


def _taste_of(overlay: Overlay, profile: Profile) -> KnownTaste:
    """Return what is known of a member's taste, cached: most ask more than once in an evening."""
    return overlay.cached_whole(
        ("taste", profile.key()),
        lambda: KnownTaste(taste.personal(overlay, profile), minded_themes(overlay, profile)),
    )


def _chosen(
    overlay: Overlay,
    query: Query,
    intent: Sequence[ScoreTerm],
    tastes: Sequence[Sequence[ScoreTerm]],
) -> Iterator[ChosenFilm]:
    """Yield the choices of one tier after the other, as many as are asked for."""
    left, taken = query.count + query.skip, np.zeros(len(overlay), dtype=bool)
    demanded = fit(overlay, query.demands)
    combined: dict[bool, Combined] = {}
    diversity = DiversityFilter(overlay, _asked(query), query.later_parts)
    for tier in tiers(overlay, query):
        if not (tier.films & ~taken).any():
            continue
        if tier.worded not in combined:
            asked, terms = (query, intent) if tier.worded else _favoured(overlay, query)
            combined[tier.worded] = combine(overlay, asked, terms, tastes, demanded)
        found = combined[tier.worded]
        candidates = _answering(tier, found, demanded) & ~taken
        chosen = choose(overlay, replace(query, count=left), found, candidates, diversity)
        yield from (choice._replace(missing=tier.missing) for choice in chosen)
        taken[[each.row for each in chosen]] = True
        left -= len(chosen)
        if left <= 0:
            return


def _answering(tier: Tier, found: Combined, demanded: FitTerm | None) -> NDArray[np.bool_]:
    """Mark the films of a tier that answer the query: by its words, or by demands that are given up."""
    if not tier.bare:
        return tier.films if found.evidence is None else tier.films & (found.evidence > 0)
    some = np.zeros(len(tier.films), dtype=bool)
    for scores in (found.evidence, demanded.scores if demanded else None):
        if scores is not None:
            some |= scores > 0
    return tier.films & some


def choose(
    overlay: Overlay,
    query: Query,
    combined: Combined,
    candidates: NDArray[np.bool_],
    diversity: DiversityFilter,
) -> list[ChosenFilm]:
    """Choose films among the candidates: by score, or fairly for a group."""
    each = np.where(candidates, combined.each, -np.inf)
    if len(each) == 1:
        best = ranked(each[0], overlay, 4 * query.count)
        rows = diversity.in_order(best, candidates, _seen(overlay, query), each[0])
        fill = bool(query.demands)  # a narrow wish may leave but the films of one director
        found = diversified(rows, diversity, query.count, fill=fill)
        if fill and len(found) < query.count:  # or of sequels to films that it rules out
            rest = ranked(each[0], overlay, 4 * query.count)
            left = (row for row in rest if row not in found)
            found = [*found, *islice(left, query.count - len(found))]
        return [ChosenFilm(row, combined.members[0]) for row in found]
    mean = each.mean(axis=0)
    best = ranked(mean, overlay, GROUP_DEPTH)
    in_order = diversity.in_order(best, candidates, _seen(overlay, query), mean)
    spared = _spared(overlay, query, list(islice(in_order, GROUP_DEPTH)))
    return [
        ChosenFilm(
            row,
            [
                WeightedTerm(term, float(weight))
                for terms, weight in zip(combined.members, weights, strict=True)
                for term in terms
            ],
        )
        for row, weights in fair_choice(each, spared, diversity.admits, query.count)
    ]


def _asked(query: Query) -> str:
    """Return the words that a list may repeat a director or a series for, folded."""
    people = [
        value
        for demand in query.demands
        for field, value in (*demand.any_of, *demand.every)
        if field in {"director", "cast"}
    ]
    return analyzer.phrase(" ".join([query.mood, query.more, *people]))


def _spared(overlay: Overlay, query: Query, rows: Sequence[int]) -> Sequence[int]:
    """Leave out films that some member is likely to mind, as long as enough others are left."""
    film_ids = [overlay.film_id(row) for row in rows]
    minded = {
        film_id
        for profile in query.profiles
        for film_id, guess in predict_ratings(overlay, profile, film_ids).items()
        if guess.half_stars < LIKELY_MINDED
    }
    left = [row for row, film_id in zip(rows, film_ids, strict=True) if film_id not in minded]
    return left if len(left) >= ENOUGH * query.count else rows


def _texts(overlay: Overlay, query: Query) -> list[FreeText]:
    """Return a query's mood, more and less."""
    return [FreeText.read(overlay, words) for words in (query.mood, query.more, query.less)]


def _favoured(overlay: Overlay, query: Query) -> tuple[Query, list[ScoreTerm]]:
    """Return a query whose mood only counts in favour of films, and its score terms."""
    query = replace(query, mood="", more=f"{query.more} {query.mood}".strip())
    return query, _intent(overlay, query, _texts(overlay, query))


def _intent(overlay: Overlay, query: Query, texts: Sequence[FreeText]) -> list[ScoreTerm]:
    """Return the score terms of the query itself and its texts, without its profiles."""
    mood, more, less = texts
    return [
        *query_terms.similar(overlay, _rows(overlay, query.like)),
        *query_terms.mood(overlay, mood),
        *query_terms.steering(overlay, more, query_terms.STEERING),
        *query_terms.steering(overlay, less, -query_terms.STEERING),
        *query_terms.unlike(overlay, _rows(overlay, query.unlike)),
    ]


def _rows(overlay: Overlay, film_ids: Sequence[str]) -> list[int]:
    return [row for film_id in film_ids if (row := overlay.row_of(film_id)) >= 0]


def _seen(overlay: Overlay, query: Query) -> set[int]:
    """Return the rows of the films that are liked in the query, or seen by half of the members."""
    done = Counter(film_id for profile in query.profiles for film_id in profile.done())
    seen = [film_id for film_id, members in done.items() if 2 * members >= len(query.profiles)]
    return set(_rows(overlay, [*query.like, *query.unlike, *seen]))


def _percentiles(
    tastes: Sequence[Sequence[ScoreTerm]], films: int, rows: Sequence[int]
) -> list[Percentiles]:
    """Return the percentiles of each chosen film in each taste of a group; none for one member."""
    if len(tastes) < 2:
        return [() for _ in rows]
    each = [total(terms, films) if terms else None for terms in tastes]
    return [
        tuple(None if scores is None else float(np.mean(scores < scores[row])) for scores in each)
        for row in rows
    ]


def _pick(
    overlay: Overlay,
    choice: ChosenFilm,
    heard: Heard,
    percentiles: Percentiles,
) -> Pick:
    row, terms, missing = choice
    found = [reason for term in terms for reason in term.explain(overlay, row)]
    reasons = tuple(sorted(found, key=_strength))
    score = fsum(reason.value for reason in reasons)
    return Pick(
        film_id=overlay.film_id(row),
        score=score,
        reasons=reasons,
        quote=quote_for(overlay, row, heard.wanted),
        caveat=caveat_for(overlay, row, score, reasons, heard.minded),
        percentiles=percentiles,
        missing=missing,
    )


def _strength(reason: Contribution) -> tuple[float, str, str, str]:
    return (-reason.value, reason.kind, reason.label, reason.source or "")


def _mode(query: Query, similar: bool, tasted: bool) -> str:  # noqa: FBT001 - two plain facts
    if similar:
        return "similar"
    if query.mood.strip():
        return "mood"
    if len(query.profiles) > 1 and tasted:
        return "group"
    return "personal" if tasted else "favourites"
