"""Cost of one club: start-up, size, adding a review, personal picks with reasons.

    python benchmarks/recommender_club.py [--data FOLDER]

The club has 20 members and 1,000 reviews of 500 films, the first 50 words of real ones. Without
data, films and words are synthetic.
"""

import argparse
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import recommender_data as data

from recommender.answers.ranking import recommend
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.ratings.profile import Profile
from recommender.scoring.popularity import prior_scores
from recommender.scoring.query import Query
from recommender.text.documents import ReviewDocument
from recommender.text.stopwords import STOP_WORDS

REVIEWS, RATED, MEMBERS, WORDS = 1_000, 500, 20, 50

START = """
import sys, time
began = time.perf_counter()
from pathlib import Path
from recommender import BaseIndex, Overlay, Query, recommend
index = BaseIndex.load(Path(sys.argv[1]))
recommend(Overlay(index), Query(like=(index.film_ids[len(index) // 2],)))
loaded = any(name.split(".")[0] == "sklearn" for name in sys.modules)
print(f"saved index to first pick, imports included: {time.perf_counter() - began:.2f} s,"
      f" scikit-learn imported: {loaded}")
"""


def texts(index: BaseIndex, folder: Path | None, seed: int = 0) -> list[str]:
    """Return texts of 50 words: the first of real reviews, or as many stop words as others."""
    if folder:
        return [" ".join(r.text.split()[:WORDS]) for r in data.read(folder).reviews]
    random = np.random.default_rng(seed)
    low, high = index.terms_of("text")
    films = np.diff(index.postings.starts[low : high + 1]).astype(np.float64)
    drawn = random.choice(np.arange(low, high), (500, WORDS // 2), p=films / films.sum())
    small = sorted(STOP_WORDS)
    return [
        " ".join(
            word
            for term in each
            for word in (small[random.integers(len(small))], index.labels[term].split()[0])
        )
        for each in drawn.tolist()
    ]


def reviews(
    index: BaseIndex, written: Sequence[str], count: int, seed: int = 0
) -> list[ReviewDocument]:
    """Assign texts to members and films at random."""
    random = np.random.default_rng(seed)
    films = random.permutation(len(index))[:RATED]
    return [
        ReviewDocument(
            f"r{number}",
            index.film_ids[int(random.choice(films))],
            f"member {number % MEMBERS}",
            f"{written[int(random.integers(len(written)))]} ",
            int(random.integers(2, 11)),
        )
        for number in range(count)
    ]


def timed(name: str, tasks: list[Callable[[], object]]) -> None:
    """Time each task once, in wall-clock and in processor time, for machines with other work."""
    spent = []
    for task in tasks:
        began = time.perf_counter(), time.process_time()
        task()
        spent.append((time.perf_counter() - began[0], time.process_time() - began[1]))
    (middle, busy), (slow, slow_busy) = np.percentile(np.array(spent) * 1e3, (50, 99), axis=0)
    print(
        f"{name}: p50 {middle:.2f} ms, p99 {slow:.2f} ms"
        f" (processor: {busy:.2f}, {slow_busy:.2f}), {len(spent)} times",
        flush=True,
    )


def popularity(overlay: Overlay, profiles: Sequence[Profile]) -> None:
    """Print the popularity percentile of obscure, any and popular picks."""
    known = prior_scores(overlay)
    less_known = np.argsort(np.argsort(known)) / len(known)
    for wish, obscurity in (("obscure", 1.0), ("any", 0.0), ("popular", -1.0)):
        rows = [
            overlay.row_of(pick.film_id)
            for profile in profiles
            for pick in recommend(overlay, Query(profiles=(profile,), obscurity=obscurity)).picks
        ]
        print(f"{wish} picks are better known than {np.mean(less_known[rows]):.0%} of all films")


def put_and_pick(overlay: Overlay, review: ReviewDocument) -> None:
    """Add a review, and find films similar to its film."""
    overlay.put(review)
    recommend(overlay, Query(like=(review.film_id,)))


def size_of_overlay(index: BaseIndex, written: Sequence[str]) -> None:
    """Print the memory that 100 reviews take, with their texts."""
    Overlay(index).put_all(reviews(index, written, 100, seed=5))
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    overlay = Overlay(index)
    overlay.put_all(reviews(index, written, 100, seed=5))
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    letters = sum(len(review.text) for review in overlay.reviews())
    print(
        f"overlay of {overlay.review_count} reviews: {(after - before) / 1024:.0f} KiB,"
        f" their texts in it; as they were typed these have {letters / 1024:.0f} KiB"
    )


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, help="folder of data sets")
    options = parser.parse_args()
    films = data.catalogue(options.data) if options.data else data.invented(36_000).films
    began = time.perf_counter()
    index = BaseIndex.build(films)
    print(
        f"{len(index)} films: built in {time.perf_counter() - began:.1f} s,"
        f" base {index.nbytes / 2**20:.1f} MiB"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.index"
        index.save(path)
        subprocess.run([sys.executable, "-c", START, str(path)], check=True)  # noqa: S603 - our own
    written = texts(index, options.data)
    size_of_overlay(index, written)
    overlay, club = Overlay(index), reviews(index, written, REVIEWS)
    overlay.put_all(club)
    profiles = [
        Profile({r.film_id: r.half_stars or 0 for r in club if r.author_id == f"member {m}"})
        for m in range(MEMBERS)
    ]
    popularity(overlay, profiles)
    asked = [Query(profiles=(profile,)) for profile in profiles] * 10
    timed("personal pick with reasons", [partial(recommend, overlay, q) for q in asked])
    more = reviews(index, written, 100, seed=9)
    timed("put a review", [partial(overlay.put, review) for review in more])
    timed("put a review and pick anew", [partial(put_and_pick, overlay, r) for r in more[::-1]])
    liked = [Query(like=(index.film_ids[i * 31 % len(index)],)) for i in range(200)]
    timed("films like one, with reasons", [partial(recommend, overlay, q) for q in liked])


if __name__ == "__main__":
    main()
