"""Film nights: from the plan to what those who came thought, with everything that can go wrong."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalogue.titles.index import TitleIndex
from bot.domain.clubs.club import MarkKind
from bot.domain.ids import ClubId, MemberId
from bot.domain.nights import NEWS, Night, NightGuest, Stage
from bot.domain.reviews.ratings import HalfStars
from bot.features.nights.commands import AdvanceNightCommand, NightCommand, RateAlongCommand
from bot.features.nights.showing.news import WORDINGS
from bot.intake.lines import parse
from bot.messages.replies import Document, Paragraph, Reply
from bot.messages.spans import Mention
from db.schema import metadata
from tests.support import Room, button, items, text

FRIDAY = datetime(2024, 1, 26, 20, tzinfo=UTC)


@pytest.fixture
async def club(room: Room) -> Room:
    """Four members, a night on Friday at eight, two nominations."""
    for name in ("ana", "ben", "cleo", "dev"):
        await room.say(name, "/review Heat 4/5 Long, and worth it.")
    await room.say("ana", "/night new friday at 8, funny, under 2h")
    for name in ("ana", "ben", "cleo"):
        await room.say(name, "/night in")
    await room.say("ana", "/night nominate Paddington 2")
    await room.say("ben", "/night nominate Playtime")
    await room.deliver()
    return room


async def _night(room: Room) -> Night:
    async with room.store.reading(ClubId(room.club)) as work:
        planned = [*await work.nights.open(), *await work.nights.past(1)]
    return planned[0]


async def _guests(room: Room) -> dict[str, NightGuest]:
    async with room.store.reading(ClubId(room.club)) as work:
        guests = await work.nights.guests([(await _night(room)).night_id])
    return {each.member_id.removeprefix("test:"): each for each in guests}


def _to(room: Room, instant: datetime) -> None:
    passed = instant - room.clock.instant
    room.clock.forward(seconds=passed.total_seconds())


async def _vote_open(room: Room) -> Sequence[str]:
    """Let the nominations end; return the titles on the ballot."""
    night = await _night(room)
    assert night.until is not None
    _to(room, night.until)
    await room.deliver()
    return [each.title for each in items(await room.say("ana", "/night vote"))]


async def _decided(room: Room) -> Night:
    """Let the vote end."""
    night = await _night(room)
    assert night.vote_until is not None
    _to(room, night.vote_until)
    await room.deliver()
    return await _night(room)


def _notified(reply: Reply) -> list[str]:
    spans = [span for block in reply.blocks if isinstance(block, Paragraph) for span in block.spans]
    return [each.name for each in spans if isinstance(each, Mention) and each.notify]


async def test_at_8_is_in_the_evening(club: Room) -> None:
    night = await _night(club)

    assert night.starts_at == FRIDAY
    assert night.wish == "funny, under 2h"
    assert night.vote_until == FRIDAY - timedelta(hours=3)


async def test_nominations_lead_the_ballot_and_the_room_fills_it_up(club: Room) -> None:
    on_ballot = await _vote_open(club)

    assert on_ballot[:2] == ["Paddington 2", "Playtime"]
    assert len(set(on_ballot)) == 5
    async with club.store.reading(ClubId(club.club)) as work:
        films = await work.films.many((await _night(club)).films)
    picked = [film for film in films.values() if film.title not in on_ballot[:2]]
    assert all((film.minutes or 0) <= 120 for film in picked)
    assert "Heat" not in on_ballot  # they have all seen it
    card = text(await club.say("ana", "/night"))
    assert "nominated by ana" in card
    assert card.count("my pick for those who come") == 3


async def test_the_stages_follow_the_clock_and_each_is_told_once(club: Room) -> None:
    night = await _night(club)
    assert night.until is not None
    _to(club, night.until)
    told = [reply.summary for _, reply in await club.deliver()]
    assert [each for each in told if "vote is open" in each] == told
    await club.say("ana", "/night vote 1 / 2")
    await club.say("ben", "/night vote 1")

    night = await _decided(club)

    assert night.stage is Stage.DECIDED
    assert night.film_id == "paddington-2-2017"
    assert await club.deliver() == []
    _to(club, FRIDAY - timedelta(hours=1))
    (reminder,) = await club.deliver()
    assert _notified(reminder[1]) == ["ana", "ben", "cleo"]
    _to(club, FRIDAY + timedelta(hours=3))
    (asked,) = await club.deliver()
    assert "how was" in asked[1].summary
    assert await club.deliver() == []


async def test_the_message_of_the_night_follows_it(club: Room) -> None:
    messages = [reply for _, reply in club.mailbox.shown.values()]
    (before,) = [each for each in messages if "Nominate until" in text(each)]
    assert "Playtime" in text(before) or "Playtime" in [each.title for each in items(before)]
    await _vote_open(club)
    club.clock.forward(seconds=1)
    await club.say("ben", "/night vote 2")
    await club.deliver()

    shown = [text(reply) for _, reply in club.mailbox.shown.values()]

    assert [each for each in shown if "1 of 3 have voted" in each]
    assert not [each for each in shown if "Nominate until" in each]


async def test_who_comes_and_has_not_voted_is_told_in_private(club: Room) -> None:
    await _vote_open(club)
    await club.say("ana", "/night vote 1")
    night = await _night(club)
    assert night.until is not None
    _to(club, night.until - timedelta(hours=2))

    told = {place: reply for place, reply in await club.deliver() if "@" in place}

    assert set(told) == {"test:club@ben", "test:club@cleo"}
    assert "have not voted" in told["test:club@ben"].summary  # type: ignore[index]  # a place


async def test_a_ballot_is_secret_and_can_be_changed_until_the_vote_ends(club: Room) -> None:
    await _vote_open(club)
    await club.say("ben", "/night vote 2 / 1")
    reply = await club.say("ben", "/night vote 1 / 2")
    assert [text_of for text_of in map(str, items(reply)) if "Yes please" in text_of]
    assert "stay private" in text(await club.say("ana", "/night result"))
    shown = "".join(text(reply) for _, reply in club.mailbox.shown.values())
    assert "Yes please" not in shown

    night = await _decided(club)

    assert night.film_id == "paddington-2-2017"
    assert "over" in text(await club.say("ben", "/night vote 2"))


async def test_only_those_who_come_count(club: Room) -> None:
    await _vote_open(club)
    await club.say("ana", "/night vote 1")
    await club.say("ben", "/night vote 2 / 1")
    await club.say("cleo", "/night vote 2 / 1")
    await club.say("ben", "/night out")
    await club.say("cleo", "/night out")
    assert "only those who come vote" in text(await club.say("ben", "/night vote 2"))

    assert (await _decided(club)).film_id == "paddington-2-2017"


async def test_who_votes_comes(club: Room) -> None:
    await _vote_open(club)
    await club.say("dev", "/night vote 2 / 1")

    assert (await _guests(club))["dev"].coming


async def test_two_who_will_not_watch_a_film_take_it_off_and_nobody_learns_who(
    club: Room,
) -> None:
    await club.say("ben", "/night veto Paddington 2")
    await club.say("dev", "/night veto Paddington 2")  # does not come
    assert "Paddington 2" in await _vote_open(club)

    private = await club.say("cleo", "/night veto Paddington 2")
    await club.deliver()

    assert "Paddington 2" not in [
        each.title for each in items(await club.say("ana", "/night vote"))
    ]
    assert "nobody else learns" in text(private)
    async with club.store.reading(ClubId(club.club)) as work:
        marks = await work.marks.of([MemberId("test:cleo")])
    assert [each.kind for each in marks] == [MarkKind.NEVER]


async def test_two_films_each(club: Room) -> None:
    await club.say("ana", "/night nominate Heat")
    refused = await club.say("ana", "/night nominate Carol")
    assert "2 films each" in text(refused)
    swapped = await club.press("ana", refused, "Instead of Heat")
    assert "Nominated: Carol (2015), instead of Heat (1995)." in text(swapped)


async def test_nominations_wait_for_the_next_night_and_the_winner_is_done(club: Room) -> None:
    await _vote_open(club)
    await club.say("ana", "/night vote 1 / 2")
    await _decided(club)
    _to(club, FRIDAY + timedelta(hours=3))
    await club.deliver()

    async with club.store.reading(ClubId(club.club)) as work:
        left = [each.film_id for each in await work.nights.nominations()]

    assert left == ["playtime-1967"]


async def test_without_a_vote_it_goes_on_once_and_then_the_host_decides(club: Room) -> None:
    await _vote_open(club)
    night = await _night(club)
    assert night.vote_until is not None
    _to(club, night.vote_until)
    (told,) = [each for _, each in await club.deliver() if "goes on" in each.summary]
    assert "Nobody has voted yet" in told.summary
    night = await _night(club)
    assert night.stage is Stage.VOTING
    assert night.vote_until is not None
    assert night.vote_until < FRIDAY
    _to(club, night.vote_until)
    (told,) = [each for _, each in await club.deliver() if "Too few" in each.summary]
    assert _notified(told) == ["ana"]

    refused = await club.say("dev", button(told, "Playtime (1967)").command)
    assert "Only ana" in text(refused)
    await club.say("ana", button(told, "Playtime (1967)").command)

    assert (await _night(club)).film_id == "playtime-1967"


async def test_the_host_steers_and_others_are_told_why_not(club: Room) -> None:
    for typed in ("skip", "cancel", "extend 1h", "host @dev", "choose Heat"):
        assert "Only ana, who hosts" in text(await club.say("dev", f"/night {typed}"))
    assert "dev hosts" in text(await club.say("ana", "/night host @dev"))
    until = (await _night(club)).until
    assert until is not None
    await club.say("dev", "/night extend 1h")
    assert (await _night(club)).until == until + timedelta(hours=1)
    assert "Only dev" in text(await club.say("ana", "/night cancel"))
    await club.say("ben", "/night cancel", admin=True)
    (off,) = await club.deliver()
    assert "is off" in off[1].summary
    assert "No film night" in text(await club.say("ana", "/night"))


async def test_ratings_are_shown_together_and_become_reviews(club: Room) -> None:
    await _vote_open(club)
    await club.say("ana", "/night vote 1")
    night = await _decided(club)
    _to(club, FRIDAY + timedelta(hours=3))
    await club.deliver()
    await club.say("ana", RateAlongCommand(night.night_id, HalfStars(9), "A miracle."))
    await club.say(
        "ben", RateAlongCommand(night.night_id, HalfStars(3), "||The bear dies|| and nothing else.")
    )
    assert "No reviews" in text(await club.say("dev", "/reviews Paddington 2"))
    assert await club.deliver() == []

    _to(club, FRIDAY + timedelta(days=2))
    (told,) = await club.deliver()

    assert told[1].summary == "Paddington 2 (2017): ★★★ from 2 ratings."
    assert "bear dies" not in text(told[1])
    assert "To talk about" in text(told[1])
    reviews = text(await club.say("dev", "/reviews Paddington 2"))
    assert "ana" in reviews
    assert "A miracle." in reviews
    assert "told already" in text(
        await club.say("cleo", RateAlongCommand(night.night_id, HalfStars(5)))
    )


async def test_words_that_are_not_for_all_are_not_told_with_the_ratings(club: Room) -> None:
    await _vote_open(club)
    await club.say("ana", "/night vote 1")
    night = await _decided(club)
    _to(club, FRIDAY + timedelta(hours=3))
    await club.deliver()
    for words in ("Just for me: it is my own divorce.", "My own divorce, between us"):
        refused = await club.say("ana", RateAlongCommand(night.night_id, HalfStars(9), words))
        assert "is shown to all" in text(refused)
    await club.say("ana", RateAlongCommand(night.night_id, HalfStars(9)))
    await club.say("ben", RateAlongCommand(night.night_id, HalfStars(3), "--spoiler The bear dies"))

    _to(club, FRIDAY + timedelta(days=2))
    (told,) = await club.deliver()

    for read in (told[1], await club.say("dev", "/reviews Paddington 2")):
        assert "divorce" not in text(read)
        assert "bear dies" not in text(read)


async def test_a_rewatch_keeps_what_was_said_before(club: Room) -> None:
    await club.say("ana", "/review Paddington 2 3/5 The first time.")
    await _vote_open(club)
    await club.say("ana", "/night vote 1")
    night = await _decided(club)
    await club.deliver()
    _to(club, FRIDAY + timedelta(hours=3))
    await club.deliver()
    await club.say("ana", RateAlongCommand(night.night_id, HalfStars(10)))
    _to(club, FRIDAY + timedelta(days=2))
    await club.deliver()

    async with club.store.reading(ClubId(club.club)) as work:
        review = await work.reviews.by(MemberId("test:ana"), night.film_id)  # type: ignore[arg-type]  # decided
        assert review is not None
        versions = await work.reviews.versions(review.review_id)
    assert (review.rating, review.text, review.rewatch) == (10, "The first time.", True)
    assert [each.rating for each in versions] == [6]


async def test_who_gave_way_weighs_more_the_next_time(club: Room) -> None:
    await _vote_open(club)
    await club.say("ana", "/night vote 1")
    await club.say("ben", "/night vote 1")
    await club.say("dev", "/night vote 1")
    await club.say("cleo", "/night vote 2 / 1")
    await _decided(club)
    for hours in (3, 28):
        _to(club, FRIDAY + timedelta(hours=hours))
        await club.deliver()
    assert (await _night(club)).stage is Stage.TOLD

    ledger = text(await club.say("dev", "/night ledger"))

    assert "cleo: gave up 1.0; the next ballot weighs 1.50" in ledger
    assert "ana: gave up nothing; the next ballot weighs 0.75" in ledger


async def test_what_is_said_twice_happens_once(club: Room) -> None:
    night = await _night(club)
    assert night.until is not None
    _to(club, night.until)
    for _ in range(3):
        await club.say("ana", AdvanceNightCommand(night.night_id))

    told = [reply.summary for _, reply in await club.deliver()]

    assert len([each for each in told if "vote is open" in each]) == 1


async def test_a_button_of_a_member_cannot_hurry_the_clock(club: Room) -> None:
    night = await _night(club)
    await club.say("dev", AdvanceNightCommand(night.night_id))

    assert (await _night(club)).stage is Stage.NOMINATING


async def test_a_forgotten_member_leaves_no_ballot_and_no_host(club: Room) -> None:
    await _vote_open(club)
    await club.say("ana", "/night vote 1")
    await club.say("ben", "/night vote 2 / 1")
    asked = await club.say("ana", "/forget")
    await club.press("ana", asked, "Erase everything")

    night = await _decided(club)

    assert night.member_id is None
    assert "ana" not in await _guests(club)
    assert night.film_id == "playtime-1967"
    assert "off" in text(await club.say("cleo", "/night cancel"))


async def test_a_forgotten_member_is_in_nothing_that_was_posted_of_a_night(
    club: Room, tmp_path: Path
) -> None:
    """Export gives their part alone; then every message and every row is without them."""
    await _vote_open(club)
    await club.say("ana", "/night vote 1")
    await club.say("ben", "/night vote 1")
    night = await _decided(club)
    await club.deliver()
    _to(club, FRIDAY + timedelta(hours=3))
    await club.deliver()
    await club.say("ana", RateAlongCommand(night.night_id, HalfStars(9), "A miracle."))
    await club.say("ben", RateAlongCommand(night.night_id, HalfStars(3), "The bear bored me."))
    _to(club, FRIDAY + timedelta(days=2))
    await club.deliver()
    posted = [text(reply) for _, reply in club.mailbox.shown.values()]
    assert sum("ana" in each for each in posted) >= 2
    exported = await club.say("ana", "/export")
    (mine,) = [
        json.loads(each.content)["nights"]
        for each in exported.blocks
        if isinstance(each, Document) and each.name == "matinee.json"
    ]
    assert [(each["hosted"], each["coming"], each["rating"], each["text"]) for each in mine] == [
        (True, True, 4.5, "A miracle.")
    ]
    assert {each["level"] for each in mine[0]["ballot"]} <= {"yes please", "fine", "not tonight"}
    assert "bored" not in json.dumps(mine)

    asked = await club.say("ana", "/forget")
    assert "1 part in a film night" in text(asked)
    await club.press("ana", asked, "Erase everything")
    await club.deliver()

    posted = [text(reply) for _, reply in club.mailbox.shown.values()]
    assert [each for each in posted if "ana" in each or "miracle" in each] == []
    assert any("The bear bored me." in each for each in posted)
    with closing(sqlite3.connect(tmp_path / "matinee.db")) as raw:
        for table in metadata.tables:
            rows = raw.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
            assert not [row for row in rows if "test:ana" in str(row)], table


async def test_a_calendar_file_names_the_film_and_its_zone(club: Room) -> None:
    await _vote_open(club)
    await club.say("ana", "/night vote 1")
    await _decided(club)

    reply = await club.say("ben", "/night calendar")

    (file,) = [each for each in reply.blocks if isinstance(each, Document)]
    assert "BEGIN:VTIMEZONE" in file.content
    assert "DTSTART;TZID=Europe/London:20240126T200000" in file.content
    assert "Paddington 2 (2017)" in file.content


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/night new", "When is the film night?"),
        ("/night new someday", "When?"),
        ("/night new friday at 8 next year please", "Film night"),
        ("/night dance", "I don't know “dance”"),
        ("/night vote", "has not begun yet"),
        ("/night vote hello", "has not begun yet"),
        ("/night rate 4", "not open"),
        ("/night nominate", "Which film?"),
        ("/night nominate The Film That Is Not There", "I don't know"),
        ("/night extend lots", "Only"),
        ("/night withdraw Heat", "have not nominated"),
    ],
)
async def test_what_does_not_fit_is_answered(club: Room, typed: str, told: str) -> None:
    assert told in text(await club.say("ben", typed))


async def test_a_night_is_planned_where_the_club_reads(room: Room) -> None:
    caller = room.caller("ana")
    reply = await room.say_from("ana", "/night new friday at 8", place=caller.direct)
    assert "Nobody else reads here" in text(reply)
    refused = await room.say_from("ana", "/night new friday at 8", may_post=False)
    assert "may not write" in text(refused)
    assert "No film night" in text(await room.say("ana", "/night"))


async def test_two_nights_at_once_are_told_apart(club: Room) -> None:
    await club.say_from("dev", "/night new sunday at 6pm", place=club.caller("dev").place)
    async with club.store.reading(ClubId(club.club)) as work:
        friday, sunday = await work.nights.open()

    await club.say("ben", NightCommand("out", night=friday.night_id))
    await club.say("ben", NightCommand("in", night=sunday.night_id))

    async with club.store.reading(ClubId(club.club)) as work:
        mine = {
            each.night_id: each.coming
            for each in await work.nights.guests([friday.night_id, sunday.night_id])
            if each.member_id == "test:ben"
        }
    assert mine == {friday.night_id: False, sunday.night_id: True}


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Night of the Living Dead", "review"),
        ("night at the museum 4/5 great fun", "review"),
        ("Night Moves", "unclear"),
        ("Me and You and Everyone We Know 4.5/5", "review"),
        ("me too", "recommend"),
        ("follow me", "unclear"),
        ("night friday at 8", "night"),
        ("night vote 1 / 3", "night"),
        ("film night", "night"),
        ("movie night saturday", "unclear"),
        ("good night", "small-talk"),
    ],
)
def test_titles_and_sentences_that_begin_like_a_command(
    titles: TitleIndex, line: str, meant: str
) -> None:
    assert parse(line, titles).name == meant


async def test_a_film_night_in_plain_words_is_asked_about(room: Room) -> None:
    asked = await room.say("ana", "movie night saturday at 9")

    assert "Did you mean /night new saturday at 9" in text(asked)
    assert "Film night on" in text(await room.press("ana", asked, "Yes"))


def test_all_that_is_told_of_a_night_can_be_brought_up_to_date() -> None:
    assert set(NEWS) == set(WORDINGS)


async def test_a_night_whose_host_chooses_no_film_ends_a_day_later(club: Room) -> None:
    await _vote_open(club)
    await _decided(club)
    _to(club, FRIDAY - timedelta(minutes=1))
    await club.deliver()
    waiting = await _night(club)
    assert waiting.host_chooses
    _to(club, FRIDAY + timedelta(hours=23))
    await club.deliver()
    assert (await _night(club)).host_chooses
    _to(club, FRIDAY + timedelta(hours=24))
    told = [text(reply) for _, reply in await club.deliver()]
    why = "is off: too few voted, and nobody chose a film."
    assert told == [f"The film night of Fri 26 Jan 2024, 20:00 (Europe/London) {why}"]
