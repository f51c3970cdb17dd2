"""`matinee evaluate`: a host's own clubs, and a MovieLens set with film lists beside it."""

import json
import shutil
from pathlib import Path
from random import Random

from tests.adapters.conftest import Say, run

QUESTIONS = (
    "If you liked this, from text alone",
    "If you liked this, with members' ratings",
    "A member's picks",
    "A rating, in half-stars",
)


def test_a_movielens_set_is_joined_with_the_lists_beside_it(tmp_path: Path) -> None:
    random = Random(3)
    titles = [f"Lagoon of {name}" for name in _names(40)]
    (tmp_path / "lists").mkdir()
    films = [
        {"title": title, "year": 1990 + n % 20, "cast": [f"Actor {n % 9}"], "genres": ["Drama"]}
        | {"href": None, "extract": f"A {('sea', 'moor', 'city')[n % 3]} film of number {n}."}
        for n, title in enumerate(titles)
    ]
    (tmp_path / "lists" / "movies.json").write_text(json.dumps(films), "utf-8")
    ratings = tmp_path / "ratings-set"
    ratings.mkdir()
    rows = [f"{n},{title} ({1990 + n % 20}),Drama" for n, title in enumerate(titles)]
    (ratings / "movies.csv").write_text("\n".join(["movieId,title,genres", *rows]), "utf-8")
    rows = [f"{n},{1000 + n}," for n in range(40)]
    (ratings / "links.csv").write_text("\n".join(["movieId,imdbId,tmdbId", *rows]), "utf-8")
    rows = [
        f"{member},{film},{4.5 if film % 3 == member % 3 else 2},0"
        for member in range(30)
        for film in random.sample(range(40), 25)
    ]
    rows += ["1,999,4,0", "1,3,none,0", "2,3,9,0"]
    (ratings / "ratings.csv").write_text(
        "\n".join(["userId,movieId,rating,timestamp", *rows]), "utf-8"
    )
    done = run("evaluate", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "MovieLens set ratings-set: 40 films, 30 members, 750 ratings" in done.stdout
    for question in QUESTIONS:
        assert f"\n{question}; asked " in done.stdout
    assert done.stdout.count("\nMatinee ") == 4
    assert "popularity" in done.stdout


async def test_a_clubs_own_data_is_measured_and_little_is_not_enough(say: Say, data: Path) -> None:
    await say("/review Her 4/5", "/review Carol 3/5 --private")
    done = run("evaluate", str(data))
    assert done.returncode == 0, done.stderr
    assert "Club console:demo: " in done.stdout
    assert "1 member, 1 rating\n" in done.stdout
    assert done.stdout.count("Not enough ratings to say: it takes 20 such questions.") == 4


def test_a_folder_of_nothing_says_what_to_give(tmp_path: Path) -> None:
    done = run("evaluate", str(tmp_path))
    assert done.returncode == 1
    assert "there is nothing to evaluate on" in done.stderr
    assert "movies.csv" in done.stderr
    shutil.rmtree(tmp_path)
    assert "No such file or directory" in run("evaluate", str(tmp_path)).stderr


def _names(count: int) -> list[str]:
    """Return different made-up names that no rule takes for one another."""
    return [f"{a}{b}" for a in ("Bel", "Dor", "Fin", "Gal", "Hov") for b in _ENDS][:count]


_ENDS = ("mara", "tis", "quen", "lodo", "vrek", "shai", "pund", "zolt")
