"""Polls of a night: its guests, their weighted ballots, tie-breakers, vetoes."""

from collections.abc import Collection, Iterable, Sequence

from bot.domain.clubs.club import MarkKind
from bot.domain.ids import FilmId
from bot.domain.nights import UNDECIDED, Night, NightGuest, Nomination, Stage
from bot.features.nights.counting.ledger import NIGHTS, balances, weights
from bot.features.nights.counting.methods import Poll
from bot.features.nights.counting.turns import choosers, latest
from bot.ports.store import UnitOfWork

VETOES = 2
"""Vetoes that take a film off the ballot, where three or more members come."""


async def guests_of(night: Night, work: UnitOfWork) -> Sequence[NightGuest]:
    """Return the members' parts in a night, in the order in which they answered."""
    return await work.nights.guests([night.night_id])


def coming(guests: Iterable[NightGuest]) -> list[NightGuest]:
    """Return the guests who come."""
    return [each for each in guests if each.coming]


def voters(guests: Iterable[NightGuest]) -> list[NightGuest]:
    """Return the guests who come and have voted."""
    return [each for each in coming(guests) if each.ballot]


def counted(guests: Iterable[NightGuest]) -> list[NightGuest]:
    """Return the guests whose ballots were counted when the film was decided, also if they stayed away since."""
    return [each for each in guests if each.ballot and each.gave_up is not None]


async def waiting(work: UnitOfWork) -> list[Nomination]:
    """Return the nominations that wait for a ballot: none of a film that is decided for a night to come."""
    decided = {each.film_id for each in await work.nights.open() if each.stage is Stage.DECIDED}
    return [each for each in await work.nights.nominations() if each.film_id not in decided]


async def earlier(work: UnitOfWork) -> tuple[Sequence[Night], Sequence[NightGuest]]:
    """Return the past nights that the ledger remembers, and the members' parts in them."""
    past = await work.nights.past(NIGHTS)
    return past, await work.nights.guests([each.night_id for each in past])


async def poll_of(night: Night, guests: Iterable[NightGuest], work: UnitOfWork) -> Poll:
    """Return the poll of a night: ballots of the guests who come, with their weights.

    Until the film is decided, weights come from the ledger as it is now; after that, as they were then.
    """
    parts = list(guests)
    voting = voters(parts)
    if night.stage not in UNDECIDED:
        voting = counted(parts) or voting
    past, before = await earlier(work)
    past = [each for each in past if each.starts_at < night.starts_at]
    nights_before = {each.night_id for each in past}
    before = [each for each in before if each.night_id in nights_before]
    started = {each.night_id: each.starts_at for each in past}
    won = latest((each.member_id, started[each.night_id]) for each in before if each.won)
    if night.stage in UNDECIDED:
        balance = balances(past, before) if night.fair else {}
        weighed = weights(balance, [each.member_id for each in voting])
    else:
        weighed = {each.member_id: each.weight for each in voting}
    return Poll(
        night.night_id,
        night.films,
        {each.member_id: each.ballot for each in voting},
        weighed,
        {
            each.film_id: won[each.member_id]
            for each in await work.nights.nominations()
            if each.member_id in won
        },
        choosers(voting, past, before),
    )


async def vetoed(night: Night, films: Collection[FilmId], work: UnitOfWork) -> set[FilmId]:
    """Return the films with too many vetoes of guests who come; members stay unnamed."""
    members = [each.member_id for each in coming(await guests_of(night, work))]
    marks = await work.marks.of(members)
    against = [each.film_id for each in marks if each.kind is MarkKind.NEVER]
    return {film for film in films if against.count(film) >= VETOES}
