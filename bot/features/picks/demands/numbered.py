"""Parts of a series by their number in wishes: `the third harry potter`, `the latest mission impossible`."""

import re
from collections.abc import Sequence

from bot.domain.words.numbers import ORDINALS
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import folded
from bot.language.grammar.titles import cut_title, longest_title
from bot.language.wishes.lexicon.entries import Entry
from bot.language.wishes.reading.wishes import phrase_from, read_wish, series_at
from bot.language.wishes.wish import Understood
from bot.request.context import Context
from recommender import Demand, Overlay
from recommender.index import film_facts

_LAST = frozenset({"last", "latest", "newest", "final", "most recent"})
_NTH = lazy_pattern(
    rf"(?<!\S)(?:the\s+)?(?:very\s+)?(?P<nth>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)|original|{'|'.join(_LAST)})\s+"
    r"(?:(?:films?|movies?|parts?|ones?|features?)\s+(?:of|in|from|(?P<by>by))\s+)?",
    re.IGNORECASE,
)
_THEIRS = lazy_pattern(
    rf"(?<![\w'’])(?P<who>[^,;.!?'’]{{3,40}})['’]s\s+(?P<nth>{'|'.join(ORDINALS)}|debut|{'|'.join(_LAST)})(?:\s+(?:film|movie|feature|one))?(?=\s*(?:$|[,;.!?]|but(?!\w)))",
    re.IGNORECASE,
)
"""The same of somebody's films: `bong joon-ho's latest`."""

_STOP = lazy_pattern(r"[,;.!?]|\sbut\s")
_KIND = lazy_pattern(
    r"(?:\s+(?:films?|movies?|ones?|part|instalment|installment))?(?!\w)", re.IGNORECASE
)


def numbered_part(
    mood: str, overlay: Overlay, context: Context
) -> tuple[str, tuple[Understood, ...]]:
    """Read a part of a series by its number: return the words left, and what was understood."""
    for found in _NTH.finditer(mood):
        if longest_title(mood, found.start(), len(mood), context.titles, found.end()):
            continue  # `the last emperor`, `first blood`
        if (phrase_from(mood, found.start()) or 0) > found.end():
            continue  # `last ten years`, where *Ten* is a film
        series = _directed if found["by"] else _series
        named, end, rows = series(mood, found.end(), overlay, context)
        place = _place(folded(found["nth"]))
        if len(rows) < 2 or not -1 <= place < len(rows):
            continue
        nth = folded(found["nth"])
        nth = ORDINALS[place] if nth[0].isdigit() and place < len(ORDINALS) else nth
        label = f"the {nth} {named} film" if series is _series else f"the {nth} film I know {named}"
        kind = _KIND.match(mood, end)
        after = kind.end() if kind else end
        part = _only(overlay, rows[place], label, mood[found.start() : after])
        return f"{mood[: found.start()]} {mood[after:]}".strip(), (part,)
    for found in _THEIRS.finditer(mood):
        named, end, rows = _directed(mood, found.start(), overlay, context)
        place = _place(folded(found["nth"]).replace("debut", "first"))
        if -1 <= place < len(rows) and end == found.end("who"):
            label = f"the {folded(found['nth'])} film I know {named}"
            part = _only(overlay, rows[place], label, found[0])
            return f"{mood[: found.start()]} {mood[found.end() :]}".strip(), (part,)
    return mood, ()


def _only(overlay: Overlay, row: int, label: str, typed: str) -> Understood:
    """Return the demand for a single film."""
    film = Demand(label, film_ids=frozenset({overlay.film_id(row)}))
    return Understood(typed, Entry(label, noun=label), (film,))


def _directed(
    text: str, at: int, overlay: Overlay, context: Context
) -> tuple[str, int, Sequence[int]]:
    """Return `by` and whoever is named here, where the name ends, and the films that they directed, by years."""
    wish = read_wish(f"by {_STOP.split(text[at:])[0]}", overlay.index, context.now.year)
    part = next((each for each in wish.parts if each.typed.startswith("by ")), None)
    terms = [each for each in part.entry.any if each[0] == "director"] if part else []
    if not (part and terms):
        return "", at, ()
    postings = overlay.postings({overlay.index.term(*each) for each in terms}).values()
    rows = sorted({int(row) for rows in postings for row in rows})
    rows.sort(key=lambda row: film_facts.year(overlay, row))
    return part.entry.label, at + len(part.typed) - len("by "), rows


def _place(nth: str) -> int:
    if nth in _LAST:
        return -1
    if nth == "original":
        return 0
    return ORDINALS.index(nth) if nth in ORDINALS else int(nth[:-2]) - 1


def _series(
    text: str, at: int, overlay: Overlay, context: Context
) -> tuple[str, int, Sequence[int]]:
    """Return the name of the series that begins here, where it ends, and its films in their order."""
    if series := series_at(text, at):
        end, entry = series
        rows = [row for row in map(overlay.row_of, entry.films) if row >= 0]
        rows.sort(key=lambda row: film_facts.year(overlay, row))
        return entry.noun.removesuffix(" films").removeprefix("films of "), end, rows
    cut = cut_title(text, at, len(text), context.titles)
    kind = _KIND.match(text, cut.end) if cut else None
    if not cut or (phrase_from(text, at) or 0) > max(cut.end, kind.end() if kind else 0):
        return "", at, ()  # `the first alien invasion`
    rows = [overlay.row_of(each.film_id) for each in context.titles.exact(cut.film.strip(" ,.?!"))]
    rows = [row for row in rows if row >= 0]
    parts = [film_facts.parts(overlay, row) for row in rows]
    longest = max(parts, key=len, default=[])
    if len(longest) < 2:  # `the original king kong`
        longest = sorted(rows, key=lambda row: film_facts.year(overlay, row))
    name = overlay.title(longest[0]).removeprefix("The ") if longest else ""
    return name, cut.end, longest
