"""Words that ask for privacy or mark a spoiler, by every way into Discord: nobody else reads them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.films.film import Film
from tests.adapters.discord.conftest import ANA, BEN, Town
from tests.adapters.discord.payloads import Json
from tests.adapters.discord.seeing import button, ephemeral, seen
from tests.private_words import PRIVATE_WORDS, Attempt, attempts
from tests.support import text


async def write(town: Town, attempt: Attempt, way: int) -> None:
    """Let a member write in one of the ways that Discord has."""
    discord, server = town.discord, town.server
    named, film, words = f'"{attempt.film.title}"', f"id:{attempt.film.film_id}", attempt.text
    match way % 6:
        case 0:
            await discord.slash(ANA, server, "review", film=film, rating="4/5", text=words)
        case 1:
            await discord.slash(ANA, server, "review", film=f"{named} 4/5 {words}")
        case 2:
            card = await discord.slash(BEN, server, "film", film=film)
            opened = await discord.press(
                ANA, server, card.shown, button(card.shown, "Write a review…")
            )
            await discord.submit(ANA, server, opened, {"rating": "4/5", "text": words})
        case 3:
            file = discord.upload("mine.txt", words.encode())
            await discord.slash(ANA, server, "review", film=film, rating="4/5", file=file)
        case 4:
            opened = await discord.save_message(ANA, server, ANA, f"{named} 4/5\n{words}")
            await discord.submit(ANA, server, opened, {})
        case _:
            await discord.slash(ANA, server, "review", film=named, text=words)


def readable(town: Town) -> Sequence[Json]:
    """All messages that others can read: in channels, and those that Ben was answered with."""
    answers = [
        message
        for exchange in town.discord.exchanges.values()
        for message in (exchange.original, *exchange.followups)
        if message and (exchange.person is not ANA or not ephemeral(message))
    ]
    posted = [message for each in town.discord.messages.values() for message in each]
    return [message for message in (*answers, *posted) if not ephemeral(message)] + [
        message for message in answers if ephemeral(message)
    ]


async def check_secrecy(town: Town, seed: int, count: int, films: Sequence[Film]) -> None:
    generated = attempts(seed, films, town.room.bot.films.titles.shared)
    for way, attempt in zip(range(count), generated, strict=False):
        await write(town, attempt, way)
        film = f"id:{attempt.film.film_id}"
        await town.discord.slash(BEN, town.server, "reviews", film=film)
        await town.discord.slash(BEN, town.server, "review", film=film)
        for message in readable(town):
            assert PRIVATE_WORDS not in seen(message), (way % 6, attempt.text)
    assert all(PRIVATE_WORDS not in text(reply) for _, reply in await town.room.deliver())


async def test_what_asks_for_nothing_is_read_by_all(town: Town, starter: tuple[Film, ...]) -> None:
    plain = attempts(1, starter, town.room.bot.films.titles.shared)
    for way in range(6):
        attempt = replace(next(plain), text=f"Warm. {PRIVATE_WORDS}, well told.")
        await write(town, attempt, way)
        film = f"id:{attempt.film.film_id}"
        read = await town.discord.slash(BEN, town.server, "reviews", film=film)
        assert PRIVATE_WORDS in seen(read.shown), way


async def test_no_other_member_reads_them(town: Town, starter: tuple[Film, ...]) -> None:
    await check_secrecy(town, 5, 18, starter)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
async def test_no_other_member_reads_them_at_length(
    town: Town, starter: tuple[Film, ...], seed: int
) -> None:
    await check_secrecy(town, 200 + seed, 200, starter)
