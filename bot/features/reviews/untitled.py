"""Film and rating of a member's own text that came without a title: a saved message, a file."""

from dataclasses import replace
from itertools import islice

from bot.domain.errors import UsageError
from bot.domain.films.film import Film
from bot.domain.reviews.ratings import HalfStars
from bot.domain.words.patterns import lazy_pattern
from bot.features.reviews.commands import ReviewCommand
from bot.features.reviews.critiques import read
from bot.features.reviews.grammar import parse_review
from bot.language.grammar.ratings import ratings_in
from bot.language.grammar.reading import Reading
from bot.language.grammar.titles import longest_title
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import reference

_CAPITAL = lazy_pattern(r"(?<!\w)[A-ZÀ-ÞΑ-ΩА-Я0-9]")
_NEW_SENTENCE = lazy_pattern(r"(?:^|[.!?\n])[\s\"“”'*_]*$")
_MOST_PLACES = 200


async def looked_through(
    command: ReviewCommand, context: Context, work: UnitOfWork
) -> ReviewCommand:
    """Find the film and the rating in a member's own text: at its beginning, else inside."""
    typed = _headed(command.text, context)
    if typed is not None:
        text, rating = typed.text or command.text, command.rating or typed.rating
        return replace(command, film=typed.film, rating=rating, text=text)
    found = await read(command.text, None, context, work)
    film = found.film.film or await _mentioned(command.text, context, work)
    rating = command.rating or (found.rating.rating if found.rating else _only_rating(command.text))
    named = reference(film) if film else found.film.title or ""
    return replace(command, film=named, rating=rating)


def _only_rating(text: str) -> HalfStars | None:
    """Return the rating in a text that holds only one: `Just watched Aftersun, 4/5, and cried.`"""
    found = list(ratings_in(text))
    return found[0].half_stars() if len(found) == 1 and found[0].possible else None


def _headed(text: str, context: Context) -> ReviewCommand | None:
    """Read a text that begins as a typed review does, with a known film."""
    try:
        typed = parse_review(text, Reading(context.titles, context.habits))
    except UsageError:
        return None
    known = (typed.text or typed.rating) and context.titles.is_title(typed.film)
    return typed if known else None


async def _mentioned(text: str, context: Context, work: UnitOfWork) -> Film | None:
    """Return the only film whose title stands in a text as titles are written: with a capital.

    A single word that begins a sentence has its capital anyway, and does not count.
    """
    found = set()
    behind = 0
    for place in islice(_CAPITAL.finditer(text), _MOST_PLACES):
        start = place.start()
        end = longest_title(text, start, len(text), context.titles) if start >= behind else None
        if end is None:
            continue
        title = text[start:end].rstrip(" ,;:.!?")
        if " " in title or not _NEW_SENTENCE.search(text[:start]):
            match = context.titles.resolve(title)
            found.add(match.only.film_id if match.only else None)
            behind = end
    film_id = found.pop() if len(found) == 1 else None
    return await work.films.get(film_id) if film_id else None
