"""Sharing: what one member sees is shown to all, in the channel where they are or in the club's."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.errors import NotFound, UsageError
from bot.domain.ids import PlaceId
from bot.messages.codec import action_of
from bot.messages.commands import Command
from bot.messages.phrases import said, sharer
from bot.messages.replies import Button, Reply
from bot.messages.spans import Channel
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.commands import ShareAnswerCommand
from bot.request.context import Context

HERE, CLUB = "here", "club"
"""Where something is shown: in the channel that the member is in, or in the club's own."""


def can_share(context: Context) -> bool:
    """Tell whether there is a channel in which something can be shown to all."""
    return context.caller.place != context.caller.direct or context.club.channel is not None


def shared_place(to: str, context: Context) -> PlaceId | None:
    """Return the channel in which something is shown; None where the member has to choose one.

    UsageError where there is none.
    """
    if not can_share(context):
        raise UsageError("Nobody else reads here. Give this in a channel of the club.")
    caller, club = context.caller, context.club.channel
    here = caller.place if caller.place != caller.direct else None
    if here is None or club is None or here == club:
        return here or club
    return {HERE: here, CLUB: club}.get(to)


def ask_where(shared: Callable[[str], Command], context: Context) -> Reply:
    """Ask where something is to be shown; `shared` makes the command for each of the two places."""
    place = context.club.channel
    club = (" The club's channel is ", Channel(place), ".") if place else ()
    actions = (Button("Here", shared(HERE)), Button("In the club's channel", shared(CLUB)))
    return said("Where shall I show it?", *club, actions=actions, asks=True)


async def share_answer(
    command: ShareAnswerCommand, context: Context, _: UnitOfWork
) -> Command | Reply:
    """Return the look-up whose answer is to be shown to all, or ask where it is to be shown."""
    then = action_of(command.then, context.commands)
    if not isinstance(then, Command) or then.writes or isinstance(then, ShareAnswerCommand):
        raise NotFound("That button is from another version of me. Look it up again.")
    if shared_place(command.to, context) is None:
        return ask_where(lambda to: replace(command, to=to), context)
    check_is_new(command, context)
    return then


def check_is_new(command: Command, context: Context) -> None:
    """Refuse to show the same to all twice, for a button that is pressed twice."""
    if context.shares_again(command):
        raise UsageError("That was shared just now.")


def shared_by(reply: Reply, to: str, context: Context) -> Reply:
    """Say who shows an answer to all, and where it is shown if not where it was asked for."""
    if reply.visibility is Visibility.ONLY_YOU:
        return reply
    place = shared_place(to, context)
    elsewhere = place if place != context.caller.place else None
    return replace(reply, blocks=(*reply.blocks, sharer(context.member)), place=elsewhere)


def shown_in(place: PlaceId) -> Reply:
    """Return what a member is told whose answer stands in another channel."""
    return said("Shown in ", Channel(place), ".")


def not_shown_in(place: PlaceId) -> Reply:
    """Return what a member is told whose answer could not be shown in another channel."""
    told = said("I couldn't show it in ", Channel(place), ", for I may not write there.")
    return replace(told, aside=True)
