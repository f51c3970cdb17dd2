"""Refusals give back everything typed, in a form that opens filled, whatever refused it."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.titles.index import TitleIndex
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import HalfStars
from bot.features.reviews.commands import ReviewCommand
from bot.messages.replies import Form, Reply
from bot.request.middleware.rate_limits import Limits, Rate
from bot.service import Bot
from db.engines.sqlite_transactions import SqliteTransactions
from db.store import SqlStore
from recommender import BaseIndex
from tests.support import Room, actions, button, text

WORDS = "An hour of typing, and every word of it meant. " * 40
COMMAND = ReviewCommand("id:her-2013", HalfStars(9), WORDS, spoiler=True)


@asynccontextmanager
async def locked(room: Room, tmp_path: Path) -> AsyncIterator[None]:
    """Let another program hold the database; the club's bot waits for it but briefly."""
    cast("SqliteTransactions", cast("SqlStore", room.store)._transactions)._patience = timedelta(
        seconds=0.2
    )
    with closing(sqlite3.connect(tmp_path / "matinee.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


def form(reply: Reply) -> Form:
    [found] = [each for each in actions(reply) if isinstance(each, Form)]
    return found


async def opened(room: Room, reply: Reply, member: str = "ana") -> object:
    """Open the form of a refusal; return the command that it is filled with."""
    found = await room.bot.forms.load(room.caller(member), form(reply))
    return found.command if isinstance(found, Form) else found


async def test_a_locked_store_loses_no_word_of_a_form(room: Room, tmp_path: Path) -> None:
    async with locked(room, tmp_path):
        refused = await room.say("ana", COMMAND)
        assert "in use by another program just now. Try again in a moment." in text(refused)
        assert text(refused).count("Try again in a moment") == 1
        assert WORDS.strip() in text(refused)
        assert await opened(room, refused) == replace(COMMAND, film="Her (2013)")
        assert {"rating", "text", "spoiler"} <= set(form(refused).fields)
    saved = await room.press("ana", refused, "Try again")
    assert "Saved your review of Her (2013)" in text(saved)
    async with room.store.reading(room.caller("ana").club_id) as work:
        [review] = await work.reviews.of_film(FilmId("her-2013"))
    assert (review.text, review.rating, review.spoiler) == (WORDS, HalfStars(9), True)


async def test_a_limit_loses_no_word_of_a_form(
    room: Room, titles: TitleIndex, index: BaseIndex
) -> None:
    limits = Limits(Rate(1, timedelta(seconds=10)), Rate(100, timedelta(seconds=1)))
    room.bot = Bot(room.store, titles, ClubIndexes(index), room.clock, room.ids, limits)
    await room.say("ana", "/help")
    refused = await room.say("ana", COMMAND)
    assert "Try again in 10 s" in text(refused)
    assert await opened(room, refused) == replace(COMMAND, film="Her (2013)")
    room.clock.forward(seconds=10)
    assert "Saved" in text(await room.press("ana", refused, "Try again"))


async def test_nobody_else_can_open_it(room: Room, titles: TitleIndex, index: BaseIndex) -> None:
    limits = Limits(Rate(1, timedelta(hours=1)), Rate(100, timedelta(seconds=1)))
    room.bot = Bot(room.store, titles, ClubIndexes(index), room.clock, room.ids, limits)
    await room.say("ana", "/help")
    refused = await room.say("ana", COMMAND)
    assert isinstance(await opened(room, refused, "ben"), Reply)
    told = await room.say("ben", button(refused, "Try again").command)
    assert "another member's" in text(told)


@pytest.mark.parametrize("line", ["/review Her | " + WORDS, "/remind Her"])
async def test_a_typed_line_is_repeated(room: Room, tmp_path: Path, line: str) -> None:
    async with locked(room, tmp_path):
        assert line.strip() in text(await room.say("ana", line.strip()))


async def test_a_pressed_button_can_be_pressed_again(room: Room, tmp_path: Path) -> None:
    card = await room.say("ana", "/film Her")
    press = button(card, "Watchlist").command
    async with locked(room, tmp_path):
        refused = await room.say("ana", press)
        assert button(refused, "Try again").command == press
        assert not [each for each in actions(refused) if isinstance(each, Form)]


async def test_words_that_are_kept_first_are_an_unfinished_review_until_they_are_saved(
    room: Room, starter: tuple[Film, ...]
) -> None:
    """As where the process ends after a platform was answered, and before the words were saved."""
    del starter
    kept = await room.bot.forms.keep_words(room.caller("ana"), COMMAND)
    unfinished = await room.say("ana", "/review")
    assert "You have not finished this one" in text(unfinished)
    assert "An hour of typing" in text(unfinished)

    assert "Saved" in text(await room.say("ana", kept))
    assert "You have not finished" not in text(await room.say("ana", "/review"))
    assert await room.bot.forms.keep_words(room.caller("ana"), kept) == kept


async def test_kept_words_that_are_asked_about_can_be_dropped_whole(room: Room) -> None:
    private = ReviewCommand("id:her-2013", text="private, too close to home")
    kept = await room.bot.forms.keep_words(room.caller("ana"), private)
    asked = await room.say("ana", kept)
    assert "sounds private" in text(asked)
    await room.press("ana", asked, "Drop it")
    assert "You have not finished" not in text(await room.say("ana", "/review"))
