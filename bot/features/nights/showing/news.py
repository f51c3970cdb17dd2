"""News of the stages of a night, and reminders; dropped if the night is in another stage when they are due."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from bot.domain.deliveries import Delivery
from bot.domain.ids import MemberId, NightId
from bot.domain.nights import TO_BE_WATCHED, NightGuest, Stage
from bot.features.club.commands import SettingsCommand
from bot.features.nights.counting.polls import coming
from bot.features.nights.schedule.planned import REMINDERS, read_subject
from bot.features.nights.showing.changes import (
    cancelled_news,
    end_by_admin,
    end_by_host,
    news,
    off_by_admin,
    off_by_host,
    turn_news,
    unchosen_news,
)
from bot.features.nights.showing.reveal import reveal
from bot.features.nights.showing.view import (
    NightView,
    absent_button,
    decided_tally,
    film_buttons,
    rate_form,
    stage_actions,
    view_of,
    vote_button,
)
from bot.features.nights.showing.weighing import overtaken, weighed_words
from bot.messages.phrases import counted, said
from bot.messages.replies import Button, Reply
from bot.messages.spans import Mention, Plain, Span, When
from bot.ports.store import UnitOfWork
from bot.views.access import public_access

Wording = Callable[[NightView, UnitOfWork], Awaitable[Reply | None]]
"""Composer of one piece of news."""

MOST_CALLED = 40
"""Most guests mentioned in one message: with more, it would not fit on every platform."""


async def night_news(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    """Compose the news of a stage, or a reminder; None if the night is in another stage by now."""
    night_id, what = read_subject(delivery.subject)
    night = await work.nights.get(NightId(night_id))
    if night is None:
        return None
    view = await view_of(night, work)
    if what not in WORDINGS:
        return None
    stage, wording = WORDINGS[what]
    wanted = night.open if stage is None else stage is night.stage
    if what == "day" and night.starts_at - now < REMINDERS["hour"]:
        return None  # it is late, and the other reminder tells the same
    return await wording(view, work) if wanted else None


async def ballot_reminder(delivery: Delivery, _: datetime, work: UnitOfWork) -> Reply | None:
    """Compose the reminder to vote; None for somebody who has voted or does not come."""
    night_id, member_id = read_subject(delivery.subject)
    night = await work.nights.get(NightId(night_id))
    if (
        night is None
        or night.stage is not Stage.VOTING
        or night.until is None
        or night.host_chooses
    ):
        return None
    view = await view_of(night, work)
    waiting = {each.member_id for each in coming(view.guests) if not each.ballot}
    member = view.roster.get(MemberId(member_id))
    if member is None or not member.vote_reminders or member.member_id not in waiting:
        return None
    return said(
        "You have not voted yet for the film night of ",
        view.start,
        ". The vote ends ",
        When(night.until, view.club.zone),
        ".",
        actions=(
            vote_button(night),
            Button("Don't remind me", SettingsCommand(votes=False), settles=True),
        ),
    )


def _calls(guests: Sequence[NightGuest], view: NightView) -> tuple[Span, ...]:
    """Mention guests so that it reaches them."""
    members = [view.roster[each.member_id] for each in guests if each.member_id in view.roster]
    called = members[:MOST_CALLED]
    spans: list[Span] = []
    for number, each in enumerate(called, 1):
        joint = ", " if number < len(called) else ": "
        spans += [Mention(each.member_id, each.name, notify=True), Plain(joint)]
    if len(members) > len(called):
        spans[-1] = Plain(f" and {len(members) - len(called)} more: ")
    return tuple(spans)


async def _dated_news(view: NightView, _: UnitOfWork) -> Reply:
    there = len(coming(view.guests))
    return _settled("is on", f" {counted(there, 'guest')} can make it." if there else "", view)


async def _moved_news(view: NightView, _: UnitOfWork) -> Reply:
    return _settled("moves to", "", view, _calls(coming(view.guests), view))


def _settled(told: str, who: str, view: NightView, calls: Sequence[Span] = ()) -> Reply:
    return news(
        *calls,
        f"{'the' if calls else 'The'} film night {told} ",
        view.start,
        f".{who}",
        *_meanwhile(view),
        actions=stage_actions(view.night),
    )


def _meanwhile(view: NightView) -> tuple[Span, ...]:
    """Tell what is done until then."""
    night, zone = view.night, view.club.zone
    match night.stage:
        case Stage.NOMINATING if night.until:
            return (Plain(" Nominate until "), When(night.until, zone), Plain("."))
        case Stage.VOTING if night.host_chooses:
            return (Plain(" The host chooses the film."),)
        case Stage.VOTING if night.until:
            return (Plain(" The vote ends "), When(night.until, zone), Plain("."))
        case Stage.DECIDED:
            return (Plain(" We watch "), view.title, Plain("."))
    return ()


async def _vote_news(view: NightView, _: UnitOfWork) -> Reply:
    until = view.night.until or view.night.starts_at
    return news(
        *_calls(coming(view.guests), view),
        "the vote is open until ",
        When(until, view.club.zone),
        ".",
        actions=(vote_button(view.night),),
    )


async def _extended_news(view: NightView, _: UnitOfWork) -> Reply:
    voted, quorum = len(view.poll.ballots), view.night.quorum
    until = view.night.until or view.night.starts_at
    told = (
        f"{counted(voted, 'vote')} so far, of {quorum} needed" if voted else "Nobody has voted yet"
    )
    return news(
        f"{told}, so the vote goes on until ",
        When(until, view.club.zone),
        ".",
        actions=(vote_button(view.night),),
    )


async def _host_news(view: NightView, work: UnitOfWork) -> Reply:
    night = view.night
    host = view.roster.get(night.member_id) if night.member_id else None
    call = (Mention(host.member_id, host.name, notify=True), Plain(" ")) if host else ()
    choices = await film_buttons(night, work)
    return news(
        *call,
        "Too few have voted, so the host chooses the film of ",
        view.start,
        ".",
        actions=choices,
    )


async def _decided_news(view: NightView, work: UnitOfWork) -> Reply:
    night = view.night
    tally = (Plain(f" {told}."),) if (told := decided_tally(view)) else ()
    other = await work.films.get(plainly) if (plainly := overtaken(view)) else None
    how = f" It was {night.how}." if night.how else ""
    return news(
        "We watch ",
        view.title,
        " on ",
        view.start,
        ".",
        *tally,
        *(weighed_words(view, other) if other else ()),
        how,
        actions=stage_actions(night),
    )


async def _reminder(view: NightView, _: UnitOfWork) -> Reply | None:
    """Remind of a night to come; of one whose film is open, also until when that is decided."""
    night, calls = view.night, _calls(coming(view.guests), view)
    if night.stage not in TO_BE_WATCHED:
        return None
    decided = night.stage is Stage.DECIDED
    return news(
        *calls,
        "film night on " if calls else "Film night on ",
        view.start,
        *((" with ", view.title, ".") if decided else (".", *_meanwhile(view))),
        actions=(absent_button(night),) if decided else stage_actions(night),
    )


async def _rate_news(view: NightView, _: UnitOfWork) -> Reply:
    return news(
        *_calls(coming(view.guests), view),
        "how was ",
        view.title,
        "? Rate it in private. I show all ratings together, once everyone who came has rated, or "
        "tomorrow.",
        actions=(rate_form(view.night),),
    )


async def _told(view: NightView, _: UnitOfWork) -> Reply:
    """Tell what those who came thought, to the channel: some there may not have seen the film."""
    return reveal(view, public_access(view.club))


async def _no_event_news(view: NightView, _: UnitOfWork) -> Reply:
    return news(
        "The film night of ",
        view.start,
        " is none of the server's events: I may not create any. Whoever runs the server can let me: Server "
        "Settings, Roles, my role, Create Events. It counts from the next night on.",
    )


WORDINGS: Mapping[str, tuple[Stage | None, Wording]] = MappingProxyType(
    {
        "dated": (Stage.NOMINATING, _dated_news),
        "moved": (None, _moved_news),
        "vote": (Stage.VOTING, _vote_news),
        "extended": (Stage.VOTING, _extended_news),
        "host": (Stage.VOTING, _host_news),
        "decided": (Stage.DECIDED, _decided_news),
        "day": (None, _reminder),
        "hour": (None, _reminder),
        "rate": (Stage.RATING, _rate_news),
        "told": (Stage.TOLD, _told),
        "cancelled": (Stage.CANCELLED, cancelled_news),
        "no event": (None, _no_event_news),
        "turn": (None, turn_news),
        "off by host": (Stage.CANCELLED, off_by_host),
        "off by admin": (Stage.CANCELLED, off_by_admin),
        "unchosen": (Stage.CANCELLED, unchosen_news),
        "end by host": (None, end_by_host),
        "end by admin": (None, end_by_admin),
    }
)
"""Stage that each piece of news belongs to (None: any until it is over), and its composer, by name."""
