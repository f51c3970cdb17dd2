"""Films of an import that the catalogue lacks are looked up at TMDB, when the member says so."""

from bot.features.transfer.commands import SaveImportCommand
from bot.messages.replies import Button
from bot.messages.requests import Request
from tests.adapters.tmdb.server import LANTERN, FakeTmdb
from tests.support import Room, actions, text


async def test_unknown_films_are_looked_up_by_number_and_by_title(
    live: Room, tmdb: FakeTmdb
) -> None:
    title, year = LANTERN["title"], LANTERN["release_date"][:4]
    table = f"Title,Year,tmdbID,Rating\n{title},{year},,4\nNothing of the Kind,1999,,2\n"
    shown = await live.bot.handle(
        Request(
            "one", live.caller("ana"), "/import", attachment_name="x.csv", upload=table.encode()
        )
    )
    assert f"Not known: {title} ({year})" in text(shown)
    assert tmdb.asked == []

    found = await live.press("ana", shown, "Look up 2 films that I don't know")
    assert f"Ready: {title} ({year}) ★★★★" in text(found)
    assert "Not known: Nothing of the Kind (1999)" in text(found)
    assert not [each for each in actions(found) if each.label.startswith("Look up")]
    (save,) = [
        each.command
        for each in actions(found)
        if isinstance(each, Button) and isinstance(each.command, SaveImportCommand)
    ]
    await live.say("ana", save)
    assert title in text(await live.say("ana", "/reviews"))
