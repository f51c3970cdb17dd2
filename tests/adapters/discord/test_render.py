"""Whatever the core answers, Discord takes it, nobody is pinged, and no spoiler shows."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from adapters.discord import limits
from adapters.discord.limits import units
from adapters.discord.outgoing.controls import PICK, Namer
from adapters.discord.outgoing.render import REST, RenderedMessage, render
from bot.domain.ids import FilmId, MemberId
from bot.features.club.commands import SettingsCommand
from bot.features.help.commands import HelpCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages.codec import action_of
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Choice,
    Divider,
    Document,
    Field,
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
)
from bot.messages.spans import Mention, Plain, Span, Spoiler
from bot.messages.visibility import Visibility
from bot.registry import COMMANDS
from tests.adapters.discord.reading import by_hiding, marks_of, read, squeezed
from tests.generated import HIDDEN, replies

HER = FilmId("her-2013")
QUIET = {
    "hidden",
    "code",
    "strong",
    "slant",
    "link",
    "address",
    "time",
    "#",
    "##",
    "###",
    "-#",
    ">",
}


def walk(items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Walk over components and all that stands inside them."""
    for item in items:
        yield item
        yield from walk(item.get("components", ()))
        if "accessory" in item:
            yield from walk([item["accessory"]])


def components(sheet: RenderedMessage) -> list[dict[str, Any]]:
    return [item.to_component_dict() for item in sheet.items]


def texts(sheet: RenderedMessage) -> list[str]:
    inside = [each["content"] for each in walk(components(sheet)) if each["type"] == 10]
    return [sheet.content, *inside] if sheet.content else inside


def check_limits(sheet: RenderedMessage) -> None:
    """Hold a message against the table."""
    every = list(walk(components(sheet)))
    shown = texts(sheet)
    assert bool(sheet.content) != bool(every)
    assert units(sheet.content) <= limits.CONTENT
    assert len(every) <= limits.COMPONENTS
    assert sum(map(units, shown)) <= limits.TEXT
    assert sum(len(text.encode()) for text in shown) <= limits.TEXT_BYTES
    assert all(text.strip() for text in shown)
    assert len(sheet.files) <= limits.FILES
    assert len({each.name for each in sheet.files}) == len(sheet.files)
    ids = [each["custom_id"] for each in every if "custom_id" in each]
    assert len(set(ids)) == len(ids)
    assert all(len(each) <= limits.CUSTOM_ID for each in ids)
    for each in every:
        check_component(each)


def check_component(item: dict[str, Any]) -> None:
    match item["type"]:
        case 1:
            assert 1 <= len(item["components"]) <= limits.BUTTONS_IN_A_ROW
        case 2:
            assert 1 <= units(item["label"]) <= limits.BUTTON_LABEL
        case 3:
            options = item["options"]
            assert 1 <= len(options) <= limits.OPTIONS
            assert len({each["value"] for each in options}) == len(options)
            for each in options:
                assert 1 <= units(each["label"]) <= limits.OPTION_TEXT
                assert 1 <= units(each["value"]) <= limits.OPTION_TEXT
                assert units(each.get("description") or "") <= limits.OPTION_TEXT
        case 17:
            assert item["components"]


def hidden_boxes(items: Iterable[dict[str, Any]]) -> set[str]:
    boxes = (each for each in items if each["type"] == 17 and each["spoiler"])
    return {inner["content"] for box in boxes for inner in walk([box]) if inner["type"] == 10}


@given(replies)
@settings(max_examples=150, deadline=None)
def test_any_reply_is_shown_as_it_must_be(reply: Reply) -> None:
    check_reply(reply)


@pytest.mark.long
@given(replies)
@settings(max_examples=100_000, deadline=None)
def test_very_many_replies_are_shown_as_they_must_be(reply: Reply) -> None:
    check_reply(reply)


def check_reply(reply: Reply) -> None:
    sheet = render(reply)
    check_limits(sheet)
    check_limits(render(reply, mark=12345))
    check_quiet(sheet)
    check_said(reply, sheet)
    check_controls(sheet)


def check_quiet(sheet: RenderedMessage) -> None:
    """Nobody is pinged, no mark is forged, no spoiler shows."""
    boxes = hidden_boxes(components(sheet))
    for text in texts(sheet):
        assert marks_of(text) <= QUIET
        if text not in boxes:
            assert all(hidden or HIDDEN not in shown for shown, hidden in by_hiding(read(text)))
    for item in walk(components(sheet)):
        labels = [item.get("label"), item.get("placeholder"), item.get("description")]
        assert HIDDEN not in " ".join(each for each in labels if each)
    for file in sheet.files:
        assert HIDDEN not in file.name
        assert file.spoiler or HIDDEN.encode() not in file.data


def check_said(reply: Reply, sheet: RenderedMessage) -> None:
    """All bare text reads back equal, on the message or in the file."""
    seen = squeezed("".join(piece.text for text in texts(sheet) for piece in read(text)))
    filed = squeezed("".join(each.data.decode() for each in sheet.files)).replace("||", "")
    for text in said(reply):
        wanted = squeezed(text)
        assert wanted in seen or wanted.replace("||", "") in filed


def check_controls(sheet: RenderedMessage) -> None:
    """Every button and option says what it does."""
    for item in walk(components(sheet)):
        names = [item["custom_id"]] if "custom_id" in item else []
        if names and names[0].startswith(PICK):
            names = [each["value"] for each in item["options"]]
        for name in names:
            action_of(name, COMMANDS)


def said(reply: Reply) -> Iterator[str]:
    """Collect the bare text of all blocks that show some as it is."""
    for block in reply.blocks:
        match block:
            case Heading(spans) | Paragraph(spans) | Footnote(spans):
                yield from plain_texts(spans)
            case Quote(spans, source):
                yield from plain_texts((*spans, *source))
            case FilmCard(facts=facts, logline=logline, byline=byline):
                yield from plain_texts((*byline, *logline))
                for field in facts:
                    yield from plain_texts(field.spans)
            case FilmList(items):
                for item in items:
                    for line in (item.byline, *item.lines):
                        yield from plain_texts(line)


def plain_texts(spans: Iterable[Span]) -> Iterator[str]:
    return (span.text for span in spans if isinstance(span, Plain))


def test_a_line_is_bare_text() -> None:
    reply = Reply((Paragraph((Plain("Saved *it*."),)),), "Saved.", Visibility.ONLY_YOU)

    assert render(reply) == RenderedMessage(content="Saved \\*it\\*.", private=True)
    assert texts(render(reply, mark=7)) == ["Saved \\*it\\*."]
    assert components(render(reply, mark=7))[0]["id"] == 7


def test_a_reply_without_blocks_says_its_summary() -> None:
    assert texts(render(Reply((), "All is well."))) == ["All is well."]
    assert texts(render(Reply((), " "))) == ["Done."]


CARD = FilmCard(
    HER,
    "Her",
    2013,
    (Field("Directed by", (Plain("Spike Jonze"),)),),
    (Plain("A letter writer falls for a voice."),),
    "https://image.example/her.jpg",
    (Plain("Spike Jonze · 126 min"),),
)


def test_a_card_has_its_poster_beside_its_facts() -> None:
    [box] = components(render(Reply((CARD, Divider()), "Her (2013)")))

    assert box["type"] == 17
    section, line = box["components"]
    assert section["components"][0]["content"].split("\n") == [
        "## Her (2013)",
        "-# Spike Jonze · 126 min",
        "A letter writer falls for a voice.",
        "**Directed by** Spike Jonze",
    ]
    assert section["accessory"]["media"]["url"] == "https://image.example/her.jpg"
    assert section["accessory"]["description"] == "Poster of Her (2013)"
    assert line["type"] == 14


def test_films_of_a_list_have_their_posters_beside_them_while_there_is_room() -> None:
    poster = "https://image.example/her.jpg"
    actions = tuple(Button(name, HelpCommand(name)) for name in ("Seen it", "Watchlist", "Never"))
    pictures = {}
    for count in (5, 10, 20):
        items = tuple(
            FilmItem(HER, f"Film {n}", 2000, ((Plain("Why: it is."),),), actions, poster)
            for n in range(count)
        )
        sheet = render(Reply((Heading((Plain("Picks"),)), FilmList(items)), ""))
        check_limits(sheet)
        pictures[count] = sum(each["type"] == 11 for each in walk(components(sheet)))
        assert all(f"Film {n} (2000)" in "".join(texts(sheet)) for n in range(count))
    assert pictures == {5: 5, 10: 10, 20: pictures[20]}
    assert pictures[20] < 20


def test_many_things_to_do_with_many_films_are_menus() -> None:
    actions = (Button("Seen it", HelpCommand("seen")), Button("Watchlist", HelpCommand("list")))
    items = tuple(FilmItem(HER, f"Film {n}", 2000 + n, (), actions) for n in range(30))
    every = list(walk(components(render(Reply((FilmList(items),), "")))))

    seen = [each for each in every if each["type"] == 3 and each["placeholder"] == "Seen it"]
    assert [len(each["options"]) for each in seen] == [15, 15]
    assert seen[1]["options"][0]["label"] == "16. Film 15 (2015)"
    assert action_of(seen[0]["options"][3]["value"], COMMANDS) == HelpCommand("seen")


def test_films_that_can_be_opened_have_one_menu_and_lines_between_them() -> None:
    films = tuple(FilmItem(HER, f"Film {n}", 2000, ((Plain("Why: it is."),),)) for n in range(5))
    options = tuple(Option(each.title, f"id{n}") for n, each in enumerate(films))
    choice = Choice("Choose a film", options, SettingsCommand(), "scale")
    [box] = components(render(Reply((FilmList(films, choice=choice),), "")))

    *listed, row = box["components"]
    assert [each["type"] for each in listed] == [10, 14, 10, 14, 10, 14, 10, 14, 10]
    [menu] = row["components"]
    assert menu["placeholder"] == "Choose a film"
    assert [each["value"] for each in menu["options"]] == ["id0", "id1", "id2", "id3", "id4"]


def test_what_is_quoted_of_few_films_stands_small_below_their_posters() -> None:
    why, quote = ((Plain("Why: it is."),),), (Plain("“Warm.” — Ben"),)
    poster = "https://image.example/her.jpg"
    few, many = (
        tuple(FilmItem(HER, "Her", 2013, why, poster=poster, quote=quote) for _ in range(count))
        for count in (2, 7)
    )
    [box] = components(render(Reply((FilmList(few),), "")))
    assert [each["type"] for each in box["components"]] == [9, 10, 14, 9, 10]
    assert box["components"][1]["content"] == "-# “Warm.” — Ben"
    [box] = components(render(Reply((FilmList(many),), "")))
    assert "-# “Warm.” — Ben" in box["components"][0]["components"][0]["content"]


def test_buttons_are_shared_out_evenly_over_their_rows() -> None:
    actions = tuple(Button(f"Button {n}", HelpCommand(str(n))) for n in range(7))
    rows = components(render(Reply((Actions(actions),), "")))
    assert [len(each["components"]) for each in rows] == [4, 3]


def test_a_lone_action_stands_beside_its_film() -> None:
    items = tuple(
        FilmItem(HER, f"Film {n}", None, (), (Button("Cancel", HelpCommand(str(n))),)) for n in "ab"
    )
    [box] = components(render(Reply((FilmList(items),), "")))

    assert [each["accessory"]["label"] for each in box["components"]] == ["Cancel", "Cancel"]
    assert box["components"][1]["components"][0]["content"] == "**2\\. Film b**"


def test_a_form_has_dots_and_a_choice_is_a_menu() -> None:
    actions: tuple[Action, ...] = (
        Form("Write a review", ReviewCommand("id:her-2013"), ("rating", "text")),
        Choice("Ratings", (Option("Stars", "stars", "★★★½"),), SettingsCommand(), "scale"),
        *(Button(f"Button {n}", HelpCommand(str(n))) for n in range(6)),
    )
    first, second, third = components(render(Reply((Actions(actions),), "")))

    assert first["components"][0]["label"] == "Write a review…"
    assert (len(first["components"]), len(second["components"])) == (4, 3)
    [menu] = third["components"]
    assert menu["placeholder"] == "Ratings"
    assert menu["options"] == [
        {"label": "Stars", "value": "stars", "description": "★★★½", "default": False}
    ]


def test_what_turns_its_own_message_is_marked() -> None:
    reply = Reply(
        (Actions((Button("Older", HelpCommand()), Button("Other", ReviewCommand()))),), ""
    )
    [row] = components(render(reply, turns=lambda action: isinstance(action.command, HelpCommand)))

    assert [each["custom_id"] for each in row["components"]] == ["1.help#u01", "1.review#02"]


def test_an_action_too_long_for_an_id_is_left_out() -> None:
    reply = Reply(
        (Paragraph((Plain("Pick."),)), Actions((Button("Long", RecommendCommand(mood="x" * 99)),))),
        "",
    )

    assert texts(render(reply)) == ["Pick."]


def test_what_is_hidden_as_a_whole_stands_in_a_box_of_its_own() -> None:
    quote = Quote(
        (Spoiler((Plain(f"{HIDDEN} dies. " * 30),)),), (Mention(MemberId("discord:5"), "ana"),)
    )
    before, box, after = components(render(Reply((Heading((Plain("Reviews"),)), quote), "")))

    assert (before["spoiler"], box["spoiler"], after["spoiler"]) == (False, True, False)
    assert "|" not in box["components"][0]["content"]
    assert after["components"][0]["content"] == "— <@5>"


def test_a_long_review_is_begun_and_goes_along_whole() -> None:
    long = "A word about it. " * 800
    quotes = tuple(Quote((Plain(long + str(n)),), (Plain(f"member {n}"),)) for n in range(3))
    sheet = render(
        Reply(
            (Heading((Plain("Reviews"),)), *quotes, Actions((Button("Older", HelpCommand()),))), ""
        )
    )

    check_limits(sheet)
    [file] = sheet.files
    assert file.name == REST
    assert not file.spoiler
    for n in range(3):
        assert f"{long}{n}" in file.data.decode()
    head, begun, note, *_ = texts(sheet)
    assert begun.startswith("> “A word about it. A word")
    assert begun.endswith("…")
    assert "the file below" in note
    assert any(each["type"] == 2 for each in walk(components(sheet)))
    assert head == "### Reviews"


def test_letters_that_are_dear_in_bytes_fit_too() -> None:
    sheet = render(Reply((Heading((Plain("愛"),)), Paragraph((Plain("愛のコリーダ" * 900),))), ""))

    check_limits(sheet)
    assert len(sheet.files) == 1


def test_the_rest_of_a_spoiler_is_a_spoiler() -> None:
    sheet = render(Reply((Paragraph((Plain("Long. " * 900), Spoiler((Plain(HIDDEN),)))),), ""))

    assert sheet.files[0].spoiler
    assert f"||{HIDDEN}||" in sheet.files[0].data.decode()


def test_far_too_much_of_everything_degrades() -> None:
    many = Actions(tuple(Button(str(n), HelpCommand(str(n))) for n in range(60)))
    text = tuple(Paragraph((Plain(f"Paragraph {n}."),)) for n in range(60))
    parts: tuple[Block, ...] = (
        *text,
        Divider(),
        Picture("https://a.example/x.png", "A cat."),
        many,
        CARD,
    )
    sheet = render(
        Reply((*parts, *(Document("a b.txt", "text/plain", "x") for _ in range(12))), "")
    )

    check_limits(sheet)
    shown = " ".join(texts(sheet))
    assert all(f"Paragraph {n}." in shown for n in range(60))
    assert sheet.files[0].name == "a_b.txt"


def test_documents_and_pictures_have_their_parts() -> None:
    blocks = (
        Picture("https://a.example/x.png", "A cat."),
        Picture("file:///etc/passwd", "A secret."),
        Document("../week of 3 May.ics", "text/calendar", "BEGIN:VCALENDAR"),
        Document("", "text/plain", ""),
    )
    sheet = render(Reply(blocks, ""))
    picture, alt, calendar, nameless = components(sheet)

    assert picture["items"][0]["description"] == "A cat."
    assert alt["content"] == "A secret."
    assert calendar["file"]["url"] == "attachment://week_of_3_May.ics"
    assert nameless["file"]["url"] == "attachment://file.txt"
    assert sheet.files[0].data == b"BEGIN:VCALENDAR"


def test_bars_show_the_spread_without_its_empty_ends() -> None:
    histogram = Histogram((("★", 0), ("★★", 1), ("★★★", 0), ("★★★★", 30), ("★★★★★", 0)))
    [text] = texts(render(Reply((histogram,), "")))

    assert text.split("\n") == [
        "`★★\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}` █ 1",
        "`★★★\N{NO-BREAK SPACE}` 0",
        f"`★★★★` {'█' * 14} 30",
    ]


def test_ids_of_a_message_are_all_different() -> None:
    namer = Namer(lambda _: False)

    names = [namer.name(Button("", HelpCommand())) for _ in range(1_200)]
    assert len(set(names)) == 1_200
