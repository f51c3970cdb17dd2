"""Wishes that name films to turn from them: seen ones, parts of a series, comparisons, contradictions."""

import pytest

from tests.support import Room, items, text

HEADINGS = [
    ("kubrick but i've seen the shining like 10 times", "Films by Stanley Kubrick, not The Shining"),
    ("hitchcock, we've already seen psycho", "Films by Alfred Hitchcock, not Psycho"),
    ("my kids have seen all the pixars, what else is there", "Films for the kids, no Pixar films"),
    ("bond, seen skyfall already", "James Bond films, not Skyfall"),
    ("groundhog day type thing, seen it 2 many times", "If you liked Groundhog Day"),
    ("notting hill vibes", "If you liked Notting Hill"),
    ("nolan without batman", "Films by Christopher Nolan, not Batman"),
    ("ghibli style but not actualy ghibli", "Films in the manner of Ghibli, no Ghibli films"),
    ("pixar for adults", "Computer-animated films for grown-ups"),
    ("date night, not too romantic", "Films for date night, no love stories"),
    ("based on a comic book but no superheroes", "Films based on a comic, no superhero films"),
    ("newer than Fury Road", "Films newer than Mad Max: Fury Road"),
    ("nothing newer than Jaws", "Films not newer than Jaws"),
    ("comedies not longer than Airplane", "Comedies not longer than Airplane!"),
    ("whats good from iceland norway or finland, going there in june", "Films from Iceland, Norway or Finland"),
    ("cant be bothered with subtitles tonight. thriller", "Thrillers, in English"),
    ("two cops who hate each other lol", "Buddy-cop films"),
    ("romance where they don't end up together", "Sad love stories"),
    ("90s romcom ya know, meg ryan vibes", "Romantic comedies from the 1990s with Meg Ryan"),
    ("une comédie française", "French comedies"),
    ("ein kurzer animationsfilm für kinder", "Short animated films for the kids"),
    ("film francesi degli anni sessanta", "French films from the 1960s"),
    ("una de vaqueros", "Westerns"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "heading"), HEADINGS)
async def test_the_heading_says_the_wish(typed: str, heading: str, room: Room) -> None:
    reply = await room.say("ana", f"/recommend {typed}")
    assert text(reply).split("\n")[0] == heading
    assert items(reply)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("the third harry potter", "Harry Potter and the Prisoner of Azkaban"),
        ("the latest mission impossible", "Mission: Impossible – The Final Reckoning"),
        ("the second alien film", "Aliens"),
        ("the 2nd godfather", "The Godfather Part II"),
    ],
)
async def test_a_part_of_a_series_is_found_by_its_number(
    typed: str, title: str, room: Room
) -> None:
    reply = await room.say("ana", f"/recommend {typed}")
    assert [each.title.split(" (")[0] for each in items(reply)] == [title]


@pytest.mark.parametrize(
    ("typed", "ruled_out"),
    [
        ("nolan without batman", "The Dark Knight"),
        ("hitchcock but i've seen psycho", "Psycho"),
        ("bond, seen skyfall already", "Skyfall"),
        ("groundhog day type thing but not groundhog day", "Groundhog Day"),
    ],
)
async def test_films_that_are_ruled_out_are_not_picked(
    typed: str, ruled_out: str, room: Room
) -> None:
    reply = await room.say("ana", f"/recommend {typed} count 10")
    titles = [each.title.split(" (")[0] for each in items(reply)]
    assert len(titles) >= 5
    assert not [each for each in titles if ruled_out in each]


@pytest.mark.parametrize("typed", ["horror we haven't seen", "horror i've never seen"])
async def test_what_was_not_seen_is_not_ruled_out(typed: str, room: Room) -> None:
    assert text(await room.say("ana", f"/recommend {typed}")).startswith("Horror films\n")
