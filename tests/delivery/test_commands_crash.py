"""Crashes of commands at every call to the store: each command takes effect whole, or not at all.

The conversations of `tests/flows` are played again. Each request is executed once to count its
calls; then, from the same state, once for each instant before and after a call, the process ends
there (or the store fails there) and the same request is repeated: reply and stored data must be as
without the crash. Of these instants each change tries some, at length all are; of a command that was
met before, in any conversation, now and then one.
"""

import random
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.titles.index import TitleIndex
from bot.domain.errors import StoreError
from bot.intake.forms import MemberForms
from bot.messages.commands import Command
from bot.messages.replies import Reply
from bot.messages.requests import Request
from bot.ports.store import Store, UnitOfWork
from bot.request.context import Context
from bot.request.middleware.rate_limits import Limits, Rate
from bot.service import Bot
from recommender import BaseIndex
from tests.delivery.crashing import Crash, Fuse, Fused
from tests.support import Room
from tests.test_flows import FLOWS, play

Dump = dict[str, list[tuple[Any, ...]]]

_ROWS = "SELECT * FROM {} WHERE club_id <> ''"

SOME, SEEN_AGAIN = 3, 1 / 6
"""Instants tried of a command, and the share of requests where one is tried of a command met before."""

ALL = 1_000
"""More instants than any command has."""

_MET: set[type[Command]] = set()
"""Commands that were met in the conversations of this run."""


class WatchedBot(Bot):
    """Bot that records the command it read."""

    understood: Command | None = None

    async def _read_command(self, request: Request, context: Context, work: UnitOfWork) -> Command:
        self.understood = await super()._read_command(request, context, work)
        return self.understood


@dataclass
class CrashingBot:
    """Wrapper of the bot that crashes it at each request before it answers."""

    room: Room
    titles: TitleIndex
    index: BaseIndex
    path: Path
    most: int
    dice: random.Random = field(default_factory=lambda: random.Random(1))
    tried: int = 0
    tables: list[str] = field(init=False)

    def __post_init__(self) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            self.tables = _tables(connection)

    @property
    def forms(self) -> MemberForms:
        return self.room.bot.forms

    async def handle(self, request: Request) -> Reply:
        """Crash at many instants, then answer."""
        before, ids = self._dump(), self.room.ids.count
        fuse = Fuse()
        bot = self._bot(fuse)
        reply = await bot.handle(request)
        after, ids_after = self._dump(), self.room.ids.count
        for at in self._instants(bot.understood, fuse.count):
            self._restore(before)
            self.room.ids.count = ids
            await self._fail(request, at, (before, after))
            self.room.ids.count = ids
            again = await self._bot(Fuse()).handle(request)
            assert self._dump() == after, (request.content, at)
            assert again == reply, (request.content, at)
        self.room.ids.count = ids_after
        return reply

    async def _fail(self, request: Request, at: int, allowed: tuple[Dump, Dump]) -> None:
        error = self.dice.choice([None, StoreError("gone", retry=True)])
        fuse = Fuse(at, error)
        try:
            refusal = await self._bot(fuse).handle(request)
        except Crash:
            assert error is None
        else:
            assert error is not None
            assert refusal.summary
        assert fuse.blown
        assert self._dump() in allowed, (request.content, at)
        self.tried += 1

    def _instants(self, command: Command | None, calls: int) -> Iterable[int]:
        kind = type(command) if command is not None else None
        if kind is None or kind in _MET:
            often = self.most == ALL or not self.tried or self.dice.random() < SEEN_AGAIN
            return self.dice.sample(range(calls), min(int(often), calls))
        _MET.add(kind)
        return self.dice.sample(range(calls), min(self.most, calls))

    def _bot(self, fuse: Fuse) -> WatchedBot:
        """Start anew, as a process does after a crash."""
        room = self.room
        store = cast("Store", Fused(room.store, fuse))
        return WatchedBot(
            store, self.titles, ClubIndexes(self.index), room.clock, room.ids, _limits()
        )

    def _dump(self) -> Dump:
        """Read all that belongs to clubs."""
        with closing(sqlite3.connect(self.path)) as connection:
            return {
                table: sorted(connection.execute(_ROWS.format(table)), key=repr)
                for table in self.tables
            }

    def _restore(self, dump: Dump) -> None:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            for table, rows in dump.items():
                connection.execute(f"DELETE FROM {table} WHERE club_id <> ''")  # noqa: S608 - likewise
                if rows:
                    marks = ", ".join("?" * len(rows[0]))
                    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - likewise


def _limits() -> Limits:
    at_will = Rate(1_000_000, timedelta(microseconds=1))
    return Limits(at_will, at_will)


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [
        name
        for (name,) in found
        if any(row[1] == "club_id" for row in connection.execute(f"PRAGMA table_info({name})"))
    ]


WHOLE = [path for path in FLOWS if path.stem != "importing"]
"""An import is saved in parts, each of them whole: `tests/bot/features/transfer` stops it in between."""


@pytest.mark.parametrize("most", [SOME, pytest.param(ALL, marks=pytest.mark.long)])
@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
async def test_a_crash_at_any_call_of_a_command_is_all_or_nothing(
    path: Path,
    most: int,
    room: Room,
    titles: TitleIndex,
    index: BaseIndex,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    if most == ALL:
        _MET.clear()
    crashing = CrashingBot(room, titles, index, tmp_path / "matinee.db", most)
    await play(path.read_text("utf-8"), replace(room, bot=cast("Bot", crashing)))
    assert crashing.tried
