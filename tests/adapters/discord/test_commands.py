"""Every command as a member gives it in Discord, over a socket, through the real client."""

from tests.adapters.discord.conftest import ANA, Town
from tests.adapters.discord.seeing import ephemeral, seen


async def test_a_film_card_is_shown_to_the_club(town: Town) -> None:
    exchange = await town.discord.slash(ANA, town.server, "review", film="All of Us Strangers")

    text = seen(exchange.shown)
    assert "All of Us Strangers (2023)" in text
    assert "Directed by Andrew Haigh" in text
    assert not ephemeral(exchange.shown)
    assert exchange.waited < 1
