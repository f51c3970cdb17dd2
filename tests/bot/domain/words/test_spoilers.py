"""Spoiler marks, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.words.spoilers import (
    SPOILER_HIDDEN,
    has_spoilers,
    split_spoilers,
    unmarked,
    without_spoilers,
)

HIDDEN = "she was the ghost"
WORDS = st.sampled_from(
    ["I loved it.", "So tender", "4 stars!", "Warm, sad", "¿y tú?", "Très beau", ""]
)
MARKED = st.sampled_from(
    [
        f"||{HIDDEN}||", f"||{HIDDEN}", f">!{HIDDEN}!<", f">!{HIDDEN}", f"[spoiler]{HIDDEN}[/spoiler]",
        f"[SPOILER]{HIDDEN}", f"[spoiler=the end]{HIDDEN}[/spoiler]", f"<spoiler>{HIDDEN}</spoiler>",
        f"SPOILER: {HIDDEN}", f"Spoilers!! {HIDDEN}", f"spoiler alert {HIDDEN}", f"SPOILER WARNING: {HIDDEN}",
        f"Spoilers ahead. {HIDDEN}", f"(spoiler: {HIDDEN})", f"Achtung, Spoiler! {HIDDEN}",
        f"Spoilerwarnung: {HIDDEN}", f"Attention spoilers : {HIDDEN}", f"¡Spoiler! {HIDDEN}",
        f"(spoilers) {HIDDEN}", f"*SPOILER* {HIDDEN}", f"~~spoiler~~ {HIDDEN}", f"Careful, spoilers. {HIDDEN}",
        f"contient spoilers, {HIDDEN}",
        f"*SPOILER* - {HIDDEN}".replace("* -", ":"), f"spoiler - {HIDDEN}", f"Spoilers\n{HIDDEN}",
    ]
)  # fmt: skip


@given(before=WORDS, marked=MARKED, after=WORDS)
def test_what_is_marked_is_never_readable(before: str, marked: str, after: str) -> None:
    text = f"{before} {marked} {after}".strip()
    assert HIDDEN not in without_spoilers(text)
    assert HIDDEN in unmarked(text)
    assert HIDDEN in "".join(piece for piece, hidden in split_spoilers(text) if hidden)


@given(st.text())
def test_any_text_is_cut_without_losing_a_word(text: str) -> None:
    assert "".join(piece for piece, _ in split_spoilers(text)) == unmarked(text)
    assert without_spoilers(text, "") == "".join(
        p for p, hidden in split_spoilers(text) if not hidden
    )


@pytest.mark.parametrize(
    "text",
    [
        "No spoilers: a masterpiece.",
        "Without any spoilers: go and see it.",
        "A spoiler-free rave",
        "Spoiler-free: go.",
        "Its rear spoiler is the star.",
        "The trailer spoils it",
        "a | b",
    ],
)
def test_words_about_spoilers_fold_nothing(text: str) -> None:
    assert without_spoilers(text) == text


@pytest.mark.parametrize("first", ["Spoiler she was the ghost", "Spoilers... she was the ghost"])
def test_a_text_that_begins_with_the_word_is_hidden(first: str) -> None:
    assert HIDDEN not in without_spoilers(first)


def test_an_odd_last_mark_folds_to_the_end() -> None:
    assert without_spoilers("Warm. ||One.|| And ||she leaves.") == (
        f"Warm. {SPOILER_HIDDEN} And {SPOILER_HIDDEN}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Therese leaves him, big spoiler sorry",
        "he was dead all along. Major spoilers!",
        "she wakes up, huge spoiler, oops 😅",
    ],
)
def test_what_is_called_a_spoiler_afterwards_is_hidden_whole(text: str) -> None:
    assert without_spoilers(text) == SPOILER_HIDDEN


@pytest.mark.parametrize("text", ["lovely, no big spoilers", "no spoilers sorry", "big spoiler"])
def test_what_gives_nothing_away_stays(text: str) -> None:
    assert not has_spoilers(text)


@pytest.mark.parametrize(
    "text",
    [
        "Careful if you hate any spoilers: Vincent dies",
        "read on if you don't mind any major spoilers ahead. Vincent dies",
        "not a spoiler: Vincent dies",
    ],
)
def test_what_only_sounds_denied_is_hidden(text: str) -> None:
    assert "Vincent" not in without_spoilers(text)


def test_many_warnings_are_read_at_once() -> None:
    assert has_spoilers("any spoilers: " * 4_000)
