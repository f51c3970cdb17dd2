"""What one club costs: start, size, a review's way into the picks, a personal pick with reasons.

    python benchmarks/recommender_club.py [--data FOLDER]

The club has 20 members and 1,000 reviews of 500 films, 50 words each, drawn from the catalogue's
own words. Without data the catalogue is invented.
"""

import argparse
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import recommender_data as data

from recommender.documents import ReviewDocument
from recommender.index import BaseIndex
from recommender.overlay import Overlay
from recommender.profile import Profile
from recommender.query import Query
from recommender.ranking import recommend

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


def reviews(index: BaseIndex, count: int, seed: int = 0) -> list[ReviewDocument]:
    """Invent a club's reviews."""
    random = np.random.default_rng(seed)
    low, high = index.terms_of("text")
    words = [
        w for w in (index.labels[i] for i in random.integers(low, high, 5_000)) if " " not in w
    ]
    films = random.permutation(len(index))[:RATED]
    return [
        ReviewDocument(
            f"r{number}",
            index.film_ids[int(random.choice(films))],
            f"member {number % MEMBERS}",
            f"{' '.join(random.choice(words, WORDS))}. Well worth an evening.",
            int(random.integers(2, 11)),
        )
        for number in range(count)
    ]


def timed(name: str, tasks: list[Callable[[], object]]) -> None:
    """Time each task once."""
    spent = []
    for task in tasks:
        began = time.perf_counter()
        task()
        spent.append((time.perf_counter() - began) * 1e3)
    middle, slow = np.percentile(spent, (50, 99))
    print(f"{name}: p50 {middle:.2f} ms, p99 {slow:.2f} ms, {len(spent)} times", flush=True)


def size_of_overlay(index: BaseIndex) -> None:
    """Trace what 100 reviews hold, their texts included."""
    hundred = reviews(index, 100, seed=5)
    Overlay(index).put_all(hundred)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    overlay = Overlay(index)
    overlay.put_all(reviews(index, 100, seed=5))
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    texts = sum(len(review.text) for review in hundred)
    print(
        f"overlay of {len(list(overlay.reviews()))} reviews: {(after - before) / 1024:.0f} KiB,"
        f" of which their texts {texts / 1024:.0f} KiB"
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
    size_of_overlay(index)
    overlay, written = Overlay(index), reviews(index, REVIEWS)
    overlay.put_all(written)
    profiles = [
        Profile({r.film_id: r.half_stars or 0 for r in written if r.author_id == f"member {m}"})
        for m in range(MEMBERS)
    ]
    asked = [Query(profiles=(profile,)) for profile in profiles] * 10
    timed("personal pick with reasons", [partial(recommend, overlay, q) for q in asked])
    timed("put a review", [partial(overlay.put, r) for r in reviews(index, 100, seed=9)])
    liked = [Query(like=(index.film_ids[i * 31 % len(index)],)) for i in range(200)]
    timed("films like one, with reasons", [partial(recommend, overlay, q) for q in liked])


if __name__ == "__main__":
    main()
