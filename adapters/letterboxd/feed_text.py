"""Reading of Letterboxd's feed of a member: RSS with elements of its own."""

import html
import re
from calendar import timegm
from datetime import UTC, datetime
from typing import Any

import feedparser

from bot.domain.errors import SourceError
from bot.domain.follows import Feed, FeedEntry
from bot.domain.imports import FilmEntry
from bot.domain.reviews.ratings import HalfStars
from bot.domain.words.markup import plain_text
from bot.domain.words.text import one_line, printable
from bot.transfer.values import day_of, flag_of, rating_of, tmdb_of, year_of

MOST_ENTRIES = 200
"""Entries read of one feed; Letterboxd gives some fifty."""

_VIEWING = re.compile(r"letterboxd-(?P<kind>watch|review)-(?P<number>\d{1,15})")
_SPOILERS = re.compile(r"\(contains spoilers\)\s*$", re.IGNORECASE)
_WARNING = re.compile(
    r"<p>\s*(?:<em>|<i>)?\s*This review may contain spoilers\.?\s*(?:</em>|</i>)?\s*</p>",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"<p>\s*<img[^<>]*>\s*</p>", re.IGNORECASE)
_END = re.compile(rb"</rss>\s*\Z")


def read_feed(data: bytes, home: str, *, etag: str = "", modified: str = "") -> Feed:
    """Read a feed; `home`: the address below which its pages stand. Raises SourceError.

    Entries that are no viewing of a film (lists, series) are left out. Small faults of its XML, such as
    unknown entities, are overlooked; one that is cut off is refused, since half a text is another text.
    """
    found = feedparser.parse(data, resolve_relative_uris=False)
    if not found.get("version") or not _END.search(data):
        raise SourceError("Letterboxd's answer is no feed, or only a part of one.", retry=True)
    entries = (_entry(each, home) for each in found.entries[:MOST_ENTRIES])
    once = {each.number: each for each in entries if each is not None}
    return Feed(tuple(once.values()), etag, modified)


def _entry(values: Any, home: str) -> FeedEntry | None:  # noqa: ANN401 - the parser's own mapping
    viewing = _VIEWING.fullmatch(_text(values, "id"))
    title = one_line(printable(html.unescape(_text(values, "letterboxd_filmtitle"))), 300)
    if viewing is None or not title or _text(values, "tmdb_tvid"):
        return None
    page = _text(values, "link")
    words = _words(_text(values, "summary")) if viewing["kind"] == "review" else ""
    film = FilmEntry(
        title=title,
        year=year_of(_text(values, "letterboxd_filmyear")),
        tmdb_id=tmdb_of(_text(values, "tmdb_movieid")),
        rating=_rating(_text(values, "letterboxd_memberrating")),
        watched_on=day_of(_text(values, "letterboxd_watcheddate")),
        rewatch=flag_of(_text(values, "letterboxd_rewatch")),
        text=words,
        spoiler=bool(words and _SPOILERS.search(_text(values, "title"))),
        page=page if page.startswith(f"{home}/") and len(page) <= 300 else "",
    )
    liked = flag_of(_text(values, "letterboxd_memberlike"))
    return FeedEntry(viewing["number"], film, _instant(values), liked)


def _text(values: Any, key: str) -> str:  # noqa: ANN401 - likewise
    found = values.get(key)
    return found.strip() if isinstance(found, str) else ""


def _rating(text: str) -> HalfStars | None:
    try:
        return rating_of(text, 5)
    except ValueError:
        return None


def _words(markup: str) -> str:
    """Return the words of a review, without its picture and its warning."""
    return plain_text(_WARNING.sub("", _PICTURE.sub("", markup)))


def _instant(values: Any) -> datetime | None:  # noqa: ANN401 - likewise
    parsed = values.get("published_parsed")
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None
