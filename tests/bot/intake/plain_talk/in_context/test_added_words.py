"""Words added to a review of one's own: behind those that are there, never in their place."""

import pytest

from bot.domain.ids import ClubId, MemberId
from bot.domain.reviews.ratings import HalfStars
from bot.domain.reviews.review import Review
from bot.features.reviews.commands import ReviewCommand
from bot.request.lookup.commands import AddFilmCommand
from tests.support import Room, text

ADDED = (
    ("also, the score was great", "The city. The score was great"),
    ("and the ending drags", "The city. The ending drags"),
    ("oh and pacino shouts", "The city. Pacino shouts"),
    ("forgot to say: the diner scene is perfect", "The city. The diner scene is perfect"),
    ("PS the coffee was my favourite", "The city. The coffee was my favourite"),
    ("also, spoiler: he dies", "The city. ||he dies||"),
    ("add to my review of heat: the ending drags", "The city. The ending drags"),
    ('add "so long" to my review', "The city. So long"),
    ("add to my heat review that the city glows", "The city. The city glows"),
    ("please append to my review: too long", "The city. Too long"),
)


async def own(room: Room, member: str = "ana") -> list[Review]:
    async with room.store.reading(ClubId(room.club)) as work:
        return list(await work.reviews.of_member(MemberId(f"test:{member}")))


@pytest.mark.parametrize(("line", "words"), ADDED)
async def test_words_are_added_once_that_is_confirmed(line: str, words: str, room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 The city")
    asked = await room.say("ana", line)
    assert [each.text for each in await own(room)] == ["The city"]
    changed = await room.press("ana", asked, "Save")
    assert text(changed).startswith("Changed your review of Heat (1995): ★★★★")
    assert [(each.text, each.rating) for each in await own(room)] == [(words, 8)]


NOT_ADDED = (
    "also something funny please", "and a comedy", "also add alien to my list", "and what about alien?",
    "and alien 3/5", "and ben?", "also i'm in for friday", "and we could order pizza",
)  # fmt: skip


@pytest.mark.parametrize("line", NOT_ADDED)
async def test_what_asks_for_something_else_is_not_added(line: str, room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 The city")
    assert "The city" not in text(await room.say("ana", line))


async def test_nothing_is_added_to_what_others_wrote_or_to_an_old_review(room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 The city")
    assert "The city" not in text(await room.say("ben", "also, the score was great"))
    room.clock.forward(minutes=20)
    assert "The city" not in text(await room.say("ana", "also, the score was great"))


async def test_words_are_added_to_a_review_that_waits_to_be_saved(room: Room) -> None:
    await room.say("ana", "heat 4/5 | the city")
    asked = await room.say("ana", "also, the score was great")
    await room.press("ana", asked, "Save")
    assert [(each.text, each.rating) for each in await own(room)] == [
        ("the city. The score was great", 8)
    ]


async def test_a_private_review_stays_private(room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 The city --private")
    asked = await room.say("ana", "also, the score was great")
    await room.press("ana", asked, "Save")
    assert [each.private for each in await own(room)] == [True]
    assert not await room.deliver()


LONG_TITLES = (
    ("The Good, the Bad and the Ugly", "add to my review of The Good, the Bad and the Ugly: the score", "the score"),
    ("Spider-Man: No Way Home", "add to my review of Spider-Man: No Way Home: the end", "the end"),
    ("Spider-Man: No Way Home", "add to my review of spider-man: no way hom: the end", "the end"),
    ("Spider-Man: No Way Home", "add to my spider-man: no way home review: the end", "the end"),
    ("All That Heaven Allows", "add to my review of All That Heaven Allows: the leaves, that red", "the leaves, that red"),
    ("All That Heaven Allows", "add to my review of All That Heaven Allows that the leaves glow", "the leaves glow"),
    ("Notes on a Scandal", "add to my notes on a scandal review: the cat", "the cat"),
    ("Notes on a Scandal", "add to my notes on a scandul review: the cat", "the cat"),
    ("The Good, the Bad and the Ugly", "add to my review of the good, the bad an the ugly: the score", "the score"),
    ("Heat", 'add to my review of "Heat": alien, that is better', "alien, that is better"),
    ("Heat", "add to my review of heat (1995) - the end: so sad", "the end: so sad"),
    ("Heat", "add to my review of heat: the ending drags, that city glows", "the ending drags, that city glows"),
)  # fmt: skip
LACKING = ("The Good", "All", "Notes on a Scandal")
"""Titles that the starter catalogue lacks."""


async def with_short_titles(room: Room) -> None:
    """Add films whose titles begin longer ones."""
    for title in LACKING:
        await room.say("ana", AddFilmCommand(title, 2003))


@pytest.mark.parametrize(("film", "line", "words"), LONG_TITLES)
async def test_a_title_with_a_comma_a_colon_or_that_is_one_title(
    film: str, line: str, words: str, room: Room
) -> None:
    await with_short_titles(room)
    await room.say("ana", ReviewCommand(film, HalfStars(8), "Before"))
    await room.press("ana", await room.say("ana", line), "Save")
    (review,) = await own(room)
    assert review.text == f"Before. {words[0].upper()}{words[1:]}"
    assert review.rating == 8


async def test_a_title_alone_adds_nothing_to_a_shorter_title(room: Room) -> None:
    await with_short_titles(room)
    await room.say("ana", ReviewCommand("Spider-Man", HalfStars(8), "Before"))
    asked = await room.say("ana", "add to my review of Spider-Man: No Way Home")
    assert "Before" not in text(asked)


async def test_of_several_films_of_a_title_the_one_with_a_review_is_meant(room: Room) -> None:
    await room.say("ana", "/review Dune (2021) 4/5 The sand")
    asked = await room.say("ana", "add to my review of dune: the worms")
    await room.press("ana", asked, "Save")
    assert [(each.text, each.rating) for each in await own(room)] == [("The sand. The worms", 8)]
