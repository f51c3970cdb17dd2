"""Which film a text is about: sure, asked for, or unknown."""

import pytest

from bot.language.critics import Certainty, Disagreement
from tests.bot.language.critics.measure import IndexedFilms, read_critique

SURE = [
    (
        "Carol review\n\nCate Blanchett and Rooney Mara meet over gloves. Carol is cold and lovely.",
        "carol-2015",
    ),
    ("Solaris (1972)\n\nAndrei Tarkovsky takes his time. Solaris hums.", "solaris-1972"),
    (
        "Solaris (2002)\n\nGeorge Clooney shuts the door of the tin can. Solaris hums.",
        "solaris-2002",
    ),
    ("“Close”\n\nLukas Dhont watches two boys run. “Close” hurts.", "close-2022"),
    ("HER\n\nSpike Jonze gives Joaquin Phoenix a voice to love.", "her-2013"),
    ("1917\n\nSam Mendes runs with George MacKay through one long day.", "1917-2019"),
]
ASKED = [
    "Suspiria\n\nA girl arrives at a school in the rain, and the walls are red.",
    "I kept thinking of Aftersun, and of nothing else.",
    "Weekend, Carol and Moonlight are three films in which somebody waits at a station.",
]
UNKNOWN = [
    "",
    "Her mother told her to close the door; they burn the toast and drive to the ghost town.",
    "The Glass Ferryman (2031)\n\nNobody rows like him. The Glass Ferryman is a wonder, if no Aftersun.",
]


@pytest.mark.parametrize(("text", "film_id"), SURE)
def test_a_film_that_stands_out_is_sure(text: str, film_id: str, films: IndexedFilms) -> None:
    finding = read_critique(text, films).film
    assert finding.certainty is Certainty.SURE
    assert [each.film.film_id for each in finding.candidates] == [film_id]
    assert finding.candidates[0].evidence


@pytest.mark.parametrize("text", ASKED)
def test_where_it_is_not_clear_the_candidates_are_listed(text: str, films: IndexedFilms) -> None:
    finding = read_critique(text, films).film
    assert finding.certainty is Certainty.ASKS
    assert finding.film is None
    assert finding.candidates


@pytest.mark.parametrize("text", UNKNOWN)
def test_a_text_about_no_film_of_ours_says_so(text: str, films: IndexedFilms) -> None:
    finding = read_critique(text, films).film
    assert finding.certainty is Certainty.UNKNOWN
    assert finding.candidates == ()


def test_an_unknown_films_name_and_year_are_kept(films: IndexedFilms) -> None:
    finding = read_critique(UNKNOWN[-1], films).film
    assert (finding.title, finding.year) == ("The Glass Ferryman", 2031)


def test_a_misspelt_title_is_asked_about(films: IndexedFilms) -> None:
    text = "Portrait of a Lady in Fire (2019)\n\nA painter comes to an island."
    finding = read_critique(text, films).film
    assert finding.certainty is Certainty.ASKS
    assert finding.candidates[0].film.title == "Portrait of a Lady on Fire"


def test_a_sequel_is_not_taken_for_the_first_film(films: IndexedFilms) -> None:
    text = "The Matrix Rebooted\n\nKeanu Reeves is back. The Matrix Rebooted is loud. The Matrix Rebooted ends."
    assert read_critique(text, films).film.film is None


def test_another_director_keeps_it_from_being_sure(films: IndexedFilms) -> None:
    text = "Aftersun (2022)\n\nDirected by Ottilie Brandt, Aftersun comes back once more. Aftersun drips."
    critique = read_critique(text, films)
    assert critique.film.certainty is not Certainty.SURE
    assert Disagreement("director", "Ottilie Brandt", "Charlotte Wells") in critique.disagreements


def test_a_film_that_a_member_names_is_not_looked_for(films: IndexedFilms) -> None:
    text = "A house, a ghost and Nicole Kidmann with her keys. Aftersun it is not."
    (others,) = (each for each in films.films.values() if each.title == "The Others")
    critique = read_critique(text, films, others)
    assert critique.film.film is others
    assert critique.disagreements == (Disagreement("actor", "Nicole Kidmann", "Nicole Kidman"),)


def test_the_longest_title_wins(films: IndexedFilms) -> None:
    text = "Blade Runner 2049\n\nDenis Villeneuve sends Ryan Gosling into the dust in Blade Runner 2049."
    film = read_critique(text, films).film.film
    assert film is not None
    assert film.film_id == "blade-runner-2049-2017"
