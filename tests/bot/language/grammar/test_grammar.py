"""The text grammar: its table, and what holds for any line at all."""

from dataclasses import replace
from datetime import date

import pytest

from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import HalfStars, Scale
from bot.features.help.commands import HelpCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import ReviewCommand
from bot.features.reviews.questions.ambiguity import as_title, as_written
from bot.intake.lines import parse
from bot.language.grammar.reading import Habits
from bot.language.grammar.titles import Misread
from bot.messages.commands import Command
from bot.messages.spans import Usage
from bot.registry import TYPED
from tests.bot.language.grammar.long_lines import NAMES, UNITS, long_line
from tests.bot.language.grammar.table import FILMS, ROWS

TODAY = date(2025, 6, 15)


@pytest.fixture(scope="module")
def titles() -> TitleIndex:
    return TitleIndex(
        TitledFilm(FilmId(f"{title}-{year}"), (title,), year) for title, year in FILMS
    )


@pytest.mark.parametrize(("line", "expected"), ROWS, ids=[row[0] or "nothing" for row in ROWS])
def test_a_line_means(line: str, expected: Command | str, titles: TitleIndex) -> None:
    if isinstance(expected, str):
        with pytest.raises(Misread) as refused:
            parse(line, titles, Habits(today=TODAY))
        assert expected in str(refused.value)
        assert refused.value.typed == line
    else:
        assert parse(line, titles, Habits(today=TODAY)) == expected


def refusal(line: str, titles: TitleIndex) -> Misread | None:
    try:
        parse(line, titles)
    except Misread as error:
        return error
    return None


@pytest.mark.parametrize("spec", TYPED, ids=lambda spec: spec.name)
def test_an_example_as_typed_is_read_as_the_command_it_is(
    spec: type[Command], titles: TitleIndex
) -> None:
    for example in spec.examples():
        read = parse(str(Usage(example)), titles, Habits(today=TODAY))
        if isinstance(example, RecommendCommand) and "not gory" in example.mood:
            assert isinstance(read, RecommendCommand)
            assert read.without == "gory, musicals"
        else:
            assert read == example


@pytest.mark.parametrize("name", [spec.name for spec in TYPED])
def test_help_alone_is_help(name: str, titles: TitleIndex) -> None:
    topic = "" if name == "help" else name
    assert parse(f"/{name} help", titles) == HelpCommand(topic or "help")


@pytest.mark.parametrize(
    ("scale", "typed", "half_stars"),
    [
        (Scale.STARS, "4", 8),
        (Scale.FIVE, "3.5", 7),
        (Scale.TEN, "9", 9),
        (Scale.TEN, "8.5", 9),
        (Scale.PERCENT, "85", 9),
        (Scale.PERCENT, "80", 8),
    ],
)
def test_a_bare_number_counts_on_the_members_scale(
    scale: Scale, typed: str, half_stars: int, titles: TitleIndex
) -> None:
    for line in (f'/review "Her" {typed}', f"/review Her rating:{typed}"):
        review = parse(line, titles, Habits(scale))
        assert isinstance(review, ReviewCommand)
        assert review.rating == half_stars


@pytest.mark.parametrize(
    ("line", "scale", "written", "film"),
    [
        ("/review Her 4", Scale.STARS, ReviewCommand("Her", HalfStars(8)), "Her 4"),
        ("/review Her 9", Scale.TEN, ReviewCommand("Her", HalfStars(9)), "Her 9"),
        ("/review Her 9", Scale.STARS, ReviewCommand("Her", text="9"), "Her 9"),
        ("/review Her 4, sad", Scale.FIVE, ReviewCommand("Her", HalfStars(8), "sad"), "Her 4, sad"),
        ("/review Her so sad", Scale.STARS, ReviewCommand("Her", text="so sad"), "Her so sad"),
        ("/review Her so | sad", Scale.STARS, ReviewCommand("Her", text="so sad"), "Her so"),
        ("/review Her 2 3/5 x", Scale.STARS, ReviewCommand("Her", HalfStars(6), "2 x"), "Her 2"),
    ],
)
def test_an_unsure_line_can_be_read_both_ways(
    line: str, scale: Scale, written: ReviewCommand, film: str, titles: TitleIndex
) -> None:
    review = parse(line, titles)
    assert isinstance(review, ReviewCommand)
    assert review.unsure
    assert as_written(review, scale) == written
    assert as_title(review) == replace(review, film=film, unsure="")


def test_a_day_without_its_year_needs_to_know_today(titles: TitleIndex) -> None:
    with pytest.raises(Misread, match="Which year"):
        parse("/review Her --on 3 May", titles)
    with pytest.raises(Misread, match="can't tell"):
        parse("/review Her --on yesterday", titles)


def test_a_leap_day_without_its_year_is_the_last_there_was(titles: TitleIndex) -> None:
    review = parse("/review Her --on 29 February", titles, Habits(today=TODAY))
    assert review == ReviewCommand("Her", watched_on=date(2024, 2, 29))


@pytest.mark.parametrize("opening", '"“”„«»')
@pytest.mark.parametrize("closing", '"”“»«')
def test_all_quotes_are_equal(opening: str, closing: str, titles: TitleIndex) -> None:
    line = f"/review {opening}Past Lives{closing} tender"
    assert parse(line, titles) == ReviewCommand("Past Lives", text="tender")


def test_the_text_is_kept_byte_for_byte(titles: TitleIndex) -> None:
    text = "  two  blanks,\ttabs\r\n\n — dashes “quotes” &amp; <b> \u200f\u202e\x00 e\u0301 "
    for head in ("Her |", "Her 4/5 |", '"Her"\n', "Unheard Of\n", "Her\n"):
        review = parse(f"/review {head}{text}", titles)
        assert isinstance(review, ReviewCommand)
        assert review.text == text.lstrip()


@pytest.mark.parametrize("kind", UNITS)
def test_a_very_long_line_is_read_or_refused_shortly(kind: str, titles: TitleIndex) -> None:
    for name in NAMES:
        line = long_line(name, kind, 50_000)
        refused = refusal(line, titles)
        assert refused is None or (len(str(refused)) < 1_000 and refused.typed == line), name
