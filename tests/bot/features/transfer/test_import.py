"""Imports: previewed, saved once, shared, undone; nobody else can touch them."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.domain.ids import ClubId, FilmId, MemberId
from bot.domain.imports import ImportRow
from bot.domain.reviews.review import Review
from bot.features.members.commands import MeCommand
from bot.features.transfer import preview, saving
from bot.features.transfer.commands import (
    MatchRowCommand,
    ReadDaysCommand,
    SaveImportCommand,
    ShowImportCommand,
)
from bot.messages.plain_text import plain
from bot.messages.replies import Choice, Document, Reply
from bot.messages.requests import Request
from tests.support import Room, actions, button, items, text

RATINGS = """\
Title,Year,Rating,WatchedDate,Review
Heat,1995,4.5,2023-01-01,
Her,2013,3,,"Warm, ||sad||."
Yi Yi,2000,,,
Aftersun,2022,5,,
Nothing of the Kind,1999,2,,
The Thing,,4,,
"""


@dataclass
class Importer:
    """A member who brings in files."""

    room: Room
    member: str = "ana"
    sent: int = 0

    async def send(self, table: str = RATINGS, name: str = "ratings.csv") -> Reply:
        self.sent += 1
        return await self.room.bot.handle(
            Request(
                f"{self.member} {self.sent}",
                self.room.caller(self.member),
                "/import",
                attachment_name=name,
                upload=table.encode(),
            )
        )

    async def imported(self, table: str = RATINGS) -> Reply:
        shown = await self.send(table)
        return await self.room.say(self.member, _save(shown))

    async def reviews(self) -> dict[FilmId, Review]:
        async with self.room.store.reading(ClubId(self.room.club)) as work:
            found = await work.reviews.of_member(MemberId(f"test:{self.member}"))
        return {each.film_id: each for each in found}


@pytest.fixture
def importer(room: Room) -> Importer:
    return Importer(room)


def _save(shown: Reply) -> SaveImportCommand:
    (command,) = [
        each.command
        for each in actions(shown)
        if not isinstance(each, Choice) and isinstance(each.command, SaveImportCommand)
    ]
    return command


async def test_the_preview_saves_nothing_and_says_what_would_happen(importer: Importer) -> None:
    shown = await importer.send()
    said = text(shown)

    assert "6 films from a table" in said
    assert "Heat (1995) ★★★★½" in said
    assert "Not known: Nothing of the Kind (1999)" in said
    assert "Which film is “The Thing”" in said
    assert "Ratings are read as out of 5" in said
    assert await importer.reviews() == {}


async def test_saving_once_or_twice_is_the_same_and_announces_nothing(importer: Importer) -> None:
    shown = await importer.send()
    await importer.room.say("ana", _save(shown))
    once = await importer.reviews()
    again = await importer.room.say("ana", _save(shown))

    assert await importer.reviews() == once
    assert "3 with a rating, words or a day and 1 marked seen" in again.summary
    assert {film: (each.rating, each.private) for film, each in once.items()} == {
        "heat-1995": (9, False),
        "her-2013": (6, True),
        "aftersun-2022": (10, False),
    }
    assert await importer.room.deliver() == []


async def test_what_is_here_already_is_kept(importer: Importer) -> None:
    await importer.room.say("ana", "/review Heat 1/5 Mine.")
    assert "Already here: Heat (1995)" in text(await importer.send())
    await importer.imported()

    assert (await importer.reviews())[FilmId("heat-1995")].text == "Mine."


async def test_a_film_that_is_chosen_is_ready_and_left_out_ones_stay_out(
    importer: Importer,
) -> None:
    shown = await importer.send()
    (choice,) = [each for each in actions(shown) if isinstance(each, Choice)]
    assert [each.value for each in choice.options][-1] == ""
    meant = choice.options[0].value
    command = choice.command
    assert isinstance(command, MatchRowCommand)
    shown = await importer.room.say("ana", replace(command, film=meant))
    await importer.room.say("ana", _save(shown))

    assert (await importer.reviews())[FilmId(meant)].rating == 8


async def test_undo_takes_back_all_but_what_was_changed_since(importer: Importer) -> None:
    saved = await importer.imported()
    importer.room.clock.forward(minutes=5)
    await importer.room.say("ana", "/review Heat 2/5 Colder than I thought.")
    undone = await importer.room.press("ana", saved, "Undo the import")

    assert "3 films" in undone.summary
    assert "1 that you have changed since is kept" in undone.summary
    assert list(await importer.reviews()) == ["heat-1995"]
    assert "3 with a rating" not in (await importer.imported()).summary


@pytest.mark.parametrize("acts", [["hide"], ["hide", "unhide"]])
async def test_undo_takes_back_what_a_moderator_has_touched(
    importer: Importer, acts: list[str]
) -> None:
    room = importer.room
    saved = await importer.imported("Title,Year,Rating,Review\nHeat,1995,4,Cold.\n")
    await room.press("ana", saved, "Share my imported reviews")
    for act in acts:
        room.clock.forward(minutes=5)
        done = await room.say("dana", f"/moderate {act} Heat @ana", admin=True)
        assert done.summary.startswith(("Hidden: ", "Visible again: "))
    undone = await room.press("ana", saved, "Undo the import")

    assert undone.summary == "Undone: 1 film of that import."
    assert await importer.reviews() == {}
    await room.say("ana", "/review Heat 3/5 Colder still.")
    heard = "Colder still" in text(await room.say("ben", "/reviews Heat"))
    assert heard is (acts[-1] == "unhide")  # what was hidden stays so when it is written again


async def test_it_can_be_undone_for_a_day(importer: Importer) -> None:
    saved = await importer.imported()
    importer.room.clock.forward(hours=25)
    refused = await importer.room.press("ana", saved, "Undo the import")

    assert "no longer be undone" in refused.summary
    assert len(await importer.reviews()) == 3


async def test_words_are_private_until_they_are_shared(importer: Importer) -> None:
    saved = await importer.imported()
    assert "Warm" not in text(await importer.room.say("ben", "/reviews Her"))
    await importer.room.press("ana", saved, "Share my imported reviews")

    assert "Warm" in text(await importer.room.say("ben", "/reviews Her"))
    assert await importer.room.deliver() == []
    await importer.room.press("ana", saved, "Undo the import")
    assert await importer.reviews() == {}


async def test_what_asks_for_privacy_is_not_shared_with_the_rest(importer: Importer) -> None:
    saved = await importer.imported(
        "Title,Year,Rating,WatchedDate,Review\nHer,2013,3,,Warm.\nHeat,1995,4.5,,just for me: the divorce\n"
        "Yi Yi,2000,4,,The divorce. Das soll niemand lesen.\n"
    )
    await importer.room.press("ana", saved, "Share my imported reviews")
    assert "Warm" in text(await importer.room.say("ben", "/reviews Her"))
    assert "divorce" not in text(await importer.room.say("ben", "/reviews @ana"))
    assert "divorce" in text(await importer.room.say("ana", "/reviews"))


async def test_nobody_else_can_see_save_or_drop_it(importer: Importer) -> None:
    shown = await importer.send()
    for label in ("The whole list", "Drop it"):
        refused = await importer.room.say("ben", button(shown, label).command)
        assert "somebody else's" in refused.summary
    assert "somebody else's" in (await importer.room.say("ben", _save(shown))).summary
    assert "6 films" in text(
        await importer.room.say("ana", ShowImportCommand(_save(shown).import_id))
    )


async def test_the_whole_list_is_a_table_without_formulas(importer: Importer) -> None:
    shown = await importer.send('Title,Year\n"=cmd()",1995\nHeat,1995\n')
    listed = await importer.room.press("ana", shown, "The whole list")
    (document,) = [each for each in listed.blocks if isinstance(each, Document)]

    assert "ready,Heat,1995,,,Heat (1995)" in document.content
    assert "'=cmd()" in document.content


async def test_an_import_that_stops_halfway_goes_on_where_it_was(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part is whole: after a crash in the middle the same press saves the rest, once."""
    monkeypatch.setattr(saving, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(preview, "ROWS_AT_ONCE", 2)
    shown = await importer.send()
    inner, calls = saving._saved, 0

    async def crash(*given: Any) -> list[ImportRow]:  # noqa: ANN401 - handed on as they came
        nonlocal calls
        calls += 1
        if calls == 3:
            raise OSError
        return await inner(*given)

    monkeypatch.setattr(saving, "_saved", crash)
    assert "went wrong" in (await importer.room.say("ana", _save(shown))).summary
    assert len(await importer.reviews()) == 2
    await importer.room.say("ana", _save(shown))
    assert len(await importer.reviews()) == 3


async def test_without_a_file_it_says_how_to_send_one(importer: Importer) -> None:
    asked = await importer.room.say("ana", "/import")
    assert "ZIP of Letterboxd" in asked.summary
    assert [each.label for each in actions(asked)] == ["Choose the file"]


async def test_a_file_that_holds_no_films_is_refused(importer: Importer) -> None:
    assert "no films" in (await importer.send("Colour\nred\n")).summary


async def test_a_member_has_a_few_previews_and_imports_a_score_of_files(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await importer.send("Title,Year\nHeat,1995\n")
    for number in range(preview.MOST_PREVIEWS):
        importer.room.clock.forward(minutes=1)
        last = await importer.send(f"Title,Year\nFilm {number},1995\nHeat,1995\n")
    assert "That import is gone" in (await importer.room.say("ana", _save(first))).summary
    monkeypatch.setattr(preview, "MOST_IMPORTED", 1)
    await importer.room.say("ana", _save(last))
    assert "You have imported 1 files within two days" in (await importer.send()).summary
    assert "6 films" in text(await Importer(importer.room, "ben").send())


async def test_imports_are_purged_after_two_days(importer: Importer) -> None:
    shown = await importer.send()
    importer.room.clock.forward(days=2, minutes=1)
    await importer.room.deliver()
    assert "That import is gone" in (await importer.room.say("ana", _save(shown))).summary


DAYS = "Title,Year,Rating,WatchedDate\nHeat,1995,4,03/04/2015\nHer,2013,3,05/06/2016\n"


@pytest.mark.parametrize(
    ("chosen", "day"), [("3 April 2015", "2015-04-03"), ("4 March 2015", "2015-03-04"), ("", None)]
)
async def test_a_day_that_can_be_read_two_ways_is_asked_about(
    importer: Importer, chosen: str, day: str | None
) -> None:
    shown = await importer.send(DAYS)
    assert "writes a day as “03/04/2015”. Which is it?" in text(shown)
    (choice,) = [each for each in actions(shown) if isinstance(each, Choice)]
    value = next((each.value for each in choice.options if each.label == chosen), "none")
    assert isinstance(choice.command, ReadDaysCommand)
    shown = await importer.room.say("ana", replace(choice.command, order=value))
    assert "Which is it?" not in text(shown)
    await importer.room.say("ana", _save(shown))
    found = (await importer.reviews())[FilmId("heat-1995")].watched_on
    assert (found and found.isoformat()) == day


async def test_titles_without_years_are_taken_all_at_once(importer: Importer) -> None:
    await importer.room.say("ana", "/review Carol 2/5 Mine.")
    shown = await importer.send("Title,Rating\nHeat,4\nAftersun,5\nThe Thing,3\nCarol,5\n")
    assert "Probably: Heat (1995) ★★★★ · Aftersun (2022) ★★★★★ · Carol (2015) ★★★★★" in text(shown)
    assert "Which film is “The Thing” (ratings.csv, line 4)? 3 more after that." in text(shown)
    shown = await importer.room.press("ana", shown, "Take the 3 under “Probably”")
    assert "Already here: Carol" in text(shown)
    await importer.room.say("ana", _save(shown))
    rated = {film: each.rating for film, each in (await importer.reviews()).items()}
    assert rated == {"heat-1995": 8, "aftersun-2022": 10, "carol-2015": 4}


async def test_sharing_is_offered_where_there_are_words(importer: Importer) -> None:
    saved = await importer.imported('Title,Year,Rating\n"Her ""text"": ",2013,4\nHeat,1995,4\n')
    assert [each.label for each in actions(saved)] == ["Pick something for me", "Undo the import"]
    assert "words are yours alone" not in saved.summary
    saved = await importer.imported("Title,Year,Review\nAftersun,2022,Sad.\n")
    assert "Share my imported reviews" in [each.label for each in actions(saved)]
    assert saved.summary.startswith("Imported ratings.csv: 1 with")


async def test_each_viewing_stands_in_the_diary(importer: Importer) -> None:
    saved = await importer.imported(
        "Title,Year,Rating,WatchedDate,Rewatch,Review\nHeat,1995,4,2020-01-02,,Cold.\n"
        "Heat,1995,5,2023-04-05,Yes,\nHeat,1995,3,2021-06-07,Yes,Slow.\n"
    )
    diary = await importer.room.say("ana", MeCommand(part="diary"))
    assert [plain(line).split(" · ")[:2] for each in items(diary) for line in each.lines] == [
        ["5 April 2023", "★★★★★"],
        ["7 June 2021", "★★★"],
        ["2 January 2020", "★★★★"],
    ]
    assert "Cold" not in text(await importer.room.say("ben", "/reviews Heat"))
    await importer.room.press("ana", saved, "Undo the import")
    assert await importer.reviews() == {}


async def test_columns_are_typed_with_the_file(importer: Importer) -> None:
    table = "Wort;Zahl\nHeat (1995);9\nAftersun;10\n"
    request = Request(
        "columns",
        importer.room.caller("ana"),
        "/import columns title=Wort, rating=Zahl",
        attachment_name="x.csv",
        upload=table.encode(),
    )
    shown = await importer.room.bot.handle(request)
    assert "2 films from a table" in text(shown)
    refused = await importer.room.bot.handle(
        replace(request, request_id="r2", content="/import columns Wort=title")
    )
    assert "I can't read the columns “Wort=title”" in text(refused)


async def test_whoever_waits_is_told_how_far_it_is(importer: Importer) -> None:
    told: list[tuple[int, int]] = []

    async def progress(done: int, total: int) -> None:
        told.append((done, total))

    rows = "".join(f"Film {n},{1900 + n % 100},3\n" for n in range(250))
    shown = await importer.room.bot.handle(
        Request(
            "long",
            importer.room.caller("ana"),
            "/import",
            attachment_name="x.csv",
            upload=f"Title,Year,Rating\n{rows}Heat,1995,4\n".encode(),
            progress=progress,
        )
    )
    assert "251 films" in text(shown)
    assert told == [(100, 251), (200, 251), (251, 251)]
