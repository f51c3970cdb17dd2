"""Files of films through the real client: in a direct message, by the form, with a choice."""

from functools import partial

import pytest

from adapters.chat.progress import ProgressNotes
from adapters.slack.incoming import request_flow
from tests.adapters.slack.answers import Post
from tests.adapters.slack.driver import Json, Workspace

TABLE = b"Title,Year,Rating\nHeat,1995,4.5\nThe Thing,,4\nNothing of the Kind,1999,1\n"


async def test_a_file_alone_is_previewed_and_imported(club: Workspace) -> None:
    club.slack.files["f1"] = TABLE
    file = {"name": "ratings.csv", "url_private_download": f"{club.slack.url}/files/f1"}
    body = club.directly("ana", "", files=[file], subtype="file_share")
    shown = await club.answered("events_api", body)

    assert "3 films" in shown.words
    await _changed(club, shown, "Import 1 film", "1 with a rating")
    assert club.slack.posts == [shown]


async def test_the_command_opens_a_form_for_the_file(club: Workspace) -> None:
    asked = await club.say("ana", "/matinee import")
    view = await club.open("ana", asked, "Choose the file…")
    (field,) = view["blocks"]
    assert field["element"]["filetypes"] == ["zip", "csv", "tsv", "json"]
    club.slack.files["f1"] = TABLE
    file = {"name": "ratings.csv", "url_private_download": f"{club.slack.url}/files/f1"}
    posts = len(club.slack.posts)

    await club.send("ana", view, file=[file])

    await club.slack.until(lambda: len(club.slack.posts) > posts)
    assert "3 films" in club.slack.posts[-1].words


async def test_a_film_is_chosen_and_all_shared_and_undone(club: Workspace) -> None:
    club.slack.files["f1"] = TABLE.replace(b",,4", b",,4,Cold.").replace(
        b"Rating", b"Rating,Review"
    )
    shown = await club.answered("events_api", _sent(club))
    listed = await club.press("ana", shown, "The whole list")
    assert "All rows of ratings.csv" in listed.words
    await _changed(
        club, shown, "Which film?", "Ready: Heat (1995) ★★★★½ · The Thing", "The Thing (1982)"
    )
    assert "Which film" not in shown.words
    await _changed(club, shown, "Import 2 films", "2 with a rating")
    shared = await club.press("ana", shown, "Share my imported reviews")
    assert "1 review of that import" in shared.words
    stolen = await club.press("ben", shown, "Undo the import")
    assert "somebody else's" in stolen.words
    await _changed(club, shown, "Undo the import", "2 films")


async def test_whoever_waits_is_told_how_far_it_is(
    club: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = partial(ProgressNotes, every=0.0, most=1)
    monkeypatch.setattr(request_flow, "ProgressNotes", lambda show, **_: impatient(show))
    rows = b"".join(b"Film number %d,1999,3\n" % number for number in range(150))
    club.slack.files["f1"] = TABLE + rows
    told = await club.answered("events_api", _sent(club))
    assert "100 of 153 films" in told.words
    await club.slack.until(lambda: "153 films from" in club.slack.posts[-1].words)


async def _changed(club: Workspace, post: Post, label: str, words: str, chosen: str = "") -> None:
    """Press something on a preview, and wait until that says so in its place."""
    await club.way.send("interactive", club.pressing("ana", post, post.element(label), chosen))
    await club.slack.until(lambda: words in post.words)


def _sent(club: Workspace) -> Json:
    """Make the body of a direct message that holds nothing but the file."""
    file = {"name": "ratings.csv", "url_private_download": f"{club.slack.url}/files/f1"}
    return club.directly("ana", "", files=[file], subtype="file_share")
