"""Files of films through the real client: by the command's option, by its form, with a choice."""

from tests.adapters.discord.conftest import ANA, BEN, Town
from tests.adapters.discord.seeing import button, ephemeral, menu, seen

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
