"""Pages go on in slices, between which commands go first, but no page waits for ever."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.request.commands_first import LONGEST_WAIT, SLICE, CommandsFirst


class SteppingClock:
    """Clock on which a slice is over whenever `late` is set."""

    def __init__(self) -> None:
        self.seconds, self.late = 0.0, True

    def now(self) -> datetime:
        return datetime(2024, 1, 20, 12, tzinfo=UTC)

    def elapsed(self) -> float:
        self.seconds += 2 * SLICE if self.late else 0.0
        return self.seconds


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


async def _page(commands: CommandsFirst, order: list[str], slices: int = 2) -> None:
    pause = commands.slices()
    for number in range(slices):
        order.append(f"page {number}")
        await pause()


async def test_what_is_ready_goes_on_between_two_slices(clock: SteppingClock) -> None:
    commands, order = CommandsFirst(clock), list[str]()

    async def other() -> None:
        order.append("other")

    await asyncio.gather(_page(commands, order), other())

    assert order == ["page 0", "other", "page 1"]


async def test_within_a_slice_nothing_waits(clock: SteppingClock) -> None:
    commands, order = CommandsFirst(clock), list[str]()
    clock.late = False

    async def other() -> None:
        order.append("other")

    await asyncio.gather(_page(commands, order), other())

    assert order == ["page 0", "page 1", "other"]


async def test_a_page_waits_until_all_commands_are_answered(clock: SteppingClock) -> None:
    commands, order = CommandsFirst(clock), list[str]()

    async def command(steps: int) -> None:
        with commands.answering():
            for _ in range(steps):
                await asyncio.sleep(0)
        order.append(f"command of {steps}")

    await asyncio.gather(command(8), command(20), _page(commands, order))

    assert order == ["page 0", "command of 8", "command of 20", "page 1"]


async def test_a_page_waits_for_no_command_for_ever(clock: SteppingClock) -> None:
    commands, order = CommandsFirst(clock), list[str]()
    with commands.answering():
        begun = asyncio.get_running_loop().time()
        await _page(commands, order, slices=3)
        waited = asyncio.get_running_loop().time() - begun

    assert order == ["page 0", "page 1", "page 2"]
    assert waited >= 3 * LONGEST_WAIT


async def test_a_command_that_fails_is_over_too(clock: SteppingClock) -> None:
    commands, order = CommandsFirst(clock), list[str]()
    with pytest.raises(ValueError, match="no"), commands.answering():
        raise ValueError("no")

    async def other() -> None:
        for _ in range(4):
            await asyncio.sleep(0)
        order.append("other")

    await asyncio.gather(_page(commands, order), other())

    assert order == ["page 0", "page 1", "other"]
