"""Everyday names of themes: each is read as its theme, and none is a film's title."""

import pytest

from bot.catalogue.club_index import film_document
from bot.catalogue.starter import starter_films
from bot.catalogue.titles.index import TitleIndex
from bot.catalogue.titles.titled_film import TitledFilm
from bot.language.wishes.lexicon import data
from bot.language.wishes.reading.wishes import read_wish
from recommender import BaseIndex
from recommender.text import themes

EVERYDAY = data.table("everyday.toml")


@pytest.fixture(name="index", scope="module")
def starter_index() -> BaseIndex:
    return BaseIndex.build(map(film_document, starter_films()))


def test_themes_are_those_of_the_vocabulary() -> None:
    known = {theme for group in themes.kinds().values() for theme in group}
    assert EVERYDAY.keys() <= known


def test_a_phrase_is_no_title_for_then_the_film_would_not_be_found() -> None:
    titles = TitleIndex([TitledFilm.of(film) for film in starter_films()])
    assert not [each for phrases in EVERYDAY.values() for each in phrases if titles.is_title(each)]


def test_each_phrase_asks_for_its_theme(index: BaseIndex) -> None:
    others = []
    for theme, phrases in EVERYDAY.items():
        for phrase in phrases:
            demands = read_wish(f"smth with {phrase}", index, 2024).demands
            if not any(("tag", theme) in each.any_of for each in demands):
                others.append((theme, phrase))
    assert not others
