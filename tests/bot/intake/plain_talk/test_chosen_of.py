"""Choices and questions about days: words of talk that are titles, too, are no films there."""

import pytest

from bot.catalogue.titles.index import TitleIndex
from bot.catalogue.titles.titled_film import TitledFilm
from bot.domain.ids import FilmId
from bot.features.choosing.commands import ChooseCommand
from bot.features.films.commands import FilmCommand
from bot.intake.lines import read_line
from bot.intake.plain_talk.questions.releases import day_asked, releases_asked
from bot.intake.plain_talk.questions.versus import versus
from bot.language.grammar.reading import Habits
from tests.bot.intake.plain_talk.test_plain_talk import TODAY

SHELF = """Monday;Tuesday;Saturday;Sunday;Yes;No;Tonight;Tomorrow;8;9;Now;Later;It;Heat;Alien;Us;May;April;Wednesday;
Home;Good;Bad;1917;2012;Next Friday;This Friday;Them;Dune""".replace("\n", "").split(";")


@pytest.fixture(scope="module")
def shelf() -> TitleIndex:
    """Titles as someone's whole collection brings them in."""
    return TitleIndex(TitledFilm(FilmId(each.lower()), (each,)) for each in SHELF)


CHAT = (
    "monday or tuesday?", "Monday or Tuesday?", "yes or no?", "tonight or tomorrow?", "8 or 9?", "saturday or sunday?",
    "now or later?", "good or bad?", "april or may?", "us or them?", "this friday or next friday?", "home or tonight",
    "can't decide between monday and wednesday", "should we do monday or tuesday", "which is better, tuesday or wednesday?",
)  # fmt: skip


@pytest.mark.parametrize("line", CHAT)
def test_a_choice_of_days_or_words_is_none_of_films(line: str, shelf: TitleIndex) -> None:
    assert versus(line.strip("?"), shelf) is None
    assert not isinstance(read_line(line, shelf, Habits(today=TODAY)), ChooseCommand)


FILMS = (
    ("heat or dune?", ["heat", "dune"]),
    ("dune or It?", ["dune", "It"]),
    ("“Monday” or “Tuesday”?", ["Monday", "Tuesday"]),
    ("1917 or 2012?", ["1917", "2012"]),
    ("can't decide between heat and alien", ["heat", "alien"]),
    ("which is better, heat, alien or dune", ["heat", "alien", "dune"]),
)


@pytest.mark.parametrize(("line", "films"), FILMS)
def test_a_choice_of_films_still_is(line: str, films: list[str], shelf: TitleIndex) -> None:
    chosen = versus(line, shelf)
    assert chosen is not None
    assert [chosen.film, *chosen.others] == films


TRAVELS = (
    "when are we going to spain", "when are you coming to germany", "when is my sister coming to france", "when do they start in italy",
    "what day is the ferry to spain", "when was the last time in france", "when will you guys arrive in germany", "when is everybody in spain",
    "when is dinner in spain", "what day is the trip to spain",
)  # fmt: skip


@pytest.mark.parametrize("line", TRAVELS)
def test_who_travels_is_no_film(line: str, titles: TitleIndex) -> None:
    assert day_asked(line, titles) is None
    assert not isinstance(read_line(line, titles, Habits(today=TODAY)), FilmCommand)


DAYS = (
    ("when is all of us strangers in germany", "all of us strangers"),
    ("when does the harbour lights come out in spain", "the harbour lights"),
    ("when is our little harbour out in france", "our little harbour"),
    ("what is the release date of harbour lights in spain", "harbour lights"),
    ("when does it come out in germany", "it"),
)


@pytest.mark.parametrize(("line", "film"), DAYS)
def test_the_day_of_a_film_is_still_asked_for(line: str, film: str, titles: TitleIndex) -> None:
    asked = day_asked(line, titles)
    assert asked is not None
    assert asked.film == film


SPANS = (
    ("what came out on friday", "past friday"),
    ("what was released this friday in germany", "past friday"),
    ("which films opened over the weekend", "past weekend"),
    ("what came out on the weekend", "past weekend"),
    ("what got released during march", "past march"),
    ("what came out last friday", "last friday"),
    ("what came out this week", "this week"),
    ("what came out tomorrow", "tomorrow"),
    ("what comes out on friday", "on friday"),
    ("which films open on friday", "on friday"),
    ("what is coming out this weekend", "this weekend"),
    ("got any new films out on friday", "on friday"),
)


@pytest.mark.parametrize(("line", "span"), SPANS)
def test_what_came_out_is_past_and_what_comes_out_to_come(
    line: str, span: str, titles: TitleIndex
) -> None:
    asked = releases_asked(line, titles)
    assert asked is not None
    assert asked.span == span
