"""Vocabulary of themes: near-doubles and kinds."""

from recommender.text import themes
from recommender.text.documents import FilmDocument
from recommender.text.fields import FIELD_NUMBER, FIELDS


def test_near_doubles_are_one_theme_and_others_stay_as_they_are() -> None:
    assert themes.canonical("Violence") == themes.canonical("violent") == "violent"
    assert themes.canonical("Lighthouse Keepers") == "lighthouse keepers"


def test_tone_weighs_more_than_setting() -> None:
    assert themes.emphasis("melancholy") > themes.emphasis("paris")
    assert themes.emphasis("lighthouse keepers") == 1


def test_a_theme_is_one_term_and_its_words_are_looked_up_only() -> None:
    film = FilmDocument("f", "F", themes=("wrongly accused", "wrong man", "slow burn"))
    read = {
        name: [term for term, _ in FIELDS[FIELD_NUMBER[name]].read(film)] for name in FIELD_NUMBER
    }
    assert read["theme"] == ["wrongly accused", "slow burn"]
    assert {"slow burn", "slow", "burn"} <= set(read["theme words"])
