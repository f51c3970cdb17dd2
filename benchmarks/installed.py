"""Peers that are there: a benchmark goes on without those that are not installed."""

from collections.abc import Callable, Mapping
from typing import TypeVar

Made = TypeVar("Made")


def installed(makers: Mapping[str, Callable[[], Made]]) -> dict[str, Made]:
    """Make each peer, and say so where its package is missing."""
    made: dict[str, Made] = {}
    for name, make in makers.items():
        try:
            made[name] = make()
        except ImportError as error:
            print(f"{name}: not installed ({error.name})")
    return made
