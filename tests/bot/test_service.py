"""`Bot.handle`: errors, limits, permissions, one effect per request, reviews that count at once."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.titles.index import TitleIndex
from bot.domain.clubs.club import Member
from bot.domain.errors import StoreError
from bot.domain.ids import ClubId, MemberId
from bot.domain.reviews.review import LONGEST_REVIEW
from bot.features.follow.commands import FollowCommand
from bot.features.nights.commands import NightCommand
from bot.features.reviews.commands import ReviewCommand, SaveCritiqueCommand
from bot.messages.commands import Command
from bot.messages.replies import Button, Option
from bot.messages.spans import Usage
from bot.messages.visibility import Visibility
from bot.registry import TYPED
from bot.request.lookup.commands import AddFilmCommand
from bot.request.middleware.rate_limits import Limits, Rate
from bot.service import Bot
from recommender import BaseIndex
from tests.support import Room, actions, items, text

STRANGERS = "All of Us Strangers"


async def test_a_request_that_comes_twice_has_one_effect_and_one_answer(room: Room) -> None:
    first = await room.say("ana", f"/review {STRANGERS} 4/5", request_id="r1")
    await room.say("ana", f"/review {STRANGERS} 1/5", request_id="r2")
    again = await room.say("ana", f"/review {STRANGERS} 4/5", request_id="r1")
    assert again == first
    assert "★ " in text(await room.say("ben", f"/review {STRANGERS}"))


async def test_the_same_request_at_the_same_time_has_one_effect(room: Room) -> None:
    replies = await asyncio.gather(
        *(room.say("ana", "/review Her 4/5 Warm.", request_id="same") for _ in range(8))
    )
    assert all(reply == replies[0] for reply in replies)
    assert len(await room.deliver()) == 1


async def test_requests_of_two_clubs_may_share_an_id(room: Room) -> None:
    await room.say("ana", "/review Her 4/5 Warm.", request_id="same")
    reply = await room.other("test:elsewhere").say("ana", "/review Carol 4/5", request_id="same")
    assert "Carol" in text(reply)


async def test_a_review_changes_the_next_picks_of_its_club_and_of_no_other(room: Room) -> None:
    elsewhere = room.other("test:elsewhere")
    for club in (room, elsewhere):
        assert "I found nothing for" in text(await club.say("ana", "/recommend zorblaxian"))
    await room.say("ben", "/review Stalker 5/5 A zorblaxian film, damp and holy.")
    assert [item.title for item in items(await room.say("ana", "/recommend zorblaxian"))] == [
        "Stalker"
    ]
    assert [item.title for item in items(await room.say("ana", "/recommend"))] == ["Stalker"]
    assert "I found nothing for" in text(await elsewhere.say("ana", "/recommend zorblaxian"))
    assert items(await elsewhere.say("ana", "/recommend")) == []


async def test_an_edit_and_a_deletion_are_in_the_next_picks_too(room: Room) -> None:
    await room.say("ben", "/review Stalker 5/5 A zorblaxian film.")
    await room.say("ana", "/recommend zorblaxian")
    edited = await room.say("ben", "/review Stalker | A quuxish film.")
    assert items(await room.say("ana", "/recommend zorblaxian")) == []
    assert len(items(await room.say("ana", "/recommend quuxish"))) == 1
    await room.press("ben", await room.press("ben", edited, "Delete…"), "Delete")
    assert items(await room.say("ana", "/recommend quuxish")) == []
    assert items(await room.say("ana", "/recommend")) == []


async def test_a_private_review_feeds_only_its_authors_picks(room: Room) -> None:
    before = items(await room.say("ben", "/recommend like Aftersun"))
    await room.say("ana", "/review Stalker 5/5 --private Rewound tapes and a father in Turkey.")
    await room.say("ana", "/review Aftersun 5/5 --private Rewound tapes and a father in Turkey.")
    assert items(await room.say("ben", "/recommend like Aftersun")) == before
    assert "Rewound" not in text(await room.say("ben", "/review Aftersun"))
    assert "An early guess from 2 ratings" in text(await room.say("ana", "/recommend"))


async def test_a_spoiler_is_in_no_reason_and_no_quote(room: Room) -> None:
    for name, film in (("ana", "Aftersun"), ("ben", "Stalker")):
        await room.say(
            name, f"/review {film} 5/5 Quiet and kind. ||The zorblax drowns at the end.||"
        )
        await room.say(
            name, f"/review Solaris (1972) 5/5 --spoiler The zorblax was never there, {name}."
        )
    for line in (
        "/review Aftersun",
        "/recommend like Aftersun",
        "/recommend zorblax",
        "/reviews Aftersun",
    ):
        shown = text(await room.say("cleo", line)).replace("“zorblax”", "")
        assert "zorblax" not in shown


async def test_one_who_does_not_want_to_be_quoted_is_not(room: Room) -> None:
    await room.say("ana", "/review Aftersun 5/5 A whole summer held in one rewound tape.")
    assert "rewound tape" in text(await room.say("ben", "/review Aftersun"))
    await room.say("ana", "/settings quotable no")
    card = text(await room.say("ben", "/review Aftersun"))
    assert "rewound tape" not in card
    assert "5.0/5" in card
    assert "rewound tape" not in text(await room.say("ben", "/recommend"))


async def test_only_admins_set_up_a_club(room: Room) -> None:
    refused = await room.say("ana", "/setup region FR")
    assert "for those who run this club" in text(refused)
    assert refused.visibility is Visibility.ONLY_YOU
    assert "France" in text(await room.say("ana", "/setup region FR", admin=True))


async def test_no_reader_waits_behind_writers_of_a_locked_database(
    room: Room, tmp_path: Path
) -> None:
    other = room.other("test:elsewhere")
    with closing(sqlite3.connect(tmp_path / "matinee.db")) as locking:
        locking.execute("BEGIN IMMEDIATE")
        writers = [asyncio.create_task(room.say("ana", f"/review Her {n}/5")) for n in range(1, 6)]
        await asyncio.sleep(0.05)
        async with asyncio.timeout(3):
            assert "Her (2013)" in text(await other.say("ben", "/film Her"))
        locking.rollback()
    assert all("your review of Her" in text(each) for each in await asyncio.gather(*writers))


async def test_one_who_asks_too_fast_waits(
    room: Room, titles: TitleIndex, index: BaseIndex
) -> None:
    limits = Limits(Rate(2, timedelta(seconds=10)), Rate(100, timedelta(seconds=1)))
    room.bot = Bot(room.store, titles, ClubIndexes(index), room.clock, room.ids, limits)
    await room.say("ana", "/help")
    await room.say("ana", "/help")
    reply = await room.say(
        "ana", "/review Her | A long review that took me an hour to type, truly it did."
    )
    assert "Try again in 10 s" in text(reply)
    assert "took me an hour" in text(reply)


async def test_what_goes_wrong_inside_tells_nothing_but_a_trace(
    room: Room, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def break_down(*_: object) -> None:
        raise RuntimeError("secret words of a member")

    monkeypatch.setattr(ClubIndexes, "of", break_down)
    with caplog.at_level(logging.ERROR, logger="bot.request.middleware.stages"):
        reply = await room.say("ana", "/recommend")
    assert "something went wrong on my side" in text(reply)
    assert reply.visibility is Visibility.ONLY_YOU
    assert "secret words" not in text(reply) + caplog.text
    assert "RuntimeError" in caplog.text


async def test_a_store_that_cannot_serve_is_told_and_loses_nothing_typed(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise StoreError("The database is locked.", retry=True)

    monkeypatch.setattr(type(room.store), "writing", locked)
    reply = await room.say(
        "ana", "/review Her | Words that must not be lost, for they took me a while."
    )
    assert "locked" in text(reply)
    assert "Try again in a moment" in text(reply)
    assert "must not be lost" in text(reply)


async def test_a_long_text_is_kept_and_its_beginning_can_be_saved(room: Room) -> None:
    reply = await room.say("ana", "/review Her | " + "word " * 210_000)
    assert "a review holds 20,000" in text(reply)
    await room.press("ana", reply, f"Save the first {LONGEST_REVIEW:,}")
    async with room.store.reading(ClubId(room.club)) as work:
        (saved,) = await work.reviews.of_member(MemberId("test:ana"))
    assert len(saved.text) == LONGEST_REVIEW


async def test_undo_pressed_twice_goes_back_once(room: Room) -> None:
    await room.say("ana", "/review Her 2/5")
    changed = await room.say("ana", "/review Her 5/5")
    await room.press("ana", changed, "Undo")
    again = await room.press("ana", changed, "Undo")
    assert "undone already" in text(again)
    assert "2.0/5" in text(await room.say("ben", "/review Her"))


async def test_another_members_buttons_do_nothing(room: Room) -> None:
    saved = await room.say("ana", "/review Her 2/5")
    asked = await room.say("ana", "/review Solaris 4/5 A station.")
    assert "isn't yours" in text(await room.press("ben", saved, "Undo"))
    assert "another member's" in text(await room.press("ben", asked, "Solaris (1972)"))
    await room.press("ana", asked, "Solaris (1972)")
    assert "A station." in text(await room.say("ben", "/review Solaris"))


async def test_writing_again_after_deleting_begins_anew(room: Room) -> None:
    await room.say("ana", "/review Her 2/5 Cold.")
    changed = await room.say("ana", "/review Her 3/5")
    deleted = await room.press("ana", await room.press("ana", changed, "Delete…"), "Delete")
    assert "Cold." not in text(await room.say("ben", "/review Her"))
    back = await room.press("ana", deleted, "Undo")
    assert "as it was before" in text(back)
    asked = await room.press("ana", await room.say("ana", "/review Her 4/5"), "Delete…")
    await room.press("ana", asked, "Delete")
    await room.say("ana", "/review Her 5/5")
    assert "Cold." not in text(await room.say("ana", "/reviews"))


async def test_a_member_is_remembered_and_renamed(room: Room) -> None:
    await room.say("ana", "/help")
    async with room.store.reading(ClubId(room.club)) as work:
        known = await work.members.get(MemberId("test:ana"))
    assert isinstance(known, Member)
    assert known.last_active == room.clock.now()


async def test_titles_are_completed_from_memory(room: Room) -> None:
    assert Option(
        "All of Us Strangers (2023) · Haigh", "id:all-of-us-strangers-2023"
    ) in room.bot.films.suggest("all of u")
    assert room.bot.films.suggest("") == []


async def test_a_club_completes_the_films_it_has_added(room: Room) -> None:
    await room.say("ana", AddFilmCommand("Zebra Crossings", 2021, "Ana Maria", "A crossing."))
    await room.say("ana", "/help")

    [own] = room.bot.films.suggest("zebra cross", club_id=ClubId(room.club))
    assert own.label == "Zebra Crossings (2021) · Maria"
    assert room.bot.films.suggest("zebra cross", club_id=ClubId("test:other")) == []


@pytest.mark.parametrize("spec", TYPED, ids=lambda s: s.name)
async def test_every_example_of_the_catalogue_is_understood(
    spec: type[Command], room: Room
) -> None:
    for name in ("ben", "cleo"):
        await room.say(name, "/review Her 3/5")
    await room.say("ben", SaveCritiqueCommand("id:her-2013", "Orla Tremain", "A warm film."))
    for own in ("The Empty Tower", "Night Ferry"):
        await room.say("ana", AddFilmCommand(own, 2023, "Ana Maria", "What /merge is shown with."))
    if spec is NightCommand:  # one of its examples is a vote
        await room.say("ana", "/night new thursday at 8")
        await room.say("ana", "/night skip")
    # The vote of the night above first: later examples plan others.
    for example in sorted(spec.examples(), key=lambda each: getattr(each, "action", "") != "vote"):
        if isinstance(example, NightCommand) and example.action == "when":
            await room.say("ana", "/night cancel 2", admin=True)  # three are the most at once
        reply = await room.say("ana", str(Usage(example)), admin=True)
        if isinstance(example, FollowCommand) and example.account:
            continue  # feeds are read only where there is a network
        assert "You typed" not in text(reply), example
        assert "went wrong" not in text(reply), example


async def test_every_button_of_a_card_answers(room: Room) -> None:
    await room.say("ana", f"/review {STRANGERS} 4/5 Tender.")
    card = await room.say("ben", f"/review {STRANGERS}")
    buttons = [action for action in actions(card) if isinstance(action, Button)]
    assert len(buttons) >= 4
    for each in buttons:
        assert "went wrong" not in text(await room.say("ben", each.command)), each.label


async def test_a_members_own_long_words_are_never_taken_for_a_critics(room: Room) -> None:
    words = "I watched it last night and have thought of little else. " * 10

    asked = await room.say("ana", ReviewCommand(text=words, mine=True))

    assert text(asked).startswith("Which film is it about?")
