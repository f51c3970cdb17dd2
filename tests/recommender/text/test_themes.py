"""Vocabulary of themes: near-doubles and kinds."""

from recommender.text import themes
from recommender.text.documents import FilmDocument
from recommender.text.fields import FIELD_NUMBER, FIELDS
from recommender.text.review_words import empty_terms, plain_terms


def test_near_doubles_are_one_theme_and_others_stay_as_they_are() -> None:
    assert themes.canonical("Violence") == themes.canonical("violent") == "violent"
    assert themes.canonical("Lighthouse Keepers") == "lighthouse keepers"


def test_tone_weighs_more_than_setting() -> None:
    assert themes.emphasis("melancholy") > themes.emphasis("paris")
    assert themes.emphasis("lighthouse keepers") == 1


def test_how_a_film_came_about_and_was_received_weighs_next_to_nothing() -> None:
    for theme in ("franchise", "remake", "based on a true story", "cult film", "quotable"):
        assert themes.kind(theme) == "background"
        assert themes.emphasis(theme) < themes.emphasis("paris")


def test_a_theme_is_one_term_and_its_words_are_looked_up_only() -> None:
    film = FilmDocument("f", "F", themes=("wrongly accused", "wrong man", "slow burn"))
    read = {
        name: [term for term, _ in FIELDS[FIELD_NUMBER[name]].read(film)] for name in FIELD_NUMBER
    }
    assert read["theme"] == ["wrongly accused", "slow burn"]
    assert {"slow burn", "slow", "burn"} <= set(read["theme words"])


def test_names_keep_their_capitals_in_a_sentence() -> None:
    assert themes.spelling("tokyo") == "Tokyo"
    assert themes.spelling("second world war") == "Second World War"
    assert themes.spelling("Lighthouse keepers") == "Lighthouse keepers"


def test_words_of_evaluation_and_everyday_life_are_no_subject_and_aspects_are() -> None:
    assert {"perfect", "face", "afternoon"} <= plain_terms()
    assert "ending" not in plain_terms()
    assert "ending" in empty_terms()
    assert not empty_terms() & {"ghost", "grief", "heist", "melancholy"}
