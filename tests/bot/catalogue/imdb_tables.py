"""IMDb's tables in their documented shape, made up: as many titles as wanted, packed.

As in the real files, half of the titles are no films, most have few votes, numbers have gaps, and a
film has four people on average.
"""

import gzip
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

HEADERS = {
    "title.basics": "tconst titleType primaryTitle originalTitle isAdult startYear endYear "
    "runtimeMinutes genres",
    "title.ratings": "tconst averageRating numVotes",
    "title.crew": "tconst directors writers",
    "title.principals": "tconst ordering nconst category job characters",
    "title.akas": "titleId ordering title region language types attributes isOriginalTitle",
    "name.basics": "nconst primaryName birthYear deathYear primaryProfession knownForTitles",
}
_FIRST = 30_000_001
"""Least number of a title, beyond the real ones of the starter catalogue."""

_WORDS = (
    "harbour light stone winter garden river letter night house summer road glass paper silver "
    "island crow tide ember field orchard salt lantern mirror signal winding hollow north quiet "
    "second last long red blue white green black little great lost broken hidden burning empty"
).split()
_SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo wu ya zel mor lin tas bren och".split()
_VOCABULARY = 60_000
"""Words that titles are made of; as in real titles, few are frequent and most are rare."""

_GENRES = "Drama Comedy Thriller Horror Documentary Action Romance Crime Animation Sci-Fi".split()


def write_tables(folder: Path, films: int, *, people: int = 0, seed: int = 1) -> Path:
    """Write the six tables with so many films, and as many other titles; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    people = people or max(10, films // 2)
    chance = random.Random(seed)
    words = vocabulary(chance)
    tables: dict[str, list[str]] = {name: [] for name in HEADERS}
    files = {name: _opened(folder, name) for name in HEADERS}
    for place in range(films):
        for name, line in _title(place, people, words, chance):
            tables[name].append(line)
        if place % 10_000 == 9_999:
            _flush(tables, files)
    tables["name.basics"] += (
        f"nm{number:07}\t{_name(number)}\t\\N\t\\N\tactor,director\t\\N"
        for number in range(1, people + 1)
    )
    _flush(tables, files)
    for file in files.values():
        file.close()
    return folder


def write_table(folder: Path, name: str, rows: Iterable[Sequence[object]]) -> Path:
    """Write one table with these rows."""
    folder.mkdir(parents=True, exist_ok=True)
    with _opened(folder, name) as file:
        for row in rows:
            file.write(("\t".join(map(str, row)) + "\n").encode())
    return folder


def _opened(folder: Path, name: str) -> gzip.GzipFile:
    file = gzip.GzipFile(folder / f"{name}.tsv.gz", "wb", compresslevel=1)
    file.write(("\t".join(HEADERS[name].split()) + "\n").encode())
    return file


def _flush(tables: dict[str, list[str]], files: dict[str, gzip.GzipFile]) -> None:
    for name, lines in tables.items():
        if lines:
            files[name].write(("\n".join(lines) + "\n").encode())
        lines.clear()


def _title(
    place: int, people: int, words: Sequence[str], chance: random.Random
) -> Iterator[tuple[str, str]]:
    film, other = f"tt{_FIRST + 2 * place}", f"tt{_FIRST + 2 * place + 1}"
    title = made_title(words, chance)
    original = title if place % 4 else f"{title[::-1].title()} {place % 1000}"
    year, genre = 1920 + chance.randrange(105), ",".join(chance.sample(_GENRES, 2))
    yield (
        "title.basics",
        f"{film}\tmovie\t{title}\t{original}\t0\t{year}\t\\N\t{chance.randrange(60, 190)}\t{genre}",
    )
    yield (
        "title.basics",
        f"{other}\ttvEpisode\tEpisode #1.{place}\tEpisode #1.{place}\t0\t{year}\t\\N\t\\N\tComedy",
    )
    yield (
        "title.ratings",
        f"{film}\t{3 + place % 61 / 10:.1f}\t{min(int(5 + chance.paretovariate(0.6)), 3_000_000)}",
    )
    yield "title.crew", f"{film}\tnm{chance.randrange(1, people + 1):07}\t\\N"
    for place_in_cast in range(1, chance.choice((3, 4, 5, 6))):
        actor = f"nm{int(people * chance.random() ** 2) + 1:07}"
        yield "title.principals", f'{film}\t{place_in_cast}\t{actor}\tactor\t\\N\t["Ada"]'
    yield "title.principals", f"{other}\t1\tnm0000001\tactor\t\\N\t\\N"
    for number, region in enumerate(("US", "DE", "FR")[: chance.randrange(4)], 1):
        known = title if region == "US" else f"{title} {region.title()}"
        yield "title.akas", f"{film}\t{number}\t{known}\t{region}\t\\N\timdbDisplay\t\\N\t0"


def vocabulary(chance: random.Random) -> list[str]:
    """Return the words that titles are made of, the frequent ones first."""
    made_up = {
        "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3, 3, 4)))): None
        for _ in range(_VOCABULARY)
    }
    return [*_WORDS, *made_up]


def made_title(words: Sequence[str], chance: random.Random) -> str:
    """Return two or three words, less often one or up to six, as real titles have them."""
    count = chance.choices((1, 2, 3, 4, 5, 6), (11, 30, 31, 17, 8, 3))[0]
    common = 3 if count > 1 else 1.2
    chosen = [words[int(len(words) * chance.random() ** common)] for _ in range(count)]
    if chance.random() < 0.3:
        chosen[0] = "the"
    if count > 3:
        chosen[2] = "of"
    return " ".join(chosen).title()


def _name(number: int) -> str:
    first, last = _WORDS[number % len(_WORDS)], _WORDS[number // len(_WORDS) % len(_WORDS)]
    return f"{first.title()} {last.title()}son {chr(65 + number % 26)}{number // 2_000 or ''}"
