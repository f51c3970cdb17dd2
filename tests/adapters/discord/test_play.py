"""A club's weeks in Discord, played line by line: `play.txt` is what its members see, `slips.txt` where they slip."""

from pathlib import Path

import pytest

from tests.adapters.discord.conftest import ANA, BEN, CHIEF, Town
from tests.adapters.discord.payloads import Person
from tests.adapters.discord.player import DiscordPlayer
from tests.adapters.plays import CHANNEL, check

SCRIPTS = [
    (Path(__file__).parent / name, least) for name, least in (("play.txt", 150), ("slips.txt", 50))
]
PEOPLE = {"ana": ANA, "ben": BEN, "cleo": Person(506, "cleo"), "chief": CHIEF}


@pytest.mark.parametrize(("script", "least"), SCRIPTS, ids=lambda each: getattr(each, "stem", ""))
async def test_a_club_in_discord(script: Path, least: int, closed_town: Town) -> None:
    town = closed_town
    town.discord.names |= {each.number: each.name for each in PEOPLE.values()}
    films, late = town.server.channels[0], town.discord.new_id()
    town.server.channels = (films, late)
    async with town.open() as platform:
        player = DiscordPlayer(town, PEOPLE, {CHANNEL: films, "late": late}, platform.messenger)
        await check(script, player, least)
