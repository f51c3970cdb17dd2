"""Stored actions: a command too long for an action id becomes a draft, and the action recalls it."""

import json
from dataclasses import replace
from functools import lru_cache

from bot.domain.ids import DraftId, MemberId
from bot.messages.codec import LONGEST_ACTION_ID, action_text, command_to_json
from bot.messages.commands import Command
from bot.messages.replies import Action, Actions, Block, Choice, FilmList, Reply
from bot.messages.visibility import Visibility
from bot.ports.tables.requests import Draft
from bot.request.commands import RecallCommand
from bot.request.context import Context

CLUB_ROOM = 26
"""Characters that a club takes in an action id, on a private message to a member of several clubs."""

ANYBODY = MemberId("")
"""Owner of a stored command on a message for the whole club: any member may use it."""


def draft_of(command: Command, context: Context) -> Draft:
    """Return a draft that stores a command of this member."""
    text = json.dumps(command_to_json(command), ensure_ascii=False)
    me = context.member.member_id
    return Draft(DraftId(context.ids.new()), me, text, context.now, made_by=me)


def shortened(reply: Reply, context: Context) -> tuple[Reply, list[Draft]]:
    """Replace actions too long for an id; return the reply, and the drafts to store with it."""
    drafts: list[Draft] = []
    private = reply.visibility is Visibility.ONLY_YOU
    owner = context.member.member_id if private else ANYBODY
    longest = LONGEST_ACTION_ID - (CLUB_ROOM if len(context.clubs) > 1 else 0)

    def recalling(action: Action) -> RecallCommand:
        stored = replace(draft_of(action.command, context), member_id=owner, button=True)
        drafts.append(stored)
        return RecallCommand(stored.draft_id)

    def short_choice(choice: Choice) -> Choice:
        if _fits(choice, longest):
            return choice
        recall = replace(recalling(choice), field=choice.field)
        return replace(choice, command=recall, field="chosen")

    def short(action: Action) -> Action:
        if isinstance(action, Choice):
            return short_choice(action)
        return action if _fits(action, longest) else replace(action, command=recalling(action))

    def block(each: Block) -> Block:
        match each:
            case Actions(actions):
                return Actions(tuple(short(action) for action in actions))
            case FilmList(items, choice=choice):
                shorter = (replace(i, actions=tuple(short(a) for a in i.actions)) for i in items)
                return replace(each, items=tuple(shorter), choice=choice and short_choice(choice))
        return each

    return replace(reply, blocks=tuple(block(each) for each in reply.blocks)), drafts


@lru_cache(maxsize=8_192)
def _fits(action: Action, longest: int) -> bool:
    return len(action_text(action)) <= longest
