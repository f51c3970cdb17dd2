"""Files of films through the real client: in a direct message, by the form, with a choice."""

from tests.adapters.slack.driver import Workspace

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
