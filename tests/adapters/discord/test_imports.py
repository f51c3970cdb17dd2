"""Files of films through the real client: by the command's option, by its form, with a choice."""

import asyncio
from functools import partial

import pytest

from adapters.chat.progress import ProgressNotes
from adapters.discord.incoming import interactions
from adapters.discord.outgoing import responses
from adapters.discord.outgoing.responses import Interaction, show_progress
from bot.messages.replies import Reply
from tests.adapters.discord.conftest import ANA, BEN, Town
from tests.adapters.discord.seeing import button, ephemeral, menu, seen
from tests.adapters.discord.test_settled import UPDATES

TABLE = b"Title,Year,Rating\nHeat,1995,4.5\nThe Thing,,4\nNothing of the Kind,1999,1\n"


async def test_a_file_is_previewed_a_film_chosen_and_all_imported(town: Town) -> None:
    number = town.discord.upload("ratings.csv", TABLE)
    shown = await town.discord.slash(ANA, town.server, "import", file=number)

    assert "3 films" in seen(shown.shown)
    assert ephemeral(shown.shown)
    chooser = menu(shown.shown, "Which film?")
    meant = chooser["options"][0]["value"]
    again = await town.discord.choose(ANA, town.server, shown.shown, chooser["custom_id"], meant)
    done = await town.discord.press(
        ANA, town.server, again.shown, button(again.shown, "Import 2 films")
    )
    assert "2 with a rating" in seen(done.shown)
    assert [again.kind, done.kind] == [UPDATES, UPDATES]  # one message, from the preview to the end
    assert "Heat" in seen((await town.discord.slash(ANA, town.server, "reviews")).shown)
    stolen = await town.discord.press(
        BEN, town.server, done.shown, button(done.shown, "Undo the import")
    )
    assert "somebody else's" in seen(stolen.shown)
    undone = await town.discord.press(
        ANA, town.server, done.shown, button(done.shown, "Undo the import")
    )
    assert "2 films" in seen(undone.shown)


async def test_without_a_file_a_form_asks_for_one(town: Town) -> None:
    asked = await town.discord.slash(ANA, town.server, "import")
    opened = await town.discord.press(
        ANA, town.server, asked.shown, button(asked.shown, "Choose the file…")
    )
    number = town.discord.upload("ratings.csv", TABLE)
    shown = await town.discord.submit(ANA, town.server, opened, {}, file=number)

    assert "3 films" in seen(shown.shown)


async def test_whoever_waits_is_told_how_far_it_is_then_all_is_shared(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    async def show(interaction: Interaction, reply: Reply) -> None:
        await show_progress(interaction, reply)
        told.append(seen(town.discord.exchanges[interaction.token].shown))

    monkeypatch.setattr(interactions, "ProgressNotes", partial(ProgressNotes, every=0.0))
    monkeypatch.setattr(interactions, "show_progress", show)
    monkeypatch.setattr(responses, "DEFER_AFTER", 0.0)
    rows = b"".join(b"Film number %d,1999,3,\n" % number for number in range(800))
    table = b"Title,Year,Rating,Review\nHeat,1995,4.5,Cold.\n" + rows
    number = town.discord.upload("ratings.csv", table)
    exchange = await town.discord.slash(ANA, town.server, "import", file=number)
    async with asyncio.timeout(8):
        while "801 films from" not in seen(exchange.shown):
            exchange.told.clear()
            await exchange.told.wait()
    assert "Working on it: 800 of 801 films." in told
    done = await town.discord.press(
        ANA, town.server, exchange.shown, button(exchange.shown, "Import 1 film")
    )
    share = button(done.shown, "Share my imported reviews")
    shared = await town.discord.press(ANA, town.server, done.shown, share)
    assert "1 review of that import" in seen(shared.shown)
    assert "Cold." in seen(
        (await town.discord.slash(BEN, town.server, "reviews", film="Heat")).shown
    )
