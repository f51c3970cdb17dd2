"""Figures of one member: of reviews that they share, of films that the reader may read about."""

from collections.abc import Mapping, Sequence

from bot.domain.clubs.club import Member
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import Scale, mean_figure, show_mean, show_rating
from bot.features.figures.commands import FigureCard, StatsCommand
from bot.features.figures.counting.entries import FigureEntry
from bot.features.figures.counting.scores import against_the_club, mean_rating
from bot.features.figures.wording import LOCKED, bars, lock_note, streaks
from bot.features.members.commands import MeCommand
from bot.messages.phrases import counted, mention, said
from bot.messages.replies import Actions, Block, Button, Fields, FilmItem, Heading, Paragraph, Reply
from bot.messages.spans import Plain, Span, Strong
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.access import Access
from bot.views.picks import openable


async def of_member(
    member: Member,
    entries: Sequence[FigureEntry],
    command: StatsCommand,
    access: Access,
    context: Context,
    work: UnitOfWork,
) -> Reply:
    """Return the figures of a member as a reply."""
    own = [each for each in entries if each.member_id == member.member_id]
    mine = member.member_id == context.member.member_id
    when = f" in {command.year}" if command.year else ""
    if not own:
        who = "You have" if mine else f"{member.name} has"
        kept = f" {LOCKED}" if access.locks and not mine else ""
        return said(f"{who} no review{when} that counts in figures: private ones never do.{kept}")
    scale = context.member.scale
    apart = [each for each in against_the_club(entries, member.member_id) if _apart(each)]
    films = await work.films.many([film_id for film_id, _, _ in apart[:3]])
    title = (Plain(f"You{when or ' in figures'}"),) if mine else (mention(member), Plain(when))
    blocks: list[Block] = [Heading(title), Paragraph(_totals(own, entries, scale))]
    blocks += bars(own, scale)
    if fields := streaks(own, context):
        blocks.append(Fields(tuple(fields)))
    blocks += _against(apart[:3], films, scale, mine=mine)
    blocks += lock_note(access)
    page = Button(
        "Your page" if mine else "Their page", MeCommand("" if mine else member.member_id)
    )
    picture = Button("Taste as a picture", StatsCommand(command.member, card=FigureCard.TASTE))
    blocks.append(
        Actions((page, picture, Button("The club in figures", StatsCommand(year=command.year))))
    )
    summary = f"{member.name}{when}: {counted(len(own), 'review')}."
    return Reply(tuple(blocks), summary, Visibility.ONLY_YOU)


def _totals(
    own: Sequence[FigureEntry], entries: Sequence[FigureEntry], scale: Scale
) -> tuple[Span, ...]:
    """Word how many films a member reviewed, and their mean beside that of the club."""
    told: tuple[Span, ...] = (Strong((Plain(counted(len(own), "review")),)),)
    mean = mean_rating(own)
    if mean is None:
        return (*told, Plain(", none with a rating."))
    club = mean_rating(entries) or mean
    stars = f"{show_mean(mean, scale)} on average"
    return (*told, Plain(f", {stars}; the club gives {mean_figure(club, scale)}."))


def _apart(found: tuple[FilmId, int, float]) -> bool:
    """Whether a rating is at least a star away from the others' mean."""
    return abs(found[1] - found[2]) >= 2


def _against(
    apart: Sequence[tuple[FilmId, int, float]],
    films: Mapping[FilmId, Film],
    scale: Scale,
    *,
    mine: bool,
) -> list[Block]:
    who = "you" if mine else "they"
    items = []
    for film_id, own, others in apart:
        if film := films.get(film_id):
            told = f"{who} {show_rating(own, scale)}, the others {mean_figure(others, scale)}"
            items.append(FilmItem(film_id, film.title, film.year, ((Plain(told),),)))
    title = "Against the club"
    return [Heading((Plain(title),)), openable(items)] if items else []
