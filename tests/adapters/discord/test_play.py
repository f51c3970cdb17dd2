"""A club's weeks in Discord, played line by line: `play.txt` is what its members see."""

from pathlib import Path

from tests.adapters.discord.conftest import ANA, BEN, CHIEF, Town
from tests.adapters.discord.payloads import Person
from tests.adapters.discord.player import DiscordPlayer
from tests.adapters.plays import CHANNEL, check

SCRIPT = Path(__file__).parent / "play.txt"
PEOPLE = {"ana": ANA, "ben": BEN, "cleo": Person(506, "cleo"), "chief": CHIEF}


async def test_a_club_in_discord(closed_town: Town) -> None:
    town = closed_town
    town.discord.names |= {each.number: each.name for each in PEOPLE.values()}
    films, late = town.server.channels[0], town.discord.new_id()
    town.server.channels = (films, late)
    async with town.open() as platform:
        player = DiscordPlayer(town, PEOPLE, {CHANNEL: films, "late": late}, platform.messenger)
        await check(SCRIPT, player, least=150)
