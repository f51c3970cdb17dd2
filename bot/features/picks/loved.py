"""First picks: a member names a few films that they love, and the picks go by those."""

from collections.abc import Sequence
from dataclasses import fields, replace

from bot.domain.clubs.club import MarkKind
from bot.domain.films.film import Film
from bot.domain.ids import ReviewId
from bot.domain.reviews.ratings import HalfStars
from bot.domain.reviews.review import Review
from bot.features.picks.commands import LovedFilmsCommand, RecommendCommand
from bot.messages.commands import Command
from bot.messages.phrases import joined, said
from bot.messages.replies import Form, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import Found, look_up

LOVED = HalfStars(9)
"""Rating that is noted for a film that a member says they love."""

FIELDS = tuple(each.name for each in fields(LovedFilmsCommand))

NAME_THEM = Form("Name films you love", LovedFilmsCommand(), FIELDS)


async def loved(command: LovedFilmsCommand, context: Context, work: UnitOfWork) -> Reply | Command:
    """Note a rating for each film, unannounced, and pick; where a title is unclear, ask and note nothing."""
    named = {each: getattr(command, each).strip() for each in FIELDS}
    found: list[Film] = []
    unclear: list[str] = []
    for title in filter(None, named.values()):
        meant = await look_up(title, context, work, guess=False)
        if isinstance(meant, Found):
            found.append(meant.film)
        else:
            unclear.append(title)
    if unclear:
        return _again(command, unclear)
    if not found:
        return said("Name at least one film that you love.", actions=(NAME_THEM,))
    for film in found:
        await _note(film, context, work)
    return RecommendCommand()


def _again(command: LovedFilmsCommand, unclear: Sequence[str]) -> Reply:
    """Ask for the titles that are not clear, in the form that keeps the others."""
    which = joined([f"“{each[:60]}”" for each in unclear], "or")
    correct = replace(NAME_THEM, label="Correct it", command=command)
    return said(
        f"I can't tell which film is meant by {which}. Add its year, as in Solaris (1972), or check the "
        "spelling. Nothing is noted yet.",
        actions=(correct,),
    )


async def _note(film: Film, context: Context, work: UnitOfWork) -> None:
    """Keep a rating, unless the member has reviewed the film before."""
    me = context.member.member_id
    former = await work.reviews.by(me, film.film_id)
    if former is not None and not former.deleted:
        return
    review_id = former.review_id if former else ReviewId(context.ids.new())
    await work.marks.remove(me, film.film_id, MarkKind.WATCHLIST)
    await work.reviews.save(
        Review(
            review_id=review_id,
            club_id=context.club.club_id,
            film_id=film.film_id,
            member_id=me,
            created_at=former.created_at if former else context.now,
            changed_at=context.now,
            rating=LOVED,
            hidden=former is not None and former.hidden,
            undated=True,
        )
    )
