"""The film card: every fact that is recorded, and in one line what the club thinks."""

import pytest

from bot.messages.plain_text import plain
from bot.messages.replies import Field, FilmCard
from tests.support import Room, actions, text


def facts(reply_card: tuple[Field, ...]) -> dict[str, str]:
    return {str(each.name): plain(each.spans) for each in reply_card}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "The Empire Strikes Back",
            {"From": "US · English · 124 min", "Series": "Star Wars, part 5"},
        ),
        (
            "Tokyo Story",
            {
                "Directed by": "Yasujirō Ozu",
                "From": "Japan · Japanese · 136 min · black and white",
            },
        ),
        ("The Wizard of Oz", {"From": "US · English · 102 min · colour and black and white"}),
        ("Thelma & Louise", {"Written by": "Callie Khouri", "From": "US · English · 129 min"}),
    ],
)
async def test_it_tells_what_is_recorded(room: Room, asked: str, told: dict[str, str]) -> None:
    reply = await room.press("ana", await room.say("ana", f"/film {asked}"), "Details")
    card = next(block for block in reply.blocks if isinstance(block, FilmCard))
    assert told.items() <= facts(card.facts).items()
    assert 20 < len(plain(card.logline).split()) < 50


@pytest.mark.parametrize(
    ("asked", "line", "series"),
    [
        ("Amélie", "Jean-Pierre Jeunet · 122 min · France and Germany · in French", None),
        ("Aftersun", "Charlotte Wells · 101 min · UK and US · in English", None),
        ("Flow", "Gints Zilbalodis · 85 min · Latvia and France · nearly wordless", None),
        ("Metropolis", "Fritz Lang · 153 min · Germany · silent", None),
        ("Paddington 2", "Paul King · 104 min · UK and France · in English", "Paddington, part 2"),
    ],
)
async def test_the_short_card_tells_its_language_and_its_series(
    room: Room, asked: str, line: str, series: str | None
) -> None:
    reply = await room.say("ana", f"/film {asked}")
    card = next(block for block in reply.blocks if isinstance(block, FilmCard))
    assert plain(card.byline) == line
    assert facts(card.facts).get("Series") == series


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ((), "Nobody here has reviewed it yet."),
        (("4/5 Warm.",), "In this club: ★★★★  4.0/5 from 1 rating"),
        (("4/5", "4/5"), "In this club: 2 loved it · ★★★★  4.0/5 from 2 ratings"),
        (
            ("2/5", "5/5"),
            "In this club: 1 loved it, 1 minded it · ★★★½  3.5/5 from 2 ratings, from ★★ to ★★★★★",
        ),
        (("| Quiet.", "| Loud."), "In this club: 2 reviews, no rating."),
        (
            ("--dnf", "| Quiet."),
            "In this club: 1 review and 1 member did not finish it, no rating.",
        ),
        (("4/5 Mine alone. --private",), "Nobody here has reviewed it yet."),
    ],
)
async def test_what_the_club_thinks_is_one_line(
    room: Room, said: tuple[str, ...], line: str
) -> None:
    for name, review in zip(("ana", "ben", "cleo"), said, strict=False):
        await room.say(name, f'/review "Her" {review}')
    assert line in text(await room.say("dan", "/film Her")).splitlines()


async def test_the_clubs_card_is_one_press_away_once_there_are_reviews(room: Room) -> None:
    labels = [each.label for each in actions(await room.say("ana", "/film Her"))]
    assert "Show the club's card" not in labels
    await room.say("ben", "/review Her 4/5 Warm and quietly funny.")
    card = await room.say("ana", "/film Her")
    assert "Warm and quietly funny. — ben" in text(
        await room.press("ana", card, "Show the club's card")
    )


async def test_a_locked_score_is_not_told_in_the_channel_even_to_who_has_seen_it(
    room: Room,
) -> None:
    await room.say("boss", "/setup spoilers seen", admin=True)
    await room.say("ana", "/review Her 4/5 Warm.")
    reply = await room.say("ana", "/film Her")
    assert reply.visibility == "club"
    assert "★" not in text(reply)
    line = "1 review here. Scores unlock on the club's card once you have seen it."
    assert line in text(reply).splitlines()
