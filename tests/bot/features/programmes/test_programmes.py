"""Bridges and seasons: what can be typed, and the nights of a season."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.catalogue.titles.index import TitleIndex
from bot.domain.ids import ClubId, FilmId
from bot.domain.nights import Stage
from bot.features.nights.commands import PlanSeasonCommand
from bot.features.programmes.commands import BridgeCommand, SeasonCommand
from bot.intake.lines import parse
from bot.messages.replies import Reply
from tests.support import Room, items, text


@pytest.mark.parametrize(
    ("typed", "first", "last", "count"),
    [
        ('"Paddington 2" "All of Us Strangers"', "Paddington 2", "All of Us Strangers", 3),
        ("Alien to Carol 2", "Alien", "Carol", 2),
        ("from Heat to Her", "Heat", "Her", 3),
        ("Heat, Paddington 2", "Heat", "Paddington 2", 3),
        ("Paddington 2 and Carol", "Paddington 2", "Carol", 3),
        ("Heat", "Heat", "", 3),
    ],
)
def test_two_titles_are_read(
    titles: TitleIndex, typed: str, first: str, last: str, count: int
) -> None:
    assert parse(f"/bridge {typed}", titles) == BridgeCommand(first, last, count)


@pytest.mark.parametrize(
    ("typed", "wish", "count"),
    [
        ('"grief and ghosts" 6 under 130m', "grief and ghosts, under 130m", 6),
        ("heists 4", "heists", 4),
        ("5 films from the 90s under 100 minutes", "from the 90s under 100 minutes", 5),
        ("under 100 minutes", "under 100 minutes", 6),
    ],
)
def test_a_wish_and_a_number_are_read(
    titles: TitleIndex, typed: str, wish: str, count: int
) -> None:
    assert parse(f"/season {typed}", titles) == SeasonCommand(wish, count)


async def test_a_season_meets_its_wish(room: Room) -> None:
    reply = await room.say("ana", '/season "grief and ghosts" 6 under 130m')

    shown = items(reply)
    async with room.store.reading(ClubId(room.club)) as work:
        films = await work.films.many([each.film_id for each in shown])
    assert len(shown) == 6
    assert all((films[each.film_id].minutes or 0) <= 130 for each in shown)
    makers = [name for film in films.values() for name in film.directors]
    assert len(makers) == len(set(makers))


def _films(reply: Reply) -> tuple[FilmId, ...]:
    """Films of a season; a button with long ids would hold them in a draft."""
    return tuple(each.film_id for each in items(reply) if each.film_id)


async def test_its_nights_are_planned_announced_and_held_one_by_one(room: Room) -> None:
    films = _films(await room.say("ana", "/season heists 3"))
    planned = await room.say("ana", PlanSeasonCommand(films, "friday at 8"))

    async with room.store.reading(ClubId(room.club)) as work:
        nights = await work.nights.open()
    friday = datetime(2024, 1, 26, 20, tzinfo=UTC)
    assert [each.starts_at for each in nights] == [friday + timedelta(weeks=n) for n in range(3)]
    assert [each.film_id for each in nights] == list(films)
    assert {each.stage for each in nights} == {Stage.DECIDED}
    assert "3 nights" in text(planned)
    assert await room.deliver() == []  # each is announced three days before it
    room.clock.instant = friday - timedelta(days=3)
    ((_, announced),) = await room.deliver()
    assert items(planned)[0].title in text(announced)


async def test_a_vote_beside_a_season_is_still_found(room: Room) -> None:
    films = _films(await room.say("ana", "/season heists 2"))
    await room.say("ana", PlanSeasonCommand(films, "tomorrow at 8"))
    await room.say("ana", "/night new friday at 8")
    await room.say("ana", "/night nominate Carol")
    async with room.store.reading(ClubId(room.club)) as work:
        voting = next(each for each in await work.nights.open() if each.until and not each.film_id)
    assert voting.until is not None
    room.clock.instant = voting.until
    await room.deliver()

    assert "Carol" in [each.title for each in items(await room.say("ana", "/night vote"))]
