"""Films at hand: a member's watchlist and what the club talked of lately, before a title is typed."""

from collections.abc import Sequence

from bot.catalogue.starter import QUICK_START
from bot.catalogue.suggesting import suggested
from bot.domain.clubs.club import MarkKind
from bot.domain.ids import FilmId, MemberId
from bot.messages.replies import Option
from bot.ports.store import UnitOfWork

_MOST = 25


async def at_hand(member_id: MemberId, work: UnitOfWork) -> Sequence[Option]:
    """Return what the club reviewed last, in turn with the member's watchlist; then well-known films."""
    marks = [each for each in await work.marks.of([member_id]) if each.kind is MarkKind.WATCHLIST]
    wanted = [each.film_id for each in sorted(marks, key=lambda each: each.at, reverse=True)]
    talked_of = await work.reviews.latest_films(2 * _MOST)
    turns = (
        film_id
        for place in range(max(len(wanted), len(talked_of)))
        for film_id in (*wanted[place : place + 1], *talked_of[place : place + 1])
    )
    film_ids = list(dict.fromkeys((*turns, *map(FilmId, QUICK_START))))[:_MOST]
    films = await work.films.many(film_ids)
    return suggested(
        [
            (film.film_id, film.title, film.year, film.directors[0] if film.directors else "")
            for film in (films[each] for each in film_ids if each in films)
        ]
    )
