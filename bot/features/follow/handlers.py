"""Following of a member's own account: asked about, confirmed, listed, stopped."""

from collections.abc import Sequence

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.films.film import film_label
from bot.domain.follows import NO_READER, Feed, Follow, FollowedEntry
from bot.domain.reviews.ratings import Scale, show_rating
from bot.features.follow.commands import ConfirmFollowCommand, FollowCommand, StopFollowCommand
from bot.features.follow.grammar import account_of
from bot.messages.phrases import counted, said
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Field,
    Fields,
    Footnote,
    Form,
    Heading,
    Paragraph,
    Reply,
    Style,
)
from bot.messages.spans import Plain, Span, Strong, When
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context

MOST_OF_MEMBER, MOST_OF_CLUB = 3, 200
"""Accounts that one member follows, and all members of a club together."""

NAMED = 5
"""Films named of a feed, so that its owner knows it."""

_WHAT = "What you log on Letterboxd can become your reviews here, with its rating, words and day."


async def follow(command: FollowCommand, context: Context, work: UnitOfWork) -> Reply:
    """List what the member follows, or ask whether an account is theirs."""
    if not command.account:
        return await _listed(context, work)
    account = account_of(command.account)
    await _check_room(account, context, work)
    peek = context.peek or NO_READER
    if peek == NO_READER:
        raise NotAllowed("This Matinee reads no feeds, so nothing can be followed here.")
    if peek.gone:
        raise NotFound(f"{peek.trouble} Look at the address of your page there.")
    confirm = ConfirmFollowCommand(account, context.member.member_id)
    actions: list[Action] = [Button("Yes, follow it from now on", confirm, Style.PRIMARY)]
    if peek.feed is None:
        found = f"{peek.trouble} You can follow {account} all the same: it is read once that works."
    elif not peek.feed.entries:
        found = f"{account} is on Letterboxd, and has logged no film lately."
    else:
        count = len(peek.feed.entries)
        found = f"{account} is on Letterboxd. The latest there: {_latest(peek.feed, context.member.scale)}."
        latest = ConfirmFollowCommand(account, context.member.member_id, latest=True)
        actions.append(Button(f"Yes, and bring in the last {count}", latest))
    blocks: tuple[Block, ...] = (
        Paragraph((Plain(found),)),
        Paragraph(
            (
                Strong((Plain("Is this your own account, or has its owner allowed it?"),)),
                Plain(f" What is logged there becomes your reviews here, {_told(context)}."),
            )
        ),
        Footnote(
            (
                Plain(
                    "I then ask letterboxd.com for the account's public feed a few times a day, and tell "
                    "it nothing but the account's name."
                ),
            )
        ),
        Actions(tuple(actions)),
    )
    return Reply(blocks, f"{found} Is it yours?", Visibility.ONLY_YOU, asks=True)


def _latest(feed: Feed, scale: Scale) -> str:
    return " · ".join(
        film_label(each.film.title, each.film.year)
        + (f" {show_rating(each.film.rating, scale)}" if each.film.rating else "")
        for each in feed.entries[:NAMED]
    )


def _told(context: Context) -> str:
    if context.club.announce_reviews and context.club.channel:
        return "and new ones are announced in the club's channel"
    return "which the club can read; nothing is announced"


async def _check_room(account: str, context: Context, work: UnitOfWork) -> None:
    """Refuse an account that is followed already, or one too many. Raises NotAllowed."""
    mine = await work.follows.of(context.member.member_id)
    if any(each.name == account for each in mine):
        raise NotAllowed(f"You follow {account} already.")
    if len(mine) >= MOST_OF_MEMBER:
        raise NotAllowed(
            f"You follow {counted(len(mine), 'account')}, as many as one member can. Stop one of them first."
        )
    if len(await work.follows.all()) >= MOST_OF_CLUB:
        raise NotAllowed(f"This club follows {MOST_OF_CLUB} accounts, as many as a club can.")


async def confirm(command: ConfirmFollowCommand, context: Context, work: UnitOfWork) -> Reply:
    """Begin to follow; only the member who asked may say so."""
    me = context.member.member_id
    if command.asked_by != me:
        raise NotAllowed("Somebody else asked that. Only they can say that the account is theirs.")
    account = account_of(command.account)
    stop = Button("Stop following", StopFollowCommand(account), settles=True)
    if any(each.name == account for each in await work.follows.of(me)):
        return said(f"You follow {account} already.", actions=(stop,))
    await _check_room(account, context, work)
    since = None if command.latest else context.now
    await work.follows.save(
        Follow(context.club.club_id, me, account, context.now, next_at=context.now, since=since)
    )
    when = (
        "The latest entries are brought in within minutes, without being announced. What you log from now "
        "on follows within hours."
        if command.latest
        else "What you log there from now on becomes a review here within hours."
    )
    return said(f"Following {account} on Letterboxd. {when}", actions=(stop,))


async def stop(command: StopFollowCommand, context: Context, work: UnitOfWork) -> Reply:
    """Follow an account no longer."""
    account = account_of(command.account)
    if not await work.follows.remove(context.member.member_id, account):
        return said(f"You don't follow {account}.")
    return said(f"I no longer follow {account}. The reviews that it brought are still yours.")


async def _listed(context: Context, work: UnitOfWork) -> Reply:
    mine = await work.follows.of(context.member.member_id)
    form = Form("Follow my Letterboxd", FollowCommand(), ("account",))
    if not mine:
        return said(f"You follow nothing yet. {_WHAT}", actions=(form,))
    entries = await work.follows.entries(context.member.member_id)
    blocks: list[Block] = [
        Heading((Plain("What you follow"),)),
        Fields(tuple(Field(f"{each.name} on Letterboxd", _state(each, context)) for each in mine)),
    ]
    if brought := sum(each.review_id is not None for each in entries):
        blocks.append(
            Paragraph((Plain(f"{counted(brought, 'entry', 'entries')} became reviews."),))
        )
    if lost := [each for each in entries if not each.placed]:
        blocks.append(Paragraph((Plain(_unknown(lost)),)))
    stops = tuple(Button(f"Stop {each.name}", StopFollowCommand(each.name)) for each in mine)
    more = (form,) if len(mine) < MOST_OF_MEMBER else ()
    blocks.append(Actions((*stops, *more)))
    return Reply(tuple(blocks), f"You follow {counted(len(mine), 'account')}.", Visibility.ONLY_YOU)


def _state(follow: Follow, context: Context) -> tuple[Span, ...]:
    if follow.read_at is None and not follow.trouble:
        return (Plain("is read for the first time soon"),)
    read: tuple[Span, ...] = (Plain("not read yet"),)
    if follow.read_at is not None:
        read = (Plain("last read "), When(follow.read_at, context.zone))
    if follow.trouble:
        return (
            *read,
            Plain(f". {follow.trouble} I try again "),
            When(follow.next_at, context.zone),
        )
    return read


def _unknown(lost: Sequence[FollowedEntry]) -> str:
    named = " · ".join(each.label for each in lost[-NAMED:])
    more = f" and {len(lost) - NAMED} more" if len(lost) > NAMED else ""
    return f"I don't know these films for sure, so they became no reviews: {named}{more}."
