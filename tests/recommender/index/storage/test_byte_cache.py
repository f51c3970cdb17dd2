"""Cache of values by the bytes that they hold."""

import numpy as np
from numpy.typing import NDArray

from recommender.index.storage.byte_cache import ByteCache


def test_the_value_longest_unused_is_computed_anew() -> None:
    cache, computed = ByteCache(80), list[int]()

    def asked(key: int, many: int = 10) -> NDArray[np.float32]:
        def compute() -> NDArray[np.float32]:
            computed.append(key)
            return np.full(many, key, dtype=np.float32)

        return cache.get(key, compute)

    for key in (1, 2, 1, 3, 3, 1, 2):
        assert asked(key).tolist() == [key] * 10
    assert computed == [1, 2, 3, 2]
    assert asked(9, many=21).nbytes > 80  # too large to be kept, and nothing makes room for it
    assert asked(9, many=21).tolist() == [9] * 21
    assert asked(1).tolist() == [1] * 10
    assert computed == [1, 2, 3, 2, 9, 9]
