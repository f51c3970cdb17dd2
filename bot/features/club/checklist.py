"""First steps of a club: what is still to be set up, and the line by which a chosen channel is tried."""

from datetime import datetime

from bot.catalogue.live.lookup import NO_SOURCE
from bot.delivery.planning import PlanningContext
from bot.domain.clubs.club import Club
from bot.domain.deliveries import Delivery, Purpose
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages.phrases import joined
from bot.messages.plain_text import plain
from bot.messages.replies import Block, Footnote, Paragraph, Reply
from bot.messages.spans import Plain, Span, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context

DONE, TO_DO = "✓ ", "○ "

_LACKING = (
    "Without a key for The Movie Database there are no posters, trailers, or where to watch, and fewer "
    "films to come; all else works. Whoever runs Matinee can add one."
)


_WRITE_ONE = (
    Plain(f"{TO_DO}Write the first review: "),
    Usage(ReviewCommand("Aftersun", text="It stayed with me.")),
)


async def first_steps(club: Club, context: Context, work: UnitOfWork) -> tuple[Block, ...]:
    """List what is done and what is still to do; nothing once a club has a channel and a review."""
    reviewed = bool(await work.reviews.latest_films(1))
    if club.channel and reviewed:
        return ()
    channel = (
        f"{DONE}The club has a channel."
        if club.channel
        else f"{TO_DO}Choose the club's channel, and look whether country and time zone are right."
    )
    lines: list[tuple[Span, ...]] = [
        (Plain(channel),),
        (Plain(f"{DONE}The first review is written."),) if reviewed else _WRITE_ONE,
    ]
    if context.offers is NO_SOURCE:
        lines.append((Plain(_LACKING),))
    return (Footnote((Plain("First steps"),)), *(Paragraph(line) for line in lines))


async def greet_channel(club: Club, planning: PlanningContext) -> None:
    """Plan a line in the channel that was chosen for a club."""
    if club.channel is not None:
        place = club.channel
        said = planning.delivery(Purpose.CHANNEL_CHOSEN, place, place, planning.now)
        await planning.work.deliveries.plan(said)


async def channel_chosen(delivery: Delivery, _: datetime, work: UnitOfWork) -> Reply | None:
    """Word the line in a channel that was chosen; None where another has been chosen since."""
    club = await work.clubs.get()
    if club.channel != delivery.place:
        return None
    if club.within:
        return _welcome()
    what = [
        *(["new reviews"] if club.announce_reviews else []),
        "reminders",
        *(["the week's releases"] if club.weekly else []),
    ]
    come = joined(what)
    spans = (Plain(f"This is the club's channel now. {come[0].upper()}{come[1:]} come here."),)
    return Reply((Paragraph(spans),), plain(spans), Visibility.CLUB)


def _welcome() -> Reply:
    """Word the greeting of a channel that has become a club of its own."""
    spans = (
        Plain(
            "This channel is a film club of its own now: what is said of films here stays here, and "
            "reminders and new reviews come here. Begin with "
        ),
        Usage(ReviewCommand("Aftersun")),
        Plain(" or "),
        Usage(RecommendCommand()),
        Plain("."),
    )
    return Reply((Paragraph(spans),), plain(spans), Visibility.CLUB)
