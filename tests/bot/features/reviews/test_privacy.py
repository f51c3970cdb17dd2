"""Words that ask for privacy, in any place and shape: obeyed or asked about, never published."""

import random
from collections.abc import Iterator

import pytest

from bot.features.reviews.commands import ReviewCommand
from bot.features.reviews.privacy import heed, sounds_private
from tests.support import Room, text

PRIVATE_WORDS = "my own divorce"
FLAGS = ["--private", "-private", "—private", "-- private", "–private", "--PRIVATE", "--privat"]
PLAINLY = ["private", "Private", "just for me", "only for me", "for my eyes only", "for me only",
           "privat", "nur für mich", "nur fuer mich", "privé", "juste pour moi", "seulement pour moi",
           "privado", "solo para mí", "sólo para mi", "privato", "solo per me", "só para mim"]  # fmt: skip
SENTENCES = ["please keep this private", "keep it to yourself", "this is private", "it's confidential",
             "don't show this to anyone", "do not share", "not for the others", "between us", "nobody else",
             "bitte nicht teilen", "behalte es für dich", "unter uns", "vertraulich",
             "ne pas partager", "entre nous", "en privé", "no compartir", "en privado", "entre nosotros",
             "non condividere", "in privato", "tra noi", "não compartilhar", "em privado"]  # fmt: skip
BEFORE = ["", "So close to ", "Warm and sad. ", "Loved it! ", "Très beau, "]
AFTER = ["", " Too close.", " --rewatch", " 🙂", ".", " It stayed with me."]


def shapes(dice: random.Random) -> Iterator[str]:
    """Yield texts that ask for privacy, each with the secret in it."""
    while True:
        kind = dice.randrange(5)
        before, after = dice.choice(BEFORE), dice.choice(AFTER)
        if kind == 0:
            flag = dice.choice(FLAGS)
            yield dice.choice(
                [
                    f"{before}{PRIVATE_WORDS} {flag}{after}",
                    f"{flag} {PRIVATE_WORDS}{after}",
                    f"{PRIVATE_WORDS} ({flag}) {after}",
                ]
            )
        elif kind == 1:
            yield f"{dice.choice(PLAINLY)}{dice.choice([': ', ' - ', '! ', ' ', ', '])}{before}{PRIVATE_WORDS}{after}"
        elif kind == 2:
            left, right = dice.choice([("(", ")"), ("[", "]"), ("*", "*"), ("{", "}")])
            yield f"{before}{PRIVATE_WORDS} {left}{dice.choice(PLAINLY + SENTENCES)}{right}{after}"
        elif kind == 3:
            yield f"{before}{PRIVATE_WORDS}, {dice.choice(PLAINLY)}{dice.choice(['', '.', '!', ' 🙂'])}"
        else:
            yield f"{before}{PRIVATE_WORDS}, {dice.choice(SENTENCES)}{after}"


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


async def test_no_other_member_reads_what_is_meant_to_be_private(room: Room) -> None:
    generated = shapes(random.Random(7))
    await room.say("ben", "/review Her 3/5 Fine.")
    for number in range(60):
        typed = next(generated)
        match number % 4:
            case 0:
                await room.say("ana", f"/review Her 4/5 {typed}")
            case 1:
                await room.say("ana", f"/review Her | {typed}")
            case 2:
                await room.say("ana", ReviewCommand("id:her-2013", text=typed, mine=True))
            case _:
                await room.say("ana", "/review Her 4/5 file:note.txt", attachment=typed)
        for asked in ("/review Her", "/reviews Her", "/reviews @ana", "/recommend like Her"):
            assert PRIVATE_WORDS not in text(await room.say("ben", asked)), typed
        assert all(PRIVATE_WORDS not in text(reply) for _, reply in await room.deliver()), typed


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
    ],
)
async def test_what_plainly_asks_for_privacy_is_obeyed(room: Room, line: str) -> None:
    receipt = await room.say("ana", f"/review Her {line}")
    assert "Only you can read it" in text(receipt)
    assert "--" not in text(receipt)


async def test_words_that_sound_private_are_asked_about_and_kept(room: Room) -> None:
    asked = await room.say("ana", "/review Her 4/5 private Too close")
    assert "That sounds private" in text(asked)
    assert "Too close" not in text(await room.say("ben", "/reviews Her"))
    saved = await room.press("ana", asked, "Only me")
    assert "Only you can read it" in text(saved)
    assert "Too close" in text(saved)


async def test_the_club_may_be_chosen(room: Room) -> None:
    asked = await room.say("ana", "/review Her 4/5 A private eye in love, between us all")
    await room.press("ana", asked, "The club")
    assert "private eye" in text(await room.say("ben", "/reviews Her"))


async def test_a_spoiler_flag_is_obeyed_anywhere(room: Room) -> None:
    await room.say("ana", "/review Her 4/5 She leaves --spoiler, really")
    assert "She leaves" not in text(await room.say("ben", "/review Her"))


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
    ],
)
def test_other_words_are_left_alone(words: str) -> None:
    command = heed(ReviewCommand("Her", text=words))
    assert not command.private
    assert not sounds_private(command)
    assert command.text == words
