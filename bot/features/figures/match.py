"""Handler of `/match`: the agreement of two members, and the films on which they agree and differ."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import UsageError
from bot.features.figures.commands import MatchCommand, StatsCommand
from bot.features.figures.pictures.pictures import match_picture
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import OWN
from bot.messages.phrases import counted, mention
from bot.messages.replies import Actions, Block, Button, FilmItem, Heading, Reply
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.members import member_named
from bot.views.access import access_of
from bot.views.picks import openable
from bot.views.taste_match import evidence_films, in_words, match_with


async def match(command: MatchCommand, context: Context, work: UnitOfWork) -> Reply:
    """Compare the reader's taste with a member's."""
    if not command.member.strip():
        raise UsageError("With whom? ", Usage(MatchCommand("ben")))
    named = command.member.casefold() == OWN
    member = context.member if named else await member_named(command.member, context, work)
    if member.member_id == context.member.member_id:
        raise UsageError(
            "You agree with yourself. Name somebody else: ", Usage(MatchCommand("ben"))
        )
    if command.picture:
        return await match_picture(member, context, work)
    access = await access_of(context.member.member_id, context.club, work)
    found = await match_with(member, access, context, work)
    blocks: list[Block] = [Heading((Plain("You and "), mention(member))), in_words(found)]
    if found.agreement is not None:
        near, far = await evidence_films(found, context, work)
        films = openable([*_told("For it: ", near), *_told("Against it: ", far)])
        blocks += [films] if films.items else []
    both = Button("Pick for us both", RecommendCommand(members=(member.member_id,)))
    actions = [both, Button("In figures", StatsCommand(member.member_id))]
    if found.agreement is not None:
        actions.append(Button("As a picture", MatchCommand(member.member_id, picture=True)))
    blocks.append(Actions(tuple(actions)))
    summary = f"You and {member.name}: {counted(found.common, 'film')} in common."
    return Reply(tuple(blocks), summary, Visibility.ONLY_YOU)


def _told(before: str, items: Sequence[FilmItem]) -> list[FilmItem]:
    """Say on each film's line which side it is of: a list has one menu, so there is one list."""
    return [replace(each, lines=((Plain(before), *each.lines[0]),)) for each in items]
