"""Turns of hosts and of those who choose: who passes keeps their place, who had theirs goes to the end."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ClubId, MemberId
from bot.domain.nights import Night, Stage
from bot.features.nights.counting.turns import by_turn
from tests.support import Room, button, text

NOW = datetime(2024, 1, 26, 20, tzinfo=UTC)


async def _open(room: Room) -> Night:
    async with room.store.reading(ClubId(room.club)) as work:
        nights = await work.nights.open()
        return next(each for each in nights if each.stage is not Stage.RATING)


async def _host(room: Room) -> str:
    return (await _open(room)).member_id or ""


async def _held(room: Room, film: str) -> None:
    """Hold the night that is open to its end, with this film, and deliver what is said of it."""
    await room.say("ana", f"/night choose {film}", admin=True)
    await room.film_began()
    for _ in range(2):
        await room.say("ana", "/night close", admin=True)
    await room.deliver()


async def _week(room: Room, *members: str) -> None:
    for name in members:
        await room.say(name, "/night in")


async def test_hosts_take_turns_and_are_told(room: Room) -> None:
    await room.say("ana", "/night new every week friday at 8, hosts in turn")
    await _week(room, "ben", "cleo")
    hosts = []
    for film in ("Carol", "Heat", "Her", "Alien"):
        hosts.append(await _host(room))
        await _week(room, "ana", "ben", "cleo")
        await room.say("ana", f"/night choose {film}", admin=True)
        await room.film_began()
        await room.say("ana", "/night close", admin=True)
        told = [reply for _, reply in await room.deliver() if "hosts the film night" in text(reply)]
        assert len(told) == 1
        assert (await _host(room)).removeprefix("test:") in text(told[0])
        for name in ("ana", "ben", "cleo"):
            await room.say(name, "/night rate 4")

    assert hosts == ["test:ana", "test:ben", "test:cleo", "test:ana"]


async def test_a_host_who_cannot_come_keeps_their_turn(room: Room) -> None:
    await room.say("ana", "/night new every week friday at 8, hosts in turn")
    await _week(room, "ben", "cleo")

    out = text(await room.say("ana", "/night out"))
    assert "ben hosts instead, and you keep your turn" in out
    assert await _host(room) == "test:ben"

    handed = text(await room.say("ben", "/night host"))
    assert handed == "cleo hosts the night now."
    order = text(await room.say("ben", "/night turns"))
    assert order.index("cleo") < order.index("ben")

    await _held(room, "Carol")
    assert await _host(room) == "test:ana"  # who could not come, and passed before ben did


async def test_where_hosts_do_not_take_turns_the_host_stays(room: Room) -> None:
    await room.say("ana", "/night new every week friday at 8")
    await _week(room, "ben")
    assert "hosts instead" not in text(await room.say("ana", "/night out"))
    await _held(room, "Carol")
    assert await _host(room) == "test:ana"


async def test_nobody_else_to_host_is_said(room: Room) -> None:
    await room.say("ana", "/night new friday at 8, hosts in turn")

    assert "Nobody else comes yet" in text(await room.say("ana", "/night host"))
    assert await _host(room) == "test:ana"


async def _voted(room: Room, *, passing: str = "") -> Night:
    """Let ana, ben and cleo each love another film on a night by turns, and end the vote."""
    await _week(room, "ana", "ben", "cleo")
    for name, film in (("ana", "Carol"), ("ben", "Heat"), ("cleo", "Her")):
        await room.say(name, f"/night nominate {film}")
    await room.say("ana", "/night close", admin=True)
    if passing:
        told = text(await room.say(passing, "/night pass"))
        assert "You keep your turn" in told
    films: list[str] = [*(await _open(room)).films]
    for name, film in (("ana", "carol-2015"), ("ben", "heat-1995"), ("cleo", "her-2013")):
        number = films.index(film) + 1 if film in films else 5
        await room.say(name, f"/night vote {number}")
    await room.say("ana", "/night close", admin=True)
    return await _open(room)


async def _told(room: Room) -> None:
    await room.film_began()
    for _ in range(2):
        await room.say("ana", "/night close", admin=True)
    await room.deliver()


async def test_who_passes_is_asked_first_the_next_time(room: Room) -> None:
    await room.say("ana", "/night new friday at 8 rule turn")
    first = await _voted(room, passing="ana")
    assert first.film_id == "heat-1995"  # ben's turn
    await _told(room)

    await room.say("ana", "/night new saturday at 8")
    second = await _voted(room)
    assert second.film_id == "carol-2015"  # ana's, who passed
    await _told(room)

    await room.say("ana", "/night new sunday at 8")
    third = await _voted(room)

    assert third.film_id == "her-2013"  # cleo's, who has never chosen


async def test_a_turn_is_taken_by_choosing_anothers_nomination_too(room: Room) -> None:
    await room.say("ana", "/night new friday at 8 rule turn")
    await _week(room, "ben")
    await room.say("ben", "/night nominate Heat")
    await room.say("ana", "/night close")
    await room.say("ana", "/night vote 1")
    await room.say("ben", "/night vote 1")
    await room.say("ana", "/night close")

    async with room.store.reading(ClubId(room.club)) as work:
        guests = await work.nights.guests([(await _open(room)).night_id])

    chose = {each.member_id: each.chose for each in guests}
    assert chose == {"test:ana": True, "test:ben": False}


async def test_passing_is_taken_back_and_refused_where_nobody_takes_turns(room: Room) -> None:
    await room.say("ana", "/night new friday at 8 rule turn")
    await _week(room, "ben")
    passed = await room.say("ana", "/night pass")
    assert "ben is next" in text(passed)
    assert "You do not choose this night anyway" in text(await room.say("ana", "/night pass"))
    await room.say("ana", button(passed, "I choose after all").command)
    order = text(await room.say("ana", "/night turns")).partition("Choose")[2]
    assert order.index("ana") < order.index("ben")

    await room.say("ana", "/night cancel")
    await room.say("ana", "/night new friday at 8 rule sum")
    assert "by turns with /night new friday at 8 rule turn" in text(
        await room.say("ana", "/night pass")
    )


@given(
    st.lists(st.sampled_from("abcdef"), unique=True),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 5)),
)
def test_an_order_holds_each_member_once_and_the_longest_wait_first(
    members: list[str], weeks: dict[str, int]
) -> None:
    last = {MemberId(name): NOW - timedelta(weeks=ago) for name, ago in weeks.items()}

    order = by_turn(map(MemberId, members), last)

    assert sorted(order) == sorted(members)
    waits = [weeks.get(each, 99) for each in order]
    assert waits == sorted(waits, reverse=True)
