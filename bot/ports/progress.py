"""Progress of work that takes long, for whoever wants to show it."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Receives the step at work, how much of it is done, and of how much; 0 where nobody knows."""


def unshown(step: str, done: int, total: int) -> None:
    """Show nothing of a step."""
