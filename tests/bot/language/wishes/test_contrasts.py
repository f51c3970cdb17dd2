"""Wishes that name films to turn from them: seen ones, parts of a series, comparisons, contradictions."""

import pytest

from tests.bot.language.wishes.headings import check_heading
from tests.support import Room, items, text

HEADINGS = [
    ("spanish but not from spain", "Films in Spanish, not from Spain"),
    ("english but not from england", "Films in English, not British"),
    ("japanese but not anime", "Japanese films, no anime"),
    ("something short", "Films that are short"),
    ("popular french films", "Popular French films"),
    ("heartbroken", "Films about a break-up"),
    ("film at the beach", "Films at the beach"),
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
    ("we've watched all the marvel films, what now", "If you liked The Avengers, no Marvel films"),
    ("seen the matrix a million times, more like that", "If you liked The Matrix"),
    ("groundhog day type thing but not groundhog day", "If you liked Groundhog Day"),
    ("tarantino but i've seen pulp fiction and kill bill", "Films by Quentin Tarantino, not Pulp Fiction, not Kill Bill: Volume 1"),
    ("treasure, indiana jones but no indiana jones", "If you liked Raiders of the Lost Ark: films about treasure, no Indiana Jones films"),
    ("harry potter but 4 grownups", "If you liked Harry Potter and the Philosopher's Stone: films for grown-ups"),
    ("a film set in rome", "Films set in Rome"),
    ("amelie but darker", "If you liked Amélie: dark films"),
    ("the godfather but japanese", "If you liked The Godfather: Japanese films"),
    ("toy story for grown-ups", "If you liked Toy Story: films for grown-ups"),
    ("like Mad Max but with women", "If you liked Mad Max: films with a heroine"),
    ("Spirited Away, only live-action", "If you liked Spirited Away: films with living actors"),
    ("Jaws if it was a comedy", "If you liked Jaws: comedies"),
    ("my kids got into star wars", "If you liked Star Wars: films for the kids"),
    ("you know parasite? but french", "If you liked Parasite: French films"),
    ("wes andersen, early ones b4 he got too twee imo", "Early films by Wes Anderson"),
    ("tim burton before he got lazy", "Early films by Tim Burton"),
    ("chinese japanese or korean action", "Chinese, Japanese or Korean action films"),
    ("ppl breaking out of prison", "Prison escapes"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "heading"), HEADINGS)
async def test_the_heading_says_the_wish(typed: str, heading: str, room: Room) -> None:
    await check_heading(typed, heading, room)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("the third harry potter", "Harry Potter and the Prisoner of Azkaban"),
        ("the latest mission impossible", "Mission: Impossible – The Final Reckoning"),
        ("the second alien film", "Aliens"),
        ("the 2nd godfather", "The Godfather Part II"),
        ("the second lord of the rings", "The Lord of the Rings: The Two Towers"),
        ("bong joon ho's latest", "Mickey 17"),
        ("the first film by wes anderson", "Rushmore"),
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


async def test_films_like_an_animated_one_are_animated_whatever_they_turn_to(room: Room) -> None:
    reply = await room.say("ana", "/recommend like Toy Story but for grown-ups count 8")
    assert "Barbie" not in text(reply)
    assert "Mary and Max" in text(reply)


async def test_somebody_else_is_asked_for_beside_those_whose_films_were_seen(room: Room) -> None:
    reply = await room.say(
        "ana", "/recommend watched every hitchcock, now someone ELSE doing hitchcock, 50s 60s"
    )
    heading = text(reply).split("\n")[0]
    assert heading.endswith("films from the 1950s or the 1960s, not by Alfred Hitchcock")
    assert len(items(reply)) == 5


async def test_who_minds_a_death_gets_sad_films_last(room: Room) -> None:
    told = text(await room.say("ana", "/recommend a film with a dog, the dog doesn't die"))
    assert "whether “the dog doesn't die”" in told
    assert "One Hundred and One Dalmatians" in told
    assert "Umberto D." not in told


@pytest.mark.parametrize("typed", ["horror we haven't seen", "horror i've never seen"])
async def test_what_was_not_seen_is_not_ruled_out(typed: str, room: Room) -> None:
    assert text(await room.say("ana", f"/recommend {typed}")).startswith("Horror films\n")


async def test_a_manner_named_after_who_made_films_asks_for_others_like_them(room: Room) -> None:
    told = text(await room.say("ana", "/recommend a hitchcockian thriller, not by hitchcock"))
    heading = told.split("\n")[0]
    assert heading.startswith("If you liked North by Northwest")
    assert heading.endswith("thrillers, not by Alfred Hitchcock")
    assert "Rebecca" not in told


@pytest.mark.parametrize("typed", ["an italian comedy", "guardian angels", "a victorian drama"])
async def test_what_only_sounds_like_a_manner_is_none(typed: str, room: Room) -> None:
    assert "If you liked" not in text(await room.say("ana", f"/recommend {typed}"))


async def test_where_the_wrong_side_wins_is_answered_and_said_to_be_unknown(room: Room) -> None:
    reply = await room.say("ana", "/recommend movies where the bad guy wins")
    assert "whether “the bad guy wins”" in text(
        reply
    ) or "whether “where the bad guy wins”" in text(reply)
    assert len(items(reply)) == 5
