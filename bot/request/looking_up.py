"""Look-ups: what a member only looks up is for them alone, with a button that shows it to all."""

from dataclasses import replace

from bot.domain.errors import NotFound, UsageError
from bot.domain.visibility import Visibility
from bot.messages.codec import action_id, action_of
from bot.messages.commands import Command
from bot.messages.phrases import sharer
from bot.messages.replies import Actions, Block, Button, Reply
from bot.messages.requests import Caller
from bot.ports.store import UnitOfWork
from bot.request.commands import ShareAnswerCommand
from bot.request.context import Context


def for_the_member(reply: Reply, command: Command, caller: Caller) -> Reply:
    """Make the answer to a look-up private, with a button that shares it; any other stays as it is."""
    looks_up = caller.discreet and not command.writes and not getattr(command, "share", False)
    if not looks_up or isinstance(command, ShareAnswerCommand):
        return reply
    if reply.visibility is Visibility.ONLY_YOU:
        return reply
    private = replace(reply, visibility=Visibility.ONLY_YOU)
    if caller.place == caller.direct:
        return private
    try:
        share = Button("Share", ShareAnswerCommand(action_id(command)))
        action_id(share)
    except ValueError:
        return private
    return replace(private, blocks=_with_button(private.blocks, share))


def _with_button(blocks: tuple[Block, ...], button: Button) -> tuple[Block, ...]:
    """Add a button to the last row of actions, or one of its own."""
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if isinstance(block, Actions):
            more = Actions((*block.actions, button))
            return (*blocks[:place], more, *blocks[place + 1 :])
    return (*blocks, Actions((button,)))


async def share_answer(command: ShareAnswerCommand, context: Context, _: UnitOfWork) -> Command:
    """Return the look-up whose answer is to be shown to all."""
    then = action_of(command.then, context.commands)
    if not isinstance(then, Command) or then.writes or isinstance(then, ShareAnswerCommand):
        raise NotFound("That button is from another version of me. Look it up again.")
    if context.caller.place == context.caller.direct:
        raise UsageError("Nobody else reads here. Give this in a channel of the club.")
    return then


def shared_by(reply: Reply, context: Context) -> Reply:
    """Say who shows an answer to all."""
    if reply.visibility is Visibility.ONLY_YOU:
        return reply
    return replace(reply, blocks=(*reply.blocks, sharer(context.member)))
