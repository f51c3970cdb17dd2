"""TF-IDF space of one field, fitted with scikit-learn (imported only when fitting)."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.text.fields import FieldSpec, Surfaces

COMMON_SHARE = 0.1
"""Document frequency, as a share, above which a word of the catalogue's texts gets idf 0."""

SMALL_CORPUS = 2_000
"""Below this many films, words of a single film are kept: mood queries may use them."""

Term = TypeVar("Term", str, int)


@dataclass(frozen=True, slots=True)
class TfidfSpace:
    """TF-IDF vectors of all films in one field.

    `terms` sorted, each with a readable label; `idf` float32 of shape (n_terms,), 0 for terms too
    common to count; `vectors` float32 CSR of shape (n_films, n_terms), rows of norm 0 to 1.
    """

    terms: list[str]
    labels: list[str]
    idf: NDArray[np.float32]
    vectors: sp.csr_matrix


def fit(field: FieldSpec, documents: Sequence[Surfaces]) -> TfidfSpace:
    """Fit a field's TF-IDF space on the terms of every film."""
    if not any(documents):
        return TfidfSpace([], [], np.zeros(0, np.float32), sp.csr_matrix((len(documents), 0)))
    counts, terms = _count(field, documents)
    common = _too_common(field, counts)
    counts = _without(counts, common)
    if field.billing:
        counts = _billed(documents, terms, field.billing)
    if field.weighed:
        vectors, idf = _weigh(field, counts, terms)
    else:
        counts.sort_indices()
        vectors, idf = counts, np.ones(len(terms), dtype=np.float32)
    idf[common] = 0.0
    return TfidfSpace(terms, labels_of(terms, documents), idf, vectors)


def frequencies(terms: Iterable[Term], billing: float = 0.0) -> dict[Term, float]:
    """Return the frequency of each of a document's terms: 1 + log(count), or by billing."""
    if billing:
        return {term: (1 + place) ** -billing for place, term in enumerate(dict.fromkeys(terms))}
    return {term: 1.0 + math.log(count) for term, count in Counter(terms).items()}


def weights(
    frequencies: Iterable[float], idf: NDArray[np.float32], shrinkage: float = 0.0
) -> NDArray[np.float32]:
    """Weigh one document's terms as `fit` does. Returns a float32 vector of norm 0 to 1."""
    raw = np.array(list(frequencies), dtype=np.float32) * idf
    norm = math.hypot(float(np.sqrt(np.dot(raw, raw))), shrinkage)
    return raw / np.float32(norm) if norm else raw


def idf_of_unknown(films: int) -> float:
    """Return the smoothed idf of a term that none of `films` documents has."""
    return math.log(1 + films) + 1


def labels_of(terms: Sequence[str], documents: Iterable[Surfaces]) -> list[str]:
    """Return each term's most frequent surface form; of equal ones the first by code points."""
    best: dict[str, tuple[int, str]] = {}
    seen = Counter(pair for document in documents for pair in document)
    for (term, surface), count in seen.items():
        best[term] = min(best.get(term, (0, "")), (-count, surface))
    return [best[term][1] for term in terms]


def _count(field: FieldSpec, documents: Sequence[Surfaces]) -> tuple[sp.csr_matrix, list[str]]:
    from sklearn.feature_extraction.text import CountVectorizer  # noqa: PLC0415 - slow to import

    rare = 2 if field.prose and len(documents) >= SMALL_CORPUS else 1
    vectorizer = CountVectorizer(analyzer=_terms, min_df=rare, dtype=np.float32)
    counts = vectorizer.fit_transform(documents)
    return counts, list(vectorizer.get_feature_names_out())


def _terms(document: Surfaces) -> list[str]:
    return [term for term, _ in document]


def _too_common(field: FieldSpec, counts: sp.csr_matrix) -> NDArray[np.bool_]:
    """Mark the terms with too high a document frequency; a corpus of a few films has none."""
    frequency = np.diff(counts.tocsc().indptr)
    limit = max(COMMON_SHARE * counts.shape[0], 10) if field.prose else counts.shape[0]
    return np.asarray(frequency > limit)


def _without(counts: sp.csr_matrix, dropped: NDArray[np.bool_]) -> sp.csr_matrix:
    kept = sp.csr_matrix(counts @ sp.diags(1.0 - dropped.astype(np.float32)))
    kept.eliminate_zeros()
    return kept


def _billed(documents: Sequence[Surfaces], terms: Sequence[str], billing: float) -> sp.csr_matrix:
    """Return the frequencies by billing, in place of counts."""
    numbers = {term: number for number, term in enumerate(terms)}
    rows = [frequencies(_terms(document), billing) for document in documents]
    starts = np.cumsum([0, *map(len, rows)])
    columns = [numbers[term] for row in rows for term in row]
    values = np.array([value for row in rows for value in row.values()], dtype=np.float32)
    return sp.csr_matrix((values, columns, starts), shape=(len(documents), len(terms)))


def _weigh(
    field: FieldSpec, counts: sp.csr_matrix, terms: Sequence[str]
) -> tuple[sp.csr_matrix, NDArray[np.float32]]:
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415 - slow to import

    transformer = TfidfTransformer(norm=None, sublinear_tf=not field.billing)
    transformer.fit(counts)
    idf = np.asarray(transformer.idf_, dtype=np.float32)
    if field.emphasis:
        idf *= np.array([field.emphasis(term) for term in terms], dtype=np.float32)
    transformer.idf_ = idf
    raw = transformer.transform(counts)
    norms = np.hypot(np.sqrt(np.asarray(raw.multiply(raw).sum(axis=1)).ravel()), field.shrinkage)
    norms[norms == 0] = 1.0
    vectors = sp.csr_matrix(sp.diags(1 / norms) @ raw).astype(np.float32)
    vectors.sort_indices()
    return vectors, idf
