"""What holds for any line at all: it is read or refused, and no word of it is lost."""

from dataclasses import fields

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import HalfStars
from bot.features.picks.commands import RecommendCommand
from bot.features.releases.commands import RemindCommand
from bot.features.reviews.commands import ReviewCommand
from bot.intake.lines import parse
from bot.language.grammar.slack import decode_slack
from bot.language.grammar.titles import Misread
from bot.language.wishes.lexicon.notions import lexicon
from bot.messages.commands import Command
from bot.registry import COMMANDS, TYPED
from tests.bot.language.grammar.table import FILMS, ROWS

TITLES = TitleIndex(TitledFilm(FilmId(f"{title}-{year}"), (title,), year) for title, year in FILMS)
NAMES = [spec.name for spec in TYPED]
WORDS = ["lovely", "slow", "the", "of", "Zebra", "naïve", "1984", "don't", "très", "映画", "ok!"]
TOKENS = [
    "4/5", "9/10", "80 %", "★★★", "|", "\n", "--spoiler", "—private", "--dnf", "--rewatch", "like",
    "with", "more", "less", "under", "from", "in", "GB", "here", "dm", "digital", "before", "2d",
    "100m", "90s", ",", '"', "“", "”", "'", "(1999)", "@ben", "rating:4", "||", "and", "--on",
    "tt1798709", "region", "zone", "help", "list", "add", "4",
    "not", "no", "without", "or",
]  # fmt: skip

lines = st.builds(
    lambda name, pieces: f"/{name} {' '.join(pieces)}",
    st.sampled_from(NAMES),
    st.lists(
        st.sampled_from(WORDS + TOKENS + [title for title, _ in FILMS]) | st.text(max_size=5),
        max_size=14,
    ),
)
anything = st.text(max_size=200) | lines


@pytest.fixture(scope="module", autouse=True)
def words() -> None:
    """Read the lexicon first: hypothesis allows an example no more time than a line takes."""
    lexicon()


def read(line: str) -> Command | Misread:
    try:
        return parse(line, TITLES)
    except Misread as error:
        return error


@settings(max_examples=300)
@given(anything)
@example("/review " + "\0" * 50)
@example("/review \ud800 4/5")
@example("/recommend like \u202e under")
def test_any_line_is_read_or_refused(line: str) -> None:
    found = read(line)
    if isinstance(found, Misread):
        assert found.typed == line
        assert str(found)
    else:
        assert type(found) in COMMANDS.values()


def kept(command: Command) -> str:
    """Everything in the command's fields."""
    values = [getattr(command, each.name) for each in fields(command)]
    return " ".join(" ".join(each) if isinstance(each, tuple) else str(each) for each in values)


@settings(max_examples=300)
@given(
    st.sampled_from(["review", "recommend", "remind", "film", "reviews", "watchlist"]),
    st.lists(
        st.sampled_from(WORDS) | st.sampled_from(TOKENS) | st.sampled_from([t for t, _ in FILMS]),
        max_size=12,
    ),
)
def test_no_word_is_lost(name: str, pieces: list[str]) -> None:
    found = read(f"/{name} {' '.join(pieces)}")
    if isinstance(found, Misread):
        return
    for word in (piece for piece in pieces if piece in WORDS):
        if name == "recommend" and word in {"the", "of", "don't"}:
            continue  # `no the lovely`, `don't like war`: they rule out, and are kept as that
        assert word.rstrip("!") in kept(found), found  # a mark at the end of a wish's part is none


@given(st.text(alphabet=st.characters(exclude_characters='"“”„«»‟＂\n'), min_size=1, max_size=80))
@example("THAT")  # `like that` is a saying
def test_a_quoted_title_is_taken_as_it_is(title: str) -> None:
    title = " ".join(title.split())
    if not title:
        return
    assert parse(f'/review "{title}"', TITLES) == ReviewCommand(title)
    written = parse(f'/review "{title}" 4/5 | fine', TITLES)
    assert written == ReviewCommand(title, HalfStars(8), "fine")
    recommend = parse(f'/recommend like "{title}"', TITLES)
    assert isinstance(recommend, RecommendCommand)
    assert recommend.like == (title,)
    remind = parse(f'/remind "{title}" in Germany', TITLES)
    assert remind == RemindCommand(title, region="DE")


@given(st.text(max_size=300))
def test_text_behind_a_bar_is_kept_whole(text: str) -> None:
    text = f"so {text} end"
    assert parse(f"/review Her | {text}", TITLES) == ReviewCommand("Her", text=text)


@given(st.sampled_from([line for line, _ in ROWS]), st.sampled_from([" ", "\t", "  "]))
def test_blanks_around_change_nothing(line: str, blank: str) -> None:
    one, other = read(line), read(f"{blank}{line}")
    if isinstance(one, Misread):
        assert str(other) == str(one)
    else:
        assert other == one


@given(st.text(max_size=300))
def test_slack_text_is_decoded_once(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert decode_slack(escaped) == text
