"""JSON files of services: Trakt's and Ryot's, and Matinee's own."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bot.catalogue.importing.files.reader import UnreadableFile
from bot.domain.imports import FilmEntry, FormerViewing
from bot.domain.reviews.ratings import HalfStars
from bot.domain.words.markup import plain_text
from bot.transfer.club_file import FORMAT as CLUB_FORMAT
from bot.transfer.combining import MOST_VIEWINGS
from bot.transfer.formats import Rows
from bot.transfer.values import day_of, imdb_of, instant_of, rating_of, tmdb_of, year_of

OWN_FORMAT = "matinee 1"


def read_json(text: str, name: str, *, wanted: bool = False) -> Rows:
    """Read the films of a JSON file of any known service. Raises UnreadableFile."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(
            name, "it is not whole JSON. Send the file as the service made it."
        ) from error
    if isinstance(content, dict) and content.get("format") == OWN_FORMAT:
        return _own(content, name)
    if isinstance(content, dict) and content.get("format") == CLUB_FORMAT:
        raise UnreadableFile(
            name,
            "it holds a whole club, which only whoever runs this Matinee can put back. Your own part is "
            "what Matinee exports for you alone.",
        )
    if isinstance(content, dict) and isinstance(content.get("metadata"), list):
        return _ryot(content["metadata"], name)
    if isinstance(content, list):
        return _trakt(content, name, wanted=wanted)
    raise UnreadableFile(name, "it is of no service known here.")


def _objects(
    items: Sequence[Any], name: str, rows: Rows
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, each in enumerate(items, start=1):
        where = f"{name}, entry {number}"
        if isinstance(each, dict):
            yield where, each
        else:
            rows.unread.append(f"{where}: not a JSON object")


def _map(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = values.get(key)
    return found if isinstance(found, dict) else {}


def _list(values: Mapping[str, Any], key: str) -> list[Any]:
    found = values.get(key)
    return found if isinstance(found, list) else []


def _text(values: Mapping[str, Any], *keys: str) -> str:
    found = next((values[key] for key in keys if values.get(key) not in (None, "")), "")
    return str(found) if isinstance(found, str | int | float) else ""


# Trakt ------------------------------------------------------------------------------------------


def _trakt(items: Sequence[Any], name: str, *, wanted: bool) -> Rows:
    """Read a page of Trakt's history, ratings, watchlist or comments."""
    rows = Rows("Trakt")
    for where, each in _objects(items, name, rows):
        film = _map(each, "movie")
        if not film:
            rows.leave_out("series and episodes")
            continue
        ids, comment = _map(film, "ids"), _map(each, "comment")
        rows.entries.append(
            FilmEntry(
                title=plain_text(_text(film, "title")),
                year=year_of(_text(film, "year")),
                imdb_id=imdb_of(_text(ids, "imdb")),
                tmdb_id=tmdb_of(_text(ids, "tmdb")),
                wanted=wanted or "listed_at" in each,
                rating=_rating(_text(each, "rating"), 10),
                watched_on=day_of(_text(each, "watched_at", "last_watched_at")),
                text=plain_text(_text(comment, "comment")),
                spoiler=bool(comment.get("spoiler")),
                logged_on=day_of(_text(each, "rated_at", "listed_at")),
                where=where,
            )
        )
    return rows


def _rating(text: str, most: float) -> HalfStars | None:
    try:
        return rating_of(text, most)
    except ValueError:
        return None


# Ryot -------------------------------------------------------------------------------------------


def _ryot(items: Sequence[Any], name: str) -> Rows:
    """Read Ryot's export, which names films by their ids alone."""
    rows = Rows("Ryot")
    for where, each in _objects(items, name, rows):
        if _text(each, "lot") != "movie":
            rows.leave_out("series and other things")
            continue
        seen = [item for item in _list(each, "seen_history") if isinstance(item, dict)]
        reviews = [item for item in _list(each, "reviews") if isinstance(item, dict)]
        last = reviews[-1] if reviews else {}
        words = _map(last, "review")
        days = [day for item in seen if (day := day_of(_text(item, "ended_on"))) is not None]
        source, identifier = _text(each, "source").casefold(), _text(each, "identifier")
        rows.entries.append(
            FilmEntry(
                title=plain_text(_text(each, "title", "source_id")),
                imdb_id=imdb_of(identifier),
                tmdb_id=tmdb_of(identifier) if source == "tmdb" else None,
                wanted=not seen and not reviews,
                rating=_rating(_text(last, "rating"), 100),
                watched_on=max(days, default=None),
                rewatch=len(seen) > 1,
                text=plain_text(_text(words, "text")),
                spoiler=bool(words.get("spoiler")),
                where=where,
            )
        )
    return rows


# Matinee ----------------------------------------------------------------------------------------


def _own(content: Mapping[str, Any], name: str) -> Rows:
    """Read what Matinee exported of one member."""
    rows = Rows("Matinee")
    for where, each in _objects(_list(content, "films"), name, rows):
        minutes = each.get("abandoned_after")
        rows.entries.append(
            FilmEntry(
                title=_text(each, "title"),
                year=year_of(_text(each, "year")),
                imdb_id=imdb_of(_text(each, "imdb")),
                tmdb_id=tmdb_of(_text(each, "tmdb")),
                wanted=bool(each.get("watchlist") or each.get("never")) and not _seen(each),
                rating=_rating(_text(each, "rating"), 5),
                watched_on=_day(each, "watched_on"),
                written_at=None if each.get("undated") else instant_of(_text(each, "written_at")),
                rewatch=bool(each.get("rewatch")),
                liked=bool(each.get("liked")),
                abandoned=bool(each.get("abandoned")),
                abandoned_after=minutes if isinstance(minutes, int) else None,
                text=_text(each, "text"),
                spoiler=bool(each.get("spoiler")),
                public=bool(each.get("public")),
                private=bool(each.get("private")),
                never=bool(each.get("never")),
                where=where,
                former=tuple(_former(_list(each, "former"))),
            )
        )
    return rows


def _former(versions: Sequence[Any]) -> Iterator[FormerViewing]:
    for each in versions[-MOST_VIEWINGS:]:
        if isinstance(each, dict):
            yield FormerViewing(
                _day(each, "watched_on"),
                _rating(_text(each, "rating"), 5),
                _text(each, "text"),
                bool(each.get("rewatch")),
            )


def _seen(values: Mapping[str, Any]) -> bool:
    return any(values.get(each) for each in ("seen", "rating", "text", "watched_on", "abandoned"))


def _day(values: Mapping[str, Any], key: str) -> date | None:
    return day_of(_text(values, key))
