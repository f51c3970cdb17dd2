"""Speed of one exact query against its peers, and against the memory floor, in one run.

    python benchmarks/recommender_speed.py [--data FOLDER] [--films 10000 36000 100000 1000000]
        [--plot docs/recommender_speed.svg]

Without data, or for more films than the folder has, texts are drawn from a Zipf vocabulary of the
same length and skew. The query is one film's own text; every engine returns its ten best.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import recommender_data as data
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.index.storage.sparse_rows import SparseRows
from recommender.index.top_k import accumulate, best_rows
from recommender.text.analyzer import terms

QUERIES = 200
SIZES = (10_000, 36_000, 100_000, 1_000_000)
COMMON = 0.1


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents as term ids, and their TF-IDF vectors of norm 1 (float32 CSR)."""

    documents: list[NDArray[np.int32]]
    vectors: sp.csr_matrix


def invented(films: int, seed: int = 3, words: int = 42, vocabulary: int = 120_000) -> Corpus:
    """Draw documents from a Zipf distribution over a vocabulary."""
    random = np.random.default_rng(seed)
    ranks = np.arange(1, vocabulary + 1)
    chances = np.cumsum(1 / ranks**1.05)
    drawn = np.searchsorted(chances / chances[-1], random.random(films * words)).astype(np.int32)
    return _weighed(list(drawn.reshape(films, words)), vocabulary)


def real(folder: Path) -> Corpus:
    """Read the Wikipedia film texts."""
    numbers: dict[str, int] = {}
    read = [
        np.array([numbers.setdefault(t, len(numbers)) for t in terms(film.text)], dtype=np.int32)
        for film in data.catalogue(folder)
    ]
    return _weighed(read, len(numbers))


def _weighed(documents: list[NDArray[np.int32]], vocabulary: int) -> Corpus:
    lengths = np.array([len(document) for document in documents])
    rows = np.repeat(np.arange(len(documents), dtype=np.int32), lengths)
    counts = sp.csr_matrix(
        (np.ones(len(rows), np.float32), (rows, np.concatenate(documents))),
        shape=(len(documents), vocabulary),
    )
    counts.sum_duplicates()
    frequency = np.diff(counts.tocsc().indptr)
    idf = np.log((1 + len(documents)) / (1 + frequency)) + 1
    idf[frequency > COMMON * len(documents)] = 0
    counts.data = (1 + np.log(counts.data)).astype(np.float32)
    vectors = sp.csr_matrix(counts @ sp.diags(idf.astype(np.float32)))
    vectors.eliminate_zeros()
    norms = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel())
    scaled = sp.csr_matrix(sp.diags((1 / np.maximum(norms, 1e-9)).astype(np.float32)) @ vectors)
    return Corpus(documents, scaled.astype(np.float32))


def timed(name: str, ask: Callable[[int], object], queries: Sequence[int]) -> float:
    """Warm up with five queries, then time each. Returns the median in ms."""
    for query in queries[:5]:
        ask(query)
    spent = []
    for query in queries:
        began = time.perf_counter()
        ask(query)
        spent.append((time.perf_counter() - began) * 1e3)
    middle, slow = statistics.median(spent), float(np.percentile(spent, 99))
    print(f"  {name:34s} p50 {middle:9.3f} ms   p99 {slow:9.3f} ms", flush=True)
    return middle


def matinee(corpus: Corpus) -> Callable[[int], object]:
    """Query the recommender: postings and block maxima."""
    films = corpus.vectors.shape[0]
    columns = corpus.vectors.tocsc()
    columns.sort_indices()
    postings = SparseRows(columns.indptr, columns.indices, columns.data)
    order = np.arange(films, dtype=np.float64)

    def ask(row: int) -> object:
        terms_, weights = _row(corpus, row)
        return best_rows(accumulate(postings, terms_, weights, films), order, 10)

    return ask


def naive(corpus: Corpus) -> Callable[[int], object]:
    """Query by linear_kernel over all films and a full argsort."""
    from sklearn.metrics.pairwise import linear_kernel

    vectors = corpus.vectors
    return lambda row: np.argsort(-linear_kernel(vectors[row], vectors).ravel())[:10]


def bm25s_engine(corpus: Corpus) -> Callable[[int], object]:
    """Query bm25s, tokenised beforehand."""
    import bm25s

    name = [f"t{number}" for number in range(corpus.vectors.shape[1])]
    names = [[name[t] for t in document.tolist()] for document in corpus.documents]
    retriever = bm25s.BM25()
    retriever.index(names, show_progress=False)
    return lambda row: retriever.retrieve([names[row]], k=10, show_progress=False, n_threads=0)


def tantivy_engine(corpus: Corpus) -> Callable[[int], object]:
    """Query tantivy, with an index in memory."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=False, tokenizer_name="whitespace")
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=256_000_000)
    texts = [" ".join(f"t{t}" for t in document.tolist()) for document in corpus.documents]
    for text in texts:
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    return lambda row: searcher.search(index.parse_query(texts[row], ["text"]), 10)


def topn_engine(corpus: Corpus) -> Callable[[int], object]:
    """Query sparse_dot_topn: a sparse product that keeps the ten best."""
    from sparse_dot_topn import sp_matmul_topn

    transposed = corpus.vectors.T.tocsr()
    return lambda row: sp_matmul_topn(corpus.vectors[row], transposed, top_n=10, sort=True)


def numba_engine(corpus: Corpus) -> Callable[[int], object]:
    """Query the same postings by a compiled loop: the gain an extension would bring."""
    import numba

    films = corpus.vectors.shape[0]
    columns = corpus.vectors.tocsc()
    starts, ids, data_ = columns.indptr.astype(np.int64), columns.indices, columns.data

    @numba.njit(fastmath=True)
    def run(terms_, weights, starts, ids, data_, scores):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - numba infers them
        for i in range(len(terms_)):
            for j in range(starts[terms_[i]], starts[terms_[i] + 1]):
                scores[ids[j]] += weights[i] * data_[j]

    order = np.arange(films, dtype=np.float64)

    def ask(row: int) -> object:
        terms_, weights = _row(corpus, row)
        scores = np.zeros(films)
        run(terms_, weights, starts, ids, data_, scores)
        return best_rows(scores, order, 10)

    return ask


def _row(corpus: Corpus, row: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    vectors = corpus.vectors
    part = slice(vectors.indptr[row], vectors.indptr[row + 1])
    return vectors.indices[part], vectors.data[part]


def floor(corpus: Corpus, queries: Sequence[int]) -> float:
    """Return the median ms in which a query's bytes are read at this machine's bandwidth."""
    block = np.ones(1 << 25, dtype=np.float64)
    block.sum()
    began = time.perf_counter()
    block.sum()
    bandwidth = block.nbytes / (time.perf_counter() - began)
    lengths = np.diff(corpus.vectors.tocsc().indptr)
    films = corpus.vectors.shape[0]
    touched = [int(lengths[_row(corpus, q)[0]].sum()) * 8 + films * 8 for q in queries]
    return statistics.median(touched) / bandwidth * 1e3


ENGINES = {
    "Matinee (numpy and scipy, exact)": matinee,
    "bm25s": bm25s_engine,
    "tantivy": tantivy_engine,
    "sparse_dot_topn": topn_engine,
    "naive: linear_kernel + argsort": naive,
    "same postings, numba": numba_engine,
}


def compare(name: str, corpus: Corpus, plot: dict[str, list[tuple[int, float]]]) -> None:
    """Print one table: every engine on the same queries."""
    films = corpus.vectors.shape[0]
    queries = np.random.default_rng(1).integers(0, films, QUERIES).tolist()
    per_film = corpus.vectors.nnz / films
    print(f"\n{films} films ({name}), {per_film:.0f} terms each")
    found = {}
    for engine, make in ENGINES.items():
        try:
            found[engine] = timed(engine, make(corpus), queries)
        except ImportError as error:
            print(f"  {engine:34s} not installed ({error.name})")
        else:
            plot.setdefault(engine, []).append((films, found[engine]))
    lowest = floor(corpus, queries)
    plot.setdefault("memory floor", []).append((films, lowest))
    own = found["Matinee (numpy and scipy, exact)"]
    ratios = ", ".join(f"{e} x{t / own:.1f}" for e, t in found.items() if t is not own)
    print(f"  memory floor {lowest:.3f} ms; Matinee is {own / lowest:.1f} times that")
    print(f"  against Matinee: {ratios}")


def main() -> None:
    """Compare at each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, help="folder of data sets")
    parser.add_argument("--films", type=int, nargs="*", default=SIZES)
    parser.add_argument("--plot", type=Path, help="draw cost against films into this file")
    options = parser.parse_args()
    found: dict[str, list[tuple[int, float]]] = {}
    if options.data:
        compare("Wikipedia", real(options.data), {})
    for films in options.films:
        compare("invented", invented(films), found)
    if options.plot:
        _draw(found, options.plot)


def _draw(found: dict[str, list[tuple[int, float]]], path: Path) -> None:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "matinee"}
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    for engine, points in found.items():
        style = ":" if engine == "memory floor" else "-"
        axes.loglog(*zip(*points, strict=True), style, marker=".", label=engine)
    axes.set(xlabel="films", ylabel="one query, ms (p50)")
    axes.legend(fontsize=7)
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})


if __name__ == "__main__":
    main()
