"""Memories of past nights: the one a year ago, and films often on a ballot and never watched."""

from collections import Counter
from datetime import timedelta
from statistics import fmean

from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import show_rating
from bot.features.nights.counting.polls import coming
from bot.features.nights.showing.view import NightView
from bot.messages.phrases import titled
from bot.messages.replies import Block, Footnote
from bot.messages.spans import Plain, Span
from bot.ports.store import UnitOfWork
from bot.views.access import public_access

REMEMBERED = 200
"""Past nights that are read, the latest."""

YEAR, ABOUT = timedelta(days=365), timedelta(days=3)
"""A year, and the greatest difference from it at which a night counts as a year ago."""


async def times_offered(work: UnitOfWork) -> Counter[FilmId]:
    """Count the past ballots with each film that was never watched on a night."""
    past = await work.nights.past(REMEMBERED)
    watched = {each.film_id for each in past}
    return Counter(film for each in past for film in each.films if film not in watched)


async def a_year_ago(view: NightView, work: UnitOfWork) -> list[Block]:
    """Return the film watched a year before the night with its ratings, as blocks; none if there was none."""
    when = view.night.starts_at - YEAR
    near = [
        each
        for each in await work.nights.past(REMEMBERED)
        if each.film_id and abs(each.starts_at - when) <= ABOUT
    ]
    former = min(near, key=lambda each: abs(each.starts_at - when), default=None)
    film = await work.films.get(former.film_id) if former and former.film_id else None
    if former is None or film is None:
        return []
    guests = coming(await work.nights.guests([former.night_id]))
    ratings = [each.rating for each in guests if each.rating is not None]
    told = ratings and public_access(view.club).may_read(film.film_id)
    liked = f", {show_rating(round(fmean(ratings)))}" if told else ""
    spans: tuple[Span, ...] = (Plain("A year ago you watched "), titled(film), Plain(f"{liked}."))
    return [Footnote(spans)]
