"""Interactions of chat platforms: pressed buttons, chosen options, messages saved as reviews."""

from dataclasses import fields

from bot.features.reviews.commands import ReviewCommand
from bot.language.critics import looks_like_critique
from bot.language.grammar.forms import with_value
from bot.messages.codec import action_of
from bot.messages.commands import Command
from bot.messages.replies import Block, Choice, Form, Paragraph, Reply
from bot.messages.spans import Plain
from bot.messages.visibility import Visibility
from bot.registry import COMMANDS

PAGING = frozenset({"page", "unfolded", "turned"})
"""Fields of commands that select a part of the same answer."""

_CLUB = "@"
"""Stands before the club in the number that tells the actions of a message apart."""


def named_club(name: str, club: str, longest: int) -> str:
    """Return the id of an action on a message that speaks of a club, in a platform's words for it.

    Without it where that would be too long: then the club is meant that the member talks about.
    """
    named = f"{name}{_CLUB}{club}" if club else name
    return named if len(named) <= longest else name


def club_in(name: str) -> str:
    """Return the club that an action's id names, in the platform's words; empty for none."""
    return name.partition("#")[2].partition(_CLUB)[2]


def pressed(action_id: str, chosen: str = "") -> Command | Form | None:
    """Return the command or form of an action id; None for an id that no version has written.

    The option `chosen` of a menu goes into its command; UsageError where it does not fit.
    """
    try:
        action = action_of(action_id, COMMANDS)
    except (ValueError, TypeError):
        return None
    if isinstance(action, Choice):
        return with_value(action.command, action.field, chosen)
    return action


def turns_page(command: Command) -> bool:
    """Tell whether a command asks for another part of the answer that its button stands under."""
    return any(
        each.name in PAGING and getattr(command, each.name) != each.default
        for each in fields(command)
    )


def review_of_message(text: str, *, own: bool) -> ReviewCommand | None:
    """Return the command that saves a message as a review; None if the member may not save it.

    A member saves what they wrote themselves, or a critic's review, whoever pasted it.
    """
    critique = looks_like_critique(text)
    return ReviewCommand(mine=not critique) if own or critique else None


def private_reply(text: str, *blocks: Block) -> Reply:
    """Return a reply for one member alone: a paragraph, then `blocks`."""
    shown = (Paragraph((Plain(text),)), *blocks)
    return Reply(shown, " ".join(text.split()), Visibility.ONLY_YOU)
