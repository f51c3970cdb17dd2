"""Handler of `/stats`: figures of the club, or of one member."""

from collections.abc import Mapping, Sequence

from bot.catalogue.club_index import roster_of
from bot.domain.clubs.club import Roster
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.features.figures.commands import FigureCard, StatsCommand, YearCommand
from bot.features.figures.counting.entries import FigureEntry, club_entries, known_days, readable
from bot.features.figures.counting.scores import (
    divisive,
    liked_least,
    loved_most,
    seen_by_member,
    seen_most,
)
from bot.features.figures.counting.times import Predictions, predictions
from bot.features.figures.one_member import of_member
from bot.features.figures.pictures.pictures import club_picture, taste_picture
from bot.features.figures.wording import (
    bars,
    least_field,
    lock_note,
    loved,
    nothing_to_count,
    reader_access,
    split_field,
    streaks,
    totals,
)
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import OWN
from bot.messages.phrases import counted, joined, titled
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Field,
    Fields,
    Heading,
    Paragraph,
    Reply,
)
from bot.messages.spans import Plain
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.members import member_named
from bot.views.access import Access
from bot.views.night_days import nights_of_year

BEST, MOST_NAMED, NIGHTS = 5, 5, 100
"""Films and members that are named; past nights whose predictions count."""


async def statistics(command: StatsCommand, context: Context, work: UnitOfWork) -> Reply:
    """Answer `/stats`, for the club or for one member."""
    if command.card in {FigureCard.CANON, FigureCard.MAP}:
        return await club_picture(command, context, work)
    member = context.member
    if command.member and command.member.casefold() != OWN:
        member = await member_named(command.member, context, work)
    if command.member and command.card is FigureCard.TASTE:
        return await taste_picture(member, context, work)
    access, visibility = await reader_access(context, work)
    entries = readable(await club_entries(context.club, work), access, command.year)
    if not command.member:
        return await _of_club(entries, command, access, context, work, visibility)
    return await of_member(member, entries, command, access, context, work)


async def _of_club(
    entries: Sequence[FigureEntry],
    command: StatsCommand,
    access: Access,
    context: Context,
    work: UnitOfWork,
    visibility: Visibility,
) -> Reply:
    title = f"The club in {command.year}" if command.year else "The club in figures"
    if not entries:
        return nothing_to_count(command, access)
    scale = context.member.scale
    best, divides = loved_most(entries, BEST), divisive(entries)[:1]
    worst = liked_least(entries)
    least = (worst,) if worst else ()
    most = seen_most(entries)[:1]
    named = [each.film_id for each in (*best, *least)] + [each.film_id for each in divides]
    named += [film_id for film_id, _ in most]
    films = await work.films.many(named)
    roster = await roster_of(work)
    blocks: list[Block] = [Heading((Plain(title),)), Paragraph(totals(entries, scale))]
    blocks += bars(entries, scale)
    fields = [
        *_seen(entries, roster, films, most),
        *(split_field(each, films, scale) for each in divides if each.film_id in films),
        *(least_field(each, films, scale) for each in least if each.film_id in films),
        *streaks(entries, context),
        *_predicted(await _predictions(access, command.year, context, work)),
    ]
    blocks.append(Fields(tuple(fields)))
    blocks += loved(best, films, scale)
    blocks += lock_note(access)
    blocks.append(Actions(tuple(_actions(command, entries, context))))
    return Reply(tuple(blocks), f"{title}: {counted(len(entries), 'review')}.", visibility)


def _actions(
    command: StatsCommand, entries: Sequence[FigureEntry], context: Context
) -> list[Action]:
    latest = max(known_days(entries), default=None)
    year = command.year or (latest and latest.year)
    actions: list[Action] = [Button(f"{year} in review", YearCommand(year))] if year else []
    if not command.year:
        actions.append(Button("How often picks hit", RecommendCommand(hits=True)))
        actions.append(Button("The canon as a picture", StatsCommand(card=FigureCard.CANON)))
        actions.append(Button("The club's map", StatsCommand(card=FigureCard.MAP)))
    if any(each.member_id == context.member.member_id for each in entries):
        actions.append(Button("You in figures", StatsCommand(OWN, command.year)))
    return actions


def _seen(
    entries: Sequence[FigureEntry],
    roster: Roster,
    films: Mapping[FilmId, Film],
    most: Sequence[tuple[FilmId, int]],
) -> list[Field]:
    """Name who has seen how many films, and the film that most have seen."""
    everyone = [(each, n) for each, n in seen_by_member(entries) if each in roster]
    named = [f"{roster[each].name} {n}" for each, n in everyone[:MOST_NAMED]]
    others = len(everyone) - MOST_NAMED
    if others > 0:
        named.append(counted(others, "other"))
    fields = [Field("Films seen", (Plain(joined(named)),))] if named else []
    members = len({each.member_id for each in entries})
    for film_id, count in most:
        if count > 1 and film_id in films:
            told = Plain(f", {count} of {members} members")
            fields.append(Field("Seen by most", (titled(films[film_id]), told)))
    return fields


async def _predictions(
    access: Access, year: int | None, context: Context, work: UnitOfWork
) -> Predictions | None:
    """Compare what was predicted before film nights with what was rated after them."""
    nights = [
        each.night_id
        for each in await nights_of_year(year, NIGHTS, context.club, work)
        if each.film_id and access.may_read(each.film_id)
    ]
    return predictions(await work.nights.guests(nights))


def _predicted(found: Predictions | None) -> list[Field]:
    if found is None:
        return []
    told = (
        f"{found.error / 2:.1f} stars off on average, {found.within_a_star} of {found.count} within "
        "a star, of ratings after film nights"
    )
    return [Field("My predictions", (Plain(told),))]
