"""Several platforms in one process: each place has its own messenger, and all end together."""

import asyncio
import os
import signal
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.runtime.platforms import MessengerRouter
from adapters.runtime.process.clock import MachineClock
from adapters.runtime.serve import serve
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Settings
from bot.domain.errors import Rejected
from bot.domain.ids import ClubId, DeliveryId, MemberId, PlaceId
from bot.messages.replies import Paragraph, Reply
from bot.messages.requests import Caller, Request
from bot.messages.spans import Plain
from bot.service import Bot
from tests.generated import NOON
from tests.support import Mailbox

WORDS = Reply((Paragraph((Plain("Her is out."),)),), "Her is out.")


@dataclass
class Town(Mailbox):
    """Messenger for the clubs of one platform."""

    name: str = "town"
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        self.heard.set()
        return await super().send(place, reply, delivery_id=delivery_id)

    @property
    def reach(self) -> tuple[str]:
        return (f"{self.name}:",)


@dataclass
class Connected:
    """Platform that sends one request, then waits until it is stopped."""

    name: str
    messenger: Town
    says: str = "/review Her 4/5 Warm."
    fails: Exception | None = None
    answers: list[Reply] = field(default_factory=list)
    ended: bool = False

    async def silence(self) -> float | None:
        return None if self.ended else 0.0

    async def serve(self, bot: Bot, stopping: asyncio.Event) -> None:
        if self.fails:
            raise self.fails
        here = PlaceId(f"{self.name}:#hall")
        caller = Caller(
            ClubId(f"{self.name}:club"), MemberId(f"{self.name}:ana"), "ana", here, here
        )
        caller = replace(caller, direct=PlaceId(f"{self.name}:@ana"))
        self.answers.append(await bot.handle(Request("1", caller, self.says)))
        await stopping.wait()
        self.ended = True


def connected(name: str) -> Connected:
    return Connected(name, Town(name=name))


async def test_each_place_is_spoken_to_by_its_own_platform() -> None:
    here, there = Town(name="here"), Town(name="there")
    board = MessengerRouter({"here": here, "there": there})
    assert board.reach == ("here:", "there:")
    await board.send(PlaceId("there:#x"), WORDS, delivery_id=DeliveryId("d"))
    assert (len(here.messages), len(there.messages)) == (0, 1)
    assert await board.find(PlaceId("there:#x"), DeliveryId("d"), NOON) == "message-d"
    assert await board.find(PlaceId("here:#x"), DeliveryId("d"), NOON) is None
    assert board.remembers(PlaceId("here:#x")) == timedelta(minutes=2)
    with pytest.raises(Rejected):
        await board.send(PlaceId("elsewhere:#x"), WORDS, delivery_id=DeliveryId("d"))


async def test_all_platforms_are_served_and_end_with_a_signal(data: Path) -> None:
    both = [connected("here"), connected("there")]
    serving = asyncio.create_task(serve(Settings(data_dir=data), both, MachineClock(NOON)))
    async with asyncio.timeout(30):
        for each in both:
            await each.messenger.heard.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(10):
        await serving

    for each in both:
        assert each.ended
        assert "Saved your review" in each.answers[0].summary
        [(place, told)] = each.messenger.take()
        assert place == f"{each.name}:#hall"
        assert "ana reviewed Her" in told.summary


async def test_what_one_platform_does_not_survive_ends_all(data: Path) -> None:
    well, ill = connected("here"), connected("there")
    ill.fails = SettingsError("The token is not taken; copy it again.")
    with pytest.raises(SettingsError, match="copy it again"):
        await serve(Settings(data_dir=data), [well, ill], MachineClock(NOON))
