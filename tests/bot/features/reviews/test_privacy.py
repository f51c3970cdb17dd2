"""Words that ask for privacy, in any place and shape: obeyed or asked about, never published."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.films.film import Film
from bot.domain.reviews.review import LONGEST_REVIEW
from bot.features.reviews.commands import ReviewCommand
from bot.features.reviews.own_words.privacy import heed, sounds_private
from tests.private_words import PRIVATE_WORDS, Attempt, attempts, shapes
from tests.support import Room, text


def test_two_thousand_requests_for_privacy_are_obeyed_or_asked_about() -> None:
    generated = shapes(random.Random(14))
    published = []
    for _ in range(2_000):
        typed = next(generated)
        command = heed(ReviewCommand("Her", text=typed))
        assert PRIVATE_WORDS in command.text
        if not (command.private or sounds_private(command)):
            published.append(typed)
    assert published == []


async def write(room: Room, attempt: Attempt, way: int) -> None:
    """Let a member write in one of the ways that lead into the core."""
    named, film, words = f'"{attempt.film.title}"', f"id:{attempt.film.film_id}", attempt.text
    match way % 6:
        case 0:
            await room.say("ana", f"/review {named} 4/5 {words}")
        case 1:
            await room.say("ana", f"/review {named} | {words}")
        case 2:
            await room.say("ana", ReviewCommand(film, text=words, mine=True))
        case 3:
            await room.say("ana", ReviewCommand(film, file="note.txt"), attachment=words)
        case 4:
            await room.say("ana", f"{attempt.film.title} 4/5 {words}")
        case _:
            await room.say("ana", ReviewCommand(mine=True), attachment=f"{named} 4/5\n{words}")


ELSEWHERE = ["/reviews @ana", "/recommend", "/recommend with @ana", "/watchlist", "/ask who wrote of a divorce", "/stats",
             "/stats @ana", "/me @ana", "/match @ana", "/year", "/season tender"]  # fmt: skip
"""Where else another member could come upon words of a review."""


async def check_secrecy(room: Room, seed: int, count: int, films: Sequence[Film]) -> None:
    generated = attempts(seed, films, room.bot.films.titles.shared)
    await room.say("ben", "/help")
    for way, attempt in zip(range(count), generated, strict=False):
        await write(room, attempt, way)
        named = attempt.film.title
        for asked in (f"/review {named}", f"/reviews {named}", f"/recommend like {named}"):
            assert PRIVATE_WORDS not in text(await room.say("ben", asked)), (way % 6, attempt.text)
    for asked in ELSEWHERE:
        assert PRIVATE_WORDS not in text(await room.say("ben", asked))
    assert all(PRIVATE_WORDS not in text(reply) for _, reply in await room.deliver())


async def test_what_asks_for_nothing_is_read_by_all(room: Room, starter: tuple[Film, ...]) -> None:
    plain = attempts(1, starter, room.bot.films.titles.shared)
    for way in range(6):
        attempt = replace(next(plain), text=f"Warm. {PRIVATE_WORDS}, well told.")
        await write(room, attempt, way)
        if way == 4:  # words behind a title are asked about
            continue
        read = await room.say("ben", f"/reviews {attempt.film.title}")
        assert PRIVATE_WORDS in text(read), way


async def test_no_other_member_reads_what_is_meant_to_be_private(
    room: Room, starter: tuple[Film, ...]
) -> None:
    await check_secrecy(room, 7, 36, starter)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
async def test_no_other_member_reads_it_at_length(
    room: Room, starter: tuple[Film, ...], seed: int
) -> None:
    await check_secrecy(room, 100 + seed, 100, starter)


@pytest.mark.parametrize(
    "line",
    [
        "4/5 my own divorce --private.",
        "4/5 my own divorce --private 🙂",
        "4/5 my own divorce (--private)",
        "4/5 my own divorce -private",
        "4/5 my own divorce -- private",
        "4/5 just for me: my own divorce",
        "4/5 my own divorce --private --rewatch --on 1 May 2023",
        "4/5 my own divorce private: yes",
        "4/5 my own divorce --prviate, and more",
        "4/5 geheim: my own divorce",
        "4/5 Loved it.\nprivado: my own divorce",
        "4/5 (don't quote me) my own divorce",
        "4/5 my own divorce, private pls",
        "4/5 please private, my own divorce",
    ],
)
async def test_what_plainly_asks_for_privacy_is_obeyed(room: Room, line: str) -> None:
    receipt = await room.say("ana", f"/review Her {line}")
    assert "Only you can read it" in text(receipt)
    assert "--" not in text(receipt)


@pytest.mark.parametrize(
    "words",
    [
        "(don't quote me) i cried",
        "privately: i cried",
        "only for me: i cried",
        "[private] i cried",
        "i cried (just for me)",
        "i cried, private pls",
        "just for me:\ni cried",
    ],
)
async def test_what_asked_for_privacy_is_no_part_of_the_words(room: Room, words: str) -> None:
    receipt = await room.say("ana", f"/review Her 4/5 {words}")
    assert "private" in text(receipt)
    assert "\ni cried — your words" in text(receipt)


async def test_who_does_not_want_to_be_quoted_is_asked(room: Room) -> None:
    asked = await room.say("ana", "/review Her 4/5 don't quote me on it but i cried")
    assert "That sounds private" in text(asked)


async def test_words_that_sound_private_are_asked_about_and_kept(room: Room) -> None:
    asked = await room.say("ana", "/review Her 4/5 private Too close")
    assert "That sounds private" in text(asked)
    assert "Too close" not in text(await room.say("ben", "/reviews Her"))
    saved = await room.press("ana", asked, "Only me")
    assert "Only you can read it" in text(saved)
    assert "Too close" in text(saved)


@pytest.mark.parametrize(
    "words",
    [
        "--only-me my own divorce",
        "Warm, but don't let anyone see this. My own divorce",
        "Das soll niemand lesen: my own divorce",
        "Loved it! Privat: my own divorce",
        "My own divorce. Personne ne doit le lire.",
        "Que nadie lo lea: my own divorce",
        "Nessuno deve leggerlo: my own divorce",
    ],
)
async def test_what_may_ask_for_privacy_is_asked_about(room: Room, words: str) -> None:
    asked = await room.say("ana", f"/review Her 4/5 {words}")
    assert "That sounds private" in text(asked)
    assert "divorce" not in text(await room.say("ben", "/reviews Her"))


async def test_the_club_may_be_chosen(room: Room) -> None:
    asked = await room.say("ana", "/review Her 4/5 A private eye in love, between us all")
    await room.press("ana", asked, "The club")
    assert "private eye" in text(await room.say("ben", "/reviews Her"))


@pytest.mark.parametrize(
    "words",
    [
        "She leaves --spoiler, really",
        "--spolier She leaves",
        "She leaves (spoiler)",
        "She leaves #spoiler",
    ],
)
async def test_a_spoiler_flag_is_obeyed_anywhere(room: Room, words: str) -> None:
    await room.say("ana", f"/review Her 4/5 {words}")
    assert "She leaves" not in text(await room.say("ben", "/review Her"))


@pytest.mark.parametrize(
    "words",
    [
        "Don't let anyone tell you it is an action film.",
        "Don't let the trailer fool you.",
        "They never tell you why.",
        "Not for everyone, but very much for me.",
        "Never shows the monster, and never needs to.",
    ],
)
async def test_words_that_only_begin_like_it_are_saved_at_once(room: Room, words: str) -> None:
    assert text(await room.say("ana", f"/review Her 4/5 {words}")).startswith("Saved your review")


@pytest.mark.parametrize("day", ["someday", "May 2024", "32.13.2024"])
async def test_a_day_that_cannot_be_read_is_said_and_nothing_published(
    room: Room, day: str
) -> None:
    refused = await room.say("ana", f"/review Her 4/5 my own divorce --private --on {day}")
    assert f"{day}”" in text(refused)
    assert "your words are kept" in text(refused)
    assert PRIVATE_WORDS not in text(await room.say("ben", "/reviews Her"))


@pytest.mark.parametrize(
    "words",
    [
        "A private detective falls in love.",
        "Saving Private Ryan is better.",
        "The privacy of grief, so tender",
        "She has a private life and I don't.",
        "A secret garden nobody can see, —primal and warm",
        "It stayed with me; between the two of them it is tender.",
    ],
)
def test_other_words_are_left_alone(words: str) -> None:
    command = heed(ReviewCommand("Her", text=words))
    assert not command.private
    assert not sounds_private(command)
    assert command.text == words


@pytest.mark.parametrize(
    ("unit", "asks"),
    [("(", False), ("( ", False), ("*", False), ("_ ", False), ("-", False), ("no lo ", False), ("ne le ", False),
     ("--priv ", True), ("private ", True), ("a-", False), ("a'", False), ("not a-", False), ("never a'", False)],
)  # fmt: skip
def test_the_longest_text_of_any_kind_is_read_at_once(unit: str, *, asks: bool) -> None:
    """A form that looks from each sign at all the others would take minutes."""
    words = unit * (LONGEST_REVIEW // len(unit))
    assert sounds_private(heed(ReviewCommand("Her", text=f"{words}x"))) is asks
