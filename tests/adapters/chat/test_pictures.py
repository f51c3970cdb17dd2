"""Pictures in the chat: a PNG with a description on each platform, a file in the terminal."""

import asyncio
import shutil
from pathlib import Path

import pytest
from discord import ui

from adapters.chat import font_files as font_files_module
from adapters.chat.font_files import FONTS, font_files
from adapters.chat.pictures import file_of, png
from adapters.console.output.files import save_documents
from adapters.console.output.render import render as in_terminal
from adapters.console.output.terminal import Look
from adapters.discord.outgoing.render import render as in_discord
from adapters.slack.outgoing.posting import _uploaded
from adapters.slack.outgoing.render import render as in_slack
from bot.features.figures.commands import YearCommand
from bot.messages.replies import Document, Reply
from bot.views import drawing
from tests.support import Room

HEAD = b"\x89PNG\r\n\x1a\n"


async def pictured(room: Room) -> Reply:
    await room.say("ana", "/review Heat 4/5 --on 2024-01-02")
    await room.say("ben", "/review Heat 5/5 --on 2024-01-03")
    return await room.say("ana", YearCommand(2024, picture=True))


async def test_discord_shows_a_picture_with_its_description(room: Room) -> None:
    message = in_discord(await pictured(room))
    (file,) = message.files
    assert file.name == "year-2024.png"
    assert file.data.startswith(HEAD)
    galleries = [each for each in message.items if isinstance(each, ui.MediaGallery)]
    galleries += [
        each
        for item in message.items
        if isinstance(item, ui.Container)
        for each in item.children
        if isinstance(each, ui.MediaGallery)
    ]
    (gallery,) = galleries
    assert str(gallery.items[0].media.url) == "attachment://year-2024.png"
    assert (gallery.items[0].description or "").startswith("2024 in review: 2 reviews of 1 film")


async def test_slack_is_given_a_picture_with_its_description(room: Room) -> None:
    message = in_slack(await pictured(room))
    (document,) = message.documents
    sent = await _uploaded(document)
    assert sent["file"].startswith(HEAD)
    assert sent["filename"] == "year-2024.png"
    assert sent["alt_txt"].startswith("2024 in review")


async def test_the_terminal_says_what_is_in_it_and_saves_it(room: Room, tmp_path: Path) -> None:
    reply = await pictured(room)
    assert "[picture: 2024 in review: 2 reviews of 1 film" in in_terminal(reply, Look(10_000))
    list(save_documents(reply, tmp_path))
    assert (tmp_path / "year-2024.png").read_bytes().startswith(HEAD)


def test_letters_of_all_scripts_that_are_promised_are_drawn() -> None:
    blank = png(drawing.picture([drawing.text(100, 300, " ", 80)], ""))
    for letters in ("Ĝiškŭ ½", "Κινηματογράφος", "Воскресенье"):
        for italic in (False, True):
            drawn = png(drawing.picture([drawing.text(100, 300, letters, 80, italic=italic)], ""))
            boxes = png(drawing.picture([drawing.text(100, 300, "映" * len(letters), 80)], ""))
            assert len(drawn) > len(blank) + 1_000
            assert drawn != boxes


def test_other_files_stay_as_they_are() -> None:
    assert file_of(Document("a.ics", "text/calendar", "BEGIN")) == ("a.ics", b"BEGIN")


def test_letters_that_are_not_there_come_from_the_hosts_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    greek = next(each for each in map(Path, font_files("")) if each.stem == "garamond-greek-normal")
    latin = next(each for each in map(Path, font_files("")) if each.stem == "garamond-latin-normal")
    monkeypatch.setattr(font_files_module, "_OWN", ("latin-normal",))
    drawing_of = drawing.picture([drawing.text(100, 300, "Αγάπη", 80)], "")
    bare = png.__wrapped__(drawing_of)
    (tmp_path / "more").mkdir()
    shutil.copy(greek, tmp_path / "more" / "Some-Regular.ttf")
    shutil.copy(latin, tmp_path / "more" / "Any-BoldItalic.TTF")
    monkeypatch.setenv(FONTS, str(tmp_path))
    assert [Path(each).name for each in font_files(str(tmp_path))] == [
        "garamond-latin-normal.ttf",
        "Some-Regular.ttf",
        "Any-BoldItalic.TTF",
    ]
    assert png.__wrapped__(drawing_of) != bare


async def test_the_chat_goes_on_while_a_picture_is_drawn() -> None:
    svg = drawing.picture(
        [drawing.text(64, 40 + 8 * n, "Aftersun " * 9, 28) for n in range(70)], ""
    )
    drawn = asyncio.create_task(asyncio.to_thread(png.__wrapped__, svg))
    turns = 0
    while not drawn.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert (await drawn).startswith(HEAD)
    assert turns > 10  # while resvg draws in this process, there are two at most


async def test_a_year_says_its_mean_in_figures_for_its_fonts_have_no_stars(room: Room) -> None:
    (document,) = [each for each in (await pictured(room)).blocks if isinstance(each, Document)]
    assert "4.5 of 5 on average" in document.content
    assert "★" not in document.content
