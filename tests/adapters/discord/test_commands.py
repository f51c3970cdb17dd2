"""Every command as a member gives it in Discord, over a socket, through the real client."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.registry import TYPED
from tests.adapters.discord.conftest import ANA, BEN, CHIEF, WARDEN, Town
from tests.adapters.discord.payloads import Person
from tests.adapters.discord.seeing import button, ephemeral, menu, seen

NAMES = [each.name for each in TYPED]


async def test_a_film_card_is_for_the_member_until_it_is_shared(town: Town) -> None:
    exchange = await town.discord.slash(ANA, town.server, "review", film="All of Us Strangers")

    text = seen(exchange.shown)
    assert "All of Us Strangers (2023)" in text
    assert "Andrew Haigh · 105 min · UK and US" in text
    assert ephemeral(exchange.shown)
    assert exchange.waited < 1
    share = button(exchange.shown, "Share")
    shared = await town.discord.press(ANA, town.server, exchange.shown, share)
    assert not ephemeral(shared.shown)
    assert "Shared by" in seen(shared.shown)


GIVEN: dict[str, dict[str, object]] = {
    "review": {"film": "id:her-2013", "rating": "4.5/5", "text": "Warm.", "watched_on": "1 Jan 2024"},
    "reviews": {"member": "501"},
    "recommend": {"like": "Carol", "mood": "tender", "max_minutes": 130, "count": 3},
    "film": {"film": "Tokyo Story"},
    "remind": {"film": "Anora", "kind": "cinema", "region": "GB", "lead": "2d", "here": True},
    "reminders": {},
    "releases": {"region": "US"},
    "watchlist": {"action": "add", "film": "Yi Yi"},
    "settings": {"region": "US", "zone": "America/New_York", "scale": "ten", "quotable": False},
    "help": {"topic": "review"},
    "setup": {"region": "GB", "hour": "09:00", "here": True, "spoilers": "fold"},
    "moderate": {"action": "hide", "film": "Her", "member": "501"},
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
async def test_every_command_is_answered(town: Town, name: str) -> None:
    await town.discord.slash(ANA, town.server, "review", film="Her", rating="4/5")
    allowed = replace(ANA, permissions=CHIEF.permissions | WARDEN.permissions)

    exchange = await town.discord.slash(allowed, town.server, name, **GIVEN.get(name, {}))

    text = seen(exchange.shown)
    assert text
    assert "went wrong" not in text
    assert "Correct it" not in str(exchange.shown)
    assert exchange.waited < 1


async def test_commands_are_registered_once_until_they_change(closed_town: Town) -> None:
    for _ in range(2):
        async with closed_town.open():
            pass
    assert closed_town.discord.registrations == 1
    names = {each["name"]: each for each in closed_town.discord.registered}
    assert set(names) == {*NAMES, "Save as review", "Taste match"}
    assert names["setup"]["default_member_permissions"] == 1 << 5
    assert names["moderate"]["default_member_permissions"] == 1 << 13
    assert names["Save as review"]["type"] == 3
    assert names["Taste match"]["type"] == 2

    assert closed_town.settings.data_dir is not None
    (closed_town.settings.data_dir / "discord-commands.txt").write_text("of an older version\n")
    async with closed_town.open():
        pass
    assert closed_town.discord.registrations == 2


async def test_nothing_privileged_is_asked_for(town: Town) -> None:
    servers, server_messages, direct_messages = 1 << 0, 1 << 9, 1 << 12
    assert town.discord.gateway.intents == servers | server_messages | direct_messages


async def test_writing_is_a_private_receipt_and_another_member_reads_it(town: Town) -> None:
    told = await town.discord.slash(
        ANA,
        town.server,
        "review",
        film="Aftersun",
        rating="4.5/5",
        text="It stayed. ||She knows.||",
    )
    assert "Saved" in seen(told.shown)
    assert ephemeral(told.shown)

    card = await town.discord.slash(BEN, town.server, "review", film="Aftersun")
    assert "It stayed." in seen(card.shown)
    assert "She knows" not in seen(card.shown)
    read = await town.discord.press(
        BEN, town.server, card.shown, button(card.shown, "Read reviews (1)")
    )
    assert ephemeral(read.shown)
    assert "Ana" in seen(read.shown) or "501" in seen(read.shown)


async def test_what_cannot_be_read_is_said_with_what_was_typed(town: Town) -> None:
    long = "Nothing that was typed is lost. " * 5
    told = await town.discord.slash(
        ANA, town.server, "review", film="Her", text=long, watched_on="the day after never"
    )

    text = seen(told.shown)
    assert ephemeral(told.shown)
    assert "the day after never" in text
    assert long.strip() in text
    opened = await town.discord.press(
        ANA, town.server, told.shown, button(told.shown, "Correct it…")
    )
    saved = await town.discord.submit(ANA, town.server, opened, {"watched_on": "3 January 2024"})
    assert "Saved" in seen(saved.shown)


async def test_all_of_a_review_may_stand_behind_the_film(town: Town) -> None:
    told = await town.discord.slash(ANA, town.server, "review", film="Aftersun 4.5/5 It stayed.")
    assert "Saved your review of Aftersun (2022): ★★★★½" in seen(told.shown)
    told = await town.discord.slash(ANA, town.server, "remind", film="Anora digital in US")
    assert "Anora" in seen(told.shown)
    asked = await town.discord.slash(ANA, town.server, "review", film="Aftersun made me cry")
    assert button(asked.shown, "Save")


async def test_films_countries_and_zones_are_suggested_while_typing(town: Town) -> None:
    films = await town.discord.typing(ANA, town.server, "review", "film", film="all of us str")
    assert films[0] == {
        "name": "All of Us Strangers (2023) · Haigh",
        "value": "id:all-of-us-strangers-2023",
    }
    several = await town.discord.typing(
        ANA, town.server, "recommend", "like", like="id:her-2013, carol"
    )
    assert several[0]["value"].startswith("id:her-2013, id:carol")
    [land, *_] = await town.discord.typing(ANA, town.server, "releases", "region", region="Germ")
    assert land == {"name": "Germany", "value": "DE"}
    zones = await town.discord.typing(ANA, town.server, "settings", "zone", zone="new york")
    assert zones == [{"name": "America/New York", "value": "America/New_York"}]
    assert await town.discord.typing(ANA, town.server, "review", "film", film="zzzzqqq") == []
    assert len(await town.discord.typing(ANA, town.server, "settings", "zone", zone="")) == 25


async def test_a_film_the_club_added_is_suggested(town: Town) -> None:
    asked = await town.discord.slash(ANA, town.server, "film", film="Zzyzx Nights")
    opened = await town.discord.press(ANA, town.server, asked.shown, button(asked.shown, "Add it…"))
    await town.discord.submit(ANA, town.server, opened, {"year": "2021", "director": "Bo Ek"})
    await town.discord.slash(BEN, town.server, "film", film="Zzyzx Nights")

    found = await town.discord.typing(ANA, town.server, "film", "film", film="zzyzx")
    assert [each["name"] for each in found] == ["Zzyzx Nights (2021) · Ek"]


async def test_members_are_named_by_mention(town: Town) -> None:
    for person in (ANA, BEN):
        await town.discord.slash(person, town.server, "watchlist", action="add", film="Yi Yi")

    told = await town.discord.slash(
        ANA, town.server, "watchlist", action="overlap", members=f"<@{BEN.number}>"
    )
    assert "Yi Yi" in seen(told.shown)


async def test_a_file_comes_along_as_a_review(town: Town) -> None:
    words = "A long walk home. " * 300
    number = town.discord.upload("mine.txt", words.encode())
    told = await town.discord.slash(
        ANA, town.server, "review", film="Her", rating="4/5", file=number
    )

    assert "Saved" in seen(told.shown)
    mine = await town.discord.slash(ANA, town.server, "reviews")
    assert "A long walk home." in seen(mine.shown)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("cat.png", b"\x89PNG\0\0", "not plain text"),
        ("empty.txt", b" \n", "is empty"),
        ("long.txt", b"x" * 300_000, "larger than 256 KiB"),
    ],
)
async def test_a_file_that_is_no_text_is_refused(
    town: Town, name: str, data: bytes, said: str
) -> None:
    number = town.discord.upload(name, data)
    told = await town.discord.slash(ANA, town.server, "review", film="Her", file=number)

    assert said in seen(told.shown)
    assert ephemeral(told.shown)


async def test_a_file_that_cannot_be_fetched_is_said(town: Town) -> None:
    number = town.discord.upload("mine.txt", b"Words.")
    town.discord.fail("^/cdn/", 404, times=9)
    told = await town.discord.slash(ANA, town.server, "review", film="Her", file=number)

    assert "couldn't get mine.txt" in seen(told.shown)


async def test_a_command_of_an_older_version_is_answered(town: Town) -> None:
    data = {"id": "1", "name": "karaoke", "type": 1}
    told = await town.discord.does(ANA, 2, data, town.server)
    assert "don't know that command" in seen(told.shown)
    told = await town.discord.does(ANA, 2, {**data, "name": "Bookmark", "type": 3}, town.server)
    assert "don't know that command" in seen(told.shown)


async def test_a_first_time_member_is_helped(town: Town) -> None:
    told = await town.discord.slash(Person(777, "new"), town.server, "recommend")

    assert "Name up to five films you love" in seen(told.shown)
    assert ephemeral(told.shown)


async def test_running_the_club_is_for_those_who_run_it(town: Town) -> None:
    refused = await town.discord.slash(ANA, town.server, "setup", region="US")
    assert "for those who run this club" in seen(refused.shown)
    done = await town.discord.slash(CHIEF, town.server, "setup", region="US")
    assert "US" in seen(done.shown)
    hidden = await town.discord.slash(WARDEN, town.server, "setup", region="US")
    assert "for those who run this club" in seen(hidden.shown)


async def test_each_pick_can_be_opened_from_one_menu(town: Town) -> None:
    told = await town.discord.slash(ANA, town.server, "recommend", like="id:carol-2015", count=3)

    choosing = menu(told.shown, "Choose a film")
    label = choosing["options"][0]["label"]
    card = await town.discord.choose(
        ANA, town.server, told.shown, choosing["custom_id"], choosing["options"][0]["value"]
    )
    assert card.kind == 4  # a message of its own: the picks stay
    assert ephemeral(card.shown)
    assert label in seen(card.shown)
    assert "Why: " in seen(card.shown)
    for done in ("Seen it", "Watchlist", "Never suggest", "More like this", "Less of this"):
        await town.discord.press(ANA, town.server, card.shown, button(card.shown, done))
    shared = await town.discord.press(ANA, town.server, told.shown, button(told.shown, "Share"))
    assert not ephemeral(shared.shown)
    assert label in seen(shared.shown)
    other = await town.discord.choose(
        BEN,
        town.server,
        shared.shown,
        menu(shared.shown, "Choose a film")["custom_id"],
        choosing["options"][0]["value"],
    )
    assert ephemeral(other.shown)
    assert label in seen(other.shown)


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("friday at 6", "2026-03-27T18:00+00:00"),
        ("the 5th", "2026-04-05T08:00+00:00"),
        ("in 2h30", "2026-03-25T14:30+00:00"),
        ("29.11.", "2026-11-29T09:00+00:00"),
    ],
)
async def test_a_time_is_read_in_its_option_and_behind_the_title(
    town: Town, typed: str, instant: str
) -> None:
    town.room.clock.instant = datetime(2026, 3, 25, 12, tzinfo=UTC)
    for given in ({"film": "Carol", "on": typed}, {"film": f"Carol {typed}"}):
        told = await town.discord.slash(ANA, town.server, "remind", **given)
        assert str(int(datetime.fromisoformat(instant).timestamp())) in seen(told.shown)


async def test_a_list_of_commands_that_cannot_be_written_is_no_end(closed_town: Town) -> None:
    (closed_town.settings.folder / "discord-commands.txt").mkdir(parents=True)
    async with closed_town.open():
        card = await closed_town.discord.slash(ANA, closed_town.server, "film", film="Her")
    assert "Spike Jonze" in seen(card.shown)
