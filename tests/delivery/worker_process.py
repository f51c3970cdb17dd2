"""Workers as real processes, quickly: one process loads everything, then forks for each worker.

    python -m tests.delivery.worker_process DATABASE PORT [--lease S] ...

Each line on its standard input names a worker to start; the line it answers with is its pid.
The line "wait" is answered with the exit code of the next worker that ends.
"""

import argparse
import asyncio
import os
import random
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from adapters.runtime.process.supervisor import supervise
from bot.delivery.settings import DeliverySettings
from bot.delivery.worker import Worker
from bot.domain.deliveries import Delivery
from bot.messages.replies import Paragraph, Reply
from bot.messages.spans import Plain
from bot.ports.store import UnitOfWork
from db.engines.open import open_store
from tests.delivery.loopback import LoopbackMessenger


class MachineTime:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant."""
        return datetime.now(UTC)

    def elapsed(self) -> float:
        """Return the seconds since the machine started."""
        return time.monotonic()


async def words(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    """Compose the delivery's subject."""
    del now, work
    return Reply((Paragraph((Plain(delivery.subject),)),), delivery.subject)


def settings(options: argparse.Namespace) -> DeliverySettings:
    """Return the settings of a hurried worker."""
    lease = timedelta(seconds=options.lease)
    return DeliverySettings(
        lease=lease,
        renewal=lease / 3,
        poll=timedelta(seconds=options.poll),
        answer_timeout=lease / 2,
        held=options.held,
        busy_delay=timedelta(seconds=options.busy_delay),
        backoff=(timedelta(seconds=0.05),),
        attempts=options.attempts,
    )


async def work(options: argparse.Namespace, owner: str) -> None:
    """Run one worker until a signal comes."""
    store = await open_store(options.database, busy_timeout=timedelta(seconds=60))
    try:
        messenger = LoopbackMessenger(
            options.port, timedelta(seconds=options.memory), history=not options.no_history
        )
        worker = Worker(store, messenger, MachineTime(), words, owner, settings(options))
        await supervise(worker.run)
    finally:
        await store.close()


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database")
    parser.add_argument("port", type=int)
    parser.add_argument("--lease", type=float, default=1.5)
    parser.add_argument("--poll", type=float, default=0.05)
    parser.add_argument("--memory", type=float, default=1.0)
    parser.add_argument("--held", type=int, default=40)
    parser.add_argument("--busy-delay", type=float, default=0.5)
    parser.add_argument("--attempts", type=int, default=50)
    parser.add_argument("--no-history", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Fork a worker for each line."""
    options = read_options()
    for line in sys.stdin:
        if line.strip() == "wait":
            answer = os.waitstatus_to_exitcode(os.wait()[1])
        else:
            _bury()
            answer = os.fork()
            if answer == 0:
                _be_a_worker(options, line.strip())
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _bury() -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _be_a_worker(options: argparse.Namespace, owner: str) -> None:
    random.seed()
    code = 1
    try:
        asyncio.run(work(options, owner))
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
