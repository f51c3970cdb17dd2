"""Hostile files: bombs, nesting, traversal, links, bad encodings, formulas, HTML, huge and endless rows.

Run as a program it reads files within the bounds of the process that reads members' files.
"""

import gzip
import io
import json
import random
import stat
import struct
import sys
import time
import warnings
import zipfile
from collections.abc import Callable

from adapters.runtime.sources.film_file_process import answer, bound

Made = tuple[bytes, str]

SMALLER = 1
"""What the sizes of the largest files are divided by: they take seconds each."""

HEADERS = (
    "Date,Name,Year,Letterboxd URI,Rating",
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date",
    "Const,Your Rating,Date Rated,Title,URL,Title Type,IMDb Rating,Runtime (mins),Year",
    "TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,Date Rated",
    "title,year,tmdbId,imdbId,watchedAt,comment,location",
    "SIMKL_ID,Title,Type,Year,Watchlist,LastEpWatched,WatchedDate,Rating,Memo,TVDB,TMDB,IMDB",
    "userId,movieId,rating,timestamp",
    "Title;Year;Rating;Review",
    "标题,个人评分,打分日期,我的短评",
)
CELLS = (
    "", "Heat", '=HYPERLINK("http://x")', "+1", "-2+3", "@SUM(1)", "\t=1", "1e999", "nan", "-1", "99999999999999999999",
    "0000-00-00", "9999-99-99", "31/02/2020", "3/4/2015", "1" * 400, "<b>" * 200, "<script>alert(1)</script>",
    "&amp;" * 100, "&#x110000;", "&#0;", "\u202egnp.exe", "\ud7ff", "Z" + "\u0301" * 300, "ﷺ" * 50, "||" * 50, "tt" + "9" * 30,
    "★" * 40, "½", "１９９５", "٢٠٢٠", "a" * 5000, "../../etc/passwd", "’" * 10, "\x1b[31m", "\x85", "\u2028", "👩‍👩‍👧‍👦", "NULL", "true",
)  # fmt: skip


def _packed(files: list[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of names that come twice
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def _table(chance: random.Random, rows: int) -> bytes:
    header = chance.choice(HEADERS)
    delimiter = ";" if ";" in header else ","
    columns = header.split(delimiter)
    if chance.random() < 0.2:
        chance.shuffle(columns)
    lines = [delimiter.join(columns)]
    for _ in range(rows):
        cells = [
            chance.choice(CELLS) for _ in range(len(columns) + chance.choice((0, 0, 0, -2, 3)))
        ]
        if chance.random() < 0.5:
            cells = ['"' + each.replace('"', '""') + '"' for each in cells]
        lines.append(delimiter.join(cells))
    encoding = chance.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-be", "latin-1"))
    return chance.choice(("\n", "\r\n", "\r")).join(lines).encode(encoding, "replace")


def odd_cells(chance: random.Random) -> Made:
    """A table of odd cells."""
    return _table(chance, chance.choice((1, 5, 200))), "ratings.csv"


def damaged(chance: random.Random) -> Made:
    """A table or archive with bytes changed, cut or put in."""
    data = bytearray(chance.choice((_table, _archive_of_tables))(chance, 5))
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(data) or 1)
        match chance.randrange(4):
            case 0 if data:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 60)]
            case 2:
                data[at:at] = chance.choice(
                    (b'"', b"\n", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"{")
                )
            case 3:
                data = data[:at]
    return bytes(data), chance.choice(("x.csv", "x.zip", "x.json", "x.tsv", "x"))


def _archive_of_tables(chance: random.Random, rows: int) -> bytes:
    names = (
        "ratings.csv",
        "reviews.csv",
        "diary.csv",
        "watchlist.csv",
        "lists/a.csv",
        "deleted/reviews.csv",
    )
    return _packed([(name, _table(chance, rows)) for name in names])


def bomb(chance: random.Random) -> Made:
    """Far more than it looks: one member, many, nested, or gzip in a ZIP."""
    zeros = chance.choice((b"0", b"\n", b"a,b\n", b'"')) * (10_000_000 // SMALLER)
    match chance.randrange(5):
        case 0:
            return _packed([("ratings.csv", zeros)]), "bomb.zip"
        case 1:
            return _packed([(f"{n}/ratings.csv", zeros[:1_500_000]) for n in range(40)]), "bomb.zip"
        case 2:
            inner = _packed([("ratings.csv", zeros)])
            for _ in range(chance.randint(1, 5)):
                inner = _packed([("inner.zip", inner)])
            return inner, "bomb.zip"
        case 3:
            return gzip.compress(zeros * 3), chance.choice(("x.csv.gz", "x.csv"))
    return _packed([("ratings.csv.gz", gzip.compress(zeros))]), "bomb.zip"


def quine(chance: random.Random) -> Made:
    """An archive whose members overlap: many entries name the same bytes."""
    data = bytearray(_packed([("ratings.csv", _table(chance, 2000 // SMALLER))]))
    directory = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry, count = bytes(data[directory:end]), chance.choice((3, 500, 3000)) // SMALLER + 2
    tail = bytearray(data[end:])
    struct.pack_into("<HHL", tail, 8, count, count, len(entry) * count)
    return bytes(data[:directory]) + entry * count + bytes(tail), "overlap.zip"


def names(chance: random.Random) -> Made:
    """Members with names that want to be elsewhere, links, doubles, a password."""
    table = _table(chance, 3)
    link = zipfile.ZipInfo("ratings.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    chosen: list[tuple[str | zipfile.ZipInfo, bytes]] = [
        (
            chance.choice(
                (
                    "../../../etc/ratings.csv",
                    "/etc/ratings.csv",
                    "C:\\ratings.csv",
                    "\\\\host\\x.csv",
                )
            ),
            table,
        ),
        (link, b"/etc/passwd"),
        ("con.csv", table),
        ("ratings.csv", table),
        ("ratings.csv", table),
        ("a" * 300 + ".csv", table),
        ("\x1b[2J\u202e.csv", table),
        ("profile.csv", b"Email Address\nana@example.org\n"),
    ]
    data = bytearray(_packed(chance.sample(chosen, chance.randint(1, len(chosen)))))
    if chance.random() < 0.3:
        for at in range(len(data) - 10):
            if data[at : at + 4] == b"PK\x01\x02":
                data[at + 8] |= 1  # locked
    return bytes(data), "x.zip"


def many_members(chance: random.Random) -> Made:
    """Very many members."""
    count = chance.choice((1500, 2500, 20_000)) // SMALLER
    folder = chance.choice(("", "lists/", "deleted/"))
    return _packed([(f"{folder}{n}.csv", b"Title\nHeat\n") for n in range(count)]), "x.zip"


def long_tables(chance: random.Random) -> Made:
    """A million rows, columns or letters."""
    match chance.randrange(7):
        case 0:
            rows = chance.choice((99_000, 150_000, 1_000_000)) // SMALLER
            return b"Title,Year\n" + b"Heat,1995\n" * rows, "x.csv"
        case 1:
            return b"Title" + b"," * chance.choice(
                (1_000, 1_000_000 // SMALLER)
            ) + b"\nHeat\n", "x.csv"
        case 2:
            return b"Title\n" + b"A" * chance.choice((130_000, 5_000_000 // SMALLER)), "x.csv"
        case 3:
            return b'Title\n"' + b"A\n" * (1_000_000 // SMALLER), "x.csv"
        case 4:
            table = "".join(
                f"Film {n},{1900 + n % 120},{n % 5}\n" for n in range(90_000 // SMALLER)
            )
            return f"Title,Year,Rating\n{table}".encode(), "x.csv"
        case 5:
            words = "<p>" * (30_000 // SMALLER)
            return f'Title,Review\nHeat,"{words}"\n'.encode() * chance.choice((1, 50)), "x.csv"
    return b"Title,Review\n" + b'Heat,"' + b"&lt;" * 20_000 + b'"\n', "x.csv"


def odd_json(chance: random.Random) -> Made:
    """JSON that is deep, wide, or of other shapes than it says."""
    odd: tuple[object, ...] = (
        None,
        True,
        -1,
        1e308,
        10**400,
        "x" * 1000,
        [],
        {},
        [[]],
        {"ids": 3},
        "\ud800",
        ["Heat"],
    )

    def any_of() -> object:
        return chance.choice(odd)

    trakt = [
        {
            "movie": {"title": any_of(), "year": any_of(), "ids": any_of()},
            "rating": any_of(),
            "watched_at": any_of(),
            "comment": any_of(),
        }
        for _ in range(20)
    ]
    ryot = {
        "metadata": [
            {
                "lot": "movie",
                "source": any_of(),
                "identifier": any_of(),
                "seen_history": any_of(),
                "reviews": [any_of(), {"rating": any_of(), "review": any_of()}],
            },
            any_of(),
        ]
    }
    own = {
        "format": "matinee 1",
        "films": [
            {
                key: any_of()
                for key in (
                    "title",
                    "year",
                    "rating",
                    "text",
                    "watched_on",
                    "abandoned_after",
                    "imdb",
                    "public",
                )
            },
            any_of(),
        ],
    }
    made = (
        lambda: json.dumps(trakt).encode(),
        lambda: json.dumps(ryot).encode(),
        lambda: json.dumps(own).encode(),
        lambda: b"[" * chance.choice((1_000, 1_000_000)),
        lambda: b'{"a":' * chance.choice((1_000, 500_000)),
        lambda: b"[" + b"[]," * chance.choice((10_000, 6_000_000 // SMALLER)) + b"[]]",
        lambda: b"[" + b'{"movie":{"title":"Heat"}},' * (100_000 // SMALLER) + b"1]",
        lambda: b"[" + b"1" * chance.choice((4_000, 5_000_000)) + b"]",
        lambda: json.dumps({"format": "matinee 1", "films": any_of()}).encode(),
        lambda: _packed(
            [
                ("watched-history-1.json", json.dumps(trakt).encode()),
                ("ratings-movies.json", b"[" * 5000),
            ]
        ),
    )
    return chance.choice(made)(), chance.choice(("x.json", "x.csv", "x.zip"))


def noise(chance: random.Random) -> Made:
    """No file of anything."""
    start = chance.choice(
        (
            b"",
            b"PK\x03\x04",
            b"\x1f\x8b\x08",
            b"{",
            b"[",
            b"\xff\xfe",
            b"%PDF-",
            b"\x89PNG",
            b"Rar!",
        )
    )
    return start + chance.randbytes(chance.choice((0, 1, 100, 100_000))), chance.choice(
        ("x.zip", "x.csv", "", "x")
    )


KINDS: tuple[Callable[[random.Random], Made], ...] = (
    *(odd_cells, damaged, bomb, quine, names, many_members, long_tables, odd_json, noise),
)


def main() -> None:
    """Read files, each behind its length and name, within the bounds on memory; tell what came of each.

    One process reads them all, as starting one for each would take hours; its processor time is told.
    """
    bound(seconds=10_000)
    while head := sys.stdin.buffer.read(HEAD.size):
        size, length = HEAD.unpack(head)
        name = sys.stdin.buffer.read(length).decode()
        data = sys.stdin.buffer.read(size)
        began = time.process_time()
        try:
            said = answer(data, name, {}).partition("\n")[0]
        except MemoryError:  # ends the process that reads a single file, and is refused then
            said = "too much"
        sys.stdout.write(f"{said} {time.process_time() - began}\n")
        sys.stdout.flush()


HEAD = struct.Struct("<QL")


if __name__ == "__main__":
    main()
