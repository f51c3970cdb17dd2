"""A process that holds film nights, made to be killed: commands of members, the clock of nights, a worker.

It reads a catalogue once and then forks: each line of its input starts a child, whose pid it prints. A child gives
the commands of a file that have no line in the file of answers yet, again and again brings nights on, and
delivers. The clock is a file's; messages go to a file, by key once, as on the platforms.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.starter import starter_films
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.delivery.settings import DeliverySettings
from bot.delivery.worker import Worker
from bot.domain.ids import ClubId, DeliveryId, MemberId, PlaceId
from bot.maintenance.nights import NightClock
from bot.messages.replies import Reply
from bot.messages.requests import Caller, Request
from bot.ports.store import EVERYWHERE
from bot.registry import compose
from bot.request.middleware.rate_limits import Limits, Rate
from bot.service import Bot
from db.engines.open import open_store
from recommender import BaseIndex

LEASE = timedelta(seconds=1)
CLUB = ClubId("test:club")


@dataclass(frozen=True, slots=True)
class Files:
    """Files by which a test and the processes talk."""

    folder: Path

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'matinee.db'}"

    @property
    def offset(self) -> Path:
        return self.folder / "offset"

    @property
    def requests(self) -> Path:
        return self.folder / "requests.jsonl"

    @property
    def answers(self) -> Path:
        return self.folder / "answers.txt"

    @property
    def messages(self) -> Path:
        return self.folder / "messages.jsonl"

    def lines(self, file: Path) -> list[str]:
        """Return the whole lines of a file: one that was cut off by a kill is none."""
        return file.read_text("utf-8").split("\n")[:-1] if file.exists() else []


@dataclass(frozen=True, slots=True)
class MovedClock:
    """The machine's clock, moved by the seconds in a file."""

    file: Path

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self.file.read_text()))

    def elapsed(self) -> float:
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class FileMessenger:
    """Writes messages to a file, each key once, and finds them there, as platforms do."""

    files: Files

    def _there(self, delivery_id: str) -> bool:
        return any(
            json.loads(each)[0] == delivery_id for each in self.files.lines(self.files.messages)
        )

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        if not self._there(delivery_id):
            _append(self.files.messages, json.dumps([delivery_id, place, reply.summary]))
        return f"message-{delivery_id}"

    async def edit(
        self, place: PlaceId, message: str, reply: Reply, *, delivery_id: DeliveryId
    ) -> None:
        del place, message, reply, delivery_id

    async def delete(self, place: PlaceId, message: str) -> None:
        del place, message

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        del place, since
        return f"message-{delivery_id}" if self._there(delivery_id) else None

    @property
    def reach(self) -> Collection[str]:
        return EVERYWHERE

    def direct_place(self, place: PlaceId, member_id: MemberId) -> PlaceId | None:
        return PlaceId(f"{place.partition('#')[0]}@{member_id.rpartition(':')[2]}")

    def remembers(self, place: PlaceId) -> timedelta:
        del place
        return timedelta(minutes=2)


@dataclass
class ProcessIds:
    """Names that no other process gives."""

    count: int = 0

    def new(self) -> str:
        self.count += 1
        return f"p{os.getpid()}-{self.count}"


def _append(file: Path, line: str) -> None:
    """Append a line in one write."""
    with file.open("ab", buffering=0) as opened:
        opened.write(f"{line}\n".encode())


def caller(member: str) -> Caller:
    """Return a member of the club, speaking in its room."""
    return Caller(
        CLUB,
        MemberId(f"test:{member}"),
        member,
        PlaceId(f"{CLUB}#room"),
        PlaceId(f"{CLUB}@{member}"),
    )


async def live(files: Files, titles: TitleIndex, index: BaseIndex) -> None:
    """Hold nights until killed."""
    store = await open_store(files.database, busy_timeout=timedelta(seconds=60))
    clock = MovedClock(files.offset)
    at_will = Rate(1_000_000, timedelta(microseconds=1))
    bot = Bot(store, titles, ClubIndexes(index), clock, ProcessIds(), Limits(at_will, at_will))
    nights = NightClock(store, bot.handle, clock)
    settings = DeliverySettings(lease=LEASE, renewal=LEASE / 3, answer_timeout=LEASE / 2)
    worker = Worker(store, FileMessenger(files), clock, compose, f"w{os.getpid()}", settings)
    while True:
        answered = {each.partition(" ")[0] for each in files.lines(files.answers)}
        for line in files.lines(files.requests):
            request_id, member, typed = json.loads(line)
            if request_id not in answered:
                reply = await bot.handle(Request(request_id, caller(member), typed))
                _append(files.answers, f"{request_id} {' '.join(reply.summary.split())}")
        await nights.once()
        await worker.drain()
        await asyncio.sleep(0.01)


def main() -> None:
    """Fork a child for each line."""
    files, index = Files(Path(sys.argv[1])), BaseIndex.load(Path(sys.argv[2]))
    titles = TitleIndex(map(TitledFilm.of, starter_films()))
    for _ in sys.stdin:
        pid = os.fork()
        if not pid:
            asyncio.run(live(files, titles, index))
        print(pid, flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
