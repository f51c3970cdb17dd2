"""Generations of files that services write, with headers as they were found in public."""

import json
from datetime import date

import pytest

from bot.domain.imports import FilmEntry
from bot.transfer.reading import read_file
from tests.bot.transfer.test_reading import packed

FILES: dict[str, tuple[str, str, tuple[object, ...]]] = {
    "IMDb, 2018": (
        "ratings.csv",
        ("Const,Your Rating,Date Rated,Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors\n"
        "tt0113277,9,2018-07-01,Heat,https://www.imdb.com/title/tt0113277/,movie,8.2,170,1995,Crime,1,1995-12-15,Michael Mann\n"
        "tt0903747,10,2018-07-01,Breaking Bad,u,tvSeries,9.5,49,2008,Crime,1,2008-01-20,\n"
        "tt0959621,9,2018-07-01,Pilot,u,tvEpisode,9,58,2008,Crime,1,2008-01-20,Vince Gilligan\n"
        "tt0252487,7,2018-07-01,Outer Wilds,u,videoGame,9,,2019,Adventure,1,2019-05-29,\n"),
        ("Heat", 1995, "tt0113277", None, 9, None, "", False),
    ),
    "IMDb, a list of 2024 under its number": (
        "3f0c9a52-8a31-4f0e-9d5f-0a8f6f6d1e77.csv",
        ("Position,Const,Created,Modified,Description,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors,Your Rating,Date Rated\n"
        "1,tt0113277,2024-06-01,2024-06-01,,Heat,Heat,u,Movie,8.3,170,1995,Crime,1,1995-12-15,Michael Mann,9,2024-06-02\n"
        "2,tt2861424,2024-06-01,2024-06-01,,Rick and Morty,Rick and Morty,u,TV Series,9,23,2013–2023,Comedy,1,2013-12-02,,,\n"),
        ("Heat", 1995, "tt0113277", None, 9, None, "", False),
    ),
    "Letterboxd, a list": (
        "the-best.csv",
        ('Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2020-01-01,The best,,https://boxd.it/l1,"Two\nlines"\n\n'
        "Position,Name,Year,URL,Description\n1,Heat,1995,https://boxd.it/1,\n"),
        ("Heat", 1995, None, None, None, None, "", True),
    ),
    "Letterboxd, likes": (
        "films.csv",
        "Date,Name,Year,Letterboxd URI\n2020-01-01,Heat,1995,https://boxd.it/1\n",
        ("Heat", 1995, None, None, None, None, "", False),
    ),
    "Movary, watchlist": (
        "watchlist.csv",
        "title,year,tmdbId,imdbId,addedAt\nHeat,1995,949,tt0113277,2023-01-01\n",
        ("Heat", 1995, "tt0113277", 949, None, None, "", True),
    ),
    "Yamtrack, later columns": (
        "yamtrack.csv",
        ("media_id,source,media_type,title,image,season_number,episode_number,score,status,notes,start_date,end_date,progress,created_at,progressed_at\n"
        "949,tmdb,movie,Heat,,,,9.0,Completed,Cold.,,2023-01-01 20:00:00+00:00,1,2023-01-02,2023-01-02\n"
        "550,tmdb,movie,Fight Club,,,,,Planning,,,,0,2023-01-02,2023-01-02\n"),
        ("Heat", None, None, 949, 9, date(2023, 1, 1), "Cold.", False),
    ),
    "Simkl, months first": (
        "simkl.csv",
        ("simkl_id,TVDB_ID,TMDB,IMDB_ID,MAL_ID,Type,Title,Year,LastEpWatched,Watchlist,WatchedDate,Rating,Memo\n"
        "53992,,949,tt0113277,,movie,Heat,1995,,completed,8/21/2015,9,Cold.\n"),
        ("Heat", 1995, "tt0113277", 949, 9, date(2015, 8, 21), "Cold.", False),
    ),
    "Trakt, history": (
        "history.csv",
        ("watched_at,action,type,title,year,trakt_id,imdb_id,tmdb_id\n"
        "2023-01-01T20:00:00Z,watch,movie,Heat,1995,1,tt0113277,949\n"),
        ("Heat", 1995, "tt0113277", 949, None, date(2023, 1, 1), "", False),
    ),
    "Kinopoisk, by a tool": (
        "kinopoisk.csv",
        "Title,Year,Rating,WatchedDate,imdbID,tmdbID\nHeat,1995,9,2023-01-01,tt0113277,949\nHer,2013,10,2023-01-02,,\n",
        ("Heat", 1995, "tt0113277", 949, 9, date(2023, 1, 1), "", False),
    ),
    "FilmAffinity, by fa-scraper": (
        "filmaffinity.csv",
        "Title,Year,Directors,WatchedDate,Rating,Rating10\nHeat,1995,Michael Mann,2023-01-01,4.5,9\n",
        ("Heat", 1995, None, None, 9, date(2023, 1, 1), "", False),
    ),
    "SensCritique, by a tool": (
        "senscritique.csv",
        "titre;année;note;date\nHeat;1995;9;01/02/2023\nHer;2013;10;31/12/2022\n",
        ("Heat", 1995, None, None, 9, date(2023, 2, 1), "", False),
    ),
    "Douban, by a tool": (
        "douban.csv",
        ("标题,个人评分,打分日期,我的短评,上映日期,制片国家,条目链接\n"
        'Heat,5,2023-01-01,冷。,"1995-12-15(美国), 1996-02-02",美国,https://movie.douban.com/subject/1/\n'),
        ("Heat", None, None, None, 10, date(2023, 1, 1), "冷。", False),
    ),
}  # fmt: skip


def _told(entry: FilmEntry) -> tuple[object, ...]:
    return (
        entry.title, entry.year, entry.imdb_id, entry.tmdb_id, entry.rating, entry.watched_on, entry.text, entry.wanted,
    )  # fmt: skip


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_file_of_each_generation_is_read(name: str, line_end: str) -> None:
    file, table, told = FILES[name]
    read = read_file(table.replace("\n", line_end).encode("utf-8-sig"), file)
    assert _told(read.entries[0]) == told
    assert not {"Breaking Bad", "Pilot", "Outer Wilds", "Rick and Morty"} & {
        each.title for each in read.entries
    }
    assert read.unread == ()


def test_pages_of_trakt_are_one_history_whatever_their_order_in_the_file() -> None:
    heat = {"title": "Heat", "year": 1995, "ids": {"trakt": 1, "slug": "heat-1995", "imdb": "tt0113277", "tmdb": 949}}  # fmt: skip
    page = [{"id": n, "watched_at": f"20{n}-01-01T20:00:00.000Z", "action": "watch", "type": "movie", "movie": heat} for n in (10, 12)]  # fmt: skip
    other = [page[0] | {"id": 11, "watched_at": "2011-01-01T20:00:00.000Z"}]
    comments = [{"type": "movie", "movie": heat, "comment": {"comment": "Cold.", "spoiler": True}}]
    files = {
        "watched-history-10.json": json.dumps(other),
        "watched-history-2.json": json.dumps(page),
        "comments-movies.json": json.dumps(comments),
        "user-profile.json": "{}",
    }
    (entry,) = read_file(packed(files), "trakt.zip").entries
    days = [*(each.watched_on for each in entry.former), entry.watched_on]
    assert days == [date(2010, 1, 1), date(2011, 1, 1), date(2012, 1, 1)]
    assert (entry.text, entry.spoiler) == ("Cold.", True)
