"""Look-ups: what a member only looks up is for them alone, with a button that shows it to all."""

from dataclasses import replace

from bot.messages.codec import action_text
from bot.messages.commands import Command
from bot.messages.replies import Actions, Block, Button, Reply
from bot.messages.requests import Caller
from bot.messages.visibility import Visibility
from bot.request.commands import ShareAnswerCommand


def for_the_member(reply: Reply, command: Command, caller: Caller) -> Reply:
    """Make the answer to a look-up private, with a button that shares it; any other stays as it is."""
    looks_up = caller.discreet and not command.writes and not getattr(command, "share", False)
    if not looks_up:
        return reply
    if reply.visibility is Visibility.ONLY_YOU:
        return reply
    private = replace(reply, visibility=Visibility.ONLY_YOU)
    if caller.place == caller.direct:
        return private
    share = Button("Share", ShareAnswerCommand(action_text(command)))
    return replace(private, blocks=_with_button(private.blocks, share))


def _with_button(blocks: tuple[Block, ...], button: Button) -> tuple[Block, ...]:
    """Add a button to the last row of actions, or one of its own."""
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if isinstance(block, Actions):
            more = Actions((*block.actions, button))
            return (*blocks[:place], more, *blocks[place + 1 :])
    return (*blocks, Actions((button,)))
