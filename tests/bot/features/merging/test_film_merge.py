"""A club's own film becomes the real one: all said of it goes along, nothing is lost, and back."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue.club_index import film_document
from bot.domain.clubs.club import MarkKind
from bot.domain.films.film import ReleaseKind
from bot.domain.ids import FilmId, MemberId
from bot.features.merging.commands import MergeFilmCommand, PartFilmCommand
from bot.features.picks.commands import MarkFilmCommand
from bot.features.releases.commands import AddReleaseCommand
from bot.features.reviews.commands import ReviewCommand, UndoReviewCommand
from bot.request.lookup.commands import AddFilmCommand
from db.schema import metadata
from recommender import Overlay, Query, recommend
from tests.support import Room, actions, button, items, text

OWN, REAL = FilmId("own-empty-tower-2022"), FilmId("all-of-us-strangers-2023")
MERGE = MergeFilmCommand("The Empty Tower", "All of Us Strangers")
ANA, BEN = MemberId("test:ana"), MemberId("test:ben")

STAYS = {
    "films": "its facts stay, so that a merge can be undone",
    "releases": "its days stay with it, likewise",
    "review_versions": "the history of a review tells what it was about",
    "calendar": "what files have told of it is called off by the next file",
    "nights": "what was watched is looked up by the film that stands for it",
    "nominations": "it is looked up by the film that stands for it, until it wins",
    "import_rows": "an import can be undone for a day, and looks for the film that stands for it",
}
"""The tables in which the merged film's id may stand on, and why."""

NAMING = {
    name: [column for column in table.c.keys() if column in {"film_id", "stands_for"}]  # noqa: SIM118 - iterating a collection of columns gives columns
    for name, table in metadata.tables.items()
}


@pytest.fixture
async def club(room: Room) -> Room:
    """A club that has added a film and done with it all that can be done with one."""
    added = AddFilmCommand(
        "The Empty Tower", 2022, "A. Haigh", "Two men in an empty tower at night."
    )
    await room.say("ana", added)
    await room.say("ana", "/review The Empty Tower 4/5 A tower, and a ghost or two.")
    await room.say("ben", "/review The Empty Tower 2/5 --private")
    await room.say("cleo", "/watchlist add The Empty Tower")
    await room.say("dev", MarkFilmCommand(OWN, MarkKind.NEVER))
    await room.say("dev", "/remind The Empty Tower digital in US")
    await room.say("ana", AddReleaseCommand(OWN, "FR", ReleaseKind.TV, room.clock.instant.date()))
    await room.say("ana", "/releases FR")
    await room.say("dev", "/night new friday at 8")
    await room.say("dev", "/night choose The Empty Tower")
    await room.say("dev", "/night nominate The Empty Tower")
    return room


async def _merged(club: Room) -> Any:  # noqa: ANN401 - a reply, to be pressed on
    reply = await club.say("ana", MERGE, admin=True)
    assert text(reply).startswith("Merged: your club's The Empty Tower (2022) is All of Us")
    return reply


def _naming(path: Path, film_id: str) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table that name a film, by table."""
    found = {}
    with closing(sqlite3.connect(path)) as connection:
        for table, columns in NAMING.items():
            for column in columns:
                query = f"SELECT * FROM {table} WHERE {column} = ?"  # noqa: S608 - names of our own
                if rows := connection.execute(query, (film_id,)).fetchall():
                    found[f"{table}.{column}"] = sorted(rows, key=repr)
    return found


def _without_revisions(rows: dict[str, list[tuple[object, ...]]]) -> object:
    """Leave out what counts changes: the revision of reviews."""
    place = list(metadata.tables["reviews"].c.keys()).index("revision")
    return {
        name: [(*row[:place], *row[place + 1 :]) for row in each]
        if name.startswith("review")
        else each
        for name, each in rows.items()
    }


async def test_every_table_that_names_a_film_is_thought_of(club: Room, tmp_path: Path) -> None:
    await club.say("eve", "/review The Empty Tower | kept as it was typed 7/5 and longer still.")
    before = _naming(tmp_path / "matinee.db", OWN)
    named = {name for name, columns in NAMING.items() if "film_id" in columns}
    assert named - {name.partition(".")[0] for name in before} <= {
        "calendar",
        "review_versions",
        "import_rows",
        "moderation_acts",
    }

    await _merged(club)

    left = {name.partition(".")[0] for name in _naming(tmp_path / "matinee.db", OWN)}
    assert left <= STAYS.keys()
    assert {"reviews", "marks", "reminders"} <= {
        name.partition(".")[0] for name in _naming(tmp_path / "matinee.db", REAL)
    }


async def test_what_was_said_of_it_stands_with_the_real_film(club: Room) -> None:
    await _merged(club)
    card = text(await club.say("cleo", "/review All of Us Strangers"))
    assert "A tower, and a ghost or two." in card
    assert "from 1 rating" in card
    async with club.store.reading(club.caller("ana").club_id) as work:
        private = await work.reviews.by(BEN, REAL)
        assert private is not None
        assert private.private
        assert {each.film_id for each in await work.films.own()} == {OWN, REAL}
        film = await work.films.get(REAL)
        assert film is not None
        assert "FR" in {each.region for each in film.releases}
    assert [each.title for each in items(await club.say("cleo", "/watchlist"))] == [
        "All of Us Strangers"
    ]


async def test_its_titles_old_buttons_and_drafts_mean_the_real_film(club: Room) -> None:
    question = await club.say("eve", "/review The Empty Tower was fine, I think, on the whole")
    waiting = button(question, "Save").command
    await _merged(club)
    for named in ("The Empty Tower", f"id:{OWN}", "empty tower (2022)", "The Emtpy Tower"):
        assert "All of Us Strangers (2023)" in text(
            await club.say("eve", ReviewCommand(film=named))
        )
    assert "All of Us Strangers" in text(await club.say("eve", MarkFilmCommand(OWN, MarkKind.SEEN)))
    assert "Saved your review of All of Us Strangers" in text(await club.say("eve", waiting))
    again = await club.say("eve", AddFilmCommand("The Empty Tower", 2022))
    assert "own-empty-tower-2022-2" in repr(again)


async def test_of_two_reviews_the_newer_stands_and_the_older_is_history(club: Room) -> None:
    club.clock.forward(hours=1)
    await club.say("ana", "/review All of Us Strangers 5/5 Seen again, and better.")
    reply = await _merged(club)
    assert "1 member had reviewed both" in text(reply)
    async with club.store.reading(club.caller("ana").club_id) as work:
        stands = await work.reviews.by(ANA, REAL)
        assert stands is not None
        assert stands.text == "Seen again, and better."
        history = [each.text for each in await work.reviews.versions(stands.review_id)]
        assert history[-1] == "A tower, and a ghost or two."


async def test_a_newer_review_of_the_own_film_stands(club: Room) -> None:
    await club.say("ana", "/review All of Us Strangers 5/5 Seen long ago.")
    club.clock.forward(hours=1)
    await club.say("ana", "/review The Empty Tower 4.5/5 A tower, and three ghosts.")
    await _merged(club)
    async with club.store.reading(club.caller("ana").club_id) as work:
        (stands,) = [r for r in await work.reviews.of_film(REAL) if r.member_id == ANA]
        assert stands.text == "A tower, and three ghosts."
        history = [each.text for each in await work.reviews.versions(stands.review_id)]
        assert history == ["Seen long ago."]


@pytest.mark.parametrize("newer", ["The Empty Tower", "All of Us Strangers"])
async def test_an_undone_merge_leaves_all_as_it_was(club: Room, tmp_path: Path, newer: str) -> None:
    await club.say("ana", "/review All of Us Strangers 5/5 Of the other one.")
    club.clock.forward(hours=1)
    await club.say("ana", f"/review {newer} 3/5 Of this one, later.")
    await club.say("ben", "/watchlist add All of Us Strangers")
    await club.say("dev", "/remind All of Us Strangers digital in US")
    club.clock.forward(hours=2)
    before = {each: _naming(tmp_path / "matinee.db", each) for each in (OWN, REAL)}

    undone = await club.say("ana", button(await _merged(club), "Undo").command, admin=True)
    assert "a film of its own again" in text(undone)

    after = {each: _naming(tmp_path / "matinee.db", each) for each in (OWN, REAL)}
    for film_id in (OWN, REAL):
        history = {"review_versions.film_id"}
        assert before[film_id].keys() | history == after[film_id].keys() | history
        for name in before[film_id]:
            was, now = ({name: rows[film_id][name]} for rows in (before, after))
            assert _without_revisions(now) == _without_revisions(was)
    assert "The Empty Tower (2022)" in text(await club.say("eve", "/film The Empty Tower"))
    assert "undone already" in text(await club.say("ana", PartFilmCommand(OWN), admin=True))


async def test_a_day_noted_of_the_real_film_after_the_merge_stays_when_it_is_undone(
    club: Room,
) -> None:
    """Of the days there, the undo takes back those that came along, and no others."""
    today = club.clock.instant.date()
    merged = await _merged(club)
    await club.say("ana", AddReleaseCommand(REAL, "JP", ReleaseKind.TV, today))
    assert "All of Us Strangers" in text(await club.say("ana", "/releases FR"))
    await club.say("ana", button(merged, "Undo").command, admin=True)

    assert "All of Us Strangers" not in text(await club.say("ana", "/releases FR"))
    assert "The Empty Tower" in text(await club.say("ana", "/releases FR"))
    assert "All of Us Strangers" in text(await club.say("ana", "/releases JP"))


async def test_what_undoes_a_merge_names_no_member(club: Room, tmp_path: Path) -> None:
    await _merged(club)
    with closing(sqlite3.connect(tmp_path / "matinee.db")) as connection:
        kept = connection.execute("SELECT command FROM drafts").fetchall()
    assert any("part-film" in command for (command,) in kept)
    assert not [command for (command,) in kept if "test:" in command]


async def test_a_review_changed_after_the_merge_goes_back_as_it_is(club: Room) -> None:
    reply = await _merged(club)
    await club.say("ana", "/review All of Us Strangers 1/5 No: I was wrong.")
    await club.say("ana", button(reply, "Undo").command, admin=True)
    async with club.store.reading(club.caller("ana").club_id) as work:
        review = await work.reviews.by(ANA, OWN)
        assert review is not None
        assert review.text == "No: I was wrong."
        assert await work.reviews.by(ANA, REAL) is None


async def test_the_undo_of_a_review_does_not_reach_behind_the_merge(club: Room) -> None:
    async with club.store.reading(club.caller("ana").club_id) as work:
        review = await work.reviews.by(ANA, OWN)
    assert review is not None
    await _merged(club)
    said = await club.say("ana", UndoReviewCommand(review.review_id, 0))
    assert "has changed since" in text(said)


async def test_only_those_who_run_the_club_may_merge(club: Room) -> None:
    assert "for those who run this club" in text(await club.say("ben", MERGE))
    labels = [each.label for each in actions(await club.say("ben", "/film The Empty Tower"))]
    assert "It is another film" not in labels
    card = await club.say("ana", "/film The Empty Tower", admin=True)
    assert "It is another film" in [each.label for each in actions(card)]


async def test_a_question_kept_for_an_admin_is_for_nobody_else(club: Room) -> None:
    asked = await club.say(
        "ana", MergeFilmCommand("The Empty Tower", "All of Us Strangerz"), admin=True
    )
    choice = button(asked, "All of Us Strangers (2023)").command
    assert "for those who run this club" in text(await club.say("ana", choice))
    assert text(await club.say("ana", choice, admin=True)).startswith("Merged")


async def test_one_of_the_same_title_is_offered_on_the_card(room: Room) -> None:
    await room.say(
        "ana", AddFilmCommand("All of Us Strangers", None, "", "What we saw at the festival.")
    )
    card = await room.say("ana", "/film id:own-all-of-us-strangers", admin=True)
    merged = await room.say(
        "ana", button(card, "It is All of Us Strangers (2023)").command, admin=True
    )
    assert "Nobody had said anything of it yet." in text(merged)


async def test_the_live_index_is_that_of_a_club_that_never_had_the_film(club: Room) -> None:
    await club.say("cleo", "/recommend drowned")  # the club's index is there before
    await _merged(club)
    async with club.store.reading(club.caller("cleo").club_id) as work:
        live = await club.bot.films.recommender.of(work)
        film = (await work.films.many([REAL]))[REAL]
    fresh = Overlay(live.index)
    fresh.put_all(live.reviews())
    assert live.row_of(OWN) == -1
    assert len(live) == len(fresh)
    assert film_document(film).film_id == REAL
    for query in (Query(like=(REAL,)), Query(mood="tower ghost night")):
        assert recommend(live, query) == recommend(fresh, query)
