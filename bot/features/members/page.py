"""A member's page: their own, with all that is theirs; another's, with what the club may read."""

from collections.abc import Mapping, Sequence

from bot.domain.clubs.club import MarkKind, Member
from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import mean_figure, show_mean
from bot.domain.reviews.review import Review
from bot.features.club.commands import SettingsCommand
from bot.features.figures.commands import MatchCommand, StatsCommand
from bot.features.members.commands import MeCommand
from bot.features.members.own import diary, marks
from bot.features.picks.commands import RecommendCommand
from bot.features.releases.commands import RemindersCommand
from bot.features.reviews.commands import OWN, ReviewsCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.phrases import counted, heard, review_spans, verdict
from bot.messages.replies import Action, Actions, Block, Button, FilmItem, Heading, Paragraph, Reply
from bot.messages.spans import Mention, Plain, Span, Strong
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.members import member_named
from bot.views.access import Access, access_of
from bot.views.picks import openable
from bot.views.taste_match import in_words, taste_match

LAST = 3
"""Reviews on a page."""


async def member_page(command: MeCommand, context: Context, work: UnitOfWork) -> Reply:
    """Return a member's page, or a part of one's own."""
    if command.member and command.member.casefold() != OWN:
        member = await member_named(command.member, context, work)
        if member.member_id != context.member.member_id:
            return await _page_of(member, context, work)
    match command.part:
        case "diary":
            return await diary(command, context, work)
        case "marks":
            return await marks(command, context, work)
    return await _own_page(context, work)


async def _own_page(context: Context, work: UnitOfWork) -> Reply:
    me = context.member
    every = [each for each in await work.reviews.of_member(me.member_id) if not each.critic]
    kinds = [each.kind for each in await work.marks.of([me.member_id])]
    listed = kinds.count(MarkKind.WATCHLIST)
    marked = len(kinds) - listed
    reminders = len(await work.reminders.of_member(me.member_id))
    blocks: list[Block] = [
        Heading((Plain("Your page"),)),
        await _averages(every, me, context, work),
    ]
    blocks += await _last(every, "Your last reviews", context, work)
    actions: list[Action] = []
    if every:
        actions.append(Button("Diary", MeCommand(part="diary")))
        actions.append(Button(f"All reviews ({len(every)})", ReviewsCommand()))
        actions.append(Button("In figures", StatsCommand(OWN)))
    if listed:
        actions.append(Button(f"Watchlist ({listed})", WatchlistCommand()))
    if marked:
        actions.append(Button(f"Marks ({marked})", MeCommand(part="marks")))
    if reminders:
        actions.append(Button(f"Reminders ({reminders})", RemindersCommand()))
    actions.append(Button("Settings", SettingsCommand()))
    blocks.append(Actions(tuple(actions)))
    return Reply(tuple(blocks), f"Your page: {counted(len(every), 'review')}.", Visibility.ONLY_YOU)


async def _page_of(member: Member, context: Context, work: UnitOfWork) -> Reply:
    """Return another member's page: what they share, of the films that the reader may read about."""
    access = await access_of(context.member.member_id, context.club, work)
    roster, me = {member.member_id: member}, context.member.member_id
    every = await work.reviews.of_member(member.member_id)
    shared = [heard(each, roster, me) for each in _readable(every, access)]
    name = Mention(member.member_id, member.name)
    blocks: list[Block] = [Heading((name,)), await _averages(shared, member, context, work)]
    match = taste_match(await work.reviews.of_member(me), shared)
    blocks.append(in_words(match))
    blocks += await _last(shared, "Last reviews", context, work)
    actions = [Button("Pick for us both", RecommendCommand(members=(member.member_id,)))]
    if match.agreement:
        actions.append(Button("What we agree on", MatchCommand(member.member_id)))
    if shared:
        label = f"All reviews ({len(shared)})"
        actions.append(Button(label, ReviewsCommand(member=member.member_id)))
    blocks.append(Actions(tuple(actions)))
    return Reply(
        tuple(blocks), f"{member.name}: {counted(len(shared), 'review')}.", Visibility.ONLY_YOU
    )


def _readable(reviews: Sequence[Review], access: Access) -> list[Review]:
    return [
        each
        for each in reviews
        if each.shared and not each.critic and access.may_read(each.film_id)
    ]


async def _averages(
    reviews: Sequence[Review], member: Member, context: Context, work: UnitOfWork
) -> Block:
    """Word how many films a member rated, how well, and how well the others here rate the same."""
    own = member.member_id == context.member.member_id
    rated = {each.film_id: each.rating for each in reviews if each.rating}
    if not rated:
        told = "You have not rated anything here yet." if own else "No ratings to read yet."
        return Paragraph((Plain(told),))
    mean = sum(rated.values()) / len(rated)
    spans: tuple[Span, ...] = (
        Strong((Plain(counted(len(rated), "film")),)),
        Plain(f" rated, {show_mean(mean, context.member.scale)} on average."),
    )
    return Paragraph((*spans, *await _others(rated, member, context, work)))


async def _others(
    rated: Mapping[FilmId, int], member: Member, context: Context, work: UnitOfWork
) -> tuple[Span, ...]:
    """Word how well others here rate the same films; nothing where nobody else does."""
    access = await access_of(context.member.member_id, context.club, work)
    overlay = await context.indexes.of(work)
    theirs = [
        each.half_stars
        for each in overlay.rated_reviews()
        if each.film_id in rated
        and each.author_id != member.member_id
        and each.half_stars
        and access.may_read(FilmId(each.film_id))
    ]
    if not theirs:
        return ()
    mean = mean_figure(sum(theirs) / len(theirs), context.member.scale)
    return (Plain(f" Others here give the same films {mean}."),)


async def _last(
    reviews: Sequence[Review], title: str, context: Context, work: UnitOfWork
) -> list[Block]:
    """List the last reviews, each of which opens its film."""
    films = await work.films.many([each.film_id for each in reviews[:LAST]])
    items = tuple(
        FilmItem(film.film_id, film.title, film.year, _lines(each, context))
        for each in reviews[:LAST]
        if (film := films.get(each.film_id))
    )
    return [Heading((Plain(title),)), openable(items)] if items else []


def _lines(review: Review, context: Context) -> tuple[tuple[Span, ...], ...]:
    """Return what a review says in short: its rating and states, then its words, spoilers folded."""
    what = verdict(review, context.member.scale)
    words = review_spans(review)
    quoted = (Plain("“"), *words, Plain("”")) if words else ()
    return tuple(each for each in ((Plain(what),) if what else (), quoted) if each)
