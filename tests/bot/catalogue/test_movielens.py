"""MovieLens sets: titles turned round, other titles, genres, ids, themes by count, raters."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.catalogue.importing.files.reader import Skipped, UnreadableFile, files_at
from bot.catalogue.importing.matching.duplicates import Offered
from bot.catalogue.importing.movielens import is_movielens, movielens_films, split_title
from tests.support import SHARED

TABLES = {
    "movies.csv": 'movieId,title,genres\n1,"Harbour, The (Port, Le) (1994)",Children|Sci-Fi|Film-Noir|IMAX\n'
    "2,Stone (2000),Drama\n3,Stone (2001),Drama\n4,Stone (2005),(no genres listed)\nx,Her (2013),Drama\n"
    '5," (1999)",Drama\n',
    "links.csv": "movieId,imdbId,tmdbId\n1,0012345,77\n2,123456789,\n3,,0\n4,abc,9.0\n",
    "tags.csv": "userId,movieId,tag,timestamp\n"
    + "".join(f"{user},1,Slow Burn,0\n" for user in range(3))
    + "".join(f"{user},1,sea,0\n" for user in range(2))
    + "1,1,seen 3 times,0\n1,1,x,0\n1,1,quiet,0\n",
    "ratings.csv": "userId,movieId,rating,timestamp\n1,1,4.0,0\n2,1,0.5,0\n1,2,3.0,0\n",
}


def _read(folder: Path, tables: Mapping[str, str]) -> list[Offered | Skipped]:
    for name, text in tables.items():
        (folder / name).write_text(text, "utf-8")
    return list(movielens_films(files_at(folder)))


def test_a_set_is_read_from_its_tables(tmp_path: Path) -> None:
    found = _read(tmp_path, TABLES)
    assert is_movielens(files_at(tmp_path))
    films = [each.film for each in found if isinstance(each, Offered)]
    harbour = films[0]
    assert harbour.titles == ("The Harbour", "Le Port")
    assert (harbour.year, harbour.imdb_id, harbour.tmdb_id) == (1994, "tt0012345", 77)
    assert (harbour.genres, harbour.popularity) == (("family", "science fiction"), 2)
    assert harbour.themes == ("film noir", "slow burn", "sea", "quiet")
    assert harbour.source == "movielens:1"
    ids = [(film.imdb_id, film.tmdb_id, film.popularity) for film in films[1:]]
    assert ids == [("tt123456789", None, 1), (None, None, None), (None, 9, None)]
    assert [str(each) for each in found if isinstance(each, Skipped)] == [
        "movies.csv, line 6: the movieId 'x' is no number",
        "movies.csv, line 7: no title, or far too long a one",
    ]


@pytest.mark.parametrize(
    ("stars", "regard"),
    [
        ([5.0] * 4, None),
        ([0.5] * 5, 1),
        ([2.5] * 5, 2),
        ([2.5] * 100, 1),
        ([3.4] * 5, 3),
        ([4.0] * 5, 4),
        ([4.0] * 100, 5),
        ([5.0] * 5, 5),
    ],
)
def test_a_films_regard_is_what_enough_people_rated_it(
    tmp_path: Path, stars: list[float], regard: int | None
) -> None:
    rows = "".join(f"{user},1,{each},0\n" for user, each in enumerate(stars))
    ratings = f"userId,movieId,rating,timestamp\n{rows}9,1,none,0\n9,1,,0\n"
    found = _read(tmp_path, {"movies.csv": TABLES["movies.csv"], "ratings.csv": ratings})
    film = next(each.film for each in found if isinstance(each, Offered))
    assert (film.regard, film.popularity) == (regard, len(stars))


def test_films_of_one_title_at_about_one_time_are_marked_as_twins(tmp_path: Path) -> None:
    found = _read(tmp_path, TABLES)
    assert [each.namesake for each in found if isinstance(each, Offered)] == [
        *(None, 1, 1),
        None,
    ]


def test_films_alone_are_enough(tmp_path: Path) -> None:
    found = _read(tmp_path, {"movies.csv": TABLES["movies.csv"]})
    assert len(found) == 6


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("movies.csv", "id,title\n", "movies.csv, line 1: no column movieId, genres"),
        ("links.csv", "movieId,imdbId\n", "links.csv, line 1: no column tmdbId"),
        ("tags.csv", "movieId,tag,tag\n", "tags.csv, line 1: the column 'tag' stands twice"),
    ],
)
def test_a_broken_table_gets_one_error(name: str, text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as error:
        _read(tmp_path, {**TABLES, name: text})
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("text", "titles", "year"),
    [
        ("Matrix, The (1999)", ["The Matrix"], 1999),
        ("Appartement, L' (1996)", ["L'Appartement"], 1996),
        ("Seven (a.k.a. Se7en) (1995)", ["Seven", "Se7en"], 1995),
        (
            "Léon (a.k.a. Professional, The) (Leon (uncut)) (1994)",
            ["Léon", "The Professional", "Leon (uncut)"],
            1994,
        ),
        ("Misérables, Les (1995)", ["Les Misérables"], 1995),
        ("(500) Days of Summer (2009)", ["(500) Days of Summer"], 2009),
        (
            "Birdman: Or (The Unexpected Virtue of Ignorance) (2014)",
            ["Birdman: Or (The Unexpected Virtue of Ignorance)"],
            2014,
        ),
        ("96 Minutes (2011) ", ["96 Minutes"], 2011),
        ("Doctor Who (2005-2008)", ["Doctor Who"], 2005),
        ("Babylon 5", ["Babylon 5"], None),
        ("1984 (1984)", ["1984"], 1984),
        ("Good, the Bad and the Ugly, The (1966)", ["The Good, the Bad and the Ugly"], 1966),
        ("", [], None),
    ],
)
def test_titles_are_parted(text: str, titles: list[str], year: int | None) -> None:
    assert split_title(text) == (tuple(titles), year)


@pytest.mark.skipif(not SHARED.exists(), reason="the MovieLens set is not here")
def test_the_small_set_is_read_whole() -> None:
    found = list(movielens_films(files_at(SHARED / "movielens-small")))
    films = [each.film for each in found if isinstance(each, Offered)]
    assert len(films) == len(found) == 9_742
    assert sum(film.imdb_id is not None for film in films) == 9_742
    assert sum(film.year is None for film in films) < 20
