"""Films that are named because they were seen: `kubrick, but i've seen the shining` rules one out."""

import re
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.grammar.titles import KnownTitles, cut_title
from bot.language.wishes.reading.wishes import is_wish, phrase_from, says_something, series_at

_KNOWN = Templates(
    "bot.language.wishes.sentences", "templates/seen_films.toml", {"also": "[^,;.!?]{2,40}?"}
)
_BARE_WORD = lazy_pattern(r"[^\s,;.!?]+")
_EVERY = lazy_pattern(
    r"(?:every(?:\s+single)?|all(?:\s+of)?|most(?:\s+of)?)\s+(?:the\s+|of\s+the\s+)*$",
    re.IGNORECASE,
)
_THE = lazy_pattern(r"the\s+", re.IGNORECASE)
_LONGEST_BEFORE, _SHORT = 6, 2
"""Words of a film's title before what says that it was seen, `taxi driver seen already`, and of a part of one."""

_NOT_SEEN = lazy_pattern(
    r"(?:n['’]?t|not|never|nobody|no\s?one|nor|ever|you)\s+(?:\w+\s+)?$", re.IGNORECASE
)


@cache
def _seen_it() -> re.Pattern[str]:
    """Return the pattern of what says of a film named before why it is ruled out: `not groundhog day, seen it too often`."""
    return re.compile(
        rf"\s*[,;.(]?\s*(?<![\w'’]){_KNOWN.words('seen_it')}\)?(?=\s*(?:$|[,;.!?]))", re.IGNORECASE
    )


def without_seen(line: str, titles: KnownTitles) -> str:
    """Say films that were seen as ruled out: `but i've seen the shining 10 times` as `not the shining`.

    Where nothing else is asked for, others like them are: `seen all the marvel films, what now`.
    """
    seen = _KNOWN["seen_before"].search(line)
    start = _named_before(line, seen.start(), titles) if seen else None
    if seen and start is not None:
        film = line[start : seen.start()].strip()
        rest = f"{line[:start]}, {line[seen.end() :]}".strip(" ,.;")
        return f"{rest}, not {film}" if says_something(rest) else f"like {film}"
    line = _seen_it().sub(lambda found: "" if found.start() else found[0], line)
    for found in _KNOWN["seen"].finditer(line):
        if _NOT_SEEN.search(line[: found.start()]):
            continue
        if kind := _kind(line, found):
            return kind
        title = cut_title(line, found.end(), len(line), titles)
        series = series_at(line, found.end())
        ends = [title.end if title else 0, series[0] if series else 0]
        after = _KNOWN["after_a_film"].match(line, max(ends)) if max(ends) else None
        if after:
            named = line[found.end() : max(ends)].rstrip(" ,;.!?")
            only = series is None or (title is not None and title.end >= series[0])
            return _turned(line[: found.start()], named, line[after.end() :], only=only)
    return line


def _named_before(line: str, end: int, titles: KnownTitles) -> int | None:
    """Return where the film begins that is named up to this place: the longest title, else a piece of few words."""
    starts = [word.start() for word in _BARE_WORD.finditer(line, 0, end)][-_LONGEST_BEFORE:]
    for start in starts:
        film = line[start:end].strip()
        if titles.is_title(film) and not is_wish(film.lower()):
            return start
    piece = max(line.rfind(stop, 0, end) for stop in ",;.!?") + 1
    few = [start for start in starts if start >= piece]
    called = piece > 0 and len(few) <= _SHORT and says_something(line[piece:end])
    wished = any(phrase_from(line, start) for start in few)
    return few[0] if called and few and not wished else None


def _kind(line: str, found: re.Match[str]) -> str:
    """Return a line that rules out the kind of films all of which were seen, if it asks for something else, too."""
    every = _EVERY.search(found[0])
    start = found.end()
    if article := _THE.match(line, start):
        start = article.end()
    end = phrase_from(line, start) if every or article else None
    after = _KNOWN["after_a_kind"].match(line, end) if end else None
    before = line[: found.start()].rstrip(" ,")
    if not (every and end and after and is_wish(line[start:end].lower())):
        return ""
    left = line[after.end() :].lstrip(" ,;.!?")
    if not says_something(f"{before} {left}"):
        return ""
    return f"{before} not {line[start:end]}, {left}".strip(" ,")


def _turned(before: str, named: str, after: str, *, only: bool) -> str:
    """Return a line that rules out what is named between two parts, or asks for more of its kind.

    `only`: whether it is a single film rather than a series.
    """
    before, after = before.rstrip(" ,"), after.lstrip(" ,;.!?")
    if not says_something(f"{before} {after}"):
        named = named.removeprefix("the ") if not only else named
        return f"like {named}" if only else f"like {named} but not {named}"
    if also := _KNOWN["and_another"].match(f" {after}"):
        named, after = f"{named}, not {also['also']}", after[also.end() - 1 :]
    return f"{before} not {named}, {after}".strip(" ,")
