"""Peers: other rankers, measured in the same run as the recommender.

One whose package is not installed raises ImportError when it is made.
"""

import logging
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.text.documents import FilmDocument

Scores = NDArray[np.float64]
"""One number per film, shape (n_films,)."""

ByFilm = Callable[[int], Scores]
"""Scores all films by similarity to one, given its row."""

ByMember = Callable[[int], Scores]
"""Scores all films for one member, given their row in the training matrix."""

FACTORS = 64
NEIGHBOURS = 20
SHRINKAGE = 2.0
RIDGE = 150.0


def tfidf(films: Sequence[FilmDocument]) -> ByFilm:
    """Rank by cosine in one TF-IDF space of all of a film's text, with scikit-learn's defaults."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - slow to import

    vectors = TfidfVectorizer().fit_transform(_texts(films))
    return lambda row: np.asarray((vectors @ vectors[row].T).toarray().ravel())


def tfidf_words(films: Sequence[FilmDocument]) -> Callable[[str], Scores]:
    """Rank by cosine with free words in the space of `tfidf`."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - slow to import

    space = TfidfVectorizer()
    vectors = space.fit_transform(_texts(films))
    return lambda words: np.asarray((vectors @ space.transform([words]).T).toarray().ravel())


def lsa(films: Sequence[FilmDocument], size: int = 300) -> ByFilm:
    """Rank by cosine in the latent dimensions of a TF-IDF space without stop words."""
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415 - likewise
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - likewise
    from sklearn.preprocessing import normalize  # noqa: PLC0415 - likewise

    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(_texts(films))
    size = min(size, min(vectors.shape) - 1)
    dense = normalize(TruncatedSVD(size, random_state=0).fit_transform(vectors))
    return lambda row: np.asarray(dense @ dense[row])


def bm25(films: Sequence[FilmDocument]) -> ByFilm:
    """Rank by BM25 (bm25s), the whole film being the query."""
    tokens, score = _bm25(films)
    words = {number: word for word, number in tokens.vocab.items()}
    queries = [[words[number] for number in set(ids)] for ids in tokens.ids]
    return lambda row: score(queries[row])


def bm25_words(films: Sequence[FilmDocument]) -> Callable[[Sequence[str]], Scores]:
    """Rank by BM25 (bm25s) for the words of a query; unknown words are left out."""
    tokens, score = _bm25(films)
    return lambda words: score([word for word in words if word in tokens.vocab])


def _bm25(films: Sequence[FilmDocument]) -> tuple[Any, Callable[[Sequence[str]], Scores]]:
    """Index all of the films' text. Returns its tokens, and a scorer for words among them."""
    import bm25s  # noqa: PLC0415 - an extra

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    tokens = bm25s.tokenize(_texts(films), stopwords="en", show_progress=False)
    retriever = bm25s.BM25()
    retriever.index(tokens, show_progress=False)

    def score(words: Sequence[str]) -> Scores:
        scores = retriever.get_scores(list(words)) if words else np.zeros(len(films))
        return np.asarray(scores, dtype=np.float64)

    return tokens, score


def cosine(x: sp.csr_matrix) -> ByFilm:
    """Rank by the shrunk cosine of likes, the similarity of item-kNN."""
    lengths = np.sqrt(np.asarray(x.sum(axis=0)).ravel())
    by_film = x.T.tocsr()

    def score(row: int) -> Scores:
        together = (by_film @ by_film[row].T).toarray().ravel()
        return np.asarray(together / (lengths * lengths[row] + SHRINKAGE))

    return score


def popularity(x: sp.csr_matrix) -> ByMember:
    """Rank by the number of likes, the same for all members."""
    counts = np.asarray(x.sum(axis=0), dtype=np.float64).ravel()
    return lambda _: counts


def item_knn(x: sp.csr_matrix) -> ByMember:
    """Rank by summed similarity to a member's films, each counting for its neighbours only."""
    similarity = cosine(x)

    @cache
    def neighbours(row: int) -> Scores:
        scores = similarity(row)
        scores[row] = 0.0
        few = min(NEIGHBOURS, len(scores))
        scores[scores < np.partition(scores, -few)[-few]] = 0.0
        return scores

    def score(member: int) -> Scores:
        films = x[member].indices.tolist()
        return np.asarray(sum((neighbours(row) for row in films), np.zeros(x.shape[1])))

    return score


def ease(x: sp.csr_matrix) -> ByMember:
    """Rank by EASE (Steck 2019), through the Woodbury identity."""
    dense = x.toarray().astype(np.float64)
    dual = np.linalg.solve(RIDGE * np.eye(len(dense)) + dense @ dense.T, dense)
    diagonal = 1 - (dense * dual).sum(axis=0)

    def score(member: int) -> Scores:
        own = dense[member]
        return np.asarray(own - (own - (own @ dense.T) @ dual) / diagonal)

    return score


def implicit_als(x: sp.csr_matrix) -> ByMember:
    """Rank by matrix factorisation (ALS of implicit)."""
    from implicit.als import AlternatingLeastSquares  # noqa: PLC0415 - an extra

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # on BLAS threads
        model = AlternatingLeastSquares(
            factors=FACTORS, regularization=0.05, iterations=20, random_state=0, use_gpu=False
        )
    model.fit(x.astype(np.float32), show_progress=False)
    members, films = np.asarray(model.user_factors), np.asarray(model.item_factors)
    return lambda member: np.asarray(films @ members[member], dtype=np.float64)


def lenskit_knn(x: sp.csr_matrix) -> ByMember:
    """Rank by item-kNN of LensKit."""
    from lenskit.knn import ItemKNNScorer  # noqa: PLC0415 - an extra

    return _lenskit(ItemKNNScorer(max_nbrs=NEIGHBOURS, feedback="implicit"), x)


def lenskit_als(x: sp.csr_matrix) -> ByMember:
    """Rank by implicit matrix factorisation of LensKit."""
    from lenskit.als import ImplicitMFScorer  # noqa: PLC0415 - an extra

    return _lenskit(ImplicitMFScorer(embedding_size=FACTORS), x)


def _lenskit(scorer: object, x: sp.csr_matrix) -> ByMember:
    """Train a scorer of LensKit on likes."""
    import pandas as pd  # noqa: PLC0415 - comes with LensKit
    from lenskit.data import ItemList, RecQuery, from_interactions_df  # noqa: PLC0415 - an extra

    pairs = x.tocoo()
    liked = pd.DataFrame({"user_id": pairs.row, "item_id": pairs.col})
    scorer.train(from_interactions_df(liked))  # type: ignore[attr-defined]  # ships no types
    every = ItemList(item_ids=np.arange(x.shape[1]))

    def score(member: int) -> Scores:
        known = RecQuery(user_id=member, user_items=ItemList(item_ids=x[member].indices))
        scored = scorer(known, every).scores()  # type: ignore[operator]  # likewise
        return np.nan_to_num(np.asarray(scored, dtype=np.float64), nan=-np.inf)

    return score


def _texts(films: Sequence[FilmDocument]) -> list[str]:
    return [
        " ".join([film.title, *film.directors, *film.cast, *film.genres, *film.themes, film.text])
        for film in films
    ]


TEXT_PEERS: Mapping[str, Callable[[Sequence[FilmDocument]], ByFilm]] = MappingProxyType(
    {"TF-IDF, one text, scikit-learn's defaults": tfidf, "BM25 (bm25s)": bm25, "LSA 300": lsa}
)
LIKE_PEERS: Mapping[str, Callable[[sp.csr_matrix], ByMember]] = MappingProxyType(
    {
        "popularity": popularity,
        "item-kNN": item_knn,
        "EASE": ease,
        "implicit, ALS": implicit_als,
        "LensKit, item-kNN": lenskit_knn,
        "LensKit, implicit MF": lenskit_als,
    }
)
