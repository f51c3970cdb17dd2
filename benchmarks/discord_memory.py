"""How much memory a Matinee takes that is in very many servers.

A Matinee of its own process joins them on a Discord on loopback, each with channels and roles as a
real one has, and gets one command from each. Prints its resident memory, beside that of a bare
discord.py client in the same servers and that of Matinee in one. With `--processes` the servers are divided
among so many processes, each with shards of its own and measured in turn.

    python benchmarks/discord_memory.py [--servers 2000] [--channels 30] [--roles 20]
    python benchmarks/discord_memory.py --servers 10000 --processes 4
"""

import argparse
import asyncio
import re
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.discord_load import COMMANDS, FILMS, MATINEE, PEER, registered, started
from tests.adapters.discord.double import Discord, running
from tests.adapters.discord.payloads import Person

MOST_MIB = 350


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--servers", type=int, default=2_000)
    parser.add_argument("--channels", type=int, default=30)
    parser.add_argument("--roles", type=int, default=20)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    asyncio.run(run(options) if options.processes == 1 else divide(options))


async def run(options: argparse.Namespace) -> None:
    bare = await resident(("-c", PEER), options.servers, options)
    alone = await resident(MATINEE, 1, options)
    ours = await resident(MATINEE, options.servers, options)
    print(f"{options.servers} servers, {options.channels} channels and {options.roles} roles each")
    print(f"bare client {bare:6.0f} MiB")
    print(f"Matinee     {ours:6.0f} MiB, {ours / bare:.1f} x; in one server {alone:.0f} MiB")
    verdict = "within" if ours <= MOST_MIB else "ABOVE"
    print(f"{verdict} the {MOST_MIB} MiB that were promised")


async def divide(options: argparse.Namespace) -> None:
    """Measure each of the processes that share the servers."""
    count = options.processes
    print(f"{options.servers} servers among {count} processes")
    for index in range(count):
        program = (*MATINEE, "--only", "discord", "--shards", f"{index}/{count}")
        ours = await resident(program, options.servers, options, index)
        print(f"shard {index}     {ours:6.0f} MiB", flush=True)


async def resident(
    program: Sequence[str], servers: int, options: argparse.Namespace, shard: int = 0
) -> float:
    """Join servers, give one command in each of its shard, and return the resident memory in MiB."""
    discord = Discord()
    for number in range(servers):
        server = discord.open_server(f"Club {number}", channels=options.channels)
        server.more_roles = options.roles
    async with running(discord), started(discord, program, 0) as process:
        discord.registered = discord.registered or [registered(each) for each in COMMANDS]
        every = enumerate(discord.gateway.servers.values())
        mine = [each for each in every if (each[1].number >> 22) % options.processes == shard]
        for number, server in mine:
            person = Person(10_000 + number, f"member{number}")
            await discord.slash(person, server, "review", film=FILMS[number % len(FILMS)])
        return memory_of(process.pid)


def memory_of(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


if __name__ == "__main__":
    main()
