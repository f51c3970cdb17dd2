"""The greeting of a club that has just added Matinee, and the choice of a club in private."""

from dataclasses import replace
from datetime import datetime

from bot.domain.deliveries import Delivery
from bot.domain.errors import NotFound
from bot.features.club.commands import SettingsCommand, SetupCommand
from bot.features.help.commands import HelpCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.releases.commands import ReleasesCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages.codec import action_of
from bot.messages.commands import Command
from bot.messages.phrases import said
from bot.messages.plain_text import plain
from bot.messages.replies import Actions, Button, Footnote, Heading, Paragraph, Reply, Style
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.commands import ChooseClubCommand
from bot.request.context import Context

_WELCOME = "Hello, I'm Matinee"


async def welcome(_: Delivery, __: datetime, work: UnitOfWork) -> Reply | None:
    """Word the greeting of a club that has just added Matinee; None where it is set up already."""
    if (await work.clubs.get()).channel:
        return None
    first = (
        Plain("I keep what this club thinks of films. Read or write with "),
        Usage(ReviewCommand("All of Us Strangers")),
        Plain(", ask "),
        Usage(RecommendCommand()),
        Plain(" what to watch next, and let "),
        Usage(ReleasesCommand()),
        Plain(" tell what comes out. "),
        Usage(HelpCommand()),
        Plain(" shows the rest."),
    )
    button = Button("Set up the club", SetupCommand(), Style.PRIMARY)
    steps = Plain(
        "Whoever runs this club: choose its channel, country and time zone first; I show what they are now "
        "and try the channel."
    )
    shown = (Heading((Plain(_WELCOME),)), Paragraph(first), Footnote((steps,)))
    blocks = (*shown, Actions((button,)))
    return Reply(blocks, f"{_WELCOME}. {plain(first)}", Visibility.CLUB)


async def choose_club(
    command: ChooseClubCommand, context: Context, work: UnitOfWork
) -> Reply | Command:
    """Remember which club a member means in private; go on with what they asked there."""
    if command.club_id != context.club.club_id:
        raise NotFound("That button belongs to another club. Press it in our private talk.")
    member = await work.members.get(context.member.member_id) or context.member
    await work.members.save(replace(member, home_at=context.now))
    then = action_of(command.then, context.commands) if command.then else None
    if isinstance(then, Command):
        return then
    name = context.club.name or "that club"
    return said(
        f"From now on you are in {name} when we talk in private. Change it under ",
        Usage(SettingsCommand()),
        ".",
    )
