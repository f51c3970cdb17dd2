"""Lanes: work goes in order within one lane, and side by side between lanes."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")


class PlaceQueues(Generic[T]):
    """Items waiting in lanes, the first of each being worked on."""

    def __init__(self, work: Callable[[T], Awaitable[None]]) -> None:
        """Do `work` on each item; an error of it ends everything: `check` raises it."""
        self._work = work
        self._lanes: dict[str, deque[T]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._moved = asyncio.Event()
        self._failure: BaseException | None = None

    def __len__(self) -> int:
        """Count all items, waiting or worked on."""
        return sum(map(len, self._lanes.values()))

    def __iter__(self) -> Iterator[T]:
        """Walk over all items, waiting or worked on."""
        return (item for lane in list(self._lanes.values()) for item in list(lane))

    def length(self, lane: str) -> int:
        """Count the items in one lane."""
        return len(self._lanes.get(lane, ()))

    def put(self, lane: str, item: T) -> None:
        """Put an item at the end of a lane."""
        if lane in self._lanes:
            self._lanes[lane].append(item)
            return
        self._lanes[lane] = deque([item])
        self._tasks[lane] = asyncio.create_task(self._go(lane))

    def take_waiting(self, lane: str | None = None) -> list[T]:
        """Take out what has not been begun, of one lane or of all."""
        taken: list[T] = []
        for name, items in self._lanes.items():
            if lane in {None, name}:
                first, *waiting = items
                taken += waiting
                items.clear()
                items.append(first)
        return taken

    def drop(self, items: Collection[T]) -> None:
        """Take out those of these that have not been begun."""
        for lane in self._lanes.values():
            first, *waiting = lane
            lane.clear()
            lane.extend([first, *(item for item in waiting if item not in items)])

    async def moved(self, patience: float) -> None:
        """Wait until an item is done, or `patience` seconds have passed."""
        self._moved.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._moved.wait()

    def check(self) -> None:
        """Raise what went wrong in a lane."""
        if self._failure is not None:
            raise self._failure

    async def close(self) -> None:
        """Cancel what is worked on, and wait until it has ended."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _go(self, lane: str) -> None:
        items = self._lanes[lane]
        try:
            while items:
                await self._work(items[0])
                items.popleft()
                self._moved.set()
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # noqa: BLE001 - handed on by `check`
            self._failure = error
        finally:
            del self._lanes[lane], self._tasks[lane]
            self._moved.set()
