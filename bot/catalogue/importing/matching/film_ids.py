"""Ids of imported films: the words of the title and the year, readable and short."""

import unicodedata
from collections.abc import Container, Sequence

from bot.domain.ids import FilmId
from bot.domain.words.patterns import lazy_pattern

LONGEST_ID = 60
_GAP = lazy_pattern(r"[^a-z0-9]+")
_APOSTROPHE = lazy_pattern(r"['’ʻ]")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "ß": "ss"})
_HALVES = str.maketrans({"½": " 1-2", "⅓": " 1-3", "⁄": "-", "&": " and "})


def new_film_id(
    title: str, year: int | None, directors: Sequence[str], taken: Container[str]
) -> FilmId:
    """Return an id that is not taken: title and year, then with a director's name, or a number."""
    plain = plain_film_id(title, year)
    if plain not in taken:
        return plain
    surname = slug(directors[0].split()[-1]) if directors else ""
    if surname and (named := _fitted(plain, f"-{surname}")) not in taken:
        return named
    number = 2
    while (numbered := _fitted(plain, f"-{number}")) in taken:
        number += 1
    return numbered


def plain_film_id(title: str, year: int | None) -> FilmId:
    """Return the id by title and year alone, which another film may have."""
    return _fitted(slug(title) or "film", f"-{year}" if year else "")


def id_with_number(plain: FilmId, imdb_id: str) -> FilmId:
    """Return the id with IMDb's number, which no other film has."""
    return _fitted(plain, f"-{imdb_id}")


def slug(text: str) -> str:
    """Return the words of a text in letters a to z and digits, joined by hyphens."""
    text = text.translate(_HALVES)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_LETTERS)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _GAP.sub("-", _APOSTROPHE.sub("", text.casefold()).translate(_LETTERS)).strip("-")


def _fitted(words: str, ending: str) -> FilmId:
    room = LONGEST_ID - len(ending)
    if len(words) > room:
        words = words[:room].rsplit("-", 1)[0]
    return FilmId(f"{words}{ending}")
