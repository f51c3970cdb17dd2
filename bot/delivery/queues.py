"""Queues for each place: work in order within a place, concurrently between places."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")


class PlaceQueues(Generic[T]):
    """Queues of items by place; the first item of each is being worked on."""

    def __init__(self, work: Callable[[T], Awaitable[None]]) -> None:
        """Take the function to apply to each item; its first error is raised by `check`."""
        self._work = work
        self._queues: dict[str, deque[T]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._done = asyncio.Event()
        self._failure: BaseException | None = None

    def __len__(self) -> int:
        """Return the number of all items, waiting or in progress."""
        return sum(map(len, self._queues.values()))

    def __iter__(self) -> Iterator[T]:
        """Iterate over all items, waiting or in progress."""
        return (item for queue in list(self._queues.values()) for item in list(queue))

    def length(self, place: str) -> int:
        """Return the number of items of one place."""
        return len(self._queues.get(place, ()))

    def put(self, place: str, item: T) -> None:
        """Append an item to a place's queue."""
        if place in self._queues:
            self._queues[place].append(item)
            return
        self._queues[place] = deque([item])
        self._tasks[place] = asyncio.create_task(self._go(place))

    def take_waiting(self, place: str | None = None) -> list[T]:
        """Remove and return the items not in progress, of one place or of all."""
        taken: list[T] = []
        for name, items in self._queues.items():
            if place in {None, name}:
                first, *waiting = items
                taken += waiting
                items.clear()
                items.append(first)
        return taken

    def drop(self, items: Collection[T]) -> None:
        """Remove those of these items that are not in progress."""
        for queue in self._queues.values():
            first, *waiting = queue
            queue.clear()
            queue.extend([first, *(item for item in waiting if item not in items)])

    async def item_done(self, seconds: float) -> None:
        """Wait until an item is done, or for this many seconds."""
        self._done.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._done.wait()

    def check(self) -> None:
        """Raise the first error of an item's work."""
        if self._failure is not None:
            raise self._failure

    async def close(self) -> None:
        """Cancel the work in progress, and wait until it has ended."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _go(self, place: str) -> None:
        items = self._queues[place]
        try:
            while items:
                await self._work(items[0])
                items.popleft()
                self._done.set()
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # noqa: BLE001 - handed on by `check`
            self._failure = error
        finally:
            del self._queues[place], self._tasks[place]
            self._done.set()
