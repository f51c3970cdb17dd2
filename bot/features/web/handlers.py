"""Handlers of keys to the club's pages: made, listed, ended."""

import secrets
from collections.abc import Sequence

from bot.domain.clubs.web_keys import LASTS, KeyKind, WebKey, digest_of
from bot.domain.errors import NotFound
from bot.features.web.commands import EndKeyCommand, MakeFeedCommand, ShareLinkCommand, WebCommand
from bot.messages.phrases import counted, said, titled
from bot.messages.replies import Actions, Block, Button, Field, Fields, Heading, Reply
from bot.messages.spans import Link, Plain, Span, When
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.access import public_access
from bot.views.web_addresses import address

MOST_KEYS = 40
"""Keys of one member; the oldest go when there are more."""

_NAMES = {
    KeyKind.SESSION: "Signed in",
    KeyKind.SHARE: "Shared review",
    KeyKind.CALENDAR: "Calendar address",
    KeyKind.REVIEWS: "Feed of reviews",
}
_FEEDS = {
    KeyKind.CALENDAR: "Your calendar: releases, film nights and your reminders. Give this address to your calendar",
    KeyKind.REVIEWS: "The club's reviews as you may read them. Give this address to a feed reader",
}


async def web(command: WebCommand, context: Context, work: UnitOfWork) -> Reply:
    """Answer `/web`: a link that signs in once, the keys there are, or the end of all of them."""
    match command.action:
        case "sessions":
            return await _listed(command.here, context, work)
        case "end":
            return await _end_all(context, work)
    return await _link(context, work)


async def _link(context: Context, work: UnitOfWork) -> Reply:
    if not context.web_url:
        return said("Whoever runs this Matinee has not switched the club's pages on.")
    link = Link(await make_key(KeyKind.LINK, context, work), (Plain("Open the club's pages"),))
    told = Plain(
        ". It works once, within ten minutes, and signs in whoever presses it: keep it to yourself."
    )
    sessions = Button("Where you are signed in", WebCommand("sessions"))
    return said(link, told, actions=(sessions,))


async def make_key(kind: KeyKind, context: Context, work: UnitOfWork, subject: str = "") -> str:
    """Store a new key of the member; return the address that it opens, which is stored nowhere.

    It takes the place of the former one of its kind, but for shares; of too many the oldest end.
    """
    keys = await work.web_keys.of(context.member.member_id)
    former = [each for each in keys if each.kind is kind and kind is not KeyKind.SHARE]
    kept = [each for each in keys if each not in former]
    for each in (*former, *kept[: max(len(kept) + 1 - MOST_KEYS, 0)]):
        await work.web_keys.remove(each.digest)
    token, lasts = secrets.token_urlsafe(32), LASTS[kind]
    await work.web_keys.put(
        WebKey(
            context.club.club_id,
            digest_of(token),
            context.ids.new(),
            context.member.member_id,
            kind,
            context.caller.direct,
            context.now,
            expires_at=context.now + lasts if lasts else None,
            subject=subject,
        )
    )
    return address(context.web_url, kind, token)


async def _listed(here: str, context: Context, work: UnitOfWork) -> Reply:
    """List the member's keys; `here`: the one of the browser that asks."""
    keys = [
        each
        for each in await work.web_keys.of(context.member.member_id)
        if each.kind in _NAMES and each.opens(context.now)
    ]
    again = Button("Open the club's pages", WebCommand())
    if not keys:
        return said("You are signed in nowhere, and have no link or feed.", actions=(again,))
    title = "What opens the club's pages for you"
    ends = [
        Button(
            f"End {number}" + (", this browser" if each.key_id == here else ""),
            EndKeyCommand(each.key_id),
            settles=True,
        )
        for number, each in _few(keys)
    ]
    blocks: tuple[Block, ...] = (
        Heading((Plain(title),)),
        Fields(
            tuple(
                Field(f"{number}. {_NAMES[each.kind]}", _told(each, here, context))
                for number, each in enumerate(keys, start=1)
            )
        ),
        Actions((again, *ends, Button("End them all", WebCommand("end"), settles=True))),
    )
    return Reply(blocks, f"{title}: {len(keys)}.", Visibility.ONLY_YOU)


def _few(keys: Sequence[WebKey]) -> Sequence[tuple[int, WebKey]]:
    """Return the keys that have a button, with their numbers: the newest are worth one."""
    return list(enumerate(keys, start=1))[-15:]


def _told(key: WebKey, here: str, context: Context) -> tuple[Span, ...]:
    what = f"{key.label}, since " if key.label else "since "
    if key.key_id == here:
        what = f"this browser: {what}"
    since: tuple[Span, ...] = (Plain(what), When(key.created_at, context.zone))
    if key.used_at is None:
        return since
    return (*since, Plain(", last used "), When(key.used_at, context.zone))


async def _end_all(context: Context, work: UnitOfWork) -> Reply:
    keys = await work.web_keys.of(context.member.member_id)
    for each in keys:
        await work.web_keys.remove(each.digest)
    ended = [each for each in keys if each.kind in _NAMES]
    if not ended:
        return said("There was nothing to end: you are signed in nowhere.")
    return said(
        f"Ended: {counted(len(ended), 'session, link or feed', 'sessions, links and feeds')}. "
        "You are signed out everywhere."
    )


async def end_key(command: EndKeyCommand, context: Context, work: UnitOfWork) -> Reply:
    """End one key of the member's own."""
    for each in await work.web_keys.of(context.member.member_id):
        if each.key_id == command.key_id:
            await work.web_keys.remove(each.digest)
            name = _NAMES.get(each.kind, "Link")
            return said(f"Ended: {name[0].lower()}{name[1:]}.", actions=(_SESSIONS,))
    return said("That had ended already.", actions=(_SESSIONS,))


_SESSIONS = Button("What is left", WebCommand("sessions"))


async def make_feed(command: MakeFeedCommand, context: Context, work: UnitOfWork) -> Reply:
    """Make the address of a feed, in the place of the former one."""
    if command.kind not in _FEEDS or not context.web_url:
        raise NotFound("There is no such feed here.")
    url = await make_key(command.kind, context, work)
    end = (
        "; nobody else should know it, and making another one ends this one. It is shown only now: "
    )
    return said(_FEEDS[command.kind], end, Link(url, (Plain(url),)))


async def share_link(command: ShareLinkCommand, context: Context, work: UnitOfWork) -> Reply:
    """Make a link to one review of the member's own, for anybody."""
    review = await work.reviews.get(command.review_id)
    mine = review is not None and review.member_id == context.member.member_id
    if review is None or not mine or review.critic or not review.shared or not context.web_url:
        raise NotFound("You can share reviews of your own that the club may read.")
    if public_access(context.club).locks:
        raise NotFound("This club keeps scores until one has seen a film, so nothing is shared.")
    films = await work.films.many([review.film_id])
    url = await make_key(KeyKind.SHARE, context, work, review.review_id)
    film: Span = titled(films[review.film_id]) if review.film_id in films else Plain("the film")
    return said(
        "Anybody who has this link can read your review of ",
        film,
        ", without what is marked as a spoiler, for 30 days or until you end it: ",
        Link(url, (Plain(url),)),
        actions=(Button("What opens the pages for you", WebCommand("sessions")),),
    )
