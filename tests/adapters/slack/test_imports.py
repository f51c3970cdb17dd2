"""Files of films through the real client: in a direct message, by the form, with a choice."""

from functools import partial

import pytest

from adapters.chat.progress import ProgressNotes
from adapters.slack.incoming import request_flow
from tests.adapters.slack.driver import Json, Workspace

TABLE = b"Title,Year,Rating\nHeat,1995,4.5\nThe Thing,,4\nNothing of the Kind,1999,1\n"


async def test_a_file_alone_is_previewed_and_imported(club: Workspace) -> None:
    club.slack.files["f1"] = TABLE
    file = {"name": "ratings.csv", "url_private_download": f"{club.slack.url}/files/f1"}
    body = club.directly("ana", "", files=[file], subtype="file_share")
    shown = await club.answered("events_api", body)

    assert "3 films" in shown.words
    done = await club.press("ana", shown, "Import 1 film")
    assert "1 with a rating" in done.words


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
    chosen = await club.press("ana", shown, "Which film?", "The Thing (1982)")
    assert "Which film" not in chosen.words
    done = await club.press("ana", chosen, "Import 2 films")
    shared = await club.press("ana", done, "Share my imported reviews")
    assert "1 review of that import" in shared.words
    stolen = await club.press("ben", done, "Undo the import")
    assert "somebody else's" in stolen.words
    undone = await club.press("ana", done, "Undo the import")
    assert "2 films" in undone.words


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


def _sent(club: Workspace) -> Json:
    """Make the body of a direct message that holds nothing but the file."""
    file = {"name": "ratings.csv", "url_private_download": f"{club.slack.url}/files/f1"}
    return club.directly("ana", "", files=[file], subtype="file_share")
