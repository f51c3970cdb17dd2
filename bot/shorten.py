"""Buttons whose commands are too long for an action id: the command is stored, the button recalls it."""

import json
from dataclasses import replace
from functools import lru_cache

from bot.codec import action_id, command_to_json
from bot.commands import Command, Recall
from bot.context import Context
from bot.domain.ids import DraftId
from bot.ports import Draft
from bot.replies import Action, Actions, Block, Button, FilmList, Reply


def draft_of(command: Command, context: Context) -> Draft:
    """Write a command down so that it can be recalled by a short name."""
    text = json.dumps(command_to_json(command), ensure_ascii=False)
    return Draft(DraftId(context.ids.new()), context.member.member_id, text, context.now)


def shortened(reply: Reply, context: Context) -> tuple[Reply, list[Draft]]:
    """Replace what is too long for an action id; return the reply and the drafts to keep for it."""
    drafts: list[Draft] = []

    def short(action: Action) -> Action:
        if not isinstance(action, Button) or _fits(action.command):
            return action
        drafts.append(draft_of(action.command, context))
        return replace(action, command=Recall(drafts[-1].draft_id))

    def block(each: Block) -> Block:
        match each:
            case Actions(actions):
                return Actions(tuple(short(action) for action in actions))
            case FilmList(items):
                shorter = (replace(i, actions=tuple(short(a) for a in i.actions)) for i in items)
                return replace(each, items=tuple(shorter))
        return each

    return replace(reply, blocks=tuple(block(each) for each in reply.blocks)), drafts


@lru_cache(maxsize=8_192)
def _fits(command: Command) -> bool:
    try:
        action_id(command)
    except ValueError:
        return False
    return True
