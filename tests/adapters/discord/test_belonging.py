"""Who may do what in Discord: members of the server alone, moderators of all of it; and their names."""

import asyncio
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from adapters.discord.host import members
from adapters.discord.incoming.mentions import with_names
from tests.adapters.discord.conftest import ANA, BEN, USHER, WARDEN, Town
from tests.adapters.discord.seeing import button, seen
from tests.adapters.discord.test_messenger import deliver

if TYPE_CHECKING:
    import discord

    from adapters.discord.outgoing.responses import Interaction


async def test_who_has_left_the_server_is_not_talked_to_in_private(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "REMEMBERED", 0.0)
    await town.discord.slash(ANA, town.server, "review", film="Her", rating="4/5", text="Warm.")
    card = await town.discord.slash(ANA, None, "reviews", film="Her")
    assert "Warm." in seen(card.shown)

    town.server.left.add(ANA.number)
    for name, given in (
        ("reviews", {"film": "Her"}),
        ("review", {"film": "Her", "rating": "1/5", "text": "Cold."}),
    ):
        refused = seen((await town.discord.slash(ANA, None, name, **given)).shown)
        assert "Warm." not in refused
    pressed = await town.discord.press(ANA, None, card.shown, "1.reviews?film=id:her-2013")
    assert "Warm." not in seen(pressed.shown)

    listed = await town.discord.slash(BEN, town.server, "reviews", film="Her")
    assert "Warm." in seen(listed.shown)
    assert "Cold." not in seen(listed.shown)


async def test_discord_is_asked_once_in_five_minutes(town: Town) -> None:
    await town.discord.slash(ANA, town.server, "review", film="Her", rating="4/5")
    for _ in range(3):
        await town.discord.slash(ANA, None, "reviews", film="Her")
    asked = [each for each in town.discord.requests if "/members/" in each]
    assert asked == []  # the command in the server has told it
    await town.discord.slash(ANA, town.server, "reviews", member=str(BEN.number))
    await town.discord.slash(ANA, town.server, "reviews", member=str(BEN.number))
    asked = [each for each in town.discord.requests if "/members/" in each]
    assert asked == [f"GET /api/v10/guilds/{town.server.number}/members/{BEN.number}"]


async def test_while_discord_does_not_say_nothing_is_shown(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "REMEMBERED", 0.0)
    await town.discord.slash(ANA, town.server, "review", film="Her", rating="4/5", text="Warm.")
    town.discord.fail(r"/members/", 403)
    refused = await town.discord.slash(ANA, None, "reviews", film="Her")
    assert "couldn't find out whether you are still in your club" in seen(refused.shown)
    assert "Warm." in seen((await town.discord.slash(ANA, None, "reviews", film="Her")).shown)


async def test_only_who_manages_messages_in_the_whole_server_moderates(town: Town) -> None:
    await town.discord.slash(BEN, town.server, "review", film="Her", rating="1/5", text="Cold.")
    given = {"action": "hide", "film": "Her", "member": str(BEN.number)}
    refused = await town.discord.slash(USHER, town.server, "moderate", **given)
    assert "for those who run this club" in seen(refused.shown)
    assert "Cold." in seen(
        (await town.discord.slash(ANA, town.server, "reviews", film="Her")).shown
    )
    hidden = await town.discord.slash(WARDEN, town.server, "moderate", **given)
    assert "still sees it" in seen(hidden.shown)


async def test_who_never_wrote_has_a_name(town: Town) -> None:
    told = await town.discord.slash(ANA, town.server, "reviews", member="77")
    assert "User77 has nothing here that you can read yet" in seen(told.shown)
    await town.discord.slash(ANA, town.server, "review", film="Carol", rating="5/5")
    picks = await town.discord.slash(ANA, town.server, "recommend", members="<@77>")
    assert "For Ana and User77" in seen(picks.shown)

    town.server.left.add(78)
    told = await town.discord.slash(ANA, town.server, "reviews", member="78")
    assert "They are not in this club" in seen(told.shown)
    wrong = {"members": "<@77>", "max_minutes": "long"}
    again = seen((await town.discord.slash(ANA, town.server, "recommend", **wrong)).shown)
    assert "discord" not in again.lower().replace("discord.com", "")


async def test_a_mention_in_a_review_is_a_name(town: Town) -> None:
    await town.discord.slash(
        ANA, town.server, "review", film="Her", rating="4/5", text="Warm, <@502>, and <@!77>."
    )
    listed = seen((await town.discord.slash(BEN, town.server, "reviews", film="Her")).shown)
    assert "Warm, @User502, and @User77." in listed
    line = await town.discord.slash(ANA, town.server, "review", film="Her 4/5 Not for <@77>.")
    assert "@User77" in seen(line.shown)
    opened = await town.discord.save_message(ANA, town.server, ANA, "Her 5/5 Ask <@77>.")
    assert "<@" not in str(opened.body["data"]["components"])
    saved = await town.discord.submit(ANA, town.server, opened, {})
    assert "<@" not in seen(saved.shown)


class Slow(members.ServerMembers):
    """Directory whose every question takes a while."""

    def __init__(self, seconds: float) -> None:
        super().__init__(cast("discord.Client", None))
        self.seconds = seconds

    async def _ask(self, server: int | None, user: int | None) -> str | None:
        del server
        await asyncio.sleep(self.seconds)
        return f"user{user}"


@pytest.mark.parametrize(("seconds", "name"), [(0.3, "@user70"), (60, "@a member")])
async def test_many_names_are_asked_for_at_once_and_not_for_long(seconds: float, name: str) -> None:
    """Discord waits for three seconds; eight names one after another would take longer."""
    asking = SimpleNamespace(guild_id=1, user=SimpleNamespace(id=501, display_name="ana"))
    text = " ".join(f"<@{number}>" for number in range(70, 78))
    start = time.monotonic()
    named = await with_names(text, cast("Interaction", asking), Slow(seconds), {})
    assert time.monotonic() - start < 2.4
    assert named.startswith(name)
    assert "<@" not in named


async def test_what_is_pressed_in_private_concerns_the_club_that_said_it(closed_town: Town) -> None:
    town = closed_town
    other = town.discord.open_server("Late show")
    async with town.open() as platform:
        await town.discord.slash(ANA, town.server, "remind", film="All of Us Strangers")
        await town.discord.slash(ANA, other, "review", film="Her", rating="4/5", text="Warm.")
        asked = await town.discord.slash(ANA, None, "reviews")
        await town.discord.press(ANA, None, asked.shown, button(asked.shown, "Late show"))
        town.room.clock.forward(days=5, hours=21)
        await deliver(town, platform.messenger)
        [said] = town.discord.messages[town.discord.direct(ANA.number)][-1:]
        opened = await town.discord.press(ANA, None, said, button(said, "Write a review…"))
        saved = await town.discord.submit(ANA, None, opened, {"rating": "5/5", "text": "Tender."})
        assert "Saved your review of All of Us Strangers" in seen(saved.shown)
        snoozed = await town.discord.press(ANA, None, said, button(said, "Snooze a day"))
        assert "Snoozed: I'll remind you of All of Us Strangers" in seen(snoozed.shown)
        cancelled = await town.discord.press(
            ANA, None, snoozed.shown, button(snoozed.shown, "Cancel")
        )
        assert "Cancelled" in seen(cancelled.shown)

        given = {"film": "All of Us Strangers"}
        here = await town.discord.slash(ANA, town.server, "reviews", **given)
        assert "Tender." in seen(here.shown)
        there = await town.discord.slash(ANA, other, "reviews", **given)
        assert "Tender." not in seen(there.shown)
        mine = await town.discord.slash(ANA, None, "reviews")  # the club that was chosen stays so
        assert "Warm." in seen(mine.shown)
