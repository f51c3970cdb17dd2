"""Quality of picks against their peers, in one run.

    python benchmarks/recommender_quality.py [--data FOLDER] [like rated ...]

Every figure is nDCG@10 unless said, with 95 % bootstrap intervals over queries. The weights were
tuned on the splits of seeds 0-9; the splits reported here have seeds from 10 on.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

import numpy as np
import recommender_data as data
import scipy.sparse as sp
from installed import installed
from numpy.typing import NDArray

from recommender.answers.ranking import choose
from recommender.answers.reranking import DiversityFilter
from recommender.evaluation import peers
from recommender.evaluation.metrics import estimate, ndcg, random_halves, recall, top_rows, z_scores
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.ratings.profile import Profile
from recommender.scoring import query_terms, taste
from recommender.scoring.combined import combine
from recommender.scoring.query import Query
from recommender.scoring.score_terms import total
from recommender.scoring.similarity import reference_films, similarities
from recommender.text.documents import ReviewDocument
from recommender.text.fields import FIELDS

Matrix = NDArray[np.float64]
Truth = dict[int, dict[str, set[int]]]
Ranker = Callable[[int], Matrix]
Pair = tuple[float, float]

ANCHOR_WEIGHTS = {"title": 0.1, "genre": 0.35, "cast": 0.75, "director": 0.35, "text": 2.0}
SEEDS = (10, 11, 12, 13, 14, 15)
MEMBERS = 60
FIELDS_ANCHOR, BOTH_ANCHOR = "weighted fields (anchor)", "z(cosine) + z(fields) (anchor)"
MEAN_ANCHOR = "mean of the anchor's scores"
COMPONENTS = ("content, 5 nearest", "popularity", "EASE (lambda 150)")
EASE_NEAREST, THREE_TERMS = "EASE + 0.25 z(5 nearest) (anchor)", "three terms (anchor)"


def likes(dataset: data.Dataset, users: Sequence[int]) -> sp.csr_matrix:
    """Return implicit feedback, users by films, 1 for a like."""
    place = {user: number for number, user in enumerate(users)}
    liked = [r for r in dataset.ratings if r.user in place and r.liked]
    at = ([place[r.user] for r in liked], [r.row for r in liked])
    return sp.csr_matrix((np.ones(len(liked)), at), shape=(len(users), len(dataset.films)))


def co_liked(
    dataset: data.Dataset,
    users: Sequence[int],
    rows: set[int] | None = None,
    least: int = 5,
    depth: int = 20,
) -> Truth:
    """Return the relevant films of each film: the first `depth` co-liked, by lift and by cosine.

    Only among `rows`, if given.
    """
    x = likes(dataset, users)
    together = (x.T @ x).toarray()
    counts = np.diag(together).copy()
    np.fill_diagonal(together, 0)
    if rows is not None:
        together[:, [row for row in range(len(counts)) if row not in rows]] = 0
    truth: Truth = {}
    for row in np.flatnonzero(counts >= least).tolist():
        shared = np.where(together[row] >= 2, together[row], 0.0)
        lift = shared / np.maximum(counts, 1)
        cosine = shared / np.sqrt(np.maximum(counts, 1))
        if shared.any() and (rows is None or row in rows):
            truth[row] = {"lift": _first(lift, depth), "cosine": _first(cosine, depth)}
    return truth


def _first(values: Matrix, depth: int) -> set[int]:
    order = np.argsort(-values, kind="stable")[:depth]
    return {int(row) for row in order if values[row] > 0}


def line(name: str, columns: Iterable[object]) -> None:
    """Print one row of a table."""
    print(f"{name:44s}" + "".join(f" {column!s:>24}" for column in columns), flush=True)


def compare(
    title: str, rankers: Mapping[str, Ranker], truths: Sequence[Truth], anchor: str = ""
) -> None:
    """Print each ranker's nDCG@10 by both kinds of relevance, and Matinee's ratio to the anchor."""
    figures: dict[str, list[Pair]] = {}
    print(f"\n{title}: {sum(map(len, truths))} queries")
    line("", ("lift", "cosine"))
    for name, rank in rankers.items():
        found: dict[str, list[float]] = {"lift": [], "cosine": []}
        for truth in truths:
            for row, relevant in truth.items():
                ranked = top_rows(rank(row), [row])
                for kind, values in found.items():
                    values.append(ndcg(ranked, relevant[kind]))
        line(name, (estimate(values) for values in found.values()))
        figures[name] = list(zip(found["lift"], found["cosine"], strict=True))
    if anchor in figures:
        ratios = (_ratio(figures["Matinee"], figures[anchor], i) for i in (0, 1))
        line(f"  Matinee / {anchor}", ratios)


def field_matrices(index: BaseIndex) -> dict[str, sp.csr_matrix]:
    """Return each field's vectors."""
    forward = index.forward
    shape = (len(index), len(index.terms))
    matrix = sp.csr_matrix((forward.weights, forward.ids, forward.starts), shape=shape)
    starts = index.field_starts
    return {field.name: matrix[:, starts[i] : starts[i + 1]] for i, field in enumerate(FIELDS)}


def anchor_fields(index: BaseIndex) -> Ranker:
    """Rank by weighted TF-IDF cosines of the fields and by year: the anchor."""
    fields = field_matrices(index)
    stacked = sp.hstack([w**0.5 * fields[name] for name, w in ANCHOR_WEIGHTS.items()]).tocsr()
    years = index.years.astype(np.float64)

    def rank(row: int) -> Matrix:
        shared = (stacked @ stacked[row].T).toarray().ravel()
        return np.asarray(shared + 0.75 * np.exp(-np.abs(years - years[row]) / 10))

    return rank


def cached(rank: Ranker) -> Ranker:
    """Cache every query's scores, as float32."""
    return cache(lambda row: rank(row).astype(np.float32))


def club(index: BaseIndex, dataset: data.Dataset, users: Iterable[int]) -> Overlay:
    """Return a club whose members have rated films, but written nothing."""
    overlay, members = Overlay(index), set(users)
    overlay.put_all(
        ReviewDocument(
            f"{r.user}-{r.row}", dataset.films[r.row].film_id, f"{r.user}", "", r.half_stars
        )
        for r in dataset.ratings
        if r.user in members
    )
    return overlay


def summed(overlay: Overlay, rows: Sequence[int]) -> Matrix:
    """Score by similarity to some films as the recommender does."""
    return total(query_terms.similar(overlay, rows), len(overlay))


def like(dataset: data.Dataset, index: BaseIndex) -> None:
    """Similar films from the catalogue alone."""
    truths = [
        co_liked(dataset, half) for seed in SEEDS for half in random_halves(dataset.users, seed)
    ]
    overlay = Overlay(index)
    rankers = {
        **installed(
            {name: partial(make, dataset.films) for name, make in peers.TEXT_PEERS.items()}
        ),
        FIELDS_ANCHOR: anchor_fields(index),
        "Matinee, fields only": partial(_similarity, overlay, np.zeros(1)),
        "Matinee": partial(_summed_one, overlay),
    }
    known = {name: cached(rank) for name, rank in rankers.items()}
    compare("If you liked this, text only", known, truths, FIELDS_ANCHOR)


def rated(dataset: data.Dataset, index: BaseIndex) -> None:
    """Similar films with a club's ratings: half of the users train, the others test."""
    fields = cached(anchor_fields(index))
    found: dict[str, dict[str, list[float]]] = {}
    for seed in SEEDS:
        parts = random_halves(dataset.users, seed)
        for train, test in (parts, parts[::-1]):
            x = likes(dataset, train)
            overlay = club(index, dataset, train)
            cosine = peers.cosine(x)
            popular = z_scores(np.log1p(np.asarray(x.sum(axis=0)).ravel()))
            rankers = {
                "fields (anchor)": fields,
                "cosine on ratings": cosine,
                BOTH_ANCHOR: _added(cosine, fields),
                "  + 0.5 log-popularity": _added(cosine, fields, 0.5 * popular),
                "Matinee": partial(_summed_one, overlay),
            }
            for row, relevant in co_liked(dataset, test).items():
                for name, rank in rankers.items():
                    ranked = top_rows(rank(row), [row])
                    for kind in ("lift", "cosine"):
                        values = found.setdefault(name, {}).setdefault(kind, [])
                        values.append(ndcg(ranked, relevant[kind]))
    print("\nIf you liked this, with ratings")
    line("", ("lift", "cosine"))
    for name, kinds in found.items():
        line(name, (estimate(values) for values in kinds.values()))
    pairs = {name: list(zip(*kinds.values(), strict=True)) for name, kinds in found.items()}
    line(
        f"  Matinee / {BOTH_ANCHOR}",
        (_ratio(pairs["Matinee"], pairs[BOTH_ANCHOR], i) for i in (0, 1)),
    )


def _added(first: Ranker, second: Ranker, more: Matrix | float = 0.0) -> Ranker:
    return lambda row: z_scores(first(row)) + z_scores(second(row)) + more


def _summed_one(overlay: Overlay, row: int) -> Matrix:
    return summed(overlay, [row])


def _similarity(overlay: Overlay, more: Matrix, row: int) -> Matrix:
    return similarities(overlay, reference_films(overlay, [row]))[0] + more


def reviewed(dataset: data.Dataset, index: BaseIndex) -> None:
    """Gain by reviews, by their number per film; all users' ratings are the truth."""
    everywhere = co_liked(dataset, dataset.users)
    by_film: dict[str, list[ReviewDocument]] = {}
    for review in dataset.reviews:
        by_film.setdefault(review.film_id, []).append(review)
    for least, most in ((1, 1), (5, 5), (5, 10_000)):
        overlay = Overlay(index)
        films = {f: r for f, r in by_film.items() if len(r) >= least}
        # Words only: the ratings would tell more than the words.
        overlay.put_all(
            ReviewDocument(r.review_id, r.film_id, r.author_id, r.text)
            for each in films.values()
            for r in each[:most]
        )
        rows = {overlay.row_of(film_id) for film_id in films}
        asked = [co_liked(dataset, dataset.users, rows, depth=10)]
        inside = np.full(len(index), -np.inf)
        inside[sorted(rows)] = 0
        plain = Overlay(index)
        rankers = {
            "catalogue alone": partial(_similarity, plain, inside),
            "with reviews": partial(_similarity, overlay, inside),
        }
        many = f"{least}" if least == most else f"{least} to {most}"
        compare(f"Reviews, {many} per film, {len(rows)} films", rankers, asked)
        all_films = {
            "catalogue alone": partial(_similarity, plain, np.zeros(1)),
            "with reviews": partial(_similarity, overlay, np.zeros(1)),
        }
        asked = [{row: wanted for row, wanted in everywhere.items() if row in rows}]
        compare("  the same, any film may be the answer", all_films, asked)


def nearest_liked(index: BaseIndex) -> Callable[[Sequence[int]], Matrix]:
    """Return a scorer by the mean similarity (anchor) to the five nearest liked films."""
    fields = cached(anchor_fields(index))

    def score(rows: Sequence[int]) -> Matrix:
        if not rows:
            return np.zeros(len(index))
        each = np.array([fields(row) for row in rows])
        return np.asarray(-np.sort(-each, axis=0)[:5].sum(axis=0) / 5)

    return score


def personal(
    dataset: data.Dataset, index: BaseIndex, raters: Sequence[int] = (0, 5, 20, 100, 410)
) -> None:
    """Personal picks: 80 % of each member's ratings are known, the rest's liked films relevant."""
    nearest = nearest_liked(index)
    for others in raters:
        found = _picked(dataset, index, nearest, others)
        print(f"\nA member's picks, {min(others, len(dataset.users) - 1)} other raters")
        line("", ("nDCG@10", "recall@20"))
        for name, pairs in found.items():
            line(name, (estimate([p[i] for p in pairs]) for i in (0, 1)))
        for name in (name for name in (EASE_NEAREST, THREE_TERMS) if name in found):
            line(f"  Matinee / {name}", (_ratio(found["Matinee"], found[name], i) for i in (0, 1)))


def newcomers(dataset: data.Dataset, index: BaseIndex) -> None:
    """Picks for newcomers of few known films, against the best single component."""
    nearest = nearest_liked(index)
    print("\nA newcomer's picks, nDCG@10")
    line("other raters, films known", ("Matinee", "best single component", "difference"))
    for others in (0, 5, 20, 100):
        for most in (1, 2, 5, 10, 20):
            found = {
                name: np.array([pair[0] for pair in pairs])
                for name, pairs in _picked(dataset, index, nearest, others, most).items()
            }
            best = max((n for n in found if n in COMPONENTS), key=lambda name: found[name].mean())
            ahead = found["Matinee"] - found[best]
            line(
                f"{others}, {most}",
                (
                    f"{found['Matinee'].mean():.3f}",
                    f"{best} {found[best].mean():.3f}",
                    f"{ahead.mean():+.3f} +-{1.96 * ahead.std() / len(ahead) ** 0.5:.3f}",
                ),
            )


def _picked(
    dataset: data.Dataset,
    index: BaseIndex,
    nearest: Callable[[Sequence[int]], Matrix],
    others: int,
    most: int | None = None,
) -> dict[str, list[Pair]]:
    """Return nDCG and recall of each ranking for all members, `most` of whose films are known."""
    found: dict[str, list[Pair]] = {}
    for seed in SEEDS:
        random = np.random.default_rng(seed)
        known, wanted = _split(dataset, random)
        for user in random.permutation(dataset.users)[:MEMBERS].tolist():
            if not wanted[user]:
                continue
            rest = [u for u in dataset.users if u != user]
            members = [user, *random.permutation(rest)[:others].tolist()]
            own = sorted(known[user], key=lambda rating: not rating.liked)[:most]
            rankings = _rankings(dataset, index, nearest, known | {user: own}, members)
            seen = [r.row for r in known[user]]
            for name, scores in rankings.items():
                ranked = top_rows(scores, seen)
                pair = ndcg(ranked, wanted[user]), recall(ranked, wanted[user])
                found.setdefault(name, []).append(pair)
    return found


def _ratio(ours: Sequence[Pair], theirs: Sequence[Pair], column: int) -> str:
    """Return the ratio of two means over the same queries, with a bootstrap interval."""
    pairs = np.array([(a[column], b[column]) for a, b in zip(ours, theirs, strict=True)])
    picks = np.random.default_rng(0).integers(0, len(pairs), (1_000, len(pairs)))
    sums = pairs[picks].sum(axis=1)
    low, high = np.percentile(sums[:, 0] / sums[:, 1], (2.5, 97.5))
    return f"{pairs[:, 0].sum() / pairs[:, 1].sum():.2f} ({low:.2f}-{high:.2f})"


def _split(
    dataset: data.Dataset, random: np.random.Generator
) -> tuple[dict[int, list[data.Rating]], dict[int, set[int]]]:
    """Keep 80 % of every user's ratings; the liked films of the rest are relevant."""
    known: dict[int, list[data.Rating]] = {}
    wanted: dict[int, set[int]] = {}
    by_user: dict[int, list[data.Rating]] = {}
    for rating in dataset.ratings:
        by_user.setdefault(rating.user, []).append(rating)
    for user, ratings in by_user.items():
        order = random.permutation(len(ratings)).tolist()
        cut = int(len(order) * 0.8)
        known[user] = [ratings[i] for i in order[:cut]]
        wanted[user] = {ratings[i].row for i in order[cut:] if ratings[i].liked}
    return known, wanted


def _rankings(
    dataset: data.Dataset,
    index: BaseIndex,
    nearest: Callable[[Sequence[int]], Matrix],
    known: dict[int, list[data.Rating]],
    members: Sequence[int],
) -> dict[str, Matrix]:
    x = _known_likes(known, members, len(index))
    z, user = z_scores, members[0]
    near = nearest([r.row for r in known[user] if r.liked])
    overlay = Overlay(index)
    overlay.put_all(
        ReviewDocument(f"{m}-{r.row}", dataset.films[r.row].film_id, f"{m}", "", r.half_stars)
        for m in members
        for r in known[m]
    )
    profile = Profile({dataset.films[r.row].film_id: r.half_stars for r in known[user]})
    parts = taste.personal(overlay, profile)
    found = {"content, 5 nearest": near}
    if len(members) > 1:
        popular, learned = np.log1p(np.asarray(x[1:].sum(axis=0)).ravel()), peers.ease(x)(0)
        big = len(members) > 200
        found |= {
            "popularity": popular,
            "EASE (lambda 150)": learned,
            EASE_NEAREST: z(learned) + 0.25 * z(near),
            THREE_TERMS: z(learned) + (1 if big else 2) * z(near) + 0.5 * z(popular),
        }
    return found | {"Matinee": total(parts, len(index))}


def _known_likes(
    known: dict[int, list[data.Rating]], members: Sequence[int], films: int
) -> sp.csr_matrix:
    rows = [[r.row for r in known[member] if r.liked] for member in members]
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.array([row for each in rows for row in each], dtype=np.int32)
    return sp.csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(members), films))


def groups(dataset: data.Dataset, index: BaseIndex, count: int = 100) -> None:
    """Picks for groups of four: the members' mean, and the worst-off member."""
    nearest = nearest_liked(index)
    figures: dict[str, list[Pair]] = {}
    for seed in SEEDS[:2]:
        random = np.random.default_rng(seed)
        known, wanted = _split(dataset, random)
        learned = peers.ease(_known_likes(known, dataset.users, len(index)))
        alone = partial(_anchor_scores, dataset, nearest, learned, known)
        overlay = Overlay(index)
        overlay.put_all(
            ReviewDocument(f"{u}-{r.row}", dataset.films[r.row].film_id, f"{u}", "", r.half_stars)
            for u in dataset.users
            for r in known[u]
        )
        able = [user for user in dataset.users if len(wanted[user]) >= 3]
        for _ in range(count):
            members = random.choice(able, 4, replace=False).tolist()
            seen = {r.row for member in members for r in known[member]}
            scores = np.array([alone(member) for member in members])
            lists = {
                MEAN_ANCHOR: top_rows(scores.mean(axis=0), list(seen), 10),
                "least misery of the anchor's scores": top_rows(scores.min(axis=0), list(seen), 10),
                "Matinee": _group_list(dataset, overlay, known, members),
            }
            for name, ranked in lists.items():
                each = [ndcg(ranked, wanted[m] - seen) for m in members if wanted[m] - seen]
                figures.setdefault(name, []).append((float(np.mean(each)), min(each)))
    print("\nGroups of four")
    line("", ("mean nDCG@10", "worst-off member"))
    for name, pairs in figures.items():
        line(name, (estimate([p[i] for p in pairs]) for i in (0, 1)))
    ratios = (_ratio(figures["Matinee"], figures[MEAN_ANCHOR], i) for i in (0, 1))
    line(f"  Matinee / {MEAN_ANCHOR}", ratios)


def _anchor_scores(
    dataset: data.Dataset,
    nearest: Callable[[Sequence[int]], Matrix],
    learned: Ranker,
    known: dict[int, list[data.Rating]],
    member: int,
) -> Matrix:
    near = nearest([r.row for r in known[member] if r.liked])
    return z_scores(learned(dataset.users.index(member))) + 0.25 * z_scores(near)


def _group_list(
    dataset: data.Dataset,
    overlay: Overlay,
    known: dict[int, list[data.Rating]],
    members: Sequence[int],
) -> list[int]:
    profiles = tuple(
        Profile({dataset.films[r.row].film_id: r.half_stars for r in known[m]}) for m in members
    )
    tastes = [taste.personal(overlay, profile) for profile in profiles]
    candidates = np.ones(len(overlay), dtype=bool)
    candidates[[r.row for m in members for r in known[m]]] = False
    query = Query(profiles=profiles, count=10)
    combined = combine(overlay, query, [], tastes)
    chosen = choose(overlay, query, combined, candidates, DiversityFilter(overlay))
    return [each.row for each in chosen]


SECTIONS: dict[str, Callable[[data.Dataset, BaseIndex], None]] = {
    "like": like,
    "rated": rated,
    "reviews": reviewed,
    "groups": groups,
    "personal": personal,
    "newcomers": newcomers,
}


def main() -> None:
    """Run the chosen sections, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sections", nargs="*", default=[], help=", ".join(SECTIONS))
    parser.add_argument("--data", type=Path, help="folder of data sets; synthetic without it")
    options = parser.parse_args()
    dataset = data.read(options.data)
    if options.data is None:
        print("Synthetic data: the figures show that it runs, not how good anything is.")
    index = BaseIndex.build(dataset.films)
    print(f"{len(dataset.films)} films, {len(dataset.users)} users, {len(dataset.ratings)} ratings")
    for name in options.sections or SECTIONS:
        began = time.perf_counter()
        SECTIONS[name](dataset, index)
        print(f"({name}: {time.perf_counter() - began:.0f} s)")


if __name__ == "__main__":
    main()
