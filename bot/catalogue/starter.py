"""Starter catalogue: films that clubs talk about, in text files beside this module."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import tomli

from bot.domain.films.film import Film, Release, ReleaseKind
from bot.domain.ids import FilmId

SOURCE = "starter"

_TABLE = "[[film]]\n"

QUICK_START = (
    "spirited-away-2001",
    "parasite-2019",
    "moonlight-2016",
    "paddington-2-2017",
    "the-shining-1980",
    "casablanca-1942",
    "mad-max-fury-road-2015",
    "portrait-of-a-lady-on-fire-2019",
)
"""Films offered to newcomers for a first rating: well known, and far apart in taste."""


def starter_digest() -> str:
    """Digest the content of the files, without reading the films."""
    digest = hashlib.sha256()
    for file in _files():
        digest.update(file.read_bytes())
    return digest.hexdigest()


def starter_films() -> Iterator[Film]:
    """Yield every film of the catalogue, by year and title."""
    for file in _files():
        yield from map(film_of, _entries(file.read_text("utf-8")))


def film_of(entry: Mapping[str, Any]) -> Film:
    """Convert one `[[film]]` table to a film; KeyError or ValueError where it is not one."""
    return Film(
        film_id=FilmId(entry["id"]),
        title=entry["title"],
        year=entry["year"],
        original_title=entry.get("original_title"),
        other_titles=tuple(entry.get("other_titles", ())),
        directors=tuple(entry["directors"]),
        cast=tuple(entry.get("cast", ())),
        countries=tuple(entry["countries"]),
        languages=tuple(entry["languages"]),
        genres=tuple(entry["genres"]),
        minutes=entry["minutes"],
        based_on=entry.get("based_on"),
        themes=tuple(entry["themes"]),
        logline=entry["logline"].strip(),
        imdb_id=entry.get("imdb"),
        tmdb_id=entry.get("tmdb"),
        releases=tuple(_release(each) for each in entry.get("releases", ())),
        source=SOURCE,
        writers=tuple(entry.get("writers", ())),
        known=entry.get("known"),
        regard=entry.get("regard"),
        series=entry.get("series"),
        part=entry.get("part"),
        colour=entry.get("colour"),
        companions=tuple(map(FilmId, entry.get("companions", ()))),
    )


def _entries(text: str) -> Iterator[Mapping[str, Any]]:
    """Read every table of a file."""
    return map(_entry, text.split(_TABLE)[1:])


def _entry(table: str) -> Mapping[str, Any]:
    """Read one table: by the reader of JSON if it can, several times as quick, and as TOML else.

    A string, a number or a list of strings on one line is written alike in both; days are not.
    """
    plain, releases, rest = table.partition("releases = ")
    lines = plain.replace('= """\n', '= "').replace('\n"""', '"').splitlines()
    pairs = [each.partition(" = ") for each in lines if each]
    try:
        entry = json.loads("{" + ",".join([f'"{key}":{value}' for key, _, value in pairs]) + "}")
    except ValueError:  # such as quotation marks in a logline
        return tomli.loads(table)
    return {**entry, **tomli.loads(releases + rest)} if releases else entry


def _release(entry: Mapping[str, Any]) -> Release:
    return Release(entry["region"], ReleaseKind(entry["kind"]), entry["day"], SOURCE)


def _files() -> list[Traversable]:
    folder = files("bot.catalogue") / "starter"
    texts = (each for each in folder.iterdir() if each.name.endswith(".toml"))
    return sorted(texts, key=lambda each: each.name)
