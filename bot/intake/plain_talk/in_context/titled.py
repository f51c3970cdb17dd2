"""Reading of a line again, with a film's title in the place of words that mean it."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.errors import UsageError
from bot.domain.films.film import Film
from bot.messages.commands import Command
from bot.request.lookup.commands import NamesFilm
from bot.request.lookup.films import reference

Read = Callable[[str], Command]
"""Reads a line as the member's own; raises UsageError."""


def read_titled(line: str, film: Film, read: Read) -> Command | None:
    """Return the command of a line that names a film by its label, for exactly this film; None for no such."""
    try:
        meant = read(line)
    except UsageError:
        return None
    if isinstance(meant, NamesFilm) and meant.film == film.label:
        return replace(meant, film=reference(film))
    return None
