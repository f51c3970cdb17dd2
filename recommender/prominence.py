"""How prominent a film is, told from the catalogue alone: where nobody counted its viewers.

Much is written about films that many have seen, and their people made other films too.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

CHOSEN = 3_000
"""A catalogue of far fewer films was chosen by hand: all of them are prominent."""

NARROWEST = 0.35
"""A spread below this is chance: texts of one length say nothing about their films."""


def prominence(
    text: sp.csr_matrix, cast: sp.csr_matrix, directors: sp.csr_matrix
) -> NDArray[np.float32]:
    """Estimate prominence from three fields' vectors. Returns shape (n_films,), mean 0."""
    measures = (np.log1p(np.diff(text.indptr)), _fame(cast), _fame(directors))
    trust = text.shape[0] / (text.shape[0] + CHOSEN)
    return np.asarray(trust * sum(map(_standardized, measures)) / np.sqrt(3), dtype=np.float32)


def _fame(people: sp.csr_matrix) -> NDArray[np.float64]:
    """Return the mean log of how many films each film's people made, 0 without people."""
    films_of = np.asarray((people > 0).sum(axis=0)).ravel()
    logs = sp.csr_matrix(
        (np.log(films_of[people.indices]), people.indices, people.indptr), people.shape
    )
    return np.asarray(logs.sum(axis=1)).ravel() / np.maximum(np.diff(people.indptr), 1)


def _standardized(values: NDArray[np.float64]) -> NDArray[np.float64]:
    if not len(values):
        return values
    return np.asarray((values - values.mean()) / max(float(values.std()), NARROWEST))
