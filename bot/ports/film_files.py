"""Reader of files of films that members bring in."""

from typing import Protocol

from bot.domain.imports import FilmFile


class FilmFileReader(Protocol):
    """Reads files that nobody has checked, within limits, while others are answered."""

    async def read(self, data: bytes, name: str) -> FilmFile:
        """Return the films of a file. Raises UserError, which says what to send instead."""
        ...
