"""The renderer: within every limit, and safe whatever the reply holds."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack import limits
from adapters.slack.outgoing.render import SHORTENED, WHOLE, render, whole
from bot.domain.ids import FilmId, MemberId, ReviewId
from bot.domain.words.spoilers import SPOILER_HIDDEN
from bot.features.club.commands import SettingsCommand
from bot.features.help.commands import HelpCommand
from bot.features.reviews.commands import DeleteReviewCommand, ReviewCommand
from bot.messages.replies import (
    Actions,
    Block,
    Button,
    Choice,
    Document,
    Field,
    Fields,
    FilmCard,
    FilmItem,
    FilmList,
    Footnote,
    Form,
    Heading,
    Histogram,
    Option,
    Paragraph,
    Picture,
    Quote,
    Reply,
    Style,
)
from bot.messages.spans import Emphasis, Link, Mention, Plain, Span, Spoiler, Strong, When
from bot.messages.visibility import Visibility
from tests.adapters.slack.block_kit import refused, visible
from tests.generated import HIDDEN, blocks, replies

MARKUP = (
    "<!channel> <!here> <@U1> <#C1> <!subteam^S1> <https://evil.example|bank>",
    "*bold* _slanted_ ~gone~ `code` :smile: > quoted & &lt;",
    "@channel @here @everyone",
)
HER = FilmId("her-2013")


def kinds(node: object) -> set[str]:
    """Collect the types of everything in blocks."""
    match node:
        case dict():
            return {str(node.get("type"))}.union(*map(kinds, node.values()))
        case list() | tuple():
            return set().union(*map(kinds, node))
    return set()


@given(replies)
@settings(max_examples=150, deadline=None)
def test_any_reply_is_within_every_limit_and_hides_its_spoilers(reply: Reply) -> None:
    message = render(reply)

    assert refused(list(message.blocks)) == []
    assert 1 <= len(message.text) <= 6 * limits.TEXT
    assert not any(HIDDEN in each for each in visible(message.blocks))
    assert HIDDEN not in message.text
    assert all(HIDDEN not in each.content for each in message.documents if each.name == WHOLE)


@pytest.mark.long
@given(replies)
@settings(max_examples=100_000, deadline=None)
def test_a_hundred_thousand_replies_are_within_every_limit(reply: Reply) -> None:
    message = render(reply)

    assert refused(list(message.blocks)) == []
    assert not any(HIDDEN in each for each in visible(message.blocks))
    assert HIDDEN not in message.text


_long = st.integers(1, 20_000).map(lambda length: ("lorem ipsum " * 2_000)[:length])
_long_spans = st.one_of(
    _long.map(lambda text: (Plain(text),)),
    _long.map(lambda text: (Spoiler((Plain(text),)), Plain(text))),
    _long.map(
        lambda text: (Link("https://example.org/" + "x" * 2_990, (Strong((Plain(text),)),)),)
    ),
)
_long_blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Quote, _long_spans, _long_spans),
    st.builds(Paragraph, _long_spans),
    st.builds(Heading, _long_spans),
    st.builds(Footnote, _long_spans),
    st.builds(Fields, st.lists(st.builds(Field, _long, _long_spans), max_size=12).map(tuple)),
    st.builds(Picture, _long.map(lambda text: f"https://example.org/{text}"), _long),
    st.builds(Histogram, st.lists(st.tuples(_long, st.integers(0, 9)), max_size=12).map(tuple)),
    blocks,
)


@given(st.lists(_long_blocks, min_size=1, max_size=70).map(tuple), st.sampled_from(Visibility))
@settings(max_examples=60, deadline=None)
def test_too_much_is_shortened_to_fit(parts: tuple[Block, ...], visibility: Visibility) -> None:
    message = render(Reply(parts, "x" * 9_000, visibility))

    assert refused(list(message.blocks)) == []


def _everywhere(text: str) -> Reply:
    """Put a text wherever people's text can stand."""
    spans: tuple[Span, ...] = (
        Plain(text),
        Strong((Plain(text),)),
        Mention(MemberId("slack:U1"), text),
    )
    button = Button(text, HelpCommand())
    return Reply(
        (
            Heading(spans),
            Paragraph(spans),
            Fields((Field(text, spans),)),
            FilmCard(HER, text, 2013, (Field(text, spans),), spans, "https://example.org/p.jpg"),
            FilmList((FilmItem(HER, text, None, (spans,), (button,)),)),
            Quote(spans, spans),
            Histogram(((text, 3),)),
            Footnote(spans),
            Picture("https://example.org/p.jpg", text),
            Document(text, "text/plain", text),
            Actions((button, Choice(text, (Option(text, "v", text),), SettingsCommand(), "scale"))),
        ),
        text,
    )


@pytest.mark.parametrize("text", MARKUP)
def test_what_people_type_is_never_markup(text: str) -> None:
    message = render(_everywhere(text))

    assert kinds(message.blocks) & {"mrkdwn", "user", "usergroup", "broadcast", "channel"} == set()
    assert refused(list(message.blocks)) == []
    assert not set("<>") & set(message.text)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_can_mention_anybody(text: str) -> None:
    message = render(_everywhere(text))

    assert kinds(message.blocks) & {"mrkdwn", "user", "usergroup", "broadcast", "channel"} == set()
    assert not set("<>") & set(message.text)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_text_reads_back_equal(text: str) -> None:
    told = Plain(text).text
    blocks = render(Reply((Paragraph((Plain(text),)), Quote((Plain(text),), ())), "a")).blocks

    assert "".join("".join(visible(blocks)).split()) == "".join((told + told).split()) or not told


def test_a_mention_pings_nobody() -> None:
    """In private it names the member by their id, which tells nobody; for all it is a name."""
    spans = (Paragraph((Mention(MemberId("slack:U1"), "ana"),)),)

    assert "user" in kinds(render(Reply(spans, "", Visibility.ONLY_YOU)).blocks)
    public = render(Reply(spans, "", Visibility.CLUB)).blocks
    assert "user" not in kinds(public)
    assert "ana" in list(visible(public))


def test_a_spoiler_is_shown_by_a_button_alone() -> None:
    said = Quote((Plain("Warm. "), Spoiler((Emphasis((Plain("She leaves."),)),))), (Plain("ana"),))

    quote, row = render(Reply((said,), "Warm.")).blocks

    assert SPOILER_HIDDEN in "".join(visible(quote))
    [button] = row["elements"]
    assert (button["text"]["text"], button["value"]) == ("Show spoiler", "She leaves.")
    assert button["action_id"].startswith("show#")


def test_a_long_private_reply_comes_whole_as_a_file() -> None:
    words = "word " * 3_000
    quotes = tuple(Quote((Plain(words), Spoiler((Plain(HIDDEN),))), ()) for _ in range(5))

    message = render(
        Reply((*quotes, Actions((Button("Older", HelpCommand()),))), "", Visibility.ONLY_YOU)
    )

    assert refused(list(message.blocks)) == []
    assert SHORTENED in list(visible(message.blocks))
    assert "Older" in list(visible(message.blocks))
    [document] = message.documents
    assert document.content.count("word") == 5 * 3_000
    assert HIDDEN not in document.content


def test_one_review_of_ten_thousand_characters_is_cut_at_a_word() -> None:
    message = render(Reply((Paragraph((Plain("seven77 " * 1_300),)),), ""))

    text = next(each for each in visible(message.blocks) if "seven77" in each)
    assert text.endswith("seven77…")
    assert len(text) > 7_000


def test_what_is_whole_reads_as_it_stands() -> None:
    reply = _everywhere("Her & *you*")

    assert whole(reply).splitlines()[0] == "Her & *you*Her & *you*Her & *you*"
    assert "mrkdwn" not in whole(reply)


EPOCH, DAY = datetime(1970, 1, 1, tzinfo=UTC), timedelta(days=1)

CARD = Reply(
    (
        FilmCard(
            HER,
            "Her",
            2013,
            (Field("Directed by", (Plain("Spike Jonze"),)),),
            (Plain("A letter writer falls for a voice."),),
            "https://image.tmdb.org/t/p/w342/her.jpg",
            (Plain("Spike Jonze · 126 min"),),
        ),
        Histogram((("★", 0), ("★★", 1), ("★★★★", 3), ("★★★★★", 0))),
        Footnote((Plain("With data from "), Link("https://www.themoviedb.org", (Plain("TMDB"),)))),
        Actions(
            (
                Form("Write a review", ReviewCommand(film="id:her-2013"), ("rating", "text")),
                Button("Delete", DeleteReviewCommand(ReviewId("r1")), Style.DANGER),
                Choice(
                    "Ratings",
                    (Option("9/10", "ten"), Option("again", "ten")),
                    SettingsCommand(),
                    "scale",
                ),
                Choice("Nothing", (), SettingsCommand(), "scale"),
            )
        ),
    ),
    "Her (2013)",
)


def test_a_card() -> None:
    head, byline, line, facts, bars, note, row = render(CARD).blocks

    assert head["text"] == {"type": "plain_text", "text": "Her (2013)", "emoji": False}
    assert byline["type"] == "context"
    assert "".join(visible(byline)) == "Spike Jonze · 126 min"
    assert "".join(visible(facts)) == "Directed by  Spike Jonze"
    assert line["text"]["text"] == "A letter writer falls for a voice."
    assert line["accessory"]["alt_text"] == "Poster of Her (2013)"
    assert bars["type"] == "data_visualization"
    [series] = bars["chart"]["series"]
    assert [(each["label"], each["value"]) for each in series["data"]] == [("★★", 1), ("★★★★", 3)]
    assert "https://www.themoviedb.org" in list(visible(note))
    form, delete, choice = row["elements"]
    assert form["text"]["text"] == "Write a review…"
    assert form["action_id"] == "1.review!12?film=id:her-2013#1"
    assert delete["style"] == "danger"
    assert [each["value"] for each in choice["options"]] == ["ten"]


def test_lines_part_films_and_what_is_quoted_is_small_print() -> None:
    why, quote = ((Plain("Why: it is."),),), (Plain("“Warm.” — Ben"),)
    poster = "https://image.example/her.jpg"
    film = FilmItem(HER, "Her", 2013, why, poster=poster, quote=quote)
    of_one = ["rich_text", "section", "context"]
    blocks = render(Reply((FilmList((film, film)),), "")).blocks
    assert [each["type"] for each in blocks] == [*of_one, "divider", *of_one]
    assert "".join(visible(blocks[2])) == "“Warm.” — Ben"
    many = render(Reply((FilmList((film,) * 9),), "")).blocks
    assert "divider" not in {each["type"] for each in many}
    bare = FilmItem(HER, "Her", 2013)
    names = render(Reply((FilmList((bare, bare)),), "")).blocks
    assert "divider" not in {each["type"] for each in names}


@pytest.mark.parametrize("instant", [EPOCH, EPOCH + timedelta(microseconds=1), EPOCH - DAY])
def test_an_instant_before_slacks_own_time_is_written_out(instant: datetime) -> None:
    reply = Reply((Heading((When(instant, "Europe/London"),)),), "")

    assert refused(list(render(reply).blocks)) == []


def test_an_instant_is_shown_in_the_readers_zone() -> None:
    nine = datetime(2024, 1, 26, 9, tzinfo=UTC)

    [block] = render(Reply((Paragraph((When(nine, "Europe/London"),)),), "")).blocks

    [element] = block["elements"][0]["elements"]
    assert element["timestamp"] == 1706259600
    assert element["fallback"] == "Fri 26 Jan 2024, 09:00 (Europe/London)"


def test_a_picture_without_an_address_to_fetch_it_from_is_its_description() -> None:
    [block] = render(Reply((Picture("http://plain.example/x.png", "A still"),), "")).blocks

    assert block["elements"][0]["text"] == "A still"


def test_the_checker_bites() -> None:
    text = {"type": "plain_text", "text": "x" * 76}
    wrong: list[dict[str, Any]] = [
        {"type": "actions", "elements": [{"type": "button", "action_id": "a", "text": text}] * 2},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*x*"}},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]},
        {"type": "rich_text", "elements": [
            {"type": "rich_text_section", "elements": [{"type": "broadcast", "range": "here"}]}
        ]},
    ]  # fmt: skip
    assert len(refused(wrong)) >= 6
    assert refused([{"type": "divider"}] * 51)
    assert json.dumps(wrong)
