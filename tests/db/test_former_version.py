"""A database of the former version opens in this one, and buttons of its old messages work."""

import asyncio
import json
import lzma
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.titles.index import TitleIndex
from bot.domain.films.film import Film
from bot.domain.ids import ClubId, MemberId
from bot.features.reviews.commands import ReviewCommand
from bot.language.grammar.forms import fill, with_value
from bot.messages.codec import action_of, command_from_json, reply_from_json
from bot.messages.commands import Command
from bot.messages.replies import Choice, Form, Reply
from bot.messages.requests import NO_CLUB, Caller, Request
from bot.registry import COMMANDS
from bot.request.middleware.rate_limits import Limits, Rate
from bot.service import Bot
from db.engines.open import open_store
from recommender import BaseIndex
from tests.support import CountingIds, HandClock, Mailbox, Room, items, text

FORMER = Path(__file__).with_name("former")
ACTIONS = [json.loads(line) for line in (FORMER / "actions.jsonl").read_text("utf-8").splitlines()]
NOON = datetime(2024, 1, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def former(tmp_path_factory: pytest.TempPathFactory, starter: tuple[Film, ...]) -> Path:
    """The former version's database as this version has opened it once, to be copied."""
    path = tmp_path_factory.mktemp("former") / "matinee.db"
    path.write_bytes(lzma.decompress((FORMER / "matinee.db.xz").read_bytes()))
    asyncio.run(_start(path, starter))
    return path


async def _start(path: Path, films: tuple[Film, ...]) -> None:
    store = await open_store(f"sqlite:///{path}")
    await store.catalogue.put(films, source="starter", digest="test")
    await store.close()


@pytest.fixture
async def club(
    former: Path, titles: TitleIndex, index: BaseIndex, tmp_path: Path
) -> AsyncIterator[Room]:
    """The club `former`, on a copy of the database."""
    path = tmp_path / "matinee.db"
    path.write_bytes(former.read_bytes())
    store = await open_store(f"sqlite:///{path}")
    try:
        clock, ids = HandClock(NOON), CountingIds()
        at_will = Rate(1_000_000, timedelta(microseconds=1))
        bot = Bot(store, titles, ClubIndexes(index), clock, ids, Limits(at_will, at_will))
        yield Room(bot, store, clock, ids, Mailbox(), club="console:former")
    finally:
        await store.close()


def caller(room: Room, member: str, *, private: bool = False) -> Caller:
    """Return a member of the terminal, as that version named them."""
    return replace(
        room.caller(member, admin=True),
        club_id=NO_CLUB if private else ClubId(room.club),
        member_id=MemberId(f"console:{member}"),
    )


async def say(room: Room, member: str, content: str | Command, request_id: str = "now") -> Reply:
    return await room.bot.handle(Request(request_id, caller(room, member), content))


async def press(room: Room, pressed: dict[str, Any]) -> Reply:
    """Press an action of an old message as a platform does: by its id alone."""
    action, values = action_of(pressed["action"], COMMANDS), pressed["values"]
    private = pressed["action"].startswith("1.choose-club")
    who = caller(room, pressed["member"], private=private)
    if isinstance(action, Form):
        form = await room.bot.forms.load(who, action)
        assert isinstance(form, Form), form
        assert set(values) == set(form.fields)
        action = fill(form.command, values)
    elif isinstance(action, Choice):
        action = with_value(action.command, action.field, values[action.field])
    return await room.bot.handle(Request("press", who, action))


def test_the_actions_are_of_every_kind() -> None:
    actions = [action_of(each["action"], COMMANDS) for each in ACTIONS]
    commands = [each.command if isinstance(each, Form | Choice) else each for each in actions]
    assert len(actions) >= 80
    assert sum(isinstance(each, Form) for each in actions) >= 15
    assert sum(isinstance(each, Choice) for each in actions) == 2
    assert {"recall", "drop-draft", "choose-club", "undo-review", "delete-review"} <= {
        each.name for each in commands
    }
    assert sum(each.name == "recall" for each in commands) >= 20


@pytest.mark.parametrize("pressed", ACTIONS, ids=lambda each: each["action"][:60])
async def test_an_action_of_an_old_message_works(club: Room, pressed: dict[str, Any]) -> None:
    reply = await press(club, pressed)
    assert reply.summary.startswith(pressed["says"])
    assert "went wrong" not in reply.summary
    assert "answered already" not in reply.summary


async def test_reviews_are_there_with_ratings_histories_and_what_is_private(club: Room) -> None:
    strangers = await say(club, "cleo", "/reviews All of Us Strangers")
    assert "I rang my mother from the cinema steps." in text(strangers)
    assert "Everybody whispers" not in text(strangers)  # hidden by a moderator
    assert "somebody else's holiday video" in text(await say(club, "ana", "/reviews Aftersun"))
    assert "somebody else's holiday video" not in text(await say(club, "ben", "/reviews Aftersun"))
    assert "A tower, a ghost or two." in text(await say(club, "gil", "/reviews Weekend"))
    async with club.store.reading(ClubId(club.club)) as work:
        own = await work.films.own()
        reviews = [
            each
            for film_id in await work.reviews.films()
            for each in await work.reviews.of_film(film_id)
        ]
    assert {film.title for film in own} == {"Zyxxy of Qwert", "Zwei im Turm"}
    assert len(reviews) == 23


async def test_reminders_are_there_and_delivered(club: Room) -> None:
    listed = await say(club, "cleo", "/reminders")
    assert [each.title for each in items(listed)] == ["Zyxxy of Qwert", "Past Lives"]
    club.clock.instant = datetime(2024, 1, 26, 9, tzinfo=UTC)
    told = {str(place): reply.summary for place, reply in await club.deliver()}
    assert told == {
        "console:former@ana": "ana, All of Us Strangers (2023) is out: UK cinemas, 26 January 2024.",
        "console:former#room": "ben, All of Us Strangers (2023) is out: UK cinemas, 26 January 2024.",
    }
    club.clock.instant = datetime(2024, 1, 31, 9, tzinfo=UTC)
    told = {str(place): reply.summary for place, reply in await club.deliver()}
    assert "The Zone of Interest (2023) comes out soon" in told["console:former@ben"]


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


async def test_every_receipt_answers_its_request_again(club: Room, former: Path) -> None:
    receipts = rows(
        former, "SELECT request_id, reply FROM receipts WHERE club_id = 'console:former'"
    )
    assert len(receipts) > 40
    for request_id, written in receipts:
        reply = await say(club, "ana", ReviewCommand("Tenet", text="Once more."), request_id)
        assert reply == reply_from_json(json.loads(written), COMMANDS)
    assert "Once more." not in text(await say(club, "ana", "/reviews Tenet"))


def test_every_draft_is_read(former: Path) -> None:
    drafts = rows(former, "SELECT command, button FROM drafts")
    read = [command_from_json(json.loads(written), COMMANDS) for written, _ in drafts]
    assert {each.name for each in read} >= {
        "review",
        "save-critique",
        "merge",
        "part-film",
        "add-film",
    }
    assert {button for _, button in drafts} == {0, 1}


async def test_an_unfinished_review_is_offered_again(club: Room) -> None:
    offered = await say(club, "dara", "/review")
    assert "A fairy tale with a knife in it." in text(offered)
    assert (
        "Saved your review of Suspiria (1977)"
        in (
            await press(
                club,
                next(
                    e for e in ACTIONS if "suspiria-1977" in e["action"] and "recall" in e["action"]
                ),
            )
        ).summary
    )
