"""What the title index needs of each film, in a file: read in a moment, where the database takes long.

Layout: a line with the key and the SHA-256 of the rest; the rest is JSON: the digest of the corpus
that the recommender reads of these films, and the films.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.catalogue.titles import TitledFilm
from bot.domain.ids import FilmId

FORMAT = "matinee titles 2"


@dataclass(frozen=True, slots=True)
class SavedTitles:
    """The films on the shelf as the title index reads them; `corpus` names what else there is."""

    films: Sequence[TitledFilm]
    corpus: str


def save_titles(titles: SavedTitles, path: Path, key: str) -> None:
    """Write the films to a file that appears whole or not at all. Raises OSError."""
    rows = [
        (each.film_id, each.titles, each.year, each.imdb_id, each.tmdb_id, each.popularity)
        for each in titles.films
    ]
    body = json.dumps([titles.corpus, rows], ensure_ascii=False).encode("utf-8", "surrogatepass")
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        part.write_bytes(f"{_head(body, key)}\n".encode() + body)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def saved_titles(path: Path, key: str) -> SavedTitles | None:
    """Read the films of this key; None if there are none, or the file cannot be trusted."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if head != _head(body, key).encode():
        return None
    corpus, rows = json.loads(body.decode("utf-8", "surrogatepass"))
    films = [
        TitledFilm(FilmId(film_id), tuple(titles), year, imdb_id, tmdb_id, popularity)
        for film_id, titles, year, imdb_id, tmdb_id, popularity in rows
    ]
    return SavedTitles(films, corpus)


def _head(body: bytes, key: str) -> str:
    return f"{FORMAT} {key} {hashlib.sha256(body).hexdigest()}"
