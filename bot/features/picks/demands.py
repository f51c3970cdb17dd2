"""Demands of one request: its wish as it was understood, and what was given up for lack of films."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.features.picks.commands import RecommendCommand
from bot.features.picks.wish import Understood, Wish, read_wish
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from recommender import Demand, Overlay, meeting, relaxed


@dataclass(frozen=True, slots=True)
class WishDemands:
    """A wish with its demands, and the free words for mood, more and less.

    `dropped` are the soft demands given up because too few films met all; their words count as more.
    """

    wanted: Wish
    avoided: Wish
    demands: tuple[Demand, ...]
    dropped: tuple[Demand, ...]
    mood: str
    more: str
    less: str

    @property
    def parts(self) -> tuple[Understood, ...]:
        """Everything that was understood."""
        return (*self.wanted.parts, *self.avoided.parts)


async def request_of(
    command: RecommendCommand, overlay: Overlay, context: Context, work: UnitOfWork
) -> WishDemands:
    """Read the free words of a command into demands, and relax the soft ones where films are few."""
    wanted = read_wish(command.mood, overlay.index, context.now.year)
    avoided = read_wish(command.without, overlay.index, context.now.year)
    out = avoided.without()
    demands = [*wanted.demands, *out.demands]
    for part in (*wanted.parts, *out.parts):
        if part.minutes:
            low, high = part.minutes
            fitting = await work.films.within(
                first_year=None, last_year=None, min_minutes=low, max_minutes=high
            )
            demands.append(Demand(part.entry.label, film_ids=frozenset(fitting)))
    kept, dropped = relaxed(overlay, demands, command.count)
    given_up = [part.typed for part in wanted.parts if set(part.demands) & set(dropped)]
    less = " ".join(each for each in (command.less, out.words) if each)
    more = " ".join(each for each in (command.more, *given_up) if each)
    return WishDemands(wanted, out, kept, dropped, wanted.words, more, less)


def contradiction(request: WishDemands) -> Understood | None:
    """Return the part that is both asked for and ruled out, if there is one."""
    wanted = {
        term for part in request.wanted.parts for each in part.demands for term in each.any_of
    }
    for part in request.avoided.parts:
        for each in part.demands:
            if each.any_of and set(each.any_of) <= wanted:
                return part
    return None


def ways_out(
    command: RecommendCommand, request: WishDemands, overlay: Overlay
) -> Iterator[tuple[str, RecommendCommand, int]]:
    """Yield for each part of the wish what was typed, the command without it, and how many films fit then."""
    for part in request.parts:
        labels = {each.label for each in part.demands} | {part.entry.label}
        others = [each for each in request.demands if each.label not in labels]
        fitting = int(meeting(overlay, others).sum())
        if fitting and len(request.parts) > 1:
            yield part.typed, _without(command, part.typed), fitting


def _without(command: RecommendCommand, typed: str) -> RecommendCommand:
    mood, without = command.mood, command.without
    if typed in mood:
        return replace(command, mood=" ".join(mood.replace(typed, " ", 1).split()))
    return replace(command, without=" ".join(without.replace(typed, " ", 1).split()).strip(" ,"))
