"""Parts of a series by their number in wishes: `the third harry potter`, `the latest mission impossible`."""

import re
from collections.abc import Sequence

from bot.features.picks.wishes.lexicon.entries import Entry
from bot.features.picks.wishes.reading.wishes import phrase_from, series_at
from bot.features.picks.wishes.wish import Understood
from bot.grammar.titles import cut_title, longest_title
from bot.request.context import Context
from recommender import Demand, Overlay
from recommender.index import film_facts

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_LAST = frozenset({"last", "latest", "newest", "final", "most recent"})
_NTH = re.compile(
    rf"(?<!\S)(?:the\s+)?(?:very\s+)?(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)|original|{'|'.join(_LAST)})\s+"
    r"(?:(?:films?|movies?|parts?|ones?)\s+(?:of|in|from)\s+)?",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"(?:\s+(?:films?|movies?|ones?|part|instalment|installment))?(?!\w)", re.IGNORECASE
)
_SERIES = re.compile(r"\s+(?:films|movies|series|saga|franchise)$")


def numbered_part(
    mood: str, overlay: Overlay, context: Context
) -> tuple[str, tuple[Understood, ...]]:
    """Read a part of a series by its number: return the words left, and what was understood."""
    for found in _NTH.finditer(mood):
        if longest_title(mood, found.start(), len(mood), context.titles, found.end()):
            continue  # `the last emperor`, `first blood`
        named, end, rows = _series(mood, found.end(), overlay, context)
        place = _place(found["nth"].lower())
        if len(rows) < 2 or not -1 <= place < len(rows):
            continue
        nth = found["nth"].lower()
        label = f"the {_ORDINALS[place] if nth[0].isdigit() and place < len(_ORDINALS) else nth} {named} film"
        film = Demand(label, film_ids=frozenset({overlay.film_id(rows[place])}))
        kind = _KIND.match(mood, end)
        after = kind.end() if kind else end
        part = Understood(mood[found.start() : after], Entry(label, noun=label), (film,))
        return f"{mood[: found.start()]} {mood[after:]}".strip(), (part,)
    return mood, ()


def _place(nth: str) -> int:
    if nth in _LAST:
        return -1
    if nth == "original":
        return 0
    return _ORDINALS.index(nth) if nth in _ORDINALS else int(nth[:-2]) - 1


def _series(
    text: str, at: int, overlay: Overlay, context: Context
) -> tuple[str, int, Sequence[int]]:
    """Return the name of the series that begins here, where it ends, and its films in their order."""
    if series := series_at(text, at):
        end, entry = series
        rows = [row for row in map(overlay.row_of, entry.films) if row >= 0]
        rows.sort(key=lambda row: film_facts.year(overlay, row))
        return _SERIES.sub("", entry.noun.removesuffix(" films")), end, rows
    cut = cut_title(text, at, len(text), context.titles)
    kind = _KIND.match(text, cut.end) if cut else None
    if not cut or (phrase_from(text, at) or 0) > max(cut.end, kind.end() if kind else 0):
        return "", at, ()  # `the first alien invasion`
    rows = [overlay.row_of(each.film_id) for each in context.titles.exact(cut.film.strip(" ,.?!"))]
    parts = [film_facts.parts(overlay, row) for row in rows if row >= 0]
    longest = max(parts, key=len, default=[])
    name = overlay.title(longest[0]).removeprefix("The ") if longest else ""
    return name, cut.end, longest
