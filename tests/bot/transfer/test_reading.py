"""Files of other services, one small one of each format and generation."""

import io
import json
import random
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

import pytest

from bot.catalogue.importing.files.reader import UnreadableFile
from bot.domain.imports import FilmEntry, FilmFile, FormerViewing
from bot.domain.reviews.ratings import HalfStars
from bot.transfer.reading import read_file
from bot.transfer.serial import file_from_text, file_to_text


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Pack files as a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


LETTERBOXD = {
    "watched.csv": "Date,Name,Year,Letterboxd URI\n2023-01-02,Heat,1995,https://boxd.it/1\n2023-01-02,Her,2013,https://boxd.it/2\n",
    "ratings.csv": "Date,Name,Year,Letterboxd URI,Rating\n2023-01-02,Heat,1995,https://boxd.it/1,4.5\n",
    "diary.csv": "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
    "2023-01-03,Heat,1995,https://boxd.it/d1,4.5,Yes,,2023-01-01\n",
    "reviews.csv": "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
    '2023-01-03,Heat,1995,https://boxd.it/d1,4.5,Yes,"<b>Cold</b> &amp; blue.\n\nThe diner, ""the"" scene.",,2023-01-01\n',
    "watchlist.csv": "Date,Name,Year,Letterboxd URI\n2023-01-04,Yi Yi,2000,https://boxd.it/3\n",
    "profile.csv": "Date Joined,Username,Email Address\n2020-01-01,ana,ana@example.org\n",
    "deleted/diary.csv": "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2023-01-03,Crash,2004,x,1,,,2023-01-01\n",
    "lists/best.csv": "Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2020-01-01,Best,,u,\n\nPosition,Name,Year,URL,Description\n1,Ran,1985,u,\n",
}


@pytest.mark.parametrize("folder", ["", "letterboxd-ana-2023/"])
def test_a_letterboxd_export_is_read_whole(folder: str) -> None:
    file = read_file(
        packed({f"{folder}{name}": text for name, text in LETTERBOXD.items()}), "a.zip"
    )

    heat, her, yi_yi = file.entries
    assert (heat.title, heat.year, heat.rating, heat.watched_on, heat.rewatch) == (
        ("Heat", 1995, HalfStars(9), date(2023, 1, 1), True)
    )
    assert heat.text == 'Cold & blue.\n\nThe diner, "the" scene.'
    assert (her.title, her.rating, her.wanted) == ("Her", None, False)
    assert (yi_yi.title, yi_yi.wanted) == ("Yi Yi", True)
    assert (file.source, file.twice, file.left_out) == ("Letterboxd", 0, {"lists": 1})


TABLES = {
    "IMDb 2017": (
        (
            '"position","const","created","modified","description","Title","Title type","Directors","You rated","IMDb Rating","Runtime (mins)","Year","Genres","Num. Votes","Release Date (month/day/year)","URL"\n'
            '"1","tt0113277","Sat Dec 31 00:00:00 2016","","","Heat","Feature Film","Michael Mann","9","8.2","170","1995","crime","1","1995-12-15","http://www.imdb.com/title/tt0113277/"\n'
            '"2","tt0903747","Sat Dec 31 00:00:00 2016","","","Breaking Bad","TV Series","","10","9.5","49","2008","crime","1","2008-01-20",""\n'
        ),
        FilmEntry(
            "Heat",
            1995,
            "tt0113277",
            rating=HalfStars(9),
            logged_on=date(2016, 12, 31),
            where="ratings.csv, line 2",
        ),
        {"series and episodes": 1},
    ),
    "IMDb 2024": (
        (
            "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors\n"
            "tt0113277,9,2024-07-01,Heat,Heat,https://www.imdb.com/title/tt0113277,Movie,8.3,170,1995,Crime,1,1995-12-15,Michael Mann\n"
            "tt0903747,10,2024-07-01,Breaking Bad,Breaking Bad,u,TV Mini Series,9,49,2008–2013,Crime,1,2008-01-20,\n"
        ),
        FilmEntry(
            "Heat",
            1995,
            "tt0113277",
            rating=HalfStars(9),
            logged_on=date(2024, 7, 1),
            where="ratings.csv, line 2",
        ),
        {"series and episodes": 1},
    ),
    "IMDb watchlist": (
        (
            "Position,Const,Created,Modified,Description,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors,Your Rating,Date Rated\n"
            "1,tt0113277,2024-06-01,2024-06-01,,Heat,Heat,u,Movie,8.3,170,1995,Crime,1,1995-12-15,Michael Mann,,\n"
        ),
        FilmEntry(
            "Heat",
            1995,
            "tt0113277",
            wanted=True,
            logged_on=date(2024, 6, 1),
            where="ratings.csv, line 2",
        ),
        {},
    ),
    "Trakt": (
        (
            "rated_at,type,title,year,trakt_rating,trakt_id,imdb_id,tmdb_id,tvdb_id,url,released,season_number,episode_number,genres,rating\n"
            "2024-01-05T10:00:00Z,movie,Heat,1995,8.1,1,tt0113277,949,,u,1995-12-15,,,crime,9\n"
            "2024-01-05T10:00:00Z,episode,Pilot,2008,8,2,tt0959621,,,u,,1,1,crime,9\n"
        ),
        FilmEntry(
            "Heat",
            1995,
            "tt0113277",
            949,
            rating=HalfStars(9),
            logged_on=date(2024, 1, 5),
            where="ratings.csv, line 2",
        ),
        {"series and episodes": 1},
    ),
    "TMDB": (
        (
            "TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,Date Rated\n"
            "949,tt0113277,movie,Heat,1995-12-15T00:00:00Z,,,7.9,8.5,2024-01-05T10:00:00Z\n"
        ),
        FilmEntry(
            "Heat",
            1995,
            "tt0113277",
            949,
            rating=HalfStars(9),
            logged_on=date(2024, 1, 5),
            where="ratings.csv, line 2",
        ),
        {},
    ),
    "Movary": (
        "title,year,tmdbId,imdbId,watchedAt,comment,location\nHeat,1995,949,tt0113277,2023-01-01,Cold.,home\n",
        FilmEntry(
            "Heat",
            1995,
            "tt0113277",
            949,
            watched_on=date(2023, 1, 1),
            text="Cold.",
            where="ratings.csv, line 2",
        ),
        {},
    ),
    "Movary, rated 0": (
        "title,year,tmdbId,imdbId,userRating\nHeat,1995,949,tt0113277,0\n",
        FilmEntry("Heat", 1995, "tt0113277", 949, where="ratings.csv, line 2"),
        {},
    ),
    "Yamtrack": (
        (
            '"media_id","source","media_type","title","image","season_number","episode_number","score","progress","status","repeats","start_date","end_date","notes","watch_date"\n'
            '"949","tmdb","movie","Heat","","","","9.0","1","Completed","0","","2023-01-01","Cold.",""\n'
            '"1396","tmdb","tv","Breaking Bad","","","","9.0","1","Completed","0","","","",""\n'
        ),
        FilmEntry(
            "Heat",
            tmdb_id=949,
            rating=HalfStars(9),
            watched_on=date(2023, 1, 1),
            text="Cold.",
            where="ratings.csv, line 2",
        ),
        {"series and episodes": 1},
    ),
    "Simkl": (
        (
            "SIMKL_ID,Title,Type,Year,Watchlist,LastEpWatched,WatchedDate,Rating,Memo,TVDB,TMDB,IMDB\n"
            "53992,Heat,movie,1995,completed,,18-12-2023 21:50:41,9,Cold.,,949,tt0113277\n"
        ),
        FilmEntry(
            "Heat",
            1995,
            "tt0113277",
            949,
            rating=HalfStars(9),
            watched_on=date(2023, 12, 18),
            text="Cold.",
            where="ratings.csv, line 2",
        ),
        {},
    ),
    "Simkl, planned": (
        (
            "simkl_id,TVDB_ID,TMDB,IMDB_ID,MAL_ID,Type,Title,Year,LastEpWatched,Watchlist,WatchedDate,Rating,Memo\n"
            "53992,,949,tt0113277,,movie,Heat,1995,,plantowatch,,,\n"
        ),
        FilmEntry("Heat", 1995, "tt0113277", 949, wanted=True, where="ratings.csv, line 2"),
        {},
    ),
    "Letterboxd's import format": (
        (
            "LetterboxdURI,tmdbID,imdbID,Title,Year,Directors,Rating,Rating10,WatchedDate,Rewatch,Tags,Review\n"
            ",949,tt0113277,Heat,1995,Michael Mann,,9,2023-01-01,true,,Cold.\n"
        ),
        FilmEntry(
            "Heat",
            1995,
            "tt0113277",
            949,
            rating=HalfStars(9),
            watched_on=date(2023, 1, 1),
            rewatch=True,
            text="Cold.",
            where="ratings.csv, line 2",
        ),
        {},
    ),
    "semicolons, percent": (
        "Title;Year;Rating\nHeat;1995;90\nHer;2013;35\n",
        FilmEntry("Heat", 1995, rating=HalfStars(9), where="ratings.csv, line 2"),
        {},
    ),
    "tabs, ten": (
        "Rating\tYear\tTitle\n9\t1995\tHeat\n",
        FilmEntry("Heat", 1995, rating=HalfStars(9), where="ratings.csv, line 2"),
        {},
    ),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_table_of_every_service_in_every_encoding(name: str, encoding: str) -> None:
    text, first, left_out = TABLES[name]
    file = read_file(text.encode(encoding), "ratings.csv")

    assert file.entries[0] == first
    assert file.left_out == left_out


def test_columns_count_by_name_in_any_order_and_with_others_between() -> None:
    text = "extra,YEAR,Your rating,title\nx,1995,4½,Heat\n"
    assert read_file(text.encode(), "t.csv").entries[0].year == 1995


def test_trakts_zip_is_read_page_by_page_without_its_sums() -> None:
    heat = {"title": "Heat", "year": 1995, "ids": {"imdb": "tt0113277", "tmdb": 949}}
    files = {
        "watched-history-1.json": [{"watched_at": "2023-01-01T20:00:00Z", "type": "movie", "movie": heat}],
        "watched-history-2.json": [{"watched_at": "2024-01-01T20:00:00Z", "type": "movie", "movie": heat}],
        "watched-movies.json": [{"plays": 2, "movie": heat}],
        "ratings-movies.json": [{"rated_at": "2024-01-02T00:00:00Z", "rating": 9, "movie": heat}],
        "ratings-shows.json": [{"rating": 9, "show": {"title": "Lost"}}],
        "lists-watchlist.json": [
            {"listed_at": "2024-01-02T00:00:00Z", "movie": {"title": "Her", "year": 2013}}
        ],
    }  # fmt: skip
    file = read_file(packed({name: json.dumps(each) for name, each in files.items()}), "trakt.zip")

    heat_read, her = file.entries
    assert (heat_read.rating, heat_read.watched_on) == (HalfStars(9), date(2024, 1, 1))
    assert her.wanted
    assert file.source == "Trakt"


def test_ryot_names_films_by_ids_alone() -> None:
    content = {
        "metadata": [
            {
                "lot": "movie",
                "source": "tmdb",
                "identifier": "949",
                "seen_history": [{"ended_on": "2023-01-01"}],
                "reviews": [{"rating": "90", "review": {"text": "Cold.", "spoiler": True}}],
            },
            {"lot": "show", "source": "tmdb", "identifier": "1"},
        ]
    }
    (heat,) = read_file(json.dumps(content).encode(), "ryot.json").entries
    assert (heat.tmdb_id, heat.rating, heat.text, heat.spoiler) == (
        (949, HalfStars(9), "Cold.", True)
    )


def test_movielens_takes_titles_from_the_tables_beside_it() -> None:
    files = {
        "ratings.csv": "userId,movieId,rating,timestamp\n1,6,4.5,1700000000\n",
        "movies.csv": 'movieId,title,genres\n6,"Heat, The (1995)",Crime\n',
        "links.csv": "movieId,imdbId,tmdbId\n6,113277,949\n",
    }
    (heat,) = read_file(packed(files), "ml.zip").entries
    assert (heat.title, heat.year, heat.imdb_id, heat.tmdb_id, heat.rating) == (
        ("The Heat", 1995, "tt0113277", 949, HalfStars(9))
    )
    files["ratings.csv"] += "1,6,9,1700000000\n"
    assert read_file(packed(files), "ml.zip").unread == ("ratings.csv, line 3: 9 is more than 5",)
    files["ratings.csv"] += "2,6,1,1700000000\n"
    with pytest.raises(UnreadableFile, match="ratings of 2 people"):
        read_file(packed(files), "ml.zip")


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (["8/21/2015", "3/4/2015"], [date(2015, 8, 21), date(2015, 3, 4)]),
        (["21/8/2015", "3/4/2015"], [date(2015, 8, 21), date(2015, 4, 3)]),
        (["3/4/2015", "5/5/2015"], [None, date(2015, 5, 5)]),
        (["25/12/2015", "12/25/2015"], [date(2015, 12, 25), None]),
        (["Sat Aug 01 2015 00:00:00 GMT+0200", ""], [date(2015, 8, 1), None]),
    ],
)
def test_days_are_read_in_their_columns_order_or_left_out(
    days: list[str], read: list[date | None]
) -> None:
    rows = "".join(f"Film {number},{day}\n" for number, day in enumerate(days))
    file = read_file(f"Title,WatchedDate\n{rows}".encode(), "t.csv")

    assert [each.watched_on for each in file.entries] == read
    told = bool(file.notes) or any(each.unread_day for each in file.entries)
    assert told == (None in read and all(days))


def test_two_films_of_one_title_and_year_are_not_joined() -> None:
    text = (
        "Date,Name,Year,Letterboxd URI,Rating\n"
        "2023-01-02,Pinocchio,2022,https://boxd.it/1,4\n2023-01-02,Pinocchio,2022,https://boxd.it/2,1\n"
        "2023-01-02,Heat,1995,https://boxd.it/3,4\n2023-01-09,Heat,1995,https://boxd.it/3,5\n"
    )
    one, other, heat = read_file(text.encode(), "ratings.csv").entries
    assert (one.doubtful, other.doubtful, heat.doubtful) == (True, True, False)
    assert (one.rating, other.rating, heat.rating) == (8, 2, 10)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "ratings.csv", "no table"),
        (b"\x00\x01\x02\x03", "x.csv", "no table"),
        (b"Colour,Size\nred,3\n", "x.csv", "no films"),
        (b'{"metadata": ', "x.json", "not whole JSON"),
        (b"[" * 100_000, "x.json", "not whole JSON"),
        (b'{"a": 1}', "x.json", "no service known"),
        (packed({"a.txt": "hello"}), "x.zip", "no films"),
        (packed({"b.zip": packed({"a.csv": "Title\nHeat\n"})}), "x.zip", "archive"),
        (packed({"ratings.csv": b"0" * 40_000_000}), "x.zip", "zip bomb"),
    ],
    ids=range(9),
)
def test_what_is_no_file_of_films_is_refused_with_what_to_do(
    data: bytes, name: str, says: str
) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_file(data, name)


def test_a_damaged_file_is_read_or_refused() -> None:
    """Whatever a file has come to, there are entries or one error that says what to do."""
    chance = random.Random(7)
    whole = [
        packed(LETTERBOXD),
        *(text.encode() for text, _, _ in TABLES.values()),
        b'[{"movie": {"title": "Heat", "year": 1995, "ids": {"tmdb": "x"}}, "rating": 1e999}, 3, null]',
    ]
    for _ in range(200):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 20)):
            place = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[place] = chance.randrange(256)
                case 1:
                    del data[place : place + chance.randint(1, 50)]
                case 2:
                    data[place:place] = chance.choice([b'"', b"\n", b",", b"\0", b"\xff\xfe", b"{"])
                case 3:
                    data = data[:place] or bytearray(b",")
            data = data or bytearray(b",")
        name = chance.choice(["x.csv", "x.zip", "x.json"])
        with suppress(UnreadableFile):
            file = read_file(bytes(data), name)
            assert file_from_text(file_to_text(file)) == file


def test_a_file_comes_back_from_json_as_it_was() -> None:
    file = read_file(packed(LETTERBOXD), "a.zip")
    assert file_from_text(file_to_text(file)) == file
    assert file_from_text(file_to_text(FilmFile("a table", ()))) == FilmFile("a table", ())


UNKNOWN = b"Wort;Zahl;Wann\nHeat;9;03/04/2015\nHer;7;\n"


def test_columns_of_any_table_can_be_told() -> None:
    columns = {"title": "Wort", "rating": "zahl", "watched": "WANN"}
    heat, her = read_file(UNKNOWN, "x.csv", columns=columns).entries
    assert (heat.title, heat.rating, heat.watched_on) == ("Heat", 9, None)
    assert heat.unread_day == "03/04/2015"
    assert (her.title, her.rating) == ("Her", 7)
    with pytest.raises(UnreadableFile, match=r"no column “Titel”\. It has: Wort, Zahl, Wann"):
        read_file(UNKNOWN, "x.csv", columns={"title": "Titel"})


def test_a_table_that_nobody_knows_is_told_with_its_columns() -> None:
    with pytest.raises(
        UnreadableFile, match=r"its columns: Wort, Zahl, Wann\..*columns title=Wort"
    ):
        read_file(UNKNOWN, "x.csv")


@pytest.mark.parametrize(
    "table",
    [
        "标题,个人评分,打分日期,我的短评\nHeat,4,2020-01-31,冷\n",
        "Filme;Nota;Data;Crítica\nHeat;4;31/01/2020;冷\n",
        "Titre,Note,Vu,Avis\nHeat,4,2020-01-31,冷\n",
        "название,оценка,дата,отзыв\nHeat,4,2020-01-31,冷\n",
    ],
)
def test_columns_in_other_languages_are_known(table: str) -> None:
    (entry,) = read_file(table.encode(), "x.csv").entries
    assert (entry.title, entry.rating, entry.text) == ("Heat", 8, "冷")
    assert entry.watched_on == date(2020, 1, 31)


def test_a_year_behind_the_title_is_a_year() -> None:
    table = "Title,Rating\nHeat (1995),4\n2001: A Space Odyssey (1968),5\n(500) Days of Summer,3\n1917 (war),2\n"
    read = [(each.title, each.year) for each in read_file(table.encode(), "x.csv").entries]
    assert read[:2] == [("Heat", 1995), ("2001: A Space Odyssey", 1968)]
    assert read[2:] == [("(500) Days of Summer", None), ("1917 (war)", None)]


def test_a_table_whose_ratings_nobody_would_find_says_how_to_name_them() -> None:
    (note,) = read_file(b"Film;Punkte;Gesehn\nHeat;9;x\n", "x.csv").notes
    assert "(Punkte, Gesehn)" in note
    assert note.endswith("columns title=Film, rating=Punkte")
    assert read_file(b"Title,Year,Genre\nHeat,1995,crime\n", "x.csv").notes == ()


def test_each_viewing_of_a_diary_is_read_and_is_no_repetition() -> None:
    diary = (
        "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
        "2023-01-03,Heat,1995,https://boxd.it/d1,4,,,2023-01-01\n"
        "2024-01-03,Heat,1995,https://boxd.it/d2,5,Yes,,2024-01-01\n"
        "2024-01-03,Heat,1995,https://boxd.it/d2,5,Yes,,2024-01-01\n"
    )
    review = (
        "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
        "2023-01-03,Heat,1995,https://boxd.it/d1,4,,Cold.,,2023-01-01\n"
    )
    file = read_file(packed({"diary.csv": diary, "reviews.csv": review}), "letterboxd.zip")
    (heat,) = file.entries
    assert file.twice == 1
    assert (heat.rating, heat.watched_on, heat.rewatch) == (10, date(2024, 1, 1), True)
    assert heat.former == (FormerViewing(date(2023, 1, 1), HalfStars(8), "Cold."),)
    assert file_from_text(file_to_text(file)) == file


def test_one_day_that_is_sure_tells_the_order_of_all() -> None:
    table = "Title,Watched Date\nHeat,03/04/2015\nHer,31/12/2015\n"
    heat, _ = read_file(table.encode(), "x.csv").entries
    assert heat.watched_on == date(2015, 4, 3)
    assert heat.unread_day == ""
