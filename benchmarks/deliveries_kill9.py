"""Deliveries lost or repeated when workers are killed with -9 repeatedly.

Four worker processes on one SQLite file, or on a PostgreSQL server with `--server`; a loopback messenger that drops 5 % of its answers after
accepting and delays 5 %. The peer is the same fleet with a messenger that ignores keys and has no
history: what every worker would do that only sends again. Run at length with

    python benchmarks/deliveries_kill9.py --reminders 100000 --kills 2000 --server --without-peer
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.delivery.fleet import Toll, kill_again_and_again
from tests.delivery.loopback import Loopback, Manners
from tests.postgresql import running_server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reminders", type=int, default=4_000)
    parser.add_argument("--kills", type=int, default=80)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--server", action="store_true", help="PostgreSQL in place of SQLite")
    parser.add_argument("--without-peer", action="store_true")
    options = parser.parse_args()
    print(f"{'':24}{'planned':>9}{'kills':>7}{'lost':>6}{'repeated':>10}{'s':>8}")
    report("by key and history", asyncio.run(toll(options, Manners())))
    if not options.without_peer:
        deaf = Manners(key_memory=0)
        report("sent again unlooked-for", asyncio.run(toll(options, deaf, "--no-history")))


async def toll(options: argparse.Namespace, manners: Manners, *more: str) -> Toll:
    with database(on_server=options.server) as url:
        return await kill_again_and_again(
            url,
            Loopback(manners),
            *more,
            many=options.reminders,
            kills=options.kills,
            workers=options.workers,
            seed=options.seed,
            deadline=24 * 3600,
        )


@contextmanager
def database(*, on_server: bool) -> Iterator[str]:
    """Make an empty database; yield its URL."""
    if on_server:
        with running_server() as server:
            yield server.url(server.create())
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/matinee.db"


def report(name: str, toll: Toll) -> None:
    numbers = f"{toll.planned:>9}{toll.kills:>7}{toll.lost:>6}{toll.repeats:>10}"
    print(f"{name:24}{numbers}{toll.seconds:>8.1f}")


if __name__ == "__main__":
    main()
