"""Regard of a film, 1 (poor) to 5 (esteemed), by what many people rated it elsewhere."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


def shrunk(mean: float, count: int, middle: float, half: int) -> float:
    """Return a mean of `count` ratings, drawn towards `middle`: half the way where `count` is `half`."""
    return (mean * count + middle * half) / (count + half)


def regard_by(value: float, steps: Sequence[float]) -> int:
    """Return the regard of a mean, given the four values at which the next step begins.

    Where several steps begin at the very value, it is in the middle of them.
    """
    return (bisect_left(steps, value) + bisect_right(steps, value) + 1) // 2 + 1
