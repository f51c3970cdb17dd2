"""Wishes for films older, newer, longer or shorter than one: `before Star Wars`, `longer than Heat`."""

import re
from collections.abc import Sequence

from bot.domain.films import Film
from bot.features.picks.wishes.lexicon.entries import Entry
from bot.features.picks.wishes.reading.wishes import phrase_from
from bot.features.picks.wishes.wish import LATEST_YEAR, LONGEST_FILM, Understood
from bot.grammar.titles import cut_title
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from recommender import Demand

_THAN = re.compile(
    r"(?<!\S)(?:(?:made|released|from|even|much|way|a\s+bit|slightly|that(?:['’]s|\s+is))\s+)*"
    r"(?:(?P<how>newer|more\s+recent|later|older|earlier|longer|shorter)\s+(?:than|then)|(?P<when>before|after))\s+",
    re.IGNORECASE,
)


async def beside_film(
    mood: str, context: Context, work: UnitOfWork
) -> tuple[str, Sequence[Understood]]:
    """Read a comparison of years or lengths with a film; return the words left, and what was understood."""
    for found in _THAN.finditer(mood):
        cut = cut_title(mood, found.end(), len(mood), context.titles)
        title = cut.film.strip(" ,.;!?") if cut else ""
        matches = context.titles.exact(title)
        # `after dark` is rather a time of day than a film; `before Jaws` is none.
        if not cut or not matches or (found["when"] and " " not in title and title.islower()):
            continue
        if (phrase_from(mood, found.start()) or 0) >= cut.end:
            continue  # `before the wall came down`, where *The Wall* is a film
        film = await work.films.get(matches[0].film_id)
        if film and (
            part := _than(film, (found["how"] or found["when"]).lower(), found[0] + title)
        ):
            return f"{mood[: found.start()]} {mood[cut.end :]}".strip(), (part,)
    return mood, ()


def _than(film: Film, how: str, typed: str) -> Understood | None:
    """Return the years or the lengths that a comparison allows; None where the film's are not known."""
    if how in {"longer", "shorter"}:
        if not film.minutes:
            return None
        label = f"{how} than {film.title}"
        limits = (film.minutes + 1, LONGEST_FILM) if how == "longer" else (1, film.minutes - 1)
        return Understood(typed, Entry(label, kind="after"), (), limits)
    if not film.year:
        return None
    older = how in {"older", "earlier", "before"}
    label = f"{'older' if older else 'newer'} than {film.title}"
    years = (0, film.year - 1) if older else (film.year + 1, LATEST_YEAR)
    return Understood(typed, Entry(label, years=years, kind="after"), (Demand(label, years=years),))
