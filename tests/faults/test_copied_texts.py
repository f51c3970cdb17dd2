"""Texts and tables copied from elsewhere: their markup, entities, line ends and control characters."""

import io
from datetime import timedelta

import pytest

from bot.catalogue.importing.files.csv_rows import Row, csv_rows
from bot.catalogue.importing.files.limits import HOST
from bot.catalogue.importing.movielens import split_title
from bot.domain.films.film import Film, Release, ReleaseKind
from bot.domain.ids import ClubId, FilmId
from bot.domain.words.markup import without_page_markup
from bot.features.releases.commands import ReleasesCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages.replies import Document
from bot.request.lookup.commands import AddFilmCommand
from tests.support import Room, text

CRITIC = """<html><head><style>p {color: red}</style></head><body><article>
<h1>Her &amp; Him</h1><p>Directed by Spike Jonze, with Joaquin Phoenix (Theodore) and Amy Adams (Amy).</p>
<p>Spike Jonze&rsquo;s <em>Her</em> is a warm, sad film about a man who falls for a voice.<br>It glows&nbsp;for
two hours, and it never once laughs at him, though it might. 126 mins.</p>
<p>Her is due to be released in the UK on 14 February 2014. <b>★★★★</b></p><p>Review by Mark Kermode</p>
<script>alert("x")</script></article></body></html>"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_is_read_whatever_ends_its_lines(end: str) -> None:
    table = end.join(["movieId,title", '1,"Fast &amp; Furious (2009)"', "2,Her (2013)", ""])
    rows = list(csv_rows(io.BytesIO(table.encode()), "movies.csv", ("movieId", "title"), HOST))
    assert [each.cells["title"] for each in rows if isinstance(each, Row)] == [
        "Fast &amp; Furious (2009)",
        "Her (2013)",
    ]


def test_a_long_table_of_old_line_ends_is_read_to_its_end() -> None:
    table = "movieId,title\r" + "".join(f"{number},Film {number}\r" for number in range(90_000))
    rows = list(csv_rows(io.BytesIO(table.encode()), "movies.csv", ("movieId",), HOST))
    assert len(rows) == 90_000
    assert rows[-1] == Row(90_001, {"movieId": "89999", "title": "Film 89999"})


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("Fast &amp; Furious (2009)", ("Fast & Furious",)),
        ("Don&#39;t Look Now (a.k.a. A &quot;Venice&quot;) (1973)", ("Don't Look Now", 'A "Venice"')),
        ("Matrix, The (1999)\r", ("The Matrix",)),
        ("a&#27;[31mb (2001)", ("a[31mb",)),
        ("AT&T (2001)", ("AT&T",)),
    ],
)  # fmt: skip
def test_a_title_of_movielens_is_free_of_entities(typed: str, titles: tuple[str, ...]) -> None:
    assert split_title(typed)[0] == titles


async def test_a_critics_page_is_read_without_its_markup(room: Room) -> None:
    asked = await room.say("ana", ReviewCommand("id:her-2013", file="page.txt"), attachment=CRITIC)
    assert "Mark Kermode" in text(asked)
    saved = await room.press("ana", asked, "Save as Mark Kermode's review")
    assert "Mark Kermode" in text(saved)
    shown = text(await room.say("ben", "/reviews Her"))
    assert "Spike Jonze’s Her is a warm, sad film" in shown
    for sign in ("<p>", "&amp;", "&rsquo;", "alert", "color: red"):
        assert sign not in shown


@pytest.mark.parametrize(
    "own", ["I <3 it", "2 < 3 and 5 > 4", "<sigh> that ending", "a & b &amp c"]
)
def test_a_members_signs_are_no_markup(own: str) -> None:
    assert without_page_markup(own) == own


async def test_no_control_character_reaches_a_calendar_file(room: Room) -> None:
    """Neither from a title that was stored as it came, nor from one that a member adds."""
    day = room.clock.now().date() + timedelta(days=20)
    raw = Film(
        FilmId("raw"),
        "\x1b[31mRaw\x1b[0m\x07 Sea",
        releases=(Release("GB", ReleaseKind.CINEMA, day),),
        club_id=ClubId(room.club),
    )
    async with room.store.writing(ClubId(room.club)) as work:
        await work.films.save(raw)
    added = await room.say("ana", AddFilmCommand("\x1b[31mRed\x07 Sea", 2024))
    assert "[31mRed Sea (2024)" in text(added)
    await room.say("ana", ReleasesCommand(film="id:own-31mred-sea-2024", on=day.isoformat()))
    calendar = await room.press("ana", await room.say("ana", "/releases"), "Calendar file")
    [file] = [block for block in calendar.blocks if isinstance(block, Document)]
    assert "Raw" in file.content
    assert "Red Sea" in file.content
    assert all(letter.isprintable() or letter in "\r\n" for letter in file.content)
