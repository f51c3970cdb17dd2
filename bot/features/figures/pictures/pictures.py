"""Replies with pictures of figures: taste, match, year in review, canon, map."""

from collections.abc import Mapping, Sequence

from bot.catalogue.club_index import roster_of
from bot.domain.clubs.club import Member
from bot.domain.errors import NotFound
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.features.figures.commands import FigureCard, StatsCommand
from bot.features.figures.counting.entries import (
    FigureEntry,
    club_entries,
    films_of,
    known_days,
    readable,
)
from bot.features.figures.counting.scores import canon, divisive, loved_most
from bot.features.figures.counting.taste import taste_of
from bot.features.figures.counting.times import months
from bot.features.figures.pictures.cards import canon_card, match_card, taste_card, year_card
from bot.features.figures.pictures.map_card import FEWEST, club_map, map_card
from bot.features.figures.wording import reader_access, totals
from bot.messages.plain_text import plain
from bot.messages.replies import Document, Reply
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.drawing import MEDIA_TYPE, alt_of
from bot.views.taste_match import evidence_of, match_with


def shown(name: str, svg: str, visibility: Visibility) -> Reply:
    """Return a reply with a picture; its summary is the description of the picture."""
    alt = alt_of(svg)
    return Reply((Document(f"{name}.svg", MEDIA_TYPE, svg, alt),), alt, visibility)


async def club_picture(command: StatsCommand, context: Context, work: UnitOfWork) -> Reply:
    """Answer with the club's canon or map, of reviews that the reader may read."""
    access, visibility = await reader_access(context, work)
    entries = readable(await club_entries(context.club, work), access, command.year)
    films = await films_of(entries, work)
    club = context.club_title
    if command.card is FigureCard.MAP:
        found = club_map(entries, films, await context.indexes.of(work))
        if found is None:
            raise NotFound(f"A map takes {FEWEST} films that somebody has rated.")
        names = {each: member.name for each, member in (await roster_of(work)).items()}
        return shown("map", map_card(club, found, films, names), visibility)
    ranked = canon(entries)
    if not ranked:
        raise NotFound("A canon takes films that three members have rated. There is none yet.")
    return shown("canon", canon_card(club, ranked, films), visibility)


async def taste_picture(member: Member, context: Context, work: UnitOfWork) -> Reply:
    """Answer with a member's taste, of reviews that they share, of films that the reader may read about."""
    access, visibility = await reader_access(context, work)
    entries = readable(await club_entries(context.club, work), access)
    own = [each for each in entries if each.member_id == member.member_id]
    films = await films_of(entries, work)
    taste = taste_of(own, entries, films)
    if taste is None:
        raise NotFound(
            "A picture of a taste takes ratings that the club may read. There are none yet."
        )
    card = taste_card(member.name, context.club_title, taste)
    return shown("taste", card, visibility)


async def match_picture(member: Member, context: Context, work: UnitOfWork) -> Reply:
    """Answer with the agreement of the reader and a member, of shared reviews only: others may see it."""
    access, visibility = await reader_access(context, work)
    found = await match_with(member, access, context, work, shared_only=True)
    if found.agreement is None or found.agreement.alike is None:
        raise NotFound("There are too few films that you both rated for a picture.")
    sides = await evidence_of(found, work)
    me = context.member.name
    card = match_card(me, member.name, context.club_title, found, sides)
    return shown("match", card, visibility)


async def year_picture(year: int, context: Context, work: UnitOfWork) -> Reply:
    """Answer with the picture of a year in review."""
    access, visibility = await reader_access(context, work)
    entries = readable(await club_entries(context.club, work), access, year)
    if not entries:
        raise NotFound(f"Nobody saw a film in {year} that you can read about.")
    card = drawn_year(year, entries, await films_of(entries, work), context)
    return shown(f"year-{year}", card, visibility)


def drawn_year(
    year: int, entries: Sequence[FigureEntry], films: Mapping[FilmId, Film], context: Context
) -> str:
    """Draw a year in review of its entries and their films, as SVG."""
    told = plain(totals(entries, None)).rstrip(".")
    best, divides = loved_most(entries, 5), divisive(entries)
    counts = months(known_days(entries))
    return year_card(year, context.club_title, told, best, divides, counts, films)
