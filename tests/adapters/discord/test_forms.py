"""Forms as modals, filled in and sent in; settings by menus; pages turned where they stand."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from adapters.discord import limits
from adapters.discord.incoming.modals import filled, modal_of
from bot.features.reviews.commands import ReviewCommand
from bot.language.grammar.forms import fill
from bot.messages.replies import Form
from db.engines.sqlite_transactions import SqliteTransactions
from db.store import SqlStore
from tests.adapters.discord.conftest import ANA, BEN, CHIEF, WARDEN, Town
from tests.adapters.discord.exchange import Exchange
from tests.adapters.discord.payloads import Json
from tests.adapters.discord.rest import A_MILLISECOND
from tests.adapters.discord.seeing import button, ephemeral, menu, seen

UPDATE, MODAL = 7, 9


def fields(opened: Exchange) -> dict[str, Json]:
    """Name what a modal asks for."""
    assert opened.kind == MODAL
    labels = opened.body["data"]["components"]
    return {each["component"]["custom_id"]: each["component"] for each in labels}


async def written(town: Town, text: str = "Warm and sad.") -> Exchange:
    card = await town.discord.slash(ANA, town.server, "review", film="Her")
    opened = await town.discord.press(
        ANA, town.server, card.shown, button(card.shown, "Write a review…")
    )
    return await town.discord.submit(
        ANA, town.server, opened, {"rating": "4.5/5", "text": text, "switches": ["spoiler"]}
    )


async def test_a_review_is_written_in_a_modal(town: Town) -> None:
    card = await town.discord.slash(ANA, town.server, "review", film="Her")
    opened = await town.discord.press(
        ANA, town.server, card.shown, button(card.shown, "Write a review…")
    )

    asked = fields(opened)
    assert opened.body["data"]["title"] == "Review: Her"
    assert list(asked) == ["rating", "text", "switches", "file"]
    assert [each["value"] for each in asked["rating"]["options"]][:3] == ["5/5", "4.5/5", "4/5"]
    assert asked["text"]["style"] == 2
    assert [each["value"] for each in asked["switches"]["options"]] == ["spoiler", "private"]
    assert opened.waited < 1

    receipt = await written(town)
    assert "Saved your review of Her (2013): ★★★★½" in seen(receipt.shown)
    assert ephemeral(receipt.shown)


async def test_editing_begins_with_what_was_written(town: Town) -> None:
    long = "A long and tender evening. " * 60
    receipt = await written(town, long)
    opened = await town.discord.press(
        ANA, town.server, receipt.shown, button(receipt.shown, "Edit…")
    )

    asked = fields(opened)
    chosen = [each["value"] for each in asked["rating"]["options"] if each.get("default")]
    ticked = [each["value"] for each in asked["switches"]["options"] if each.get("default")]
    assert chosen == ["4.5/5"]
    assert ticked == ["spoiler"]
    assert asked["text"]["value"] == long

    changed = await town.discord.submit(ANA, town.server, opened, {"rating": "2/5", "switches": []})
    assert "Changed your review of Her (2013): ★★" in seen(changed.shown)


async def test_words_may_come_as_a_file_in_the_modal(town: Town) -> None:
    card = await town.discord.slash(ANA, town.server, "film", film="Her")
    opened = await town.discord.press(
        ANA, town.server, card.shown, button(card.shown, "Write a review…")
    )
    number = town.discord.upload("mine.md", b"It rained all through it. " * 200)
    saved = await town.discord.submit(ANA, town.server, opened, {"rating": "4/5"}, file=number)

    assert "Saved your review" in seen(saved.shown)
    listed = await town.discord.slash(ANA, town.server, "reviews")
    assert "It rained all through it." in seen(listed.shown)


async def test_a_form_that_does_not_fit_says_what_would(town: Town) -> None:
    panel = await town.discord.slash(ANA, town.server, "settings")
    opened = await town.discord.press(ANA, town.server, panel.shown, button(panel.shown, "Change…"))
    refused = await town.discord.submit(
        ANA, town.server, opened, {"region": "Atlantis", "zone": "Europe/Paris"}
    )

    assert "I don't know a country “Atlantis”" in seen(refused.shown)
    again = await town.discord.press(
        ANA, town.server, refused.shown, button(refused.shown, "Correct it…")
    )
    assert fields(again)["zone"]["value"] == "Europe/Paris"
    assert fields(again)["region"]["value"] == "Atlantis"
    [wrong] = [
        each["description"]
        for each in again.body["data"]["components"]
        if each["component"]["custom_id"] == "region"
    ]
    assert wrong.startswith("I don't know a country “Atlantis”.")
    done = await town.discord.submit(ANA, town.server, again, {"region": "France"})
    assert "France" in seen(done.shown)
    assert "Europe/Paris" in seen(done.shown)


async def test_what_was_typed_is_corrected_in_its_field_however_much_there_is(town: Town) -> None:
    text = "Warm and sad, and longer than any button's id. " * 8
    refused = await town.discord.slash(
        ANA, town.server, "review", film="Her", text=text, watched_on="the day after never " * 3
    )
    again = await town.discord.press(
        ANA, town.server, refused.shown, button(refused.shown, "Correct it…")
    )
    [told, field] = again.body["data"]["components"]
    assert told["content"].startswith("Seen on: There is no day “the day after never")
    assert told["content"].endswith("2024-01-26.")
    assert field["component"]["value"].strip() == ("the day after never " * 3).strip()
    saved = await town.discord.submit(ANA, town.server, again, {"watched_on": "yesterday"})
    assert "Saved your review of Her (2013): seen 19 January 2024" in seen(saved.shown)
    assert "longer than any button's id." in seen(saved.shown)


async def test_settings_that_were_not_made_show_the_clubs(town: Town) -> None:
    panel = await town.discord.slash(ANA, town.server, "settings")
    opened = await town.discord.press(ANA, town.server, panel.shown, button(panel.shown, "Change…"))
    zone = fields(opened)["zone"]
    assert (zone.get("value"), zone["placeholder"]) == (None, "as the club's: Europe/London")
    assert "UK" in fields(opened)["region"]["placeholder"]
    assert "at 09:00 (the club's hour)" in seen(panel.shown)


async def test_an_empty_form_asks_for_what_lacks_and_shows_nobody_a_card(town: Town) -> None:
    card = await town.discord.slash(ANA, town.server, "review", film="Her")
    write = button(card.shown, "Write a review…")
    for typed in ({}, {"switches": ["spoiler"]}):
        opened = await town.discord.press(ANA, town.server, card.shown, write)
        asked = await town.discord.submit(ANA, town.server, opened, typed)
        assert seen(asked.shown).startswith("Give a rating, or write what you thought.")
        assert ephemeral(asked.shown)
    again = await town.discord.press(
        ANA, town.server, asked.shown, button(asked.shown, "Correct it…")
    )
    saved = await town.discord.submit(ANA, town.server, again, {"rating": "4/5"})
    assert "Saved your review of Her (2013): ★★★★" in seen(saved.shown)


async def test_settings_change_where_they_stand(town: Town) -> None:
    panel = await town.discord.slash(ANA, town.server, "settings")
    chosen = await town.discord.choose(
        ANA, town.server, panel.shown, menu(panel.shown, "Ratings")["custom_id"], "ten"
    )

    assert chosen.kind == UPDATE
    assert chosen.shown["id"] == panel.shown["id"]
    assert "9/10" in seen(chosen.shown)
    opened = await town.discord.press(
        ANA, town.server, chosen.shown, button(chosen.shown, "Change…")
    )
    done = await town.discord.submit(ANA, town.server, opened, {"quotable": "no"})
    assert done.kind == UPDATE
    assert "are not quoted" in seen(done.shown)


async def test_a_club_is_set_up_by_menus(town: Town) -> None:
    panel = await town.discord.slash(CHIEF, town.server, "setup")
    for name, answer, said in (
        ("Post the week's releases", "yes", "is posted on Mondays"),
        ("Announce new reviews", "no", "New reviews not announced"),
        ("Spoilers", "seen", "unlock once you've seen the film"),
    ):
        custom_id = menu(panel.shown, name)["custom_id"]
        panel = await town.discord.choose(CHIEF, town.server, panel.shown, custom_id, answer)
        assert panel.kind == UPDATE
        assert said in seen(panel.shown)

    opened = await town.discord.press(
        CHIEF, town.server, panel.shown, button(panel.shown, "Change…")
    )
    assert list(fields(opened)) == ["channel", "region", "zone", "hour"]
    done = await town.discord.submit(CHIEF, town.server, opened, {"hour": "18:30"})
    assert "18:30" in seen(done.shown)


async def test_pages_turn_where_they_stand(town: Town) -> None:
    for film in ("Her", "Carol", "Weekend", "Aftersun", "Yi Yi", "Tokyo Story"):
        await town.discord.slash(
            ANA, town.server, "review", film=film, rating="4/5", text=f"{film}!"
        )
    first = await town.discord.slash(ANA, town.server, "reviews")
    assert "Page 1 of 2" in seen(first.shown)

    second = await town.discord.press(ANA, town.server, first.shown, button(first.shown, "Older"))
    assert second.kind == UPDATE
    assert second.shown["id"] == first.shown["id"]
    assert "Page 2 of 2" in seen(second.shown)
    back = await town.discord.press(ANA, town.server, second.shown, button(second.shown, "Newer"))
    assert "Page 1 of 2" in seen(back.shown)


async def test_another_members_controls_are_refused_politely(town: Town) -> None:
    receipt = await written(town)
    undo = button(receipt.shown, "Undo")

    refused = await town.discord.press(BEN, town.server, receipt.shown, undo)
    assert "went wrong" not in seen(refused.shown)
    assert ephemeral(refused.shown)
    again = await town.discord.slash(ANA, town.server, "reviews")
    assert "Her" in seen(again.shown)


@pytest.mark.parametrize(
    "name", ["1.karaoke?x=1", "0.review", "garbage", "pick#01", "1.mark?film_id=x"]
)
async def test_a_button_of_another_version_is_answered(town: Town, name: str) -> None:
    card = await town.discord.slash(ANA, town.server, "film", film="Her")
    told = await town.discord.press(ANA, town.server, card.shown, name)
    assert "don't know that any more" in seen(told.shown)
    sent = {"custom_id": name, "components": []}
    told = await town.discord.does(ANA, 5, sent, town.server)
    assert "don't know that any more" in seen(told.shown)


async def test_a_button_works_after_a_restart_and_on_old_messages(closed_town: Town) -> None:
    town = closed_town
    async with town.open():
        receipt = await written(town, "A long and tender evening. " * 60)
        card = await town.discord.slash(BEN, town.server, "film", film="Her")
    async with town.open():
        listed = await town.discord.press(
            BEN, town.server, card.shown, button(card.shown, "Watchlist")
        )
        assert "watchlist" in seen(listed.shown)
        opened = await town.discord.press(
            ANA, town.server, receipt.shown, button(receipt.shown, "Edit…")
        )
        town.discord.last_id += 3_600_000 * A_MILLISECOND  # it stays open over lunch
    async with town.open():
        changed = await town.discord.submit(ANA, town.server, opened, {"rating": "3/5"})
        assert "Changed your review of Her (2013): ★★★" in seen(changed.shown)


def test_words_too_long_for_a_modal_stay_as_they_are() -> None:
    text = "word " * 2_000
    form = Form("Edit", ReviewCommand("id:her-2013", text=text), ("rating", "text"))
    modal = modal_of(form, "x", "A very long title that goes on and on and on and on and on")
    shown = {each["component"]["custom_id"]: each["component"] for each in modal.to_components()}

    assert len(modal.title) <= limits.FORM_TITLE
    assert "value" not in shown["text"]
    assert "10,000 characters" in shown["text"]["placeholder"]
    sent = [
        {"type": 18, "component": {"type": 21, "custom_id": "rating", "value": "4/5"}},
        {"type": 18, "component": {"type": 4, "custom_id": "text", "value": ""}},
    ]
    typed = filled(form, {"components": sent})
    kept = fill(form.command, typed.values)
    assert isinstance(kept, ReviewCommand)
    assert kept.text == text
    assert kept.rating == 8


@pytest.mark.parametrize("long", [False, True])
async def test_a_form_sent_while_the_database_is_locked_opens_again_with_its_words(
    town: Town, tmp_path: Path, long: bool
) -> None:
    words = "A long and tender evening. " * (60 if long else 1)
    card = await town.discord.slash(ANA, town.server, "review", film="Her")
    opened = await town.discord.press(
        ANA, town.server, card.shown, button(card.shown, "Write a review…")
    )
    typed = {"rating": "4.5/5", "text": words, "switches": ["spoiler"]}
    store = cast("SqlStore", town.room.store)
    cast("SqliteTransactions", store._transactions)._patience = timedelta(seconds=0.2)
    with closing(sqlite3.connect(tmp_path / "matinee.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = await town.discord.submit(ANA, town.server, opened, typed)
        assert "in use by another program" in seen(refused.shown)
        assert words.strip() in seen(refused.shown)
        again = await town.discord.press(
            ANA, town.server, refused.shown, button(refused.shown, "Change it…")
        )
        other.rollback()
    asked = fields(again)
    assert asked["text"]["value"] == words
    assert [e["value"] for e in asked["rating"]["options"] if e.get("default")] == ["4.5/5"]
    saved = await town.discord.submit(ANA, town.server, again, {"rating": "2/5"})
    assert "Saved your review of Her (2013): ★★" in seen(saved.shown)


async def test_members_are_chosen_from_discords_own_list(town: Town) -> None:
    for person in (ANA, BEN):
        await town.discord.slash(person, town.server, "review", film="Her", rating="4/5", text="W.")
    given = {"action": "hide", "film": "Her", "member": str(BEN.number)}
    refused = await town.discord.slash(ANA, town.server, "moderate", **given)
    opened = await town.discord.press(
        ANA, town.server, refused.shown, button(refused.shown, "Change it…")
    )
    asked = fields(opened)["member"]
    assert "discord:" not in str(opened.body["data"]["components"])
    assert (asked["type"], asked["max_values"]) == (5, 1)
    assert [str(each["id"]) for each in asked["default_values"]] == [str(BEN.number)]
    hidden = await town.discord.submit(WARDEN, town.server, opened, {"member": [str(ANA.number)]})
    assert "Hidden: Ana's review of Her" in seen(hidden.shown)
