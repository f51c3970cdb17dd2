"""What people typed reads back as they typed it, whatever it was."""

import string
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.limits import fitted, units
from adapters.discord.outgoing.markdown import escaped, markdown, shortened, styled_texts
from bot.domain.ids import MemberId
from bot.messages.spans import (
    Code,
    Day,
    Emphasis,
    Link,
    Mention,
    Plain,
    Span,
    Spoiler,
    Strong,
    When,
)
from tests.adapters.discord.reading import by_hiding, marks_of, read, squeezed
from tests.generated import NASTY, texts

MARKS = st.text(alphabet="\\*_~`|<>@#:[]()-+1. a/\n", max_size=30)
hostile = st.one_of(texts, MARKS, st.text(alphabet=string.punctuation + "a1 \n", max_size=30))
runs = st.lists(
    st.recursive(
        st.one_of(st.builds(Plain, hostile), st.builds(Code, hostile)),
        lambda inner: st.one_of(
            st.builds(Strong, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Emphasis, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Spoiler, st.lists(inner, max_size=3).map(tuple)),
        ),
        max_leaves=5,
    ),
    max_size=4,
).map(tuple)


def told(spans: tuple[Span, ...]) -> list[tuple[str, bool]]:
    """Join what a reader ought to see, hidden or not, spaces left out."""
    found: list[tuple[str, bool]] = []
    for run in styled_texts(spans):
        text = squeezed(run.text)
        if text and found and found[-1][1] == run.hidden:
            found[-1] = (found[-1][0] + text, run.hidden)
        elif text:
            found.append((text, run.hidden))
    return found


@given(runs)
@settings(max_examples=300, deadline=None)
def test_spans_read_back_equal(spans: tuple[Span, ...]) -> None:
    shown = markdown(styled_texts(spans))

    assert by_hiding(read(shown)) == told(spans)
    assert marks_of(shown) <= {"hidden", "code", "strong", "slant"}


@pytest.mark.parametrize("text", NASTY)
def test_typed_text_holds_no_mark(text: str) -> None:
    shown = markdown(styled_texts([Plain(text)]))

    assert marks_of(shown) == set()
    assert squeezed("".join(piece.text for piece in read(shown))) == squeezed(Plain(text).text)


@given(runs, st.integers(0, 60))
@settings(max_examples=300, deadline=None)
def test_a_cut_leaves_every_mark_whole(spans: tuple[Span, ...], most: int) -> None:
    shown = markdown(shortened(styled_texts(spans), most))

    seen = "".join(text for text, _ in by_hiding(read(shown)))
    whole = "".join(text for text, _ in told(spans))
    assert whole.startswith(seen.removesuffix("…"))
    assert marks_of(shown) <= {"hidden", "code", "strong", "slant"}


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (Plain("sci-fi: 4/5 (so far)"), "sci-fi: 4/5 (so far)"),
        (Plain("- a\n1. b\n# c"), "\\- a\n1\\. b\n\\# c"),
        (Plain("@everyone"), "\\@everyone"),
        (Plain("https://a.example"), "https\\://a.example"),
        (Strong((Plain(" a "), Emphasis((Plain("b"),)))), " **a** ***b***"),
        (Spoiler((Plain("she\nleaves |"),)), "||she||\n||leaves \\|\u200b||"),
        (Code("/review Her"), "`/review Her`"),
        (Code("a`b"), "a\\`b"),
        (Spoiler((Code("a||b"),)), "||a\\|\\|b||"),
        (Mention(MemberId("discord:42"), "ana"), "<@42>"),
        (Mention(MemberId("console:ana"), "a*a"), "a\\*a"),
        (Day(date(2024, 1, 26)), "26 January 2024"),
        (When(datetime(2024, 1, 26, 9, tzinfo=UTC), "Mars/Olympus"), "<t:1706259600:f>"),
        (Link("https://a.example/x (1)", (Plain("A *b*"),)), "[A \\*b\\*](https://a.example/x%20%281%29)"),
        (Link("https://a.example", (Plain("b.example"),)), "b.example <https://a.example>"),
        (Link("https://a.example", ()), "<https://a.example>"),
    ],
)  # fmt: skip
def test_each_span_has_its_form(span: Span, shown: str) -> None:
    assert markdown(styled_texts([span])) == shown


def test_marks_side_by_side_stay_apart() -> None:
    spans = (Strong((Plain("a"),)), Emphasis((Plain("b"),)), Code("c"), Code("d"))

    assert markdown(styled_texts(spans)) == "**a**\u200b*b*`c`\u200b`d`"


@given(st.text())
def test_escaping_reads_back_letter_by_letter(text: str) -> None:
    assert squeezed("".join(piece.text for piece in read(escaped(text)))) == squeezed(text)


def test_letters_count_as_discord_counts_them() -> None:
    assert units("aé愛") == 3
    assert units("👩‍👦") == 5
    assert fitted("one\n two", 20) == "one two"
    assert fitted("👩" * 10, 9) == "👩" * 4 + "…"
    assert units(fitted("👩" * 10, 10)) <= 10
