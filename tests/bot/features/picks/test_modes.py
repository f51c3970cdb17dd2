"""/recommend is useful, and honest about its mode, however much or little is known."""

from collections.abc import Sequence
from pathlib import Path

from bot.catalogue.club_index import film_document
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.films.film import Film
from bot.messages.plain_text import plain
from recommender import BaseIndex
from tests.conftest import open_room
from tests.support import Room, actions, items, text


async def rate(room: Room, member: str, films: Sequence[Film], rating: int = 8) -> None:
    for film in films:
        await room.say(member, f'/review "{film.title} ({film.year})" {rating}/10')


async def test_in_an_empty_club_it_asks_for_one_loved_film_and_offers_some_to_rate(
    room: Room,
) -> None:
    reply = await room.say("ana", "/recommend")
    assert "I have nothing to go by" in text(reply)
    assert "Name up to five films you love" in text(reply)
    assert actions(reply)
    assert items(reply) == []


async def test_at_0_ratings_it_shows_what_the_club_likes_and_the_member_has_not_seen(
    room: Room, starter: tuple[Film, ...]
) -> None:
    await rate(room, "ben", starter[100:104], 9)
    await rate(room, "ben", starter[104:106], 3)
    reply = await room.say("ana", "/recommend")
    assert {item.film_id for item in items(reply)} == {film.film_id for film in starter[100:104]}
    assert "You have not rated anything yet" in text(reply)


async def test_at_1_and_4_ratings_it_calls_itself_an_early_guess(
    room: Room, starter: tuple[Film, ...]
) -> None:
    for count in (1, 4):
        await rate(room, "ana", starter[200 : 200 + count])
        reply = await room.say("ana", "/recommend")
        assert f"An early guess from {count} rating" in text(reply)
        assert len(items(reply)) == 5


async def test_at_20_ratings_it_says_what_it_goes_by(room: Room, starter: tuple[Film, ...]) -> None:
    seen = starter[200:220]
    await rate(room, "ana", seen)
    await rate(room, "ben", seen[:3])
    reply = await room.say("ana", "/recommend")
    assert "From 20 ratings of yours and those of 2 members here." in text(reply)
    assert len(items(reply)) == 5
    assert not {item.film_id for item in items(reply)} & {film.film_id for film in seen}


async def test_every_pick_has_a_reason(room: Room, starter: tuple[Film, ...]) -> None:
    await rate(room, "ana", starter[300:310])
    for line in ("/recommend", "/recommend like Carol", "/recommend tender", "/recommend from 90s"):
        picks = items(await room.say("ana", line))
        assert len(picks) == 5, line
        for item in picks:
            assert "Why: " in plain(item.lines[0]), (line, item.title)


async def test_when_everything_is_seen_it_says_so(
    starter: tuple[Film, ...], tmp_path: Path
) -> None:
    few = starter[-4:]
    titles = TitleIndex(map(TitledFilm.of, few))
    async with open_room(tmp_path, few, titles, BaseIndex.build(map(film_document, few))) as room:
        await rate(room, "ana", few)
        assert "You have seen everything I know" in text(await room.say("ana", "/recommend"))
        assert "You have seen" not in text(await room.say("ben", "/recommend"))


async def test_what_is_never_to_be_suggested_is_not(room: Room, starter: tuple[Film, ...]) -> None:
    await rate(room, "ana", starter[200:206])
    first = await room.say("ana", "/recommend")
    dropped = items(first)[0]
    await room.press("ana", await room.open_film("ana", first), "Never suggest")
    for line in ("/recommend", f'/recommend like "{starter[200].title} ({starter[200].year})"'):
        picks = {item.film_id for item in items(await room.say("ana", line))}
        assert len(picks) == 5
        assert dropped.film_id not in picks


async def test_for_everyone_it_leaves_out_what_anybody_has_seen(
    room: Room, starter: tuple[Film, ...]
) -> None:
    await rate(room, "ana", starter[200:205])
    await rate(room, "ben", starter[205:210])
    reply = await room.say("ana", "/recommend with everyone")
    seen = {film.film_id for film in starter[200:210]}
    assert not {item.film_id for item in items(reply)} & seen
    assert "For 2 of you, from 10 ratings in all." in text(reply)


async def test_who_has_only_seen_a_film_gets_what_a_newcomer_gets(room: Room) -> None:
    newcomer = items(await room.say("ben", "/recommend no horror"))
    await room.say("ana", "seen Carol")
    assert [each.film_id for each in items(await room.say("ana", "/recommend no horror"))] == [
        each.film_id for each in newcomer
    ]
