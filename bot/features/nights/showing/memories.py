"""What a club remembers of its nights: a year ago tonight, and films that were offered and never watched."""

from collections import Counter
from datetime import timedelta
from statistics import fmean

from bot.domain.ids import FilmId
from bot.domain.ratings import show_rating
from bot.features.nights.counting.polls import coming
from bot.features.nights.showing.view import NightView
from bot.messages.phrases import titled
from bot.messages.replies import Block, Footnote, Plain, Span
from bot.ports.store import UnitOfWork
from bot.views.access import public_access

REMEMBERED = 200
"""Nights past that are looked at."""

YEAR, ABOUT = timedelta(days=365), timedelta(days=3)
"""A year, and how far from it a night may lie to count as a year ago."""


async def times_offered(work: UnitOfWork) -> Counter[FilmId]:
    """Count for each film the former nights on whose ballot it stood, without ever being watched."""
    past = await work.nights.past(REMEMBERED)
    watched = {each.film_id for each in past}
    return Counter(film for each in past for film in each.films if film not in watched)


async def a_year_ago(view: NightView, work: UnitOfWork) -> list[Block]:
    """Tell what was watched a year before the night, and how it was liked."""
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
