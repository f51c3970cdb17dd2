"""Experiments: the recommender against its peers on given data, each in one table."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import mean
from typing import TypeVar

import numpy as np
import scipy.sparse as sp

from recommender.evaluation import peers
from recommender.evaluation.metrics import (
    Estimate,
    estimate,
    ndcg,
    random_halves,
    recall,
    top_rows,
    z_scores,
)
from recommender.evaluation.peers import ByFilm, ByMember, Scores
from recommender.evaluation.sample import Sample, like_matrix
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.ratings.profile import Profile
from recommender.scoring import query_terms, taste
from recommender.scoring.prediction import predict_ratings
from recommender.scoring.score_terms import total
from recommender.text.documents import ReviewDocument

OURS = "Matinee"
SEEDS = (10, 11, 12)
"""Seeds of splits that nothing was tuned on."""

FEWEST_QUERIES = 20
"""Queries below which a table has no lines."""

MOST_QUERIES = 300
"""Films, and members, that are queries in each split, at most."""

KNOWN_SHARE = 0.8
RELEVANT = 20
"""Films, those liked together most, that are relevant to one film."""

Truth = dict[int, tuple[set[int], set[int]]]
Found = dict[str, list[tuple[float, ...]]]
Given = TypeVar("Given")
Made = TypeVar("Made")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Results of one experiment: a line per ranker, ours last, and an estimate per column.

    `missing` names the peers that are not installed. Without lines, there were too few queries.
    """

    title: str
    columns: tuple[str, ...]
    queries: int
    lines: Mapping[str, tuple[Estimate, ...]]
    missing: tuple[str, ...] = ()


def experiments(
    sample: Sample,
    seeds: Sequence[int] = SEEDS,
    done: Callable[[int, int], None] = lambda *_: None,
) -> Iterator[ResultTable]:
    """Run all experiments; the index is fitted once. `done` hears how many are, of how many."""
    index = BaseIndex.build(sample.films)
    every = (similar_by_text, similar_by_ratings, personal_picks, predicted_ratings)
    for place, experiment in enumerate(every):
        done(place, len(every))
        yield experiment(sample, index, seeds)


def similar_by_text(sample: Sample, index: BaseIndex, seeds: Sequence[int]) -> ResultTable:
    """Rank films by similarity to one, from the catalogue alone."""
    truths = [
        co_liked(like_matrix(sample.reviews, half, sample.rows()), seed)
        for seed in seeds
        for half in _halves(sample.members, seed)
    ]
    made, missing = _made(peers.TEXT_PEERS if any(truths) else {}, sample.films)
    rankers: dict[str, ByFilm] = {name: cache(rank) for name, rank in made.items()}
    rankers[OURS] = _similar(Overlay(index))
    found: Found = {}
    for truth in truths:
        _rank(rankers, truth, found)
    return _table("If you liked this, from text alone", ("lift", "cosine"), found, missing)


def similar_by_ratings(sample: Sample, index: BaseIndex, seeds: Sequence[int]) -> ResultTable:
    """Rank films by similarity to one, with the ratings of half of the members, for the others."""
    found: Found = {}
    text = cache(peers.tfidf(sample.films))
    for seed in seeds:
        train, test = _halves(sample.members, seed)
        for known, asked in ((train, test), (test, train)):
            x = like_matrix(sample.reviews, known, sample.rows())
            cosine = peers.cosine(x)
            overlay = _club(index, [r for r in sample.reviews if r.author_id in set(known)])
            rankers = {
                "popularity": peers.popularity(x),
                "item-kNN (cosine)": cosine,
                "z(cosine) + z(TF-IDF)": _added(cosine, text),
                OURS: _similar(overlay),
            }
            _rank(rankers, co_liked(like_matrix(sample.reviews, asked, sample.rows()), seed), found)
    return _table("If you liked this, with members' ratings", ("lift", "cosine"), found)


def personal_picks(sample: Sample, index: BaseIndex, seeds: Sequence[int]) -> ResultTable:
    """Rank films for members: 80 % of their ratings are known, the rest's liked films relevant."""
    found: Found = {}
    missing: tuple[str, ...] = ()
    rows, members = sample.rows(), sample.members
    for seed in seeds:
        known, hidden = _split(sample.reviews, seed)
        x = like_matrix(known, members, rows)
        learned, missing = _made(peers.LIKE_PEERS, x)
        rankers = {**learned, OURS: _own_picks(_club(index, known), known, members)}
        wanted, seen = like_matrix(hidden, members, rows), _stars(known)
        for member in _some(range(len(members)), seed):
            relevant = set(wanted[member].indices.tolist())
            done = [rows[film_id] for film_id in seen.get(members[member], ())]
            for name, rank in rankers.items() if relevant else ():
                ranked = top_rows(rank(member), done)
                pair = (ndcg(ranked, relevant), recall(ranked, relevant))
                found.setdefault(name, []).append(pair)
    return _table("A member's picks", ("nDCG@10", "recall@20"), found, missing)


def predicted_ratings(sample: Sample, index: BaseIndex, seeds: Sequence[int]) -> ResultTable:
    """Predict hidden ratings: absolute error in half-stars, and coverage of the interval."""
    found: Found = {}
    for seed in seeds:
        known, hidden = _split(sample.reviews, seed)
        overlay, stars, wanted = _club(index, known), _stars(known), _stars(hidden)
        for member in _some(sorted(wanted), seed):
            own = stars.get(member, {})
            expected = predict_ratings(overlay, Profile(own), list(wanted[member]))
            for film_id, guess in expected.items():
                right = wanted[member][film_id]
                plain = abs(mean(own.values()) - right)
                found.setdefault("the member's mean", []).append((plain, math.nan))
                inside = float(guess.low <= right <= guess.high)
                found.setdefault(OURS, []).append((abs(guess.half_stars - right), inside))
    return _table("A rating, in half-stars", ("mean error", "in the interval"), found)


def co_liked(x: sp.csr_matrix, seed: int, least: int = 5) -> Truth:
    """Return the films relevant to some that `least` members like: by lift, and by cosine."""
    counts = np.asarray(x.sum(axis=0)).ravel()
    by_film = x.T.tocsr()
    truth: Truth = {}
    for row in _some(np.flatnonzero(counts >= least).tolist(), seed):
        together = (by_film @ by_film[row].T).toarray().ravel()
        together[row] = 0
        shared = np.where(together >= 2, together, 0.0)
        if shared.any():
            lift = shared / np.maximum(counts, 1)
            truth[row] = _first(lift), _first(shared / np.sqrt(np.maximum(counts, 1)))
    return truth


def _first(values: Scores) -> set[int]:
    order = np.argsort(-values, kind="stable")[:RELEVANT]
    return {int(row) for row in order if values[row] > 0}


def _some(items: Sequence[Item], seed: int) -> list[Item]:
    """Return a random sample of the items, in order, the same for the same seed."""
    drawn = np.random.default_rng(seed).permutation(len(items))[:MOST_QUERIES]
    return [items[place] for place in sorted(drawn.tolist())]


def _halves(members: Sequence[str], seed: int) -> tuple[list[str], list[str]]:
    first, second = random_halves(range(len(members)), seed)
    return [members[place] for place in first], [members[place] for place in second]


def _split(
    reviews: Sequence[ReviewDocument], seed: int
) -> tuple[list[ReviewDocument], list[ReviewDocument]]:
    """Split every member's reviews into known and hidden ones."""
    by_member: dict[str, list[ReviewDocument]] = {}
    for review in reviews:
        by_member.setdefault(review.author_id, []).append(review)
    random = np.random.default_rng(seed)
    known: list[ReviewDocument] = []
    hidden: list[ReviewDocument] = []
    for _, own in sorted(by_member.items()):
        order = random.permutation(len(own)).tolist()
        cut = int(len(own) * KNOWN_SHARE)
        known += [own[place] for place in order[:cut]]
        hidden += [own[place] for place in order[cut:]]
    return known, hidden


def _stars(reviews: Sequence[ReviewDocument]) -> dict[str, dict[str, int]]:
    """Return every member's ratings by film id."""
    stars: dict[str, dict[str, int]] = {}
    for review in reviews:
        stars.setdefault(review.author_id, {})[review.film_id] = review.half_stars or 0
    return stars


def _club(index: BaseIndex, reviews: Sequence[ReviewDocument]) -> Overlay:
    overlay = Overlay(index)
    overlay.put_all(reviews)
    return overlay


def _similar(overlay: Overlay) -> ByFilm:
    """Score by similarity as the recommender does."""
    return lambda row: total(query_terms.similar(overlay, [row]), len(overlay))


def _own_picks(
    overlay: Overlay, known: Sequence[ReviewDocument], members: Sequence[str]
) -> ByMember:
    """Score for a member as the recommender does."""
    stars = _stars(known)

    def score(member: int) -> Scores:
        parts = taste.personal(overlay, Profile(stars.get(members[member], {})))
        return total(parts or taste.favourites(overlay), len(overlay))

    return score


def _rank(rankers: Mapping[str, ByFilm], truth: Truth, found: Found) -> None:
    for row, relevant in truth.items():
        for name, rank in rankers.items():
            ranked = top_rows(rank(row), [row])
            pair = (ndcg(ranked, relevant[0]), ndcg(ranked, relevant[1]))
            found.setdefault(name, []).append(pair)


def _made(
    makers: Mapping[str, Callable[[Given], Made]], given: Given
) -> tuple[dict[str, Made], tuple[str, ...]]:
    """Make the peers that are installed. Returns them, and the names of the missing."""
    made: dict[str, Made] = {}
    missing = []
    for name, make in makers.items():
        try:
            made[name] = make(given)
        except ImportError:
            missing.append(name)
    return made, tuple(missing)


def _added(first: ByFilm, second: ByFilm) -> ByFilm:
    return lambda row: z_scores(first(row)) + z_scores(second(row))


def _table(
    title: str, columns: tuple[str, ...], found: Found, missing: tuple[str, ...] = ()
) -> ResultTable:
    """Average the results, unless there are too few."""
    queries = len(found.get(OURS, ()))
    if queries < FEWEST_QUERIES:
        return ResultTable(title, columns, queries, {}, missing)
    lines = {
        name: tuple(estimate(values) for values in zip(*each, strict=True))
        for name, each in found.items()
    }
    return ResultTable(title, columns, queries, lines, missing)
