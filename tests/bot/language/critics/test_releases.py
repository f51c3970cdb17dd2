"""Release sentences and dates, in three languages."""

from datetime import date

import pytest

from bot.language.critics import CritiqueField
from bot.language.critics.text.calendar_days import find_dates
from tests.bot.language.critics.measure import IndexedFilms, read_critique

DATES = [
    ("26 January 2024", (2024, 1, 26)),
    ("the 26th of January, 2024", (2024, 1, 26)),
    ("January 26, 2024", (2024, 1, 26)),
    ("Jan. 26th 2024", (2024, 1, 26)),
    ("Friday, January 26", (None, 1, 26)),
    ("le 1er mars 2024", (2024, 3, 1)),
    ("le 24 août 2022", (2022, 8, 24)),
    ("8. Februar 2024", (2024, 2, 8)),
    ("am 8.2.2024", (2024, 2, 8)),
    ("08.02.2024", (2024, 2, 8)),
    ("2024-02-08", (2024, 2, 8)),
    ("25/12/2023", (2023, 12, 25)),
    ("12/25/2023", (2023, 12, 25)),
    ("December 2023", (2023, 12, None)),
]
NO_DATES = [
    "31 flavours",
    "2024",
    "in the year 26",
    "4/5",
    "13.13.2024",
    "May they rest",
    "10/10",
    "March on",
]

# text, then (region, kind, day) of each release
SENTENCES = [
    (
        "It is due to be released in the UK on 26 January 2024.",
        [("GB", "cinema", date(2024, 1, 26))],
    ),
    ("In UK cinemas 26 January 2024.", [("GB", "cinema", date(2024, 1, 26))]),
    ("In cinemas 26 January 2024.", [(None, "cinema", date(2024, 1, 26))]),
    ("In US theaters December 22, 2023.", [("US", "cinema", date(2023, 12, 22))]),
    ("In US theaters December 22.", [("US", "cinema", None)]),
    ("It opens in Irish cinemas on Friday 2 February 2024.", [("IE", "cinema", date(2024, 2, 2))]),
    (
        "It is out in France on 1 May 2024, in Germany on 9 May 2024 and in Austria a week later.",
        [
            ("FR", "cinema", date(2024, 5, 1)),
            ("DE", "cinema", date(2024, 5, 9)),
            ("AT", "cinema", date(2024, 5, 9)),
        ],
    ),
    (
        "It opens on 22 December 2023 in the US and on 26 January 2024 in the UK.",
        [("US", "cinema", date(2023, 12, 22)), ("GB", "cinema", date(2024, 1, 26))],
    ),
    (
        "In UK cinemas from 3 May 2024 and on digital from 7 June 2024.",
        [("GB", "cinema", date(2024, 5, 3)), ("GB", "digital", date(2024, 6, 7))],
    ),
    ("On DVD and Blu-ray from 11 March 2024 in the UK.", [("GB", "physical", date(2024, 3, 11))]),
    ("Streaming on MUBI in Canada from 5 April 2024.", [("CA", "digital", date(2024, 4, 5))]),
    ("It is on BBC Two on 4 May 2024, in Britain.", [("GB", "tv", date(2024, 5, 4))]),
    ("Le film sort en salles le 24 janvier 2024.", [(None, "cinema", date(2024, 1, 24))]),
    ("Sortie en Belgique le 31 janvier 2024.", [("BE", "cinema", date(2024, 1, 31))]),
    ("Disponible en VOD en France dès le 2 mai 2024.", [("FR", "digital", date(2024, 5, 2))]),
    ("Kinostart: 8. Februar 2024", [(None, "cinema", date(2024, 2, 8))]),
    ("Ab dem 8. Februar 2024 in den deutschen Kinos.", [("DE", "cinema", date(2024, 2, 8))]),
    ("Auf DVD in Deutschland ab 13. Juni 2024.", [("DE", "physical", date(2024, 6, 13))]),
    ("It premiered at Cannes on 21 May 2023.", [("FR", "premiere", date(2023, 5, 21))]),
    ("An American cast, in UK cinemas from 1 March 2024.", [("GB", "cinema", date(2024, 3, 1))]),
    ("It was shot in the UK in March and finished on 4 April 2022.", []),
    ("Born in Leeds on 4 May 1970, he has opened many doors.", []),
    ("It played well on 4 May 2024 to a hall of dentists.", []),
    ("Published on 4 May 2024.", []),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_a_date_is_read(text: str, expected: tuple[int | None, int, int | None]) -> None:
    (found,) = find_dates(text, 0, len(text))
    assert (found.year, found.month, found.day) == expected


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_none(text: str) -> None:
    assert list(find_dates(text, 0, len(text))) == []


def test_a_day_that_does_not_exist_is_no_day() -> None:
    (found,) = find_dates("31 February 2024", 0, 16)
    assert found.on(2024) is None


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_release_sentence_is_read(
    text: str, expected: list[tuple[str | None, str, date | None]], films: IndexedFilms
) -> None:
    found = read_critique(text, films).releases
    assert [(each.region, each.kind.value, each.day) for each in found] == expected


def test_a_missing_country_is_asked_for_and_only_suggested(films: IndexedFilms) -> None:
    critique = read_critique("Kinostart: 8. Februar 2024", films)
    (release,) = critique.releases
    assert (release.region, release.likely_region) == (None, "DE")
    assert [doubt.field for doubt in critique.doubts] == [CritiqueField.RELEASES]


def test_a_date_that_reads_two_ways_is_asked_for(films: IndexedFilms) -> None:
    critique = read_critique("In UK cinemas 3/4/2024.", films)
    assert critique.releases[0].day is None
    assert "two ways" in critique.doubts[0].why


def test_a_wrong_weekday_is_said(films: IndexedFilms) -> None:
    critique = read_critique("In UK cinemas from Monday 26 January 2024.", films)
    assert critique.releases[0].day == date(2024, 1, 26)
    assert "day of the week" in critique.doubts[0].why


def test_a_title_names_no_region(films: IndexedFilms) -> None:
    text = "An American Werewolf in London is back in cinemas on 31 October 2024."
    assert [each.region for each in read_critique(text, films).releases] == [None]


def test_the_release_of_another_film_is_left_out(films: IndexedFilms) -> None:
    text = (
        "Weekend\n\nWeekend is Andrew Haigh's film with Tom Cullen and Chris New. Weekend aches.\n"
        "His later film, 45 Years, is released in the UK on 28 August 2015."
    )
    critique = read_critique(text, films)
    assert critique.film.film is not None
    assert critique.film.film.title == "Weekend"
    assert critique.releases == ()


def test_the_year_comes_from_the_catalogue_only_if_the_film_is_sure(films: IndexedFilms) -> None:
    sentence = "Aftersun is in UK cinemas from 18 November."
    alone = read_critique(sentence, films)
    assert alone.releases[0].day is None
    whole = read_critique(
        f"Aftersun\n\nCharlotte Wells directs Paul Mescal and Frankie Corio. {sentence}", films
    )
    assert whole.releases[0].day == date(2022, 11, 18)
