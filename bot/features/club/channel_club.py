"""A channel of a workspace as a club of its own: asked about, begun, ended."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.delivery.planning import PlanningContext
from bot.domain.clubs.club import Club
from bot.domain.errors import NotFound, UsageError
from bot.domain.ids import PlaceId
from bot.features.club.checklist import greet_channel
from bot.features.club.commands import (
    ChannelClubCommand,
    ChannelClubStep,
    ClubAdminsCommand,
    SetupCommand,
)
from bot.features.privacy.commands import CLUB, ExportCommand
from bot.features.talk.commands import Manner, SmallTalkCommand
from bot.features.transfer.commands import ImportCommand
from bot.messages.phrases import said
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Footnote,
    Form,
    Heading,
    Paragraph,
    Reply,
    Style,
)
from bot.messages.requests import Role
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.club.channel_clubs import is_open
from bot.request.context import Context

_NO = Button("Leave it as it is", SmallTalkCommand(Manner.NO), settles=True)


def owner_actions(context: Context) -> Iterator[Action]:
    """Yield what those who run the workspace can do beside setting the club up."""
    if Role.OWNER not in context.caller.roles:
        return
    yield Form("Who runs the club", ClubAdminsCommand(), ("members",))
    if context.club.within is not None:
        yield Button("End this club", ChannelClubCommand(ChannelClubStep.ASK_END))
    elif context.caller.channel_club is not None:
        yield Button("Make this channel its own club", ChannelClubCommand())


def owner_notes(context: Context) -> Iterator[Block]:
    """Yield what those who run the workspace are told where they could not do it."""
    nowhere = context.club.within is None and context.caller.channel_club is None
    if Role.OWNER in context.caller.roles and nowhere:
        told = (Plain("A channel can be a club of its own: give "), Usage(SetupCommand()))
        yield Footnote((*told, Plain(" there.")))


def check_channel(command: SetupCommand, club: Club) -> None:
    """Raise UsageError where a club that one channel is by itself was given another one."""
    other = bool(command.channel) and command.channel != club.channel
    if club.within and (other or command.here is False):
        raise UsageError(
            f"This club is {club.name or 'its channel'}'s own and speaks there alone, so nothing was "
            "changed."
        )


async def channel_club(command: ChannelClubCommand, context: Context, work: UnitOfWork) -> Reply:
    """Ask whether the channel is to be a club of its own, begin it, or end it."""
    match command.step:
        case ChannelClubStep.BEGIN:
            return await _begin(context, work)
        case ChannelClubStep.ASK_END if context.club.within:
            return _ask_end(context)
        case ChannelClubStep.END if context.club.within:
            return await _end(context, work)
    if context.club.within:
        return said(f"{context.club.name} is a club of its own already.")
    if context.caller.channel_club is None or command.step is not ChannelClubStep.ASK:
        raise UsageError("Give this in the channel that is meant.")
    return _ask(context)


def _ask(context: Context) -> Reply:
    channel = context.caller.channel_club
    name = channel.name if channel and channel.name else "this channel"
    readers = "its members" if context.caller.closed else "those who can open the channel"
    paragraphs: tuple[Block, ...] = (
        Heading((Plain(f"Make {name} a club of its own?"),)),
        Paragraph(
            (
                Plain(
                    f"Whatever is said of films in {name} is then read only by {readers}. Its reviews, "
                    "picks, watchlists, film nights and settings are apart from those of "
                    f"{context.club_title}."
                ),
            )
        ),
        Paragraph(
            (
                Plain(
                    "It begins empty: reviews written here so far stay where all of the workspace can "
                    "read them. Whoever wants theirs here too takes them along: "
                ),
                Usage(ExportCommand()),
                Plain(" in another channel, then "),
                Usage(ImportCommand()),
                Plain(" here."),
            )
        ),
        Actions(
            (
                Button("Make it a club", ChannelClubCommand(ChannelClubStep.BEGIN), Style.PRIMARY),
                _NO,
            )
        ),
    )
    summary = f"Make {name} a club of its own? It begins empty, and is read in {name} alone."
    return Reply(paragraphs, summary, Visibility.ONLY_YOU, asks=True)


async def _begin(context: Context, work: UnitOfWork) -> Reply:
    """Make the channel's club, with the settings of the workspace's; one that was ended is as it was."""
    channel, workspace = context.caller.channel_club, context.workspace
    if channel is None or workspace is None:
        raise UsageError("Give this in the channel that shall be a club of its own.")
    before = await work.clubs.get()
    if is_open(before):
        return said(f"{before.name} is a club of its own already.")
    fresh = replace(
        workspace,
        club_id=channel.club_id,
        within=channel.within,
        weekly=False,
        revision=0,
        joined_at=context.now,
    )
    club = replace(
        before if before.within else fresh,
        name=channel.name or before.name,
        channel=_whole_channel(context),
        application=workspace.application,
        left_at=None,
    )
    await work.clubs.save(club)
    await greet_channel(club, PlanningContext(work, club, context.ids, context.now))
    return said(
        f"{club.name or 'This channel'} is a club of its own now. Country, time zone and the rest are "
        "as in the workspace's club: ",
        Usage(SetupCommand()),
        " here changes them.",
    )


def _whole_channel(context: Context) -> PlaceId:
    """Return the place of the channel itself, of a request in one of its threads, too."""
    return PlaceId(context.caller.place.partition("/")[0])


def _ask_end(context: Context) -> Reply:
    name = context.club.name or "this channel"
    blocks: Sequence[Block] = (
        Heading((Plain(f"End the club of {name}?"),)),
        Paragraph(
            (
                Plain(
                    "Nobody reads its reviews, watchlists and film nights any more, no reminder of it "
                    "comes, and in 30 days all of it is deleted. Until then, making the channel a club "
                    "again brings everything back. To take it along: "
                ),
                Usage(ExportCommand(CLUB)),
            )
        ),
        Actions(
            (
                Button("End it", ChannelClubCommand(ChannelClubStep.END), Style.DANGER),
                _NO,
            )
        ),
    )
    summary = f"End the club of {name}? All of it is deleted in 30 days."
    return Reply(tuple(blocks), summary, Visibility.ONLY_YOU, asks=True)


async def _end(context: Context, work: UnitOfWork) -> Reply:
    club: Club = await work.clubs.get()
    if club.within is None:
        raise NotFound("That club is no channel's own.")
    if club.left_at is None:
        await work.clubs.save(replace(club, left_at=context.now))
    return said(
        f"The club of {club.name or 'this channel'} has ended. What is said there now concerns the "
        "workspace's club."
    )
