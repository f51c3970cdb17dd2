"""Two processes with one token: each interaction has one effect and one answer, and the log tells of it."""

import asyncio
import logging
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from adapters.discord.outgoing import rivals
from adapters.discord.outgoing.rivals import FEW, Rivals
from adapters.runtime.health.presence import LOOK
from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.titles.index import TitleIndex
from bot.service import Bot
from recommender import BaseIndex
from tests.adapters.discord.conftest import ANA, Town
from tests.adapters.discord.double import Discord
from tests.adapters.discord.payloads import BOT
from tests.adapters.discord.seeing import button, seen
from tests.adapters.discord.test_hard_times import busy
from tests.adapters.discord.test_hosting import started
from tests.adapters.discord.test_settled import pressed
from tests.adapters.discord.test_sharing import asked_where


@dataclass
class Twins:
    """A server with two processes of one token in it, which share a database."""

    one: Town
    other: Town


@pytest.fixture
async def twins(closed_town: Town, titles: TitleIndex, index: BaseIndex) -> AsyncIterator[Twins]:
    """Both, connected."""
    room = closed_town.room
    bot = Bot(room.store, titles, ClubIndexes(index), room.clock, room.ids)
    other = replace(closed_town, room=replace(room, bot=bot))
    async with closed_town.open(), other.open():
        async with asyncio.timeout(10):
            while len(closed_town.discord.gateway.live) < 2:  # noqa: ASYNC110 - the double says nothing of it
                await asyncio.sleep(0.01)
        yield Twins(closed_town, other)


async def all_is_done() -> None:
    """Let the slower process come to its end, too."""
    await asyncio.sleep(2.5)


def said(town: Town) -> list[str]:
    """Return what everybody reads in the first channel."""
    return [seen(each) for each in town.discord.messages.get(town.server.channels[0], [])]


async def test_a_review_is_saved_once_and_answered_once(twins: Twins) -> None:
    town = twins.one
    written = await town.discord.slash(ANA, town.server, "review", film="Her", rating="4/5")
    await all_is_done()
    assert written.followups == []
    listed = await town.discord.slash(ANA, town.server, "reviews")
    assert seen(listed.shown).count("Her (2013)") == 1
    await town.discord.says(ANA, town.server, f"<@{BOT}> aftersun 4.5/5")
    await town.discord.sent(town.discord.direct(ANA.number), 1)
    await all_is_done()
    assert len(town.discord.messages[town.discord.direct(ANA.number)]) == 1


@pytest.mark.parametrize("slow", ["one", "other", "both"])
async def test_what_is_shared_slowly_is_shared_once(twins: Twins, slow: str) -> None:
    """The quicker process finds an answer that the slower one has deferred, and leaves it to that."""
    town = twins.one
    card = await town.discord.slash(ANA, town.server, "review", film="Her")
    share = button(card.shown, "Share")
    async with delayed(twins, slow):
        exchange = await town.discord.press(ANA, town.server, card.shown, share)
    await all_is_done()
    assert len(exchange.followups) <= 1
    assert [each.partition("\n")[0] for each in said(town)] == ["Her (2013)"]


@pytest.mark.parametrize(("label", "channel"), [("Here", 0), ("In the club's channel", 1)])
async def test_what_is_shared_to_a_chosen_channel_is_shared_once(
    twins: Twins, label: str, channel: int
) -> None:
    town = twins.one
    asked = await asked_where(town)
    told = await pressed(town, asked, label)
    await all_is_done()
    (card,) = town.discord.messages[town.server.channels[channel]]
    assert "Carol (2015)" in seen(card)
    assert town.discord.messages.keys() == {town.server.channels[channel]}
    assert all(each is card for each in told.followups)


@asynccontextmanager
async def delayed(twins: Twins, slow: str) -> AsyncIterator[None]:
    """Let one process, or both, be at work on other things for a while."""
    if slow != "other":
        async with busy(twins.one, 1.3):
            if slow == "one":
                yield
                return
            async with busy(twins.other, 1.4):
                yield
                return
    async with busy(twins.other, 1.3):
        yield


async def test_the_log_tells_that_a_token_is_in_use_twice(
    twins: Twins, caplog: pytest.LogCaptureFixture
) -> None:
    """By what Discord says of their answers, too: on two databases no process sees the other's notes.

    A process that comes late to an answer that is there leaves it alone, so not each one is a clash.
    """

    def told() -> list[int]:
        return [each.levelno for each in caplog.records if each.name == rivals.__name__]

    town = twins.one
    for _ in range(FEW):
        assert told() == []
        await town.discord.slash(ANA, town.server, "film", film="Her")
    async with asyncio.timeout(60):
        while not told():
            await town.discord.slash(ANA, town.server, "film", film="Her")
            await asyncio.sleep(0.5)  # the slower process is not heard
    assert told() == [logging.ERROR]


def test_a_few_errors_of_discords_own_are_no_rival(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    counted = Rivals(lambda: now)
    for _ in range(10):
        counted.noticed()
        now += 31.0
    assert caplog.text == ""
    for _ in range(FEW * 3):
        counted.noticed()
    assert caplog.text.count("in use twice") == 1
    now += 601.0
    for _ in range(FEW):
        counted.noticed()
    assert caplog.text.count("in use twice") == 2


@pytest.mark.long  # it starts three processes
async def test_two_processes_are_told_of_each_other_and_by_the_doctor(
    discord: Discord, data: Path
) -> None:
    arguments = ("--data", str(data), "run", "--only", "discord")
    discord.open_server("Film club")
    async with started(discord, *arguments) as one, started(discord, *arguments) as other:
        async with asyncio.timeout(60):
            while len(discord.gateway.live) < 2:  # noqa: ASYNC110 - the double says nothing of it
                await asyncio.sleep(0.05)
        await asyncio.sleep(2 * LOOK.total_seconds() + 1)
        async with started(discord, "--data", str(data), "doctor") as doctor:
            out, _ = await doctor.communicate()
        one.send_signal(signal.SIGTERM)
        other.send_signal(signal.SIGTERM)
        errors = [(await each.communicate())[1].decode() for each in (one, other)]
    assert [each.count("in use twice") for each in errors] == [1, 1], errors
    assert doctor.returncode == 1
    assert re.search(rb"BAD +processes +.*in use twice", out), out.decode()
    assert (one.returncode, other.returncode) == (0, 0)
