"""What can be shown of typed text."""

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.words.spoilers import split_spoilers, without_spoilers
from bot.domain.words.text import (
    MOST_COMBINING_MARKS,
    PLAIN,
    cut_at_word,
    one_line,
    printable,
    storable,
)

ANYTHING = st.text(st.characters())


@given(ANYTHING)
def test_what_is_stored_is_valid_and_holds_no_nul(text: str) -> None:
    kept = storable(text)
    assert "\0" not in kept
    assert kept.encode("utf-8").decode("utf-8") == kept


def test_a_half_of_a_surrogate_pair_becomes_a_question_mark() -> None:
    assert storable("a\ud800b") == "a?b"


@given(ANYTHING)
def test_nothing_that_moves_the_cursor_or_turns_the_line_is_shown(text: str) -> None:
    for letter in printable(text):
        assert letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"}
        assert letter not in "\u202e\u2066\u200f"


def test_piled_up_marks_are_cut() -> None:
    smeared = printable("e" + "\u0316" * 50)
    assert len(smeared) == 1 + MOST_COMBINING_MARKS


def test_what_needs_no_look_is_left_as_it_is() -> None:
    for letter in map(chr, range(sys.maxunicode + 1)):
        if PLAIN.fullmatch(letter):
            assert letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs", "Mn"}
            assert unicodedata.normalize("NFC", f"e{letter}e") == f"e{letter}e"


def test_printable_is_done_after_one_pass() -> None:
    text = "Ame\u0301lie \u202eevil\u202c \x1b[31m"
    assert printable(printable(text)) == printable(text) == "Amélie evil [31m"


def test_spoilers_are_cut_out_whole() -> None:
    text = "Lovely. ||He dies.|| Go. ||And\nshe too.||"
    assert split_spoilers(text) == [
        ("Lovely. ", False),
        ("He dies.", True),
        (" Go. ", False),
        ("And\nshe too.", True),
    ]
    assert without_spoilers(text) == "Lovely. [spoiler hidden] Go. [spoiler hidden]"


@given(st.text(), st.integers(2, 100))
def test_one_line_is_one_line_and_short(text: str, most: int) -> None:
    line = one_line(text, most)
    assert "\n" not in line
    assert len(line) <= most


def test_one_line_ends_at_a_word() -> None:
    assert one_line("The quick brown fox jumps", 20) == "The quick brown…"


def test_a_text_is_cut_after_a_word_unless_that_word_ends_in_its_first_half() -> None:
    assert cut_at_word("a quiet film about grief", 13) == "a quiet film"
    assert cut_at_word("a quiet\nfilm", 9) == "a quiet"
    assert cut_at_word("a Llanfairpwllgwyngyll", 12) == "a Llanfairpw"
    assert cut_at_word("short", 12) == "short"
