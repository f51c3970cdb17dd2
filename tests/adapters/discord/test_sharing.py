"""Sharing in Discord: to the channel that one is in, or to the club's."""

from tests.adapters.discord.conftest import ANA, CHIEF, Town
from tests.adapters.discord.payloads import Json, Server
from tests.adapters.discord.seeing import button, ephemeral, seen
from tests.adapters.discord.test_settled import pressable, pressed


async def asked_where(town: Town) -> Json:
    """Open a second channel beside the club's, look a film up there, and press Share."""
    home = town.server.channels[0]
    await town.discord.slash(CHIEF, town.server, "setup", here=True)
    elsewhere = town.discord.new_id()
    town.server.channels = (elsewhere, home)
    card = await town.discord.slash(ANA, town.server, "film", film="Carol")
    asked = await pressed(town, card.shown, "Share")
    assert ephemeral(asked.shown)
    assert pressable(asked.shown) == ["Here", "In the club's channel"]
    assert f"<#{home}>" in str(asked.shown)
    return asked.shown


def there(town: Town, server: Server) -> list[list[Json]]:
    """Return the messages of the channel that one is in, and of the club's."""
    return [town.discord.messages.get(each, []) for each in server.channels]


async def test_it_is_shown_here(town: Town) -> None:
    asked = await asked_where(town)
    await pressed(town, asked, "Here")
    (card,) = await town.discord.sent(town.server.channels[0], 1)
    _, at_home = there(town, town.server)
    assert "Carol (2015)" in seen(card)
    assert "Shared by" in seen(card)
    assert at_home == []
    assert pressable(asked) == []
    assert seen(asked) == "Everybody here sees it now."


async def test_it_is_shown_in_the_clubs_channel(town: Town) -> None:
    asked = await asked_where(town)
    await pressed(town, asked, "In the club's channel")
    here, (card,) = there(town, town.server)
    assert here == []
    assert "Carol (2015)" in seen(card)
    assert pressable(asked) == []
    assert "Shown in" in seen(asked)


async def test_a_closed_channel_is_told_and_the_question_stays(town: Town) -> None:
    asked = await asked_where(town)
    town.server.allowed &= ~(1 << 11)
    told = await pressed(town, asked, "In the club's channel")
    assert "I may not write there" in seen(told.shown)
    assert ephemeral(told.shown)
    assert there(town, town.server) == [[], []]
    assert button(asked, "Here")
