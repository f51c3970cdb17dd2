"""Choice of the films that the recommender's index holds, of a catalogue that has very many."""

import math

import numpy as np
from numpy.typing import NDArray

MOST_INDEXED = 50_000
"""Films in the index beside those judged by hand: every query looks at each of them."""

_STEP = 1.1


def least_known(popularity: NDArray[np.float64]) -> float:
    """Return how well known a film has to be for the index, given how well known all are; 0 for few films.

    It moves in steps of a tenth, so that a few new films change the choice, and with it the whole index,
    hardly ever.
    """
    if len(popularity) <= MOST_INDEXED:
        return 0.0
    place = len(popularity) - MOST_INDEXED
    last = float(np.partition(popularity, place)[place])
    return float(_STEP ** math.ceil(math.log(max(last, 1e-9), _STEP)))
