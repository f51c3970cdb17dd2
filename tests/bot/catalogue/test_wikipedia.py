"""Wikipedia film lists: leaked markup goes, directors come out of the text, doubtful text stays out."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.catalogue.importing.credits import page_of
from bot.catalogue.importing.extracts import directors_of, year_said
from bot.catalogue.importing.files.reader import Skipped, files_in
from bot.catalogue.importing.wikipedia import clean_cast, clean_text, clean_title, wikipedia_films
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.messages.replies import Footnote
from bot.messages.spans import Link
from tests.support import Room, text


def _read(*records: object) -> list[Film | Skipped]:
    data = json.dumps(records).encode()
    (member,) = files_in(gzip.compress(data), "films.json.gz")
    return list(wikipedia_films(member))


def _one(**changes: object) -> Film:
    record: Mapping[str, object] = {
        "title": "Harbour Light",
        "year": 1994,
        "cast": ["Ada Lund", "Ben Okri"],
        "genres": ["Drama", "Silent"],
        "href": "Harbour_Light_(film)",
        "extract": "Harbour Light is a 1994 drama film directed by Mara Voss and starring Ada Lund.",
        "thumbnail": "https://example.org/x.png",
        **changes,
    }
    (film,) = _read(record)
    assert isinstance(film, Film)
    return film


def test_a_record_becomes_a_film_that_names_its_page() -> None:
    assert _one() == Film(
        film_id="",  # type: ignore[arg-type]  # given when it is put on the catalogue
        title="Harbour Light",
        year=1994,
        directors=("Mara Voss",),
        cast=("Ada Lund", "Ben Okri"),
        genres=("drama",),
        themes=("silent film",),
        logline="Harbour Light is a 1994 drama film directed by Mara Voss and starring Ada Lund.",
        source="wikipedia:Harbour_Light_(film)",
    )
    assert _one(href=None, extract=None).source == "wikipedia"


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({}, "no title"),
        ({"title": 7, "year": 1994}, "no title"),
        ({"title": " ", "year": 1994}, "the title is empty"),
        ({"title": "[1]", "year": 1994}, "the title is empty"),
        ({"title": "x" * 251, "year": 1994}, "a title of more than 250 characters"),
        ({"title": "Her"}, "no year between 1870 and 2100"),
        ({"title": "Her", "year": "2013"}, "no year between 1870 and 2100"),
        ({"title": "Her", "year": True}, "no year between 1870 and 2100"),
        ({"title": "Her", "year": 20131}, "no year between 1870 and 2100"),
        ({"title": "Her", "year": 2013, "cast": "Ada"}, "cast or genres are no list"),
        ({"title": "Her", "year": 2013, "extract": "x" * 20_001}, "a text of more than 20,000"),
        (["Her", 2013], "not a JSON object"),
    ],
)
def test_a_record_that_is_no_film_is_skipped_with_its_reason(record: object, reason: str) -> None:
    film, skipped = _read({"title": "Her", "year": 2013, "cast": None}, record)
    assert isinstance(film, Film)
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith(reason)


@pytest.mark.parametrize(
    ("leaked", "title"),
    [
        (
            "Harbour .mw-parser-output .frac{white-space:nowrap}.mw-x .num,.mw-x .den{a:b}33+1⁄3: On",
            "Harbour 33⅓: On",
        ),
        ("Apples 10 1⁄2", "Apples 10½"),
        ("The Cord[1]", "The Cord"),
        ("By Night\xa0[fr]", "By Night"),
        ("Stone (film)", "Stone"),
        ("Stone (1950 film)", "Stone"),
        ("Salt &amp; <i>Pepper</i>", "Salt & Pepper"),
        ("(500) Days", "(500) Days"),
        ("[REC]", "[REC]"),
        ("8½", "8½"),
        ("a\x00b\u202e", "ab"),
    ],
)
def test_markup_goes_out_of_titles(leaked: str, title: str) -> None:
    assert clean_title(leaked) == title


def test_markup_goes_out_of_text() -> None:
    assert clean_text("\n A  film.[2] <b>Bold</b>&nbsp;[a] end [sic]\n") == "A film. Bold end"


def test_only_people_stay_in_a_cast() -> None:
    names = ["Ada Lund (actress)", ")", "(narrator)", "and", "Ben Okri]]", "screenwriter)", "RZA"]
    more = ["Sammy Davis Jr.", "50 Cent", "Academy Award for Best Actor", "?", "Ada Lund", "the"]
    assert clean_cast(names + more) == ("Ada Lund", "Ben Okri", "RZA", "Sammy Davis Jr.", "50 Cent")
    assert len(clean_cast([f"Name Number{n}" for n in range(99)])) == 30


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a film directed by Mara Voss.", "Mara Voss"),
        ("a film directed by Mara Voss. The film stars Ada Lund.", "Mara Voss"),
        (
            "a film written and directed by Mara Voss and Lev Orn, starring Ada Lund.",
            "Mara Voss, Lev Orn",
        ),
        ("Directed by Mara Voss and written by Lev Orn.", "Mara Voss"),
        ("a film directed, written and produced by Mara Voss.", "Mara Voss"),
        (
            "a film co-directed by Mara Voss, Lev Orn, and Tom de la Cruz and starring Ada Lund.",
            "Mara Voss, Lev Orn, Tom de la Cruz",
        ),
        ("a film directed by Mara and Lev Orn.", "Mara Orn, Lev Orn"),
        ("a film directed by W. S. Van Dyke. The script", "W. S. Van Dyke"),
        ("a film directed by D. W. Griffith and starring Ada Lund", "D. W. Griffith"),
        ("a film directed by Efrem Zimm Jr. and Ada Lund.", "Efrem Zimm Jr., Ada Lund"),
        ("a film directed by and starring Mara Voss and Lev Orn.", "Mara Voss"),
        ("a film written, directed by, and starring Mara Voss.", "Mara Voss"),
        ("a film directed by first-time director Mara Voss.", "Mara Voss"),
        ("a film directed by Brazilian filmmaker Mara Voss.", "Mara Voss"),
        ("a film directed by Mara Voss, Stone Walk tells of a boy.", "Mara Voss"),
        ("a film directed by Mara Voss and distributed by Big House.", "Mara Voss"),
        ("a film directed by Mara Voss and stars Ada Lund.", "Mara Voss"),
        ("It is the directorial debut of Mara Voss, who wrote it.", "Mara Voss"),
        ("a film directed by Éva D'Amour-O'Neil in Spain.", "Éva D'Amour-O'Neil"),
        ("a film directed by Orn. It was written by Lev Orn in a week.", "Lev Orn"),
        ("a film directed by McG, produced by Ada Lund.", "McG"),
        ("a film that was directed by a woman.", ""),
        ("a film about a director.", ""),
        ("", ""),
    ],
)
def test_directors_are_read_out_of_the_text(text: str, names: str) -> None:
    assert ", ".join(directors_of(text)) == names


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Stone is a 2009 American drama film from a book of 1950.", 2009),
        ("Stone is an American silent film released in 1918.", None),
        ("2046 was an idea. Stone was a lost 1927 film.", 1927),
        ("Stone is a film.", None),
    ],
)
def test_the_year_that_the_text_gives(text: str, year: int | None) -> None:
    assert year_said(text) == year


def test_a_text_about_another_film_of_the_name_is_left_out() -> None:
    other = "Harbour Light is a 1931 film directed by Lev Orn, with Tom Cruz."
    assert _one(extract=other).logline == ""
    assert _one(extract=other).directors == ()
    late = "Harbour Light is a 1988 film directed by Mara Voss, released in 1994."
    assert _one(extract=late).logline == late
    cast = "Harbour Light is a 1988 film directed by Mara Voss, with Ben Okri."
    assert _one(extract=cast).directors == ("Mara Voss",)


@pytest.mark.parametrize(
    ("href", "page"),
    [
        ("Harbour_Light_(film)", "https://en.wikipedia.org/wiki/Harbour_Light_(film)"),
        ("Franny%27s_Feet", "https://en.wikipedia.org/wiki/Franny%27s_Feet"),
        ('a"><b c?', "https://en.wikipedia.org/wiki/a%22%3E%3Cb%20c%3F"),
        ("", None),
    ],
)
def test_a_film_leads_to_its_page(href: str, page: str | None) -> None:
    assert page_of(_one(href=href)) == page


async def test_a_card_with_wikipedias_text_names_page_and_licence(room: Room) -> None:
    film = replace(_one(), film_id=FilmId("harbour-light-1994"))
    await room.store.catalogue.put([film], source="import", digest="1")
    for line in ("/film id:harbour-light-1994", "/review id:harbour-light-1994"):
        shown = await room.say("ana", line)
        assert "Text from Wikipedia, CC BY-SA 4.0" in text(shown), line
        links = [
            span.url
            for block in shown.blocks
            if isinstance(block, Footnote)
            for span in block.spans
            if isinstance(span, Link)
        ]
        assert links[0] == "https://en.wikipedia.org/wiki/Harbour_Light_(film)"


@pytest.mark.parametrize(
    ("title", "year", "page", "said", "found"),
    [
        ("Harbour Light 3D", 2012, "Harbour_Light_(1994_film)", 1994, ("Harbour Light", 1994)),
        ("Harbour Light: Special Edition", 1995, "Harbour_Light", 1994, ("Harbour Light", 1994)),
        ("Harbour Light (3D re-release)", 2012, "Harbour_Light", 1994, ("Harbour Light", 1994)),
        # One that was in 3-D from the first, one of its own year, one whose words only sound so.
        ("Harbour 3-D", 1994, "Harbour_3-D", 1993, ("Harbour 3-D", 1994)),
        ("Harbour 3D", 1994, "Harbour_(film)", 1994, ("Harbour 3D", 1994)),
        ("The Climax", 1996, "The_Climax_(film)", 1994, ("The Climax", 1996)),
    ],
)
def test_a_re_release_is_the_film_of_the_first_release(
    title: str, year: int, page: str, said: int, found: tuple[str, int]
) -> None:
    film = _one(title=title, year=year, href=page, extract=f"It is a {said} film by Ada Lund.")
    assert (film.title, film.year) == found


def test_words_around_a_cast_are_no_people() -> None:
    listed = ["Voices of", "voices of", "profile of 4 unusual occupations", "Ada Lund"]
    assert clean_cast(listed) == ("Ada Lund",)
