"""How prominent a film is, told from the catalogue alone: where nobody counted its viewers.

Much is written about films that many have seen, and their people made other films too.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

CHOSEN = 2_000
"""A catalogue of far fewer films was chosen by hand: all of them are prominent."""

NARROWEST = 0.35
"""A spread below this is chance: texts of one length say nothing about their films."""


def prominence(
    text: sp.csr_matrix, cast: sp.csr_matrix, directors: sp.csr_matrix
) -> NDArray[np.float32]:
    """Estimate prominence from three fields' vectors. Returns shape (n_films,), mean 0."""
    logs = _log_films(cast)
    cast_size = np.maximum(np.diff(cast.indptr), 1)
    measures = (
        (1.0, np.log1p(np.diff(text.indptr).astype(np.float64))),
        (0.5, logs),
        (0.5, logs / cast_size),
        (1.0, _log_films(directors) / np.maximum(np.diff(directors.indptr), 1)),
    )
    trust = text.shape[0] ** 2 / (text.shape[0] ** 2 + CHOSEN**2)
    summed = sum(weight * _standardized(values) for weight, values in measures)
    return np.asarray(trust * summed / np.sqrt(len(measures) - 1), dtype=np.float32)


def _log_films(people: sp.csr_matrix) -> NDArray[np.float64]:
    """Sum, for each film, the logs of how many films its people made."""
    films_of = np.asarray((people > 0).sum(axis=0)).ravel()
    logs = sp.csr_matrix(
        (np.log(films_of[people.indices]), people.indices, people.indptr), people.shape
    )
    return np.asarray(logs.sum(axis=1), dtype=np.float64).ravel()


def _standardized(values: NDArray[np.float64]) -> NDArray[np.float64]:
    if not len(values):
        return values
    return np.asarray((values - values.mean()) / max(float(values.std()), NARROWEST))
