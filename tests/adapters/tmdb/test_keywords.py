"""TMDB's keywords: in the words of our vocabulary, as the starter catalogue's themes are."""

from collections import Counter
from importlib.resources import files
from tomllib import loads

import pytest

from adapters.tmdb.keywords import themes_of
from recommender.text.themes import canonical, kind

TABLE = loads(files("adapters.tmdb").joinpath("keywords.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("keywords", "themes"),
    [
        (("woman director", "World War II"), ["directed by women", "Second World War"]),
        (("new york city", "father son relationship"), ["New York", "fathers and sons"]),
        (("dinosaur", "astronaut", "zombie"), ["dinosaurs", "astronauts", "zombie"]),
        (("lighthouse", "grief", "loss of loved one", "mourning"), ["grief", "lighthouse"]),
        (("duringcreditsstinger", "based on novel or book", "imax", "amused", "", "dog"), ["dogs"]),
        (("murder", "serial killer"), ["murder", "serial killer"]),
    ],
)
def test_keywords_are_told_as_our_themes_what_we_know_first(
    keywords: tuple[str, ...], themes: list[str]
) -> None:
    assert themes_of(keywords) == themes


def test_every_theme_of_the_table_is_in_the_vocabulary_and_each_keyword_once() -> None:
    assert [theme for theme in TABLE["themes"] if not kind(canonical(theme))] == []
    listed = [each for keywords in TABLE["themes"].values() for each in keywords]
    assert [each for each, times in Counter(listed).items() if times > 1] == []
    assert all(each == each.lower() for each in listed)
