"""Questions that are answered and notes that are taken back: the answer takes their place in Discord."""

from tests.adapters.discord.bodies import walk
from tests.adapters.discord.conftest import ANA, BEN, Town
from tests.adapters.discord.exchange import Exchange
from tests.adapters.discord.payloads import BOT, Json
from tests.adapters.discord.seeing import button, ephemeral, seen

ME = f"<@{BOT}>"
UPDATES, ADDS = 7, 4
"""Kinds of responses: one in the place of the pressed message, and one of its own."""


def pressable(message: Json) -> list[str]:
    """Return the labels of all that can still be pressed on a message."""
    parts = (each for each in walk(message["components"]) if each["type"] in {2, 3})
    return [each.get("label") or each["placeholder"] for each in parts]


async def pressed(town: Town, message: Json, label: str, *, directly: bool = False) -> Exchange:
    server = None if directly else town.server
    return await town.discord.press(ANA, server, message, button(message, label))


async def test_which_film_is_replaced_by_what_was_saved(town: Town) -> None:
    given = {"film": "Solaris", "rating": "4/5", "text": "Slow and deep."}
    asked = await town.discord.slash(ANA, town.server, "review", **given)
    saved = await pressed(town, asked.shown, "Solaris (1972)")
    assert saved.kind == UPDATES
    assert seen(asked.shown).startswith("Saved your review of Solaris (1972)")
    assert "Solaris (2002)" not in pressable(asked.shown)


async def test_what_is_dropped_has_no_buttons_left(town: Town) -> None:
    asked = await town.discord.slash(ANA, town.server, "review", film="Zyzzyx", text="What a film.")
    dropped = await pressed(town, asked.shown, "Drop it")
    assert dropped.kind == UPDATES
    assert seen(asked.shown) == "Dropped."
    assert pressable(asked.shown) == []


async def test_a_form_of_a_question_answers_it(town: Town) -> None:
    asked = await town.discord.slash(ANA, town.server, "review", film="Zyzzyx", text="What a film.")
    opened = await pressed(town, asked.shown, "Search again…")
    saved = await town.discord.submit(ANA, town.server, opened, {"film": "Carol"})
    assert saved.kind == UPDATES
    assert seen(asked.shown).startswith("Saved your review of Carol (2015)")


async def test_what_is_corrected_takes_the_place_of_what_was_wrong(town: Town) -> None:
    given = {"film": "Her", "text": "Warm.", "watched_on": "the day after never"}
    wrong = await town.discord.slash(ANA, town.server, "review", **given)
    opened = await pressed(town, wrong.shown, "Correct it…")
    saved = await town.discord.submit(ANA, town.server, opened, {"watched_on": "3 January 2024"})
    assert saved.kind == UPDATES
    assert seen(wrong.shown).startswith("Saved your review of Her (2013)")


async def test_a_question_in_words_is_replaced_too(town: Town) -> None:
    await town.discord.says(ANA, town.server, f"{ME} loved carol, the gloves alone")
    (asked,) = await town.discord.sent(town.discord.direct(ANA.number), 1)
    saved = await pressed(town, asked, "Only for me", directly=True)
    assert saved.kind == UPDATES
    assert "Save" not in pressable(asked)
    assert "Only you can read it" in seen(asked)


async def test_taking_all_along_leaves_the_question_what_to_forget(town: Town) -> None:
    await town.discord.slash(ANA, town.server, "review", film="Her", rating="4/5")
    asked = await town.discord.slash(ANA, town.server, "forget")
    assert (await pressed(town, asked.shown, "Take it along first")).kind == ADDS
    kept = await pressed(town, asked.shown, "Keep everything")
    assert kept.kind == UPDATES
    assert seen(asked.shown) == "All right. Nothing was changed."
    assert pressable(asked.shown) == []


async def test_what_was_wrong_leaves_the_question_its_buttons(town: Town) -> None:
    given = {"film": "Solaris", "text": "Slow and deep."}
    asked = await town.discord.slash(ANA, town.server, "review", **given)
    before = {**asked.shown}
    await pressed(town, asked.shown, "Solaris (1972)")
    late = await pressed(town, before, "Solaris (2002)")
    assert late.kind == ADDS
    assert ephemeral(late.shown)
    assert "answered already" in seen(late.shown)
    assert "Solaris (2002)" in pressable(before)


async def test_an_undo_takes_the_place_of_what_it_undoes(town: Town) -> None:
    saved = await town.discord.slash(ANA, town.server, "review", film="Heat", rating="4/5")
    card = await pressed(town, saved.shown, "Show the club's card")
    assert card.kind == ADDS
    undone = await pressed(town, saved.shown, "Undo")
    assert undone.kind == UPDATES
    assert pressable(saved.shown) == ["Write it again…"]


async def test_picks_for_all_asked_in_front_of_all_are_shown_to_all(town: Town) -> None:
    for person, film in ((ANA, "Carol"), (BEN, "Heat")):
        await town.discord.slash(person, town.server, "review", film=film, rating="5/5")
    await town.discord.says(ANA, town.server, f"{ME} what should we watch tonight?")
    (picks,) = await town.discord.sent(town.server.channels[0], 1)
    assert "For Ana and Ben" in seen(picks)
    assert not ephemeral(picks)

    others = await town.discord.press(BEN, town.server, picks, button(picks, "Other picks"))
    assert ephemeral(others.shown)
    assert "For Ben and Ana" in seen(others.shown)
    assert pressable(picks)
    assert len(town.discord.messages[town.server.channels[0]]) == 1
