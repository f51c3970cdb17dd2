"""Words that ask for privacy or mark a spoiler, by every way into Slack: nobody else reads them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.films.film import Film
from tests.adapters.slack.answers import Post
from tests.adapters.slack.conftest import workspace
from tests.adapters.slack.double import FakeSlack
from tests.adapters.slack.driver import Workspace
from tests.private_words import PRIVATE_WORDS, Attempt, attempts
from tests.support import Room, text


async def write(club: Workspace, attempt: Attempt, way: int) -> None:
    """Let a member write in one of the ways that Slack has."""
    named, words = f'"{attempt.film.title}"', attempt.text
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    before = len(club.slack.posts)
    match way % 6:
        case 0:
            await club.say("ana", f"/review {named} 4/5 {escaped}")
        case 1:
            card = await club.say("ben", f"/matinee film {named}")
            view = await club.open("ana", card, "Write a review…")
            before = len(club.slack.posts)
            await club.send("ana", view, rating="4/5", text=words)
            await club.slack.until(lambda: len(club.slack.posts) > before)
        case 2:
            await club.answered("events_api", club.mention("ana", f"review {named} 4/5 {escaped}"))
        case 3:
            club.slack.files["f1"] = words.encode()
            file = {"name": "mine.txt", "url_private_download": f"{club.slack.url}/files/f1"}
            body = club.directly("ana", f"review {named} 4/5", files=[file], subtype="file_share")
            await club.answered("events_api", body)
        case 4:
            body = club.on_message("ana", "UANA", f"{named} 4/5\n{escaped}")
            view = await club.opened(body)
            await club.send("ana", view)
            await club.slack.until(lambda: len(club.slack.posts) > before)
        case _:
            await club.say("ana", f"/review {named} | {escaped}")


def readable(posts: Sequence[Post]) -> Sequence[Post]:
    """All posts but those that Ana alone can read."""
    return [each for each in posts if each.user != "UANA" and each.channel != "DUANA"]


async def check_secrecy(
    club: Workspace, room: Room, seed: int, count: int, films: Sequence[Film]
) -> None:
    generated = attempts(seed, films, room.bot.films.titles.shared)
    for way, attempt in zip(range(count), generated, strict=False):
        await write(club, attempt, way)
        named = f'"{attempt.film.title}"'
        await club.say("ben", f"/matinee reviews {named}")
        await club.say("ben", f"/review {named}")
        for post in readable(club.slack.posts):
            assert PRIVATE_WORDS not in f"{post.text}\n{post.words}", (way % 6, attempt.text)
    assert all(PRIVATE_WORDS not in text(reply) for _, reply in await room.deliver())


async def test_what_asks_for_nothing_is_read_by_all(
    slack: FakeSlack, room: Room, starter: tuple[Film, ...]
) -> None:
    plain = attempts(1, starter, room.bot.films.titles.shared)
    async with workspace(slack, room, "socket") as club:
        for way in range(6):
            attempt = replace(next(plain), text=f"Warm. {PRIVATE_WORDS}, well told.")
            await write(club, attempt, way)
            read = await club.say("ben", f'/matinee reviews "{attempt.film.title}"')
            assert PRIVATE_WORDS in read.words, way


async def test_no_other_member_reads_them(
    slack: FakeSlack, room: Room, starter: tuple[Film, ...]
) -> None:
    async with workspace(slack, room, "http") as club:
        await check_secrecy(club, room, 6, 18, starter)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
async def test_no_other_member_reads_them_at_length(
    slack: FakeSlack, room: Room, starter: tuple[Film, ...], seed: int
) -> None:
    async with workspace(slack, room, "http") as club:
        await check_secrecy(club, room, 300 + seed, 200, starter)
