"""Supervisor of all services: when one ends or fails, all are stopped.

SIGTERM or SIGINT asks all to stop: they accept nothing new, finish what they have begun and
release their leases. After the grace period, or at a second signal, the rest is cancelled.
"""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta

log = logging.getLogger(__name__)

Service = Callable[[asyncio.Event], Awaitable[None]]
"""Runs until it is done or the event is set, and then ends soon."""

GRACE = timedelta(seconds=8)
"""Grace period for services to end: with the closing of the database it stays under 10 s."""

SIGNALS = (signal.SIGTERM, signal.SIGINT)


async def supervise(
    *services: Service, grace: timedelta = GRACE, signals: Sequence[signal.Signals] = SIGNALS
) -> None:
    """Run services until one of them ends, or a signal comes; then stop all.

    Raises the error of the first service that fails.
    """
    stopping = asyncio.Event()
    try:
        with _signals_taken(signals, stopping), suppress(TimeoutError):
            async with asyncio.timeout(None) as limit, asyncio.TaskGroup() as group:
                for service in services:
                    group.create_task(_attended(service, stopping))
                await stopping.wait()
                limit.reschedule(asyncio.get_running_loop().time() + grace.total_seconds())
        if limit.expired():
            log.warning("not everything ended within %s; cut off", grace)
    except BaseExceptionGroup as failures:
        raise _first(failures) from failures


async def until(stopping: asyncio.Event, work: Coroutine[object, object, None]) -> None:
    """Run `work`, and cancel it when `stopping` is set."""
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait([working, leaving], return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
        working.cancel()
    with suppress(asyncio.CancelledError):
        await working


async def _attended(service: Service, stopping: asyncio.Event) -> None:
    try:
        await service(stopping)
    finally:
        stopping.set()


def _first(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    first = failures.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


@contextmanager
def _signals_taken(signals: Sequence[signal.Signals], stopping: asyncio.Event) -> Iterator[None]:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def stop() -> None:
        if stopping.is_set() and task is not None:
            task.cancel()
        stopping.set()

    for each in signals:
        with suppress(NotImplementedError):  # not on every platform
            loop.add_signal_handler(each, stop)
    try:
        yield
    finally:
        for each in signals:
            with suppress(NotImplementedError):
                loop.remove_signal_handler(each)
