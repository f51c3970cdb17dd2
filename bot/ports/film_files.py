"""Reader of files of films that members bring in."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from bot.domain.imports import FilmFile

Columns = Mapping[str, str]
"""Titles of a table's columns by what they hold."""

NO_COLUMNS: Columns = MappingProxyType({})


class FilmFileReader(Protocol):
    """Reads files that nobody has checked, within limits, while others are answered."""

    async def read(self, data: bytes, name: str, columns: Columns = NO_COLUMNS) -> FilmFile:
        """Return the films of a file. Raises UserError, which says what to send instead.

        `columns`: what the member says that columns of a table hold: `{"title": "Filme"}`.
        """
