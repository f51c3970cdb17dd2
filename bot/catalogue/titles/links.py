"""Links: films named by an id, or by the address of a page about them."""

import re
from dataclasses import dataclass
from enum import StrEnum

_LONGEST = 500
_SITE = r"(?:https?://)?(?:www\.|m\.)?"
_END = r"(?:[/?#-]\S*)?"
_FORMS = (
    re.compile(r"id:(?P<own>\S+)", re.IGNORECASE),
    re.compile(r"tmdb:(?P<tmdb>\d{1,10})", re.IGNORECASE | re.ASCII),
    re.compile(r"(?:imdb:)?(?P<imdb>tt\d{5,10})", re.IGNORECASE | re.ASCII),
    re.compile(
        rf"{_SITE}(?:themoviedb|tmdb)\.org/movie/(?P<tmdb>\d{{1,10}}){_END}",
        re.IGNORECASE | re.ASCII,
    ),
    re.compile(
        rf"{_SITE}imdb\.com/(?:[a-z-]{{2,6}}/)?title/(?P<imdb>tt\d{{5,10}}){_END}",
        re.IGNORECASE | re.ASCII,
    ),
    re.compile(
        rf"{_SITE}letterboxd\.com/(?:[\w-]+/)?film/(?P<letterboxd>[\w-]+)(?:[/?#]\S*)?",
        re.IGNORECASE | re.ASCII,
    ),
    re.compile(rf"{_SITE}boxd\.it/(?P<short>\w+)(?:[/?#]\S*)?", re.IGNORECASE | re.ASCII),
)


class Source(StrEnum):
    """Source that an id comes from; SHORT: a link that only a browser can follow to its page."""

    OWN = "own"
    TMDB = "tmdb"
    IMDB = "imdb"
    LETTERBOXD = "letterboxd"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class FilmLink:
    """Id of a film at one source; for Letterboxd the words of its address."""

    source: Source
    name: str


def film_link(text: str) -> FilmLink | None:
    """Read `id:...`, `tmdb:123`, `tt0123456`, or an address at TMDB, IMDb, Letterboxd or boxd.it."""
    text = text.strip().strip("<>")
    if len(text) > _LONGEST:
        return None
    for form in _FORMS:
        if found := form.fullmatch(text):
            ((source, name),) = found.groupdict().items()
            return FilmLink(Source(source), name if source == "own" else name.lower())
    return None


def is_short_link(text: str) -> bool:
    """Tell whether a text is a short link, which does not say what film it leads to."""
    link = film_link(text)
    return link is not None and link.source is Source.SHORT


def slug_words(slug: str) -> str:
    """Turn the words of an address into a title: `in-the-mood-for-love`, with blanks."""
    return re.sub(r"[-_]+", " ", slug).strip()
