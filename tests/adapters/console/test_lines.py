"""Line protocol, attachments and forms: from typed lines to requests."""

from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.chat.text_files import LARGEST, AttachmentError, ReceivedFile
from adapters.console.ids import caller_of, check_name, place_of
from adapters.console.input.attachments import attach
from adapters.console.input.forms import values_in
from adapters.console.input.line_protocol import (
    MemberLine,
    MoveClock,
    Quit,
    Step,
    SwitchMember,
    read_line,
)
from adapters.runtime.process.clock import MachineClock, RandomIds, parse_instant
from bot.domain.errors import UsageError
from bot.domain.ids import DraftId
from bot.domain.reviews.ratings import HalfStars, Scale
from bot.features.club.commands import SettingsCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.releases.commands import RemindCommand
from bot.features.reviews.commands import ReviewCommand
from bot.language.grammar.forms import FormErrors, fill, questions, with_value
from bot.messages.replies import Form
from bot.request.commands import RecallCommand

NOON = datetime(2024, 1, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("/review Her", MemberLine("/review Her")),
        ("  /review Her\r\n", MemberLine("/review Her")),
        ("ana: /review Her 4/5", MemberLine("/review Her 4/5", "ana")),
        ("@Ana:  2", MemberLine("2", "ana")),
        ("zoë: /help", MemberLine("/help", "zoë")),
        ("ana:/review", MemberLine("ana:/review")),
        ("review: Her", MemberLine("review: Her")),
        ("two words: /help", MemberLine("two words: /help")),
        ("tmdb:12", MemberLine("tmdb:12")),
        ("/review Alien: Romulus", MemberLine("/review Alien: Romulus")),
        ("now: 2024-01-20T12:00Z", MoveClock(NOON)),
        ("NOW: 2024-01-20T13:00+01:00", MoveClock(NOON)),
        ("/as Ben", SwitchMember("ben")),
        ("/quit", Quit()),
        ("/exit", Quit()),
        ("quit", Quit()),
        ("Exit", Quit()),
        ("# now: never", None),
        ("   ", None),
        ("", None),
    ],
)
def test_what_a_line_says(line: str, step: Step | None) -> None:
    assert read_line(line) == step


@pytest.mark.parametrize("line", ["now: noon", "now: 2024-02-31", "/as", "/as a b", "/as ???"])
def test_a_line_that_cannot_be_is_refused_with_a_hint(line: str) -> None:
    with pytest.raises(ValueError, match=r"2024-01-20T12:00Z|letters, digits|/as ben"):
        read_line(line)


@given(st.text())
def test_any_line_is_read_whole_or_refused(line: str) -> None:
    step: Step | None = None
    with suppress(ValueError):
        step = read_line(line)

    assert not isinstance(step, MemberLine) or step.line in line


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-01-20T12:00Z", NOON),
        (" 2024-01-20T12:00:00 ", NOON),
        ("2024-01-20", datetime(2024, 1, 20, tzinfo=UTC)),
        ("2024-01-20T14:00+02:00", NOON),
    ],
)
def test_instants(text: str, instant: datetime) -> None:
    assert parse_instant(text) == instant


@given(st.text(max_size=30))
def test_any_text_is_an_instant_or_refused(text: str) -> None:
    instant = NOON
    with suppress(ValueError):
        instant = parse_instant(text)

    assert instant.tzinfo is UTC


def test_a_clock_that_was_set_goes_on_from_there() -> None:
    clock = MachineClock(NOON)
    first, second = clock.now(), clock.now()

    assert NOON <= first <= second
    assert (second - NOON).total_seconds() < 60
    with clock.temporarily_at(datetime(2023, 1, 1, tzinfo=UTC)):
        assert clock.now().year == 2023
    assert clock.now() >= second


def test_ids_are_new_and_short() -> None:
    ids = [RandomIds().new() for _ in range(1000)]

    assert len(set(ids)) == 1000
    assert all(len(each) <= 16 and each.isalnum() and each.islower() for each in ids)


@pytest.mark.parametrize("name", ["ana", "Ana", "@ana", "a", "zoë", "film-club_2", "x" * 32])
def test_names(name: str) -> None:
    folded = check_name(name, "member")
    caller = caller_of("demo", folded)

    assert folded == name.removeprefix("@").lower()
    assert (place := place_of(caller.direct)) is not None
    assert (place.club, place.member) == ("demo", folded)
    assert (place := place_of(caller.place)) is not None
    assert place.member is None


@pytest.mark.parametrize("name", ["", " ", "a b", "a/b", "a:b", "x" * 33, "-a", "a#b", "a@b", "😀"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(ValueError, match="letters, digits"):
        check_name(name, "club")


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("/review file:{}", "/review"),
        ("/review Her file:{}", "/review Her"),
        ("/review Her 4/5 FILE:{} --private", "/review Her 4/5  --private"),
        ('/review Her file:"{}" --private', "/review Her  --private"),
        ("review 'Her' file:{}", "review 'Her'"),
    ],
)
def test_a_file_comes_along(line: str, rest: str, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(b"\xef\xbb\xbfTwo lines.\r\nHere.\n")
    attached = attach(line.format(path))

    assert attached.line == rest
    assert attached.file == ReceivedFile("words.txt", "Two lines.\r\nHere.\n")


def test_a_path_with_blanks_needs_no_quotes_when_it_stands_last(tmp_path: Path) -> None:
    path = tmp_path / "my long review.md"
    path.write_text("Words.")

    assert attach(f"/review Her file:{path}").file == ReceivedFile(path.name, "Words.")


def test_a_file_of_films_comes_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_bytes(b"Title\xff")

    assert attach(f"/import file:{path}").file == ReceivedFile(path.name, data=b"Title\xff")


@pytest.mark.parametrize(
    "line",
    ["/recommend file:x", "/review Her | see file:x", "/review Her\nfile:x", "/review profile:x"],
)
def test_words_are_not_a_file(line: str) -> None:
    assert attach(line).line == line
    assert attach(line).file is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "not plain text"),
        (b"caf\xe9", "not plain text"),
        (b"x" * (LARGEST + 1), "larger than 256 KiB"),
        (b" \n ", "is empty"),
        (None, "no file"),
    ],
)
def test_a_file_that_cannot_come_along(content: bytes | None, says: str, tmp_path: Path) -> None:
    path = tmp_path / "review.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AttachmentError, match=says):
        attach(f"/review file:{path}")


@pytest.mark.parametrize("path", ["/dev/zero", "/tmp", "\0", "~nobody-of-that-name/x", "x" * 5000])  # noqa: S108 - read, not written
def test_what_is_no_file_is_refused(path: str) -> None:
    with pytest.raises(AttachmentError):
        attach(f"/review file:{path}")


REVIEW = Form(
    "Write", ReviewCommand(film="id:her-2013"), ("rating", "text", "spoiler", "watched_on")
)


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("rating=4/5", ReviewCommand("id:her-2013", HalfStars(8))),
        ("rating=★★★½ text=So = good", ReviewCommand("id:her-2013", HalfStars(7), "So = good")),
        ("text=a\nb spoiler=yes", ReviewCommand("id:her-2013", text="a\nb", spoiler=True)),
        ("watched_on=26 January 2024", ReviewCommand("id:her-2013", watched_on=date(2024, 1, 26))),
        ("rating= text=Only words", ReviewCommand("id:her-2013", text="Only words")),
    ],
)
def test_a_form_in_one_line(typed: str, command: ReviewCommand) -> None:
    assert fill(REVIEW.command, values_in(REVIEW, typed, "1")) == command


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", r"1 rating=… text=… spoiler=… watched_on=…"),
        ("wonderful", r"1 rating=…"),
        ("rating=11/10", "not a rating"),
        ("rating=lots", "no rating"),
        ("rating=4/5 loved it", "no rating"),
        ("spoiler=perhaps", "yes or no"),
        ("watched_on=31 February 2024", "31 February"),
    ],
)
def test_a_form_that_does_not_fit_says_what_would(typed: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        fill(REVIEW.command, values_in(REVIEW, typed, "1"))


def test_what_a_form_asks() -> None:
    form = Form("Edit", ReviewCommand("id:x", HalfStars(9), "Fine.", spoiler=True), REVIEW.fields)
    asked = {each.name: each for each in questions(form)}

    assert asked["rating"].now == "★★★★½"
    assert asked["text"].now == "Fine."
    assert asked["spoiler"].choices == ("yes", "no")
    assert asked["spoiler"].now == "yes"
    assert asked["watched_on"].now == ""


def test_all_that_does_not_fit_into_a_form_is_told_at_once() -> None:
    filled_in = fill(ReviewCommand("Her"), {"rating": "9/10", "text": "Warm."})
    assert filled_in == ReviewCommand("Her", HalfStars(9), "Warm.")

    with pytest.raises(FormErrors) as refused:
        fill(
            ReviewCommand("Her"), {"rating": "11/10", "text": "Warm.", "watched_on": "31 February"}
        )
    assert set(refused.value.errors) == {"rating", "watched_on"}
    assert all(text.endswith(".") for text in refused.value.errors.values())


def test_values_take_the_shape_of_their_field() -> None:
    assert with_value(RecallCommand(DraftId("d")), "film", "her-2013") == RecallCommand(
        DraftId("d"), "her-2013"
    )
    assert with_value(SettingsCommand(), "scale", "TEN") == SettingsCommand(scale=Scale.TEN)
    assert with_value(SettingsCommand(), "region", "uk") == SettingsCommand(region="GB")
    assert with_value(RecommendCommand(), "max_minutes", "100") == RecommendCommand(max_minutes=100)
    assert with_value(RecommendCommand(), "like", "Her, Carol") == RecommendCommand(
        like=("Her", "Carol")
    )
    assert with_value(RemindCommand("x", here=True), "here", "") == RemindCommand("x")
    with pytest.raises(UsageError, match="Enter a number"):
        with_value(RecommendCommand(), "max_minutes", "-3")
