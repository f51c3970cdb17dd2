"""Wording that answers about figures share, and their visibility."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import Scale, show_mean, show_rating
from bot.features.figures.commands import StatsCommand, YearCommand
from bot.features.figures.counting.entries import FigureEntry, known_days
from bot.features.figures.counting.scores import Divide, Standing, histogram, mean_rating
from bot.features.figures.counting.times import streak
from bot.messages.phrases import counted, said, titled
from bot.messages.replies import Block, Field, FilmItem, Footnote, Heading, Histogram, Reply
from bot.messages.spans import Plain, Span, Strong
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.access import Access, access_of, public_access
from bot.views.picks import openable

LOCKED = "Only films that you have seen count here: the club keeps scores until then."


async def reader_access(context: Context, work: UnitOfWork) -> tuple[Access, Visibility]:
    """Return the access and visibility of figures: the club's, or only the member's where scores are locked."""
    public = public_access(context.club)
    if not public.locks:
        return public, Visibility.CLUB
    return await access_of(context.member.member_id, context.club, work), Visibility.ONLY_YOU


def nothing_to_count(command: StatsCommand | YearCommand, access: Access) -> Reply:
    when = f" in {command.year}" if command.year else ""
    if access.locks:
        return said(f"There is nothing to count{when}. {LOCKED}")
    if command.year:
        return said(f"Nobody here has told of a film that they saw in {command.year}.")
    return said("Nobody here has reviewed a film yet. Figures come with the first review.")


def lock_note(access: Access) -> list[Block]:
    return [Footnote((Plain(LOCKED),))] if access.locks else []


def totals(entries: Sequence[FigureEntry], scale: Scale | None) -> tuple[Span, ...]:
    """Return the counts of reviews, films and members, and the mean rating, as a line.

    `scale`: how the mean is shown before its figure; None: the figure alone, as in pictures, whose fonts have no stars.
    """
    films = len({each.film_id for each in entries})
    members = len({each.member_id for each in entries})
    told = f" of {counted(films, 'film')} by {counted(members, 'member')}"
    mean = mean_rating(entries)
    on_average = ""
    if mean:
        shown = show_mean(mean, scale) if scale else f"{mean / 2:.1f} of 5"
        on_average = f", {shown} on average"
    return (Strong((Plain(counted(len(entries), "review")),)), Plain(f"{told}{on_average}."))


def bars(entries: Sequence[FigureEntry], scale: Scale) -> list[Block]:
    """Return the histogram of ratings; nothing without ratings."""
    counts = histogram(entries)
    return [Histogram(tuple((show_rating(each, scale), n) for each, n in counts))] if counts else []


def split_field(found: Divide, films: Mapping[FilmId, Film], scale: Scale) -> Field:
    """Return the field of the most divisive film."""
    ends = f"{show_rating(found.low, scale)} to {show_rating(found.high, scale)}"
    told = Plain(f", {ends} from {counted(found.count, 'rating')}")
    return Field("Most divisive", (titled(films[found.film_id]), told))


def least_field(found: Standing, films: Mapping[FilmId, Film], scale: Scale) -> Field:
    """Return the field of the film that was liked least."""
    told = f", {show_rating(round(found.mean), scale)} from {counted(found.count, 'rating')}"
    return Field("Liked least", (titled(films[found.film_id]), Plain(told)))


def streaks(entries: Sequence[FigureEntry], context: Context) -> list[Field]:
    today = context.now.astimezone(ZoneInfo(context.club.zone)).date()
    found = streak(known_days(entries), today)
    if found.longest < 2:
        return []
    told = f"{found.longest} weeks in a row with a film"
    if found.current == found.longest:
        told += ", and counting"
    elif found.current > 1:
        told += f"; now {found.current}"
    return [Field("Streak", (Plain(told),))]


def loved(best: Sequence[Standing], films: Mapping[FilmId, Film], scale: Scale) -> list[Block]:
    """List the best films, each with its mean."""
    items = [
        FilmItem(film.film_id, film.title, film.year, (_mean_line(each, scale),))
        for each in best
        if (film := films.get(each.film_id))
    ]
    return [Heading((Plain("Loved most"),)), openable(items)] if items else []


def _mean_line(standing: Standing, scale: Scale) -> tuple[Span, ...]:
    told = show_mean(standing.mean, scale)
    return (Plain(f"{told} from {counted(standing.count, 'rating')}"),)
