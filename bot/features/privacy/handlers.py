"""What is stored of a member: told, taken along, forgotten."""

import asyncio
from dataclasses import replace

from bot.delivery.amendments import NAMING_AUTHORS, amend_messages_of, amend_nights
from bot.domain.clubs.club import MarkKind
from bot.domain.films.reminders import ReminderState
from bot.domain.ids import MemberId, ReviewId
from bot.domain.reviews.review import Review
from bot.features.privacy.club_export import export_club
from bot.features.privacy.commands import (
    CLUB,
    ExportCommand,
    ForgetCommand,
    ForgetMeCommand,
    PrivacyCommand,
)
from bot.features.talk.commands import Manner, SmallTalkCommand
from bot.messages.calendars import MEDIA_TYPE
from bot.messages.phrases import joined, release_place, said
from bot.messages.replies import (
    Actions,
    Block,
    Button,
    Document,
    Field,
    Fields,
    Heading,
    Paragraph,
    Reply,
    Style,
)
from bot.messages.requests import Role
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.transfer.exporting import MemberData, as_json, as_letterboxd, watchlist
from bot.transfer.reminders_file import reminders_file

_AT_ONCE = 200
"""Reviews that are changed between two turns of others."""

_NOTHING = "There is nothing about you here that could be forgotten."

_STORED = (
    (
        "Stored",
        (
            "your name here, your settings, what you rate and write (with former versions), marks, your "
            "watchlist, reminders, your part in film nights, accounts that you follow, which browsers are "
            "signed in to the club's pages, and files that you bring in, these for two days"
        ),
    ),
    (
        "Read by",
        (
            "the club, except what you save as private, your ballots, and what a moderator hides; never by "
            "another club"
        ),
    ),
    (
        "Where",
        (
            "in the database of whoever runs this Matinee. Sent elsewhere are only the name of an account that "
            "you follow, to Letterboxd, and titles of films where the host looks them up, never who asked"
        ),
    ),
    (
        "How long",
        (
            "until you delete it or have it forgotten; all of a club goes 30 days after Matinee has left it. Of "
            "who was forgotten a digest stays that only tells a restored backup to forget them, too"
        ),
    ),
)


async def privacy(_: PrivacyCommand, context: Context, __: UnitOfWork) -> Reply:
    """Tell what is stored, and how to take it along or have it forgotten; an admin, of the club, too."""
    title = "What Matinee stores about you"
    actions = [Button("Take it along", ExportCommand()), Button("Forget me…", ForgetCommand())]
    if Role.ADMIN in context.caller.roles:
        actions.append(Button("Take the club along", ExportCommand(CLUB)))
    blocks: tuple[Block, ...] = (
        Heading((Plain(title),)),
        Fields(tuple(Field(name, (Plain(text),)) for name, text in _STORED)),
        Paragraph(
            (
                Plain("Take it along with "),
                Usage(ExportCommand()),
                Plain(", have it erased with "),
                Usage(ForgetCommand()),
                Plain("."),
            )
        ),
        Actions(tuple(actions)),
    )
    return Reply(blocks, f"{title}.", Visibility.ONLY_YOU)


async def export(command: ExportCommand, context: Context, work: UnitOfWork) -> Reply:
    """Hand the member everything about them, privately; or an admin what the club may read."""
    if command.whose == CLUB:
        return await export_club(context, work)
    data = await _gathered(context, work)
    if data.is_empty:
        return said("You have said nothing here yet that could be taken along.")
    versions: dict[ReviewId, list[Review]] = {}
    for each in await work.reviews.versions_of(context.member.member_id):
        versions.setdefault(each.review_id, []).append(each)
    data = replace(data, versions=versions)
    # In a thread: years of reviews take a second, in which others are answered.
    written = await asyncio.to_thread(as_json, data, context.now)
    reviewed = await asyncio.to_thread(lambda: list(as_letterboxd(data)))
    documents = [Document("matinee.json", "application/json", written)]
    for name, tables in (("letterboxd", reviewed), ("watchlist", list(watchlist(data)))):
        for number, table in enumerate(tables, start=1):
            part = f"-{number}" if number > 1 else ""
            documents.append(Document(f"{name}{part}.csv", "text/csv", table))
    dated = [
        (each, data.films[each.film_id], release_place(each.region, each.kind))
        for each in data.reminders
        if (each.day or each.due_at) and each.film_id in data.films
    ]
    if dated:
        calendar = reminders_file(dated, context.zone, context.now)
        documents.append(Document("reminders.ics", MEDIA_TYPE, calendar))
    text = (
        f"{_counted(data)}. matinee.json holds everything and can be brought into any Matinee; the "
        "tables are as Letterboxd imports them."
    )
    return Reply((Paragraph((Plain(text),)), *documents), text, Visibility.ONLY_YOU)


async def forget(_: ForgetCommand, context: Context, work: UnitOfWork) -> Reply:
    """Tell what would go, and ask how."""
    data = await _gathered(context, work)
    if await work.members.get(context.member.member_id) is None and not data.reviews:
        return said(_NOTHING)
    return said(
        f"This would be forgotten: {_counted(data, also='your settings and unfinished questions')}, and what "
        "was posted about your reviews. It cannot be undone. You may take everything along first.",
        actions=(
            Button("Erase everything", ForgetMeCommand(), Style.DANGER, settles=True),
            Button("Keep my ratings without my name", ForgetMeCommand(keep=True), settles=True),
            Button("Take it along first", ExportCommand()),
            Button("Keep everything", SmallTalkCommand(Manner.NO), settles=True),
        ),
    )


async def forget_me(command: ForgetMeCommand, context: Context, work: UnitOfWork) -> Reply:
    """Forget the member in this club, in one transaction, and say how much has gone."""
    me = context.member.member_id
    data = await _gathered(context, work)
    if await work.members.get(me) is None and not data.reviews:
        return said(_NOTHING)
    planning = context.planning(work)
    own = [each for each in data.reviews if not each.critic]
    for start in range(0, len(own), _AT_ONCE):
        part = own[start : start + _AT_ONCE]
        await work.reviews.save_all([_forgotten(each, context, keep=command.keep) for each in part])
        await amend_messages_of([each.review_id for each in part], planning, NAMING_AUTHORS)
        await asyncio.sleep(0)
    await amend_nights(data.nights, planning)
    pseudonym = MemberId(f"gone:{context.ids.new()}")
    await work.members.forget(me, context.caller.direct, pseudonym)
    await work.reviews.touch(pseudonym)  # whoever holds reviews in memory has to read them anew
    kept = sum(bool(each.rating and each.shared) for each in data.reviews if not each.critic)
    text = f"Forgotten: {_counted(data, instead='all that was stored about you')}."
    if command.keep:
        text += f" {kept:,} of your ratings still count, without your name and words."
    return said(text)


def _forgotten(review: Review, context: Context, *, keep: bool) -> Review:
    """Return a review as it stays: an open rating without words, or nothing but its deletion."""
    if keep and review.rating and review.shared:
        return replace(review, text="", spoiler=False, page=None, changed_at=context.now)
    return replace(review, deleted=True, changed_at=context.now)


async def _gathered(context: Context, work: UnitOfWork) -> MemberData:
    me = context.member.member_id
    reviews = await work.reviews.of_member(me)
    marks = await work.marks.of([me])
    reminders = [
        each
        for each in await work.reminders.of_member(me)
        if each.state in {ReminderState.WAITING, ReminderState.PLANNED}
    ]
    nights = await work.nights.of_member(me)
    parts = await work.nights.guests([each.night_id for each in nights])
    parts = [each for each in parts if each.member_id == me]
    nominations = [each for each in await work.nights.nominations() if each.member_id == me]
    named = [*(each.film_id for each in reviews), *(each.film_id for each in marks)]
    named += [*(each.film_id for each in reminders), *(each.film_id for each in nominations)]
    named += [each.film_id for each in nights if each.film_id]
    named += [film_id for each in parts for film_id in each.ballot]
    return MemberData(
        context.member,
        reviews,
        marks,
        reminders,
        await work.films.many(named),
        nights=nights,
        parts=parts,
        nominations=nominations,
        accounts=[each.name for each in await work.follows.of(me)],
    )


def _counted(data: MemberData, *, also: str = "", instead: str = "no review yet") -> str:
    """Count a member's data in words; `instead`: of nothing to count."""
    wanted = sum(each.kind is MarkKind.WATCHLIST for each in data.marks)
    counts = (
        (len(data.reviews), "review", "reviews"),
        (len(data.marks) - wanted, "mark", "marks"),
        (wanted, "film on your watchlist", "films on your watchlist"),
        (len(data.reminders), "reminder", "reminders"),
        (len(data.nights), "part in a film night", "parts in film nights"),
        (len(data.nominations), "nomination", "nominations"),
        (len(data.accounts), "account that you follow", "accounts that you follow"),
    )
    parts = [f"{n:,} {one if n == 1 else many}" for n, one, many in counts if n]
    if also:
        return ", ".join((*parts, also))
    return joined(parts) if parts else instead
