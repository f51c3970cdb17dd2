"""The guarded reader: whatever is in a file, rows come out or one clear error, within bounds."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.importing.files.csv_rows import Row, csv_rows
from bot.catalogue.importing.files.json_records import JsonRecord, json_records
from bot.catalogue.importing.files.limits import UPLOAD, FileLimits
from bot.catalogue.importing.files.reader import Skipped, UnreadableFile, files_at, files_in

SMALL = FileLimits(received=20_000, inflated=2_500_000, members=3, rows=5, cell=20)
COLUMNS = ("Name", "Year")


def _zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _rows(data: bytes, limits: FileLimits = UPLOAD) -> list[Row | Skipped]:
    rows: list[Row | Skipped] = []
    for member in files_in(data, "films.csv", limits):
        with member.open() as stream:
            rows += csv_rows(stream, member.name, COLUMNS, limits)
    return rows


def _records(data: bytes, limits: FileLimits = UPLOAD) -> list[JsonRecord | Skipped]:
    records: list[JsonRecord | Skipped] = []
    for member in files_in(data, "films.json", limits):
        with member.open() as stream:
            records += json_records(stream, member.name, limits)
    return records


def test_a_table_is_read_by_the_names_of_its_columns() -> None:
    plain = '\ufeffYear,Extra,Name\r\n2019,x,1917\r\n\r\n1963,"a,\nb",8½\r\n'.encode()
    for data in (plain, gzip.compress(plain), _zip({"deep/films.csv": plain})):
        rows = _rows(data)
        assert [
            (row.line, row.cells["Name"], row.cells["Year"]) for row in rows if isinstance(row, Row)
        ] == [
            (2, "1917", "2019"),
            (4, "8½", "1963"),
        ]
        assert len(rows) == 2


def test_bad_rows_are_skipped_with_their_line_and_reason() -> None:
    data = b"Name,Year\nok,1\nonly one\nna\xefve,2\nn\0ul,3\n" + b"x" * 21 + b",4\nlast,5\n"
    rows = _rows(data, FileLimits(cell=20))
    assert [row.cells["Name"] for row in rows if isinstance(row, Row)] == ["ok", "last"]
    assert [str(row) for row in rows if isinstance(row, Skipped)] == [
        "films.csv, line 3: 1 cells where there are 2 columns",
        "films.csv, line 4: not UTF-8 text",
        "films.csv, line 5: a NUL character",
        "films.csv, line 6: a cell of more than 20 characters",
    ]


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 1, "no column Name, Year"),
        (b"Title,Year\n", 1, "no column Name"),
        (b"Name,Year,Name\n", 1, "'Name' stands twice. Take one of them out."),
        ("Name,Year\nHer,2013\n".encode("utf-16"), 1, "UTF-16 text. Save it as UTF-8."),
        (b'Name,Year\nHer,2013\n"Open,1\n', 3, "a quote was opened and not closed"),
        (b"Name,Year\nHer,2013\n" + b"a" * 2_000_000, 3, "longer than 1 MiB"),
        (b"Name,Year\n" + b"Her,2013\n" * 6, 7, "more than 5 rows"),
    ],
)
def test_a_useless_table_gets_one_error_with_its_line(data: bytes, line: int, says: str) -> None:
    limits = FileLimits(rows=5) if b"Her,2013\n" * 6 in data else UPLOAD
    with pytest.raises(UnreadableFile) as error:
        _rows(data, limits)
    assert error.value.line == line
    assert says in str(error.value)
    assert str(error.value).startswith(f"films.csv, line {line}: ")


def test_json_is_read_as_a_list_or_line_by_line() -> None:
    as_list = b'\xef\xbb\xbf [ {"a": 1},\n 7,\n {"a": "\\u00bd"} ]\n'
    as_lines = b'{"a": 1}\n7\n{"a": "\xc2\xbd"}\n'
    for data in (as_list, as_lines, gzip.compress(as_list), _zip({"x.json": as_lines})):
        first, second, third = _records(data)
        assert first == JsonRecord(1, {"a": 1})
        assert isinstance(second, Skipped)
        assert (second.line, second.reason) == (2, "not a JSON object")
        assert third == JsonRecord(3, {"a": "½"})
    assert _records(b"[]") == []


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 1, "nothing in it"),
        (b'[{"a": 1}', 1, "ends too early"),
        (b'[{"a": 1},\n{"a": ', 2, "not a list of JSON objects"),
        (b'[{"a": 1},\n{"a": 2}] x', 2, "not a list of JSON objects"),
        (b'[{"a": 1}\n{"a": 2}]', 2, "not a list of JSON objects"),
        (b"<html>", 1, "not a list of JSON objects"),
        (b'[{"a": 1},\n{"a": "\xff"}]', 2, "not UTF-8 text"),
        (b"[" + b"[" * 100_000, 1, "not a list of JSON objects"),
        (b'[{"a": "' + b"x" * 3_000_000, 1, "not a list of JSON objects"),
        (b'[{"a": ' + b"9" * 9_000 + b"}]", 1, "not a list of JSON objects"),
        ('[{"a": 1}]'.encode("utf-16"), 1, "UTF-16"),
        (b"[" + b'{"a": 1},' * 5 + b'{"a": 1}]', 1, "more than 5 records"),
    ],
)
def test_broken_json_gets_one_error_with_its_line(data: bytes, line: int, says: str) -> None:
    limits = FileLimits(rows=5) if data.startswith(b'[{"a": 1},{') else UPLOAD
    with pytest.raises(UnreadableFile) as error:
        _records(data, limits)
    assert error.value.line == line
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (gzip.compress(b"Name,Year\nHer,2013\n")[:-6], "cut short or damaged"),
        (gzip.compress(b"Name,Year\nHer,2013\n") + b"junk", "cut short or damaged"),
        (_zip({"a.csv": b"Name,Year\n" * 99})[:-30], "cut short or damaged"),
        (_zip({}), "empty"),
        (_zip({f"{n}.csv": b"Name,Year\n" for n in range(4)}), "holds 4 files; 3 at most"),
        (_zip({"a.csv": _zip({"b.csv": b"Name,Year\n"})}), "archive inside an archive"),
        (_zip({"a.csv": gzip.compress(b"Name,Year\n")}), "archive inside an archive"),
        (gzip.compress(_zip({"b.csv": b"Name,Year\n"})), "archive inside an archive"),
        (b"7z\xbc\xaf\x27\x1c rest", "of a kind not read here"),
        (gzip.compress(b"Name,Year\n" + b"0,0\n" * 500_000), "zip bomb"),
        (_zip({"a.csv": b"Name,Year\n" + b"0,0\n" * 500_000}), "zip bomb"),
        (b"x" * 20_001, "larger than"),
    ],
    # Archives hold the time they were packed at: a name made of their bytes would change.
    ids=count(),
)
def test_what_is_packed_badly_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        _rows(data, FileLimits(received=20_000, members=3, rows=10**9))


def test_all_members_together_stay_within_what_may_be_unpacked() -> None:
    noise = random.Random(1)
    lines = b"".join(b"%d,1\n" % noise.randrange(10**12) for _ in range(2_000))
    data = _zip({f"{n}.csv": b"Name,Year\n" + lines for n in range(3)})
    assert len(_rows(data, FileLimits(inflated=100_000))) == 6_000
    with pytest.raises(UnreadableFile, match="too large when unpacked"):
        _rows(data, FileLimits(inflated=60_000))


def test_a_locked_archive_says_so() -> None:
    data = bytearray(_zip({"a.csv": b"Name,Year\n"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="locked by a password"):
        _rows(bytes(data))


def test_an_archives_file_without_a_name_is_no_surprise() -> None:
    data = bytearray(_zip({"a": b"Name,Year\n"}))
    data[data.index(b"PK\x01\x02") + 46] = 0
    with pytest.raises(UnreadableFile):
        _rows(bytes(data))


def test_names_in_archives_are_never_paths(tmp_path: Path) -> None:
    path = tmp_path / "films.zip"
    path.write_bytes(
        _zip({"../../evil.csv": b"Name,Year\nHer,2013\n", "C:\\x\\B.CSV": b"Name,Year\n"})
    )
    first, second = files_at(path)
    assert (first.base, second.base) == ("evil.csv", "b.csv")
    with first.open() as stream:
        assert len(list(csv_rows(stream, first.name, COLUMNS, UPLOAD))) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["films.zip"]


def test_a_folder_gives_its_files_by_name(tmp_path: Path) -> None:
    for name in ("b.json", "a.json", ".hidden"):
        (tmp_path / name).write_text("[]")
    (tmp_path / "inner").mkdir()
    assert [each.name for each in files_at(tmp_path)] == ["a.json", "b.json"]


def test_a_strange_name_is_shown_on_one_line() -> None:
    with pytest.raises(UnreadableFile) as error:
        _ = [each.open().__enter__() for each in files_in(b"BZh9", "a\n\x1b[31mb\u202e.csv")]
    assert str(error.value).startswith("a [31mb.csv: ")


_SEEDS = (
    b'Name,Year\nHer,2013\n"8\xc2\xbd",1963\n' * 20,
    b'[{"Name": "Her", "Year": 2013}, {"Name": "\\u00bd", "Year": null}]' * 3,
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(_SEEDS),
    st.sampled_from([bytes, gzip.compress, lambda data: _zip({"a": data, "b": data})]),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8),
    st.integers(0, 10**6),
)
def test_damaged_files_give_rows_or_one_clear_error(
    seed: bytes,
    pack: Callable[[bytes], bytes],
    flips: list[tuple[int, int]],
    cut: int,
) -> None:
    data = bytearray(pack(seed))
    for place, value in flips:
        data[place % len(data)] = value
    damaged = bytes(data[: cut % (len(data) + 1)]) if cut % 3 == 0 else bytes(data)
    for read in (_rows, _records):
        said = _said(read, damaged)
        assert len(said) < 500
        assert len(said.splitlines()) <= 1


def _said(read: Callable[[bytes, FileLimits], object], data: bytes) -> str:
    """Return the error's text; empty where there are rows. Any other error comes through."""
    try:
        read(data, SMALL)
    except UnreadableFile as error:
        return str(error)
    return ""
