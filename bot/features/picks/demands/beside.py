"""Wishes for films older, newer, longer or shorter than one: `before Star Wars`, `longer than Heat`."""

from collections.abc import Sequence
from itertools import islice

from bot.catalogue.titles.index import normalise
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.words.templates import Templates
from bot.language.grammar.titles import cut_title, word_ends
from bot.language.wishes.lexicon.entries import Entry
from bot.language.wishes.reading.wishes import phrase_from
from bot.language.wishes.wish import LATEST_YEAR, LONGEST_FILM, Understood
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from recommender import Demand

_SAID = Templates("bot.features.picks.demands", "beside.toml")
_MOST_WORDS, _SHORTEST = 6, 4
"""Words of a part of a title at most, and its letters at least."""


async def beside_film(
    mood: str, context: Context, work: UnitOfWork
) -> tuple[str, Sequence[Understood]]:
    """Read a comparison of years or lengths with a film; return the words left, and what was understood."""
    for found in _SAID["than"].finditer(mood):
        cut = cut_title(mood, found.end(), len(mood), context.titles)
        title = cut.film.strip(" ,.;!?") if cut else ""
        matches = context.titles.exact(title)
        # `after dark` is rather a time of day than a film; `before Jaws` is none.
        named = bool(matches) and not (found["when"] and " " not in title and title.islower())
        if named and cut:
            film_id, end = matches[0].film_id, cut.end
        elif found["how"] and (part_of := _part_of_a_title(mood, found.end(), context)):
            film_id, end = part_of
        else:
            continue
        if (phrase_from(mood, found.start()) or 0) >= end:
            continue  # `before the wall came down`, where *The Wall* is a film
        film = await work.films.get(film_id)
        how = (found["how"] or found["when"]).lower()
        typed = mood[found.start() : end]
        if film and (part := _than(film, how, typed, turned=bool(found["no"]))):
            return f"{mood[: found.start()]} {mood[end:]}".strip(), (part,)
    return mood, ()


def _part_of_a_title(text: str, at: int, context: Context) -> tuple[FilmId, int] | None:
    """Return the film whose title holds the words here, and where they end: `Fury Road`."""
    ends = list(islice(word_ends(text, at, len(text)), _MOST_WORDS))
    for end in reversed(ends):
        words = normalise(text[at:end].strip(" ,.;!?"))
        if any(mark in text[at : end - 1] for mark in ",;.!?") or len(words) < _SHORTEST:
            continue
        for each in context.titles.near(words):
            if f" {words} " in f" {normalise(each.title)} ":
                return each.film_id, end
    return None


def _than(film: Film, how: str, typed: str, *, turned: bool) -> Understood | None:
    """Return the years or the lengths that a comparison allows; None where the film's are not known.

    One that is turned around allows as much as the film has: `nothing newer than Jaws`.
    """
    no, one = ("not ", 0) if turned else ("", 1)
    if how in {"longer", "shorter"}:
        if not film.minutes:
            return None
        label = f"{no}{how} than {film.title}"
        longer = (how == "longer") is not turned
        limits = (film.minutes + one, LONGEST_FILM) if longer else (1, film.minutes - one)
        return Understood(typed, Entry(label, kind="after"), (), limits)
    if not film.year:
        return None
    older = how in {"older", "earlier", "before"}
    label = f"{no}{'older' if older else 'newer'} than {film.title}"
    before = older is not turned
    years = (0, film.year - one) if before else (film.year + one, LATEST_YEAR)
    return Understood(typed, Entry(label, years=years, kind="after"), (Demand(label, years=years),))
