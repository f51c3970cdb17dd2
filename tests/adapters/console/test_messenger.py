"""Messenger of the terminal: sends once, to its own club, remembered across starts."""

from pathlib import Path

import pytest

from adapters.console.input.session import Exchange
from adapters.console.output.messenger import MOST_REMEMBERED, ConsoleMessenger, SentLog
from adapters.console.output.writers import DueMessage
from bot.domain.errors import Rejected, Uncertain
from bot.domain.ids import DeliveryId, PlaceId
from bot.features.help.commands import HelpCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.replies import Actions, Button, Choice, Option, Paragraph, Reply
from bot.messages.spans import Plain
from tests.generated import NOON

ANA = PlaceId("console:demo@ana")
ROOM = PlaceId("console:demo#room")
OUT = Reply(
    (
        Paragraph((Plain("Her is out."),)),
        Actions(
            (
                Button("Watchlist", WatchlistCommand("add", "id:her-2013")),
                Choice("Help", (Option("with reviews", "review"),), HelpCommand(), "topic"),
            )
        ),
    ),
    "Her is out.",
)


class Screen:
    """Output that records due messages, or fails."""

    def __init__(self) -> None:
        self.shown: list[DueMessage] = []
        self.broken = False

    def answer(self, turn: Exchange) -> None:
        raise NotImplementedError

    def note(self, text: str) -> None:
        raise NotImplementedError

    async def delivery(self, due: DueMessage) -> None:
        if self.broken:
            raise BrokenPipeError(32, "Broken pipe")
        self.shown.append(due)


def _messenger(path: Path, screen: Screen) -> ConsoleMessenger:
    return ConsoleMessenger("demo", SentLog(path / "said.txt"), screen)


async def test_it_says_a_thing_once_also_after_a_restart(tmp_path: Path) -> None:
    screen = Screen()
    before = _messenger(tmp_path, screen)
    message = await before.send(ANA, OUT, delivery_id=DeliveryId("d1"))
    assert await before.send(ANA, OUT, delivery_id=DeliveryId("d1")) == message

    after = _messenger(tmp_path, screen)
    assert await after.find(ANA, DeliveryId("d1"), NOON) == message
    assert await after.send(ANA, OUT, delivery_id=DeliveryId("d1")) == message
    assert await after.find(ANA, DeliveryId("d2"), NOON) is None

    assert len(screen.shown) == 1


async def test_two_terminals_on_one_folder_know_of_each_other(tmp_path: Path) -> None:
    screen = Screen()
    one, other = _messenger(tmp_path, screen), _messenger(tmp_path, screen)
    await one.send(ROOM, OUT, delivery_id=DeliveryId("d1"))
    await other.send(ROOM, OUT, delivery_id=DeliveryId("d1"))

    assert len(screen.shown) == 1


async def test_what_was_not_shown_is_not_remembered(tmp_path: Path) -> None:
    screen = Screen()
    screen.broken = True
    messenger = _messenger(tmp_path, screen)
    with pytest.raises(Uncertain):
        await messenger.send(ANA, OUT, delivery_id=DeliveryId("d1"))

    screen.broken = False
    assert await messenger.find(ANA, DeliveryId("d1"), NOON) is None
    await messenger.send(ANA, OUT, delivery_id=DeliveryId("d1"))
    assert len(screen.shown) == 1


def test_a_terminal_speaks_to_its_own_club_alone(tmp_path: Path) -> None:
    assert _messenger(tmp_path, Screen()).reach == ("console:demo",)


@pytest.mark.parametrize(
    "place", ["discord:12", "console:", "console:demo", "console:#", "console:@x"]
)
async def test_a_place_that_cannot_be_is_refused(place: str, tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        await _messenger(tmp_path, Screen()).send(PlaceId(place), OUT, delivery_id=DeliveryId("d"))


async def test_each_message_has_keys_of_its_own(tmp_path: Path) -> None:
    screen = Screen()
    messenger = _messenger(tmp_path, screen)
    await messenger.send(ANA, OUT, delivery_id=DeliveryId("d1"))
    await messenger.send(ANA, OUT, delivery_id=DeliveryId("d2"))

    keys = [[key for key, _ in due.keys.below] for due in screen.shown]
    assert keys == [["m1", "m2"], ["m3", "m4"]]
    assert {"m1", "m2", "m2.1", "m3", "m4", "m4.1"} == set(messenger.pressable)


def test_it_remembers_the_latest_and_forgets_the_oldest(tmp_path: Path) -> None:
    path = tmp_path / "said.txt"
    path.write_text("".join(f"old{n}\n" for n in range(3 * MOST_REMEMBERED)))
    said = SentLog(path)
    assert "old0" in said
    said.add(DeliveryId("new"))

    kept = path.read_text().split()
    assert len(kept) == MOST_REMEMBERED
    assert kept[-2:] == [f"old{3 * MOST_REMEMBERED - 1}", "new"]
    assert "old0" not in SentLog(path)
