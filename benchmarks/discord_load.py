"""How fast Discord gets its answers: a Matinee of its own process, connected to a Discord on loopback.

Members of many servers give commands, type, press and fill in at a fixed rate. Prints how long the
first acknowledgement took (Discord gives up after 3 s), beside a bare discord.py client that answers
every interaction with one word, measured in the same run. Every body is held against Discord's
description where that lies beside the project.

    python benchmarks/discord_load.py [--rate 50] [--seconds 60] [--servers 50]
"""

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.adapters.discord.bodies import description, walk  # noqa: E402 - found by the line above
from tests.adapters.discord.double import TOKEN, Discord, running  # noqa: E402 - likewise
from tests.adapters.discord.exchange import Exchange  # noqa: E402 - likewise
from tests.adapters.discord.payloads import Person, Server  # noqa: E402 - likewise

FILMS = ("Her", "Carol", "Weekend", "Aftersun", "Yi Yi", "Tokyo Story", "Past Lives", "Anora")
WORDS = "tender bleak slow funny quiet strange warm cold loud kind sad bright".split()
MATINEE = ("-m", "adapters.cli.main", "run")
PEER = """
import os, discord, yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
Route.BASE = os.environ["DISCORD_API_URL"]
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
class Client(discord.Client):
    async def on_interaction(self, interaction):
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
        else:
            await interaction.response.send_message("Yes.")
none = discord.AllowedMentions.none()
client = Client(intents=discord.Intents(guilds=True), max_messages=None, allowed_mentions=none)
client.run(os.environ["DISCORD_TOKEN"], log_handler=None)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rate", type=int, default=50, help="interactions per second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--servers", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asyncio.run(run(parser.parse_args()))


async def run(options: argparse.Namespace) -> None:
    held = "held against Discord's description" if description() else "no description here"
    print(f"{options.rate}/s for {options.seconds} s, {options.servers} servers; bodies {held}")
    peer = await measured("bare client", ("-c", PEER), options)
    ours = await measured("Matinee", MATINEE, options)
    for name, share in (("median", 0.5), ("99th percentile", 0.99), ("slowest", 1.0)):
        mine, theirs = quantile(ours, share), quantile(peer, share)
        print(f"{name:16} {mine * 1000:8.1f} ms   {mine / theirs:6.1f} x the bare client")


async def measured(name: str, program: Sequence[str], options: argparse.Namespace) -> list[float]:
    """Let members act for a while; return how long each waited."""
    discord = Discord()
    async with running(discord), started(discord, program, options.servers):
        discord.registered = discord.registered or [registered(each) for each in COMMANDS]
        servers = list(discord.gateway.servers.values())
        crowd = Crowd(discord, random.Random(options.seed), servers)
        for film in FILMS:  # a first one of each kind, so that nothing is loaded while it counts
            await crowd.slash("review", film=film)
        began = asyncio.get_running_loop().time()
        acting = []
        for number in range(options.rate * options.seconds):
            await asyncio.sleep(began + number / options.rate - asyncio.get_running_loop().time())
            acting.append(asyncio.create_task(crowd.act()))
        done = await asyncio.gather(*acting, return_exceptions=True)
    failed = Counter(type(each).__name__ for each in done if isinstance(each, BaseException))
    waits = [each.waited for each in done if isinstance(each, Exchange)]
    cpu = os.times().children_user + os.times().children_system
    deferred = sum(each.kind == 5 for each in done if isinstance(each, Exchange))
    print(
        f"{name}: {len(waits)} answered, {sum(failed.values())} not ({dict(failed)}), "
        f"{deferred} put off, {len(discord.inspector.complaints)} of {discord.inspector.checked} "
        f"bodies refused, slowest {max(waits) * 1000:.0f} ms, processor {cpu:.0f} s so far"
    )
    for complaint in sorted(set(discord.inspector.complaints))[:5]:
        print(f"  {complaint}")
    return waits


COMMANDS = ("review", "film", "recommend", "watchlist", "settings", "reviews")


def registered(name: str) -> dict[str, object]:
    """Stand in for what the bare client never registers."""
    names = ("film", "rating", "text", "like", "action")
    return {"name": name, "options": [{"name": each, "type": 3} for each in names]}


class Crowd:
    """Members of many servers who do what members do."""

    def __init__(self, discord: Discord, dice: random.Random, servers: Sequence[Server]) -> None:
        self.discord = discord
        self.dice = dice
        self.servers = servers
        self.cards: list[tuple[Server, dict[str, object]]] = []

    async def act(self) -> Exchange:
        roll = self.dice.random()
        if roll < 0.2:
            words = " ".join(self.dice.choices(WORDS, k=12))
            return await self.slash("review", film=self.film(), rating="4/5", text=words)
        if roll < 0.4:
            return await self.type()
        if roll < 0.55 and self.cards:
            return await self.press()
        if roll < 0.7:
            return await self.slash("recommend", like=self.film())
        if roll < 0.8:
            return await self.slash("reviews", film=self.film())
        exchange = await self.slash("review", film=self.film())
        if exchange.server and not exchange.shown["flags"] & 64 and len(self.cards) < 500:
            self.cards.append((exchange.server, exchange.shown))
        return exchange

    def film(self) -> str:
        return self.dice.choice(FILMS)

    def person(self) -> Person:
        number = self.dice.randrange(2_000)
        return Person(10_000 + number, f"member{number}")

    async def slash(self, name: str, **given: object) -> Exchange:
        return await self.discord.slash(
            self.person(), self.dice.choice(self.servers), name, **given
        )

    async def type(self) -> Exchange:
        data = self.discord.command("review", {"film": self.film()[:3]}, "film")
        return await self.discord.does(self.person(), 4, data, self.dice.choice(self.servers))

    async def press(self) -> Exchange:
        server, message = self.dice.choice(self.cards)
        buttons = [each for each in walk(message["components"]) if each["type"] == 2]  # type: ignore[arg-type]  # a list
        if not buttons:
            return await self.slash("film", film=self.film())
        custom_id = self.dice.choice(buttons)["custom_id"]
        return await self.discord.press(self.person(), server, message, custom_id)


@asynccontextmanager
async def started(
    discord: Discord, program: Sequence[str], servers: int
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a client in a process of its own and wait until it listens."""
    for number in range(servers):
        discord.open_server(f"Club {number}")
    with tempfile.TemporaryDirectory() as folder:
        environ = {
            **os.environ,
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": f"{discord.url}/api/v10",
            "DISCORD_GATEWAY_URL": discord.gateway.url,
            "MATINEE_DATA_DIR": folder,
            "PYTHONPATH": str(ROOT),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, *program, env=environ, cwd=folder, stdin=asyncio.subprocess.DEVNULL
        )
        try:
            await asyncio.wait_for(discord.gateway.ready.wait(), 120)
            await asyncio.sleep(5)  # until it has seen every server
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()


def quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
