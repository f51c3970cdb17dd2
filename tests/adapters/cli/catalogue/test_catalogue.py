"""`matinee catalogue` as a host types it."""

import json
from pathlib import Path

import pytest

from adapters.indexes.catalogue_index import INDEX, TITLES
from tests.adapters.conftest import Say, run
from tests.support import SHARED

FILM = {
    "title": "Harbour Light",
    "year": 1994,
    "cast": ["Ada Lund", "Ben Okri"],
    "genres": ["Drama"],
    "href": "Harbour_Light",
    "extract": "Harbour Light is a 1994 film directed by Mara Voss. A keeper counts ships.",
}


@pytest.fixture
def films(tmp_path: Path) -> Path:
    path = tmp_path / "films.json"
    path.write_text(json.dumps([FILM, {"title": "No year"}]))
    return path


def test_films_are_imported_shown_and_counted(data: Path, films: Path) -> None:
    first = run("--data", str(data), "catalogue", "import", str(films))
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.splitlines()[:2] == [
        "Films: 1 read, 1 new, 0 known films completed, 0 unchanged, 1 skipped.",
        "  skipped: films.json, line 1: no year between 1870 and 2100",
    ]
    again = run("catalogue", "import", str(films), "--data", str(data))
    assert again.stdout.startswith("Nothing to do: this was imported before")

    shown = run("--data", str(data), "catalogue", "show", "harbor", "light").stdout
    assert shown.startswith("Harbour Light (1994)\n  id          harbour-light-1994\n")
    assert "directed by Mara Voss" in shown
    assert (
        "https://en.wikipedia.org/wiki/Harbour_Light (text from Wikipedia, CC BY-SA 4.0)" in shown
    )

    status = run("--data", str(data), "catalogue", "status").stdout
    assert "wikipedia          1   text from Wikipedia, CC BY-SA 4.0" in status


async def test_an_imported_film_is_in_the_chat_at_the_next_start(
    data: Path, films: Path, say: Say
) -> None:
    before = (data / INDEX).read_bytes()
    run("--data", str(data), "catalogue", "import", str(films))
    assert "A keeper counts ships." in await say("/film Harbour Light")
    assert "Harbour Light (1994)" in await say("/recommend a keeper who counts ships")
    assert (data / INDEX).read_bytes() == before  # one new film is overlaid

    (data / TITLES).write_bytes((data / TITLES).read_bytes()[:-9])
    assert "A keeper counts ships." in await say("/film Harbour Light")


def test_rebuild_makes_the_index_at_once(data: Path, films: Path) -> None:
    run("--data", str(data), "catalogue", "import", str(films))
    before = (data / INDEX).read_bytes()
    assert run("--data", str(data), "catalogue", "rebuild").stdout.startswith("The index holds ")
    assert (data / INDEX).read_bytes() != before


async def test_two_films_are_joined_and_parted_again(data: Path, films: Path, say: Say) -> None:
    twin = FILM | {"title": "The Harbour's Light", "year": 1999, "cast": ["Eve Orr"], "extract": ""}
    films.write_text(json.dumps([FILM, twin]))
    run("--data", str(data), "catalogue", "import", str(films))
    listed = run("--data", str(data), "catalogue", "twins").stdout.splitlines()
    assert listed[-1].endswith("that may be one film. Join those that are.")
    unsure = run("--data", str(data), "catalogue", "join", "the harbours lihgt", "Harbour Light")
    assert unsure.returncode == 1
    assert "Name one by its id:" in unsure.stderr
    assert "id:the-harbours-light-1999" in unsure.stderr

    joined = run(
        *("--data", str(data), "catalogue", "join"), "the harbour's light", "id:harbour-light-1994"
    )
    assert joined.stdout == (
        "Joined: The Harbour's Light (1999) (the-harbours-light-1999) is Harbour Light (1994) "
        "(harbour-light-1994) from now on.\n"
        "Undo it with: matinee catalogue part id:the-harbours-light-1999\n"
    )
    assert "Harbour Light (1994)" in await say("/film the harbour's light")
    shown = run("--data", str(data), "catalogue", "show", "the harbour's light").stdout
    assert shown.startswith("Harbour Light (1994)\n")
    assert "also called The Harbour's Light" in shown

    parted = run("--data", str(data), "catalogue", "part", "id:the-harbours-light-1999")
    assert parted.stdout.startswith("Parted: The Harbour's Light (1999)")
    assert "The Harbour's Light (1999)" in await say("/film the harbour's light")
    again = run("--data", str(data), "catalogue", "part", "the-harbours-light-1999")
    assert (again.returncode, again.stderr) == (
        *(1, "matinee: That film is joined with no other one.\n"),
    )


def test_search_prints_a_table(data: Path) -> None:
    found = run("--data", str(data), "catalogue", "search", "moonlihgt").stdout.splitlines()
    assert "Moonlight (2016)" in found[0]
    assert found[0].endswith("moonlight-2016  Barry Jenkins")
    assert 0 < float(found[0].split()[0]) < 1
    nothing = run("--data", str(data), "catalogue", "search", "zzxxqqjj").stdout
    assert nothing == "Nothing like it is known.\n"


def test_search_answers_each_line_with_one_line_of_json(data: Path) -> None:
    typed = "moonlight\n\nParasite 2019\nzzxxqqjj\nthe moonlite\n" + "x" * 10_000 + "\n"
    done = run("--data", str(data), "catalogue", "search", "--json", "-", typed=typed)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 6
    assert answers[0][0] == {
        "title": "Moonlight",
        "year": 2016,
        "directors": ["Barry Jenkins"],
        "id": "moonlight-2016",
        "score": 1.0,
    }
    assert answers[1] == answers[3] == answers[5] == []
    assert answers[2][0]["id"] == "parasite-2019"
    assert answers[4][0]["id"] == "moonlight-2016"
    for answer in answers:
        scores = [each["score"] for each in answer]
        assert scores == sorted(scores, reverse=True)
        assert len({each["id"] for each in answer}) == len(answer)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"not json", "films.json, line 1: from here on it is not a list of JSON objects."),
        (b"\x1f\x8b\x08\x00damaged", "films.json: it is cut short or damaged."),
        (None, "films.json"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_line(
    content: bytes | None, says: str, data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "films.json"
    if content is not None:
        path.write_bytes(content)
    done = run("--data", str(data), "catalogue", "import", str(path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("matinee: ")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["catalogue"], ["catalogue", "dance"], ["catalogue", "import"]]
)
def test_a_bad_command_line_gets_one_line(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


# With the whole list -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def everything(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the whole Wikipedia list, and the index of the starter alone."""
    import shutil  # noqa: PLC0415 - only here

    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("everything") / "data"))
    done = run("--data", str(folder), "catalogue", "import", str(SHARED / "wikipedia-films"))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.skipif(not SHARED.exists(), reason="the Wikipedia film list is not here")
def test_with_the_whole_list_each_title_finds_what_a_person_expects(everything: Path) -> None:
    expected = {
        "the grudge": {"the-grudge-2004", "the-grudge-2020", "ju-on-the-grudge-2002"},
        "Blade Runner 2049": {"blade-runner-2049-2017"},
        "1917": {"1917-2019"},
        "8½": {"8-1-2-1963"},
        "10": {"10-1979"},
        "Se7en": {"se7en-1995", "seven-1979"},
        "WALL·E": {"wall-e-2008"},
        "Amelie": {"amelie-2001"},
        "Crouching Tiger Hidden Dragon": {"crouching-tiger-hidden-dragon-2000"},
        "birdman or": {"birdman-or-the-unexpected-virtue-of-ignorance-2014"},
    }
    typed = "".join(f"{query}\n" for query in expected)
    done = run("--data", str(everything), "catalogue", "search", "--json", "-", typed=typed)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    found = {
        query: {each["id"] for each in answer if each["score"] == 1.0} or {answer[0]["id"]}
        for query, answer in zip(expected, answers, strict=True)
    }
    assert found == expected
    assert answers[list(expected).index("Se7en")][0]["id"] == "se7en-1995"


@pytest.mark.long  # building the index of 36,000 films takes long
@pytest.mark.skipif(not SHARED.exists(), reason="the Wikipedia film list is not here")
def test_with_the_whole_list_the_chat_asks_or_shows_the_film(everything: Path) -> None:
    shown = {
        "Blade Runner 2049": "Blade Runner 2049 (2017)",
        "1917": "1917 (2019)",
        "8½": "8½ (1963)",
        "10": "10 (1979)",
        "Se7en": "Se7en (1995)",
        "WALL·E": "WALL·E (2008)",
        "Amelie": "Amélie (2001)",
        "Crouching Tiger Hidden Dragon": "Crouching Tiger, Hidden Dragon (2000)",
    }
    lines = [f"/review {title}" for title in ("the grudge", "birdman or", *shown)]
    done = run("--data", str(everything), "chat", "--json", typed="\n".join(lines))
    asks, offers, *cards = [json.loads(line)["summary"] for line in done.stdout.splitlines()]
    assert asks.startswith("Several films are called the grudge.")
    assert "Birdman or (The Unexpected Virtue of Ignorance) (2014)" in offers
    assert [card[: len(label)] for card, label in zip(cards, shown.values(), strict=True)] == [
        *shown.values()
    ]
