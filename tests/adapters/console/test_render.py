"""Renderer of the terminal: readable, within its width, and safe for any reply."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from adapters.console.input.keys import ChosenOption, keys_of
from adapters.console.output.render import ONLY_YOU, render
from adapters.console.output.terminal import Look, look_of
from bot.domain.ids import FilmId, MemberId
from bot.domain.words.spoilers import SPOILER_HIDDEN
from bot.features.club.commands import SettingsCommand
from bot.features.help.commands import HelpCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages.plain_text import moment
from bot.messages.replies import (
    Action,
    Actions,
    Button,
    Choice,
    Document,
    Field,
    FilmCard,
    FilmItem,
    FilmList,
    Form,
    Histogram,
    Option,
    Paragraph,
    Quote,
    Reply,
)
from bot.messages.spans import Day, Mention, Plain, Spoiler, When
from bot.messages.visibility import Visibility
from tests.generated import HIDDEN, replies

LOOKS = st.builds(
    Look,
    st.integers(24, 88),
    st.booleans(),
    st.sampled_from(["utf-8", "ascii", "latin-1", "cp1252"]),
)
_SGR = re.compile(r"\x1b\[[0-9;]*m")
HER = FilmId("her-2013")


@given(replies, LOOKS)
@settings(max_examples=100, deadline=None)
def test_any_reply_is_shown_without_spoiler_or_escape(reply: Reply, look: Look) -> None:
    shown = render(reply, look)

    assert HIDDEN not in shown
    assert shown.endswith("\n")
    bare = _SGR.sub("", shown) if look.colour else shown
    controls = [each for each in bare if each != "\n" and (each < " " or "\x7f" <= each <= "\x9f")]
    assert controls == []
    if not look.unicode:
        shown.encode(look.encoding)


@given(replies, st.integers(24, 88))
@settings(max_examples=60, deadline=None)
def test_no_line_is_wider_than_the_terminal(reply: Reply, width: int) -> None:
    lines = render(reply, Look(width)).split("\n")

    assert max(cell_len(each) for each in lines) <= width


@given(replies)
@settings(max_examples=60, deadline=None)
def test_every_action_can_be_pressed(reply: Reply) -> None:
    keys = keys_of(reply)
    shown = render(reply, Look(88))
    pairs = [pair for row in keys.rows for pair in row]

    assert [action for _, action in pairs] == _actions(reply, keys.lettered)
    assert len({key for key, _ in pairs}) == len(pairs)
    assert all(keys.pressable[key] is action for key, action in pairs)
    assert all(f"[{key}]" in shown for key, _ in keys.below)
    for place, option in enumerate(keys.opened.options if keys.opened else (), start=1):
        chosen = keys.pressable[str(place)]
        assert isinstance(chosen, ChosenOption)
        assert chosen.option is option


def _actions(reply: Reply, lettered: int | None) -> list[Action]:
    """Collect what has a key of its own: not the menu of the list whose numbers open its films."""
    lists = (each for each in reply.blocks if isinstance(each, FilmList))
    found = [action for films in lists for item in films.items for action in item.actions]
    for number, block in enumerate(reply.blocks):
        match block:
            case Actions(actions):
                found += actions
            case FilmList(choice=Choice() as choice) if number != lettered:
                found.append(choice)
    return found


def test_the_number_of_a_film_opens_it() -> None:
    films = tuple(FilmItem(HER, f"Film {n}", None, ((Plain("why"),),)) for n in range(3))
    options = tuple(Option(each.title, f"id{n}") for n, each in enumerate(films))
    choice = Choice("Choose a film", options, SettingsCommand(), "scale")
    reply = Reply((FilmList(films, choice=choice), Actions((Button("Share", HelpCommand()),))), "")
    assert render(reply, Look(60)).endswith("3. Film 2\n   why\n\n[1-3] Choose a film\n[4] Share\n")
    assert keys_of(reply).pressable["2"] == ChosenOption(choice, options[1])


CARD = Reply(
    (
        FilmCard(
            HER,
            "Her",
            2013,
            (
                Field("Directed by", (Plain("Spike Jonze"),)),
                Field("UK cinemas", (Day(date(2014, 2, 14)),)),
            ),
            (Plain("A letter writer in Los Angeles falls for the voice in his telephone."),),
            byline=(Plain("Spike Jonze · 126 min"),),
        ),
        Histogram((("★", 0), ("★★", 1), ("★★★", 0), ("★★★★", 3), ("★★★★★", 0))),
        Quote(
            (Plain("Warm and sad. "), Spoiler((Plain(HIDDEN),))),
            (Mention(MemberId("console:ana"), "ana"), Plain(" ★★★★")),
        ),
        Actions(
            (
                Form("Write a review", ReviewCommand(film="id:her-2013"), ("rating", "text")),
                Button("Read reviews (4)", HelpCommand()),
            )
        ),
    ),
    "Her (2013)",
)


def test_a_card_stands_in_a_frame() -> None:
    assert (
        render(CARD, Look(60))
        == """\
╭─ Her (2013) ─────────────────────────────────────────────╮
│ Spike Jonze · 126 min                                    │
│ A letter writer in Los Angeles falls for the voice in    │
│ his telephone.                                           │
│                                                          │
│ Directed by  Spike Jonze                                 │
│ UK cinemas   14 February 2014                            │
│                                                          │
│ ★★    █ 1                                                │
│ ★★★   0                                                  │
│ ★★★★  ███ 3                                              │
│                                                          │
│   “Warm and sad. [spoiler hidden]” — ana ★★★★            │
╰──────────────────────────────────────────────────────────╯
[1] Write a review…  [2] Read reviews (4)
"""
    )


def test_a_terminal_without_the_letters_gets_plain_ones() -> None:
    shown = render(CARD, Look(60, encoding="ascii"))

    assert shown.isascii()
    assert "+- Her (2013) -" in shown
    assert "****  ### 3" in shown
    assert '"Warm and sad. [spoiler hidden]" - ana ****' in shown
    assert "[1] Write a review..." in shown


@pytest.mark.parametrize(
    ("typed", "encoding", "shown"),
    [
        ("★★★½", "ascii", "*** 1/2"),
        ("½", "ascii", "1/2"),
        ("Amélie", "ascii", "Amelie"),
        ("Amélie", "latin-1", "Amélie"),
        ("Łódź", "latin-1", "Lódz"),
        ("愛", "ascii", "?"),
        ("“Don’t”", "cp1252", "“Don’t”"),
        ("“Don’t” …", "ascii", '"Don\'t" ...'),
        ("★", "no-such-encoding", "?"),
    ],
)
def test_letters_that_the_terminal_lacks(typed: str, encoding: str, shown: str) -> None:
    assert Look(encoding=encoding).text(typed) == shown


def test_picks_have_lettered_actions_and_one_legend() -> None:
    actions = (Button("Seen it", HelpCommand()), Button("Watchlist", HelpCommand()))
    films = tuple(FilmItem(HER, f"Film {n}", None, ((Plain("why"),),), actions) for n in range(3))
    reply = Reply((FilmList(films), Actions((Button("Share", HelpCommand()),))), "")

    shown = render(reply, Look(80))

    assert "Of film 1, and so on:  [1a] Seen it  [1b] Watchlist" in shown
    assert shown.count("Seen it") == 1
    assert "[4] Share" in shown  # numbers 1 to 3 are the films
    assert keys_of(reply).pressable["3b"] is actions[1]


def test_a_choice_lists_its_options() -> None:
    options = (Option("Solaris (1972)", "a", "Andrei Tarkovsky"), Option("Solaris (2002)", "b"))
    reply = Reply(
        (Actions((Choice("Which one?", options, HelpCommand(), "topic"),)),), "Which Solaris?"
    )

    assert (
        render(reply, Look(60))
        == """\
Which Solaris?
[1] Which one?
  [1.1] Solaris (1972)  Andrei Tarkovsky
  [1.2] Solaris (2002)
"""
    )


def test_what_only_you_see_is_marked() -> None:
    said = (Paragraph((Plain("Saved."),)),)

    assert ONLY_YOU in render(Reply(said, "Saved.", Visibility.ONLY_YOU), Look())
    assert ONLY_YOU not in render(Reply(said, "Saved.", Visibility.CLUB), Look())


def test_a_long_document_is_cut_with_a_word_on_the_rest() -> None:
    lines = "\n".join(f"line {n}" for n in range(100))
    shown = render(Reply((Document("export.csv", "text/csv", lines),), ""), Look(60))

    assert "export.csv (text/csv, 100 lines)" in shown
    assert "line 23" in shown
    assert "line 24" not in shown
    assert "and 76 more lines; --json gives all of it" in shown


def test_instants_are_written_out() -> None:
    nine = datetime(2024, 1, 26, 9, tzinfo=UTC)
    assert moment(nine, "Europe/London") == "Fri 26 Jan 2024, 09:00 (Europe/London)"
    assert moment(nine, "Asia/Tokyo") == "Fri 26 Jan 2024, 18:00 (Asia/Tokyo)"
    assert moment(nine, "Moon/Base") == "Fri 26 Jan 2024, 09:00 (UTC)"


def test_instants_stand_in_a_reply_in_their_zone() -> None:
    when = When(datetime(2024, 7, 1, 8, tzinfo=UTC), "Europe/London")

    assert "Mon 1 Jul 2024, 09:00 (Europe/London)" in render(
        Reply((Paragraph((when,)),), ""), Look()
    )


def test_colour_is_for_terminals_only() -> None:
    class Terminal(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    assert look_of(Terminal(), {}).colour
    assert not look_of(Terminal(), {"NO_COLOR": "1"}).colour
    assert not look_of(Terminal(), {"TERM": "dumb"}).colour
    assert not look_of(io.StringIO(), {}).colour
    assert look_of(io.StringIO(), {}).encoding == "ascii"


def test_spoilers_are_hidden_and_nothing_else_is() -> None:
    spans = (Plain("before "), Spoiler((Plain(HIDDEN),)), Plain(" after"))

    assert f"before {SPOILER_HIDDEN} after" in render(Reply((Paragraph(spans),), ""), Look())
