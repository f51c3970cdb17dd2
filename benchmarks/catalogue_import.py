"""Time and memory of an import, quality of its merging, time to the first answer after it.

    python benchmarks/catalogue_import.py [--data FOLDER]

Each step runs the real command on a temporary data folder. Both processor time and wall time are
printed, since other work on the machine lengthens only the latter. The baseline in the same run is
the least that any importer does: parsing the same files with `json`.
"""

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.catalogue.importing.files.reader import files_at
from bot.catalogue.importing.matching.duplicates import DuplicateFinder, Offered
from bot.catalogue.importing.movielens import movielens_films
from bot.catalogue.starter import starter_films

ROOT = Path(__file__).parents[1]
MADE_UP = 36_000


@dataclass(frozen=True)
class Cost:
    """Cost of one command: wall time and processor time in seconds, peak memory in MiB."""

    wall: float
    processor: float
    memory: float
    output: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of data sets; made-up films without it")
    data = parser.parse_args().data
    with tempfile.TemporaryDirectory() as folder:
        if data is None:
            films, ratings = made_up(Path(folder) / "films"), None
            print(f"{MADE_UP:,} made-up films")
        else:
            films, ratings = data / "wikipedia-films", data / "movielens-small"
        measure(films, ratings, Path(folder) / "data")
    if ratings:
        print_merging(ratings)


def measure(films: Path, ratings: Path | None, folder: Path) -> None:
    def run(what: str, *arguments: str) -> None:
        cost = timed("--data", str(folder), *arguments)
        says = cost.output.strip().splitlines()[:1]
        print(
            f"{what:<34}{cost.wall:8.1f} s{cost.processor:8.1f} s{cost.memory:8.0f} MiB   "
            f"{says[0][:70] if says else ''}"
        )

    print(f"{'':<34}{'clock':>10}{'processor':>10}{'memory':>12}")
    run("a start with the starter alone", "chat", "/help")
    began = time.process_time()
    count = parse(films)
    print(
        f"{'json alone, ' + format(count, ',') + ' films':<43}{time.process_time() - began:9.1f} s"
    )
    run("import", "catalogue", "import", str(films))
    run("import again", "catalogue", "import", str(films))
    if ratings:
        run("import MovieLens", "catalogue", "import", str(ratings))
    run("rebuild", "catalogue", "rebuild")
    for _ in range(3):
        run("a start, and an answer", "chat", "/review the grudge")
    one = {"title": "A Film Nobody Knew", "year": 2023, "extract": "It is new.", "href": "New"}
    (folder / "one.json").write_text(json.dumps([one]), "utf-8")
    run("import of one film more", "catalogue", "import", str(folder / "one.json"))
    run("the next start, and an answer", "chat", "/review a film nobody knew")


def timed(*arguments: str) -> Cost:
    """Run `matinee` and measure it alone."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "adapters.cli.main", *arguments], cwd=ROOT, stdout=output
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, arguments
        output.seek(0)
        said = output.read()
    scale = 2**10 if sys.platform != "darwin" else 2**20
    return Cost(
        time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / scale, said
    )


def parse(folder: Path) -> int:
    return sum(len(json.loads(gzip.decompress(path.read_bytes()))) for path in paths(folder))


def paths(folder: Path) -> Iterable[Path]:
    return sorted(folder.glob("*.json.gz"))


def made_up(folder: Path) -> Path:
    """Write a list of made-up films."""
    folder.mkdir()
    films = [
        {
            "title": f"Film {number} of the {number % 97}th Day",
            "year": 1930 + number % 90,
            "cast": [f"Name {number % 5_000}", f"Other {number % 3_001}"],
            "genres": ["Drama"],
            "href": f"Film_{number}",
            "extract": f"It is a film directed by Ada {chr(65 + number % 26)}. Lund. " * 5,
        }
        for number in range(MADE_UP)
    ]
    (folder / "films.json.gz").write_bytes(gzip.compress(json.dumps(films).encode()))
    return folder


def print_merging(ratings: Path) -> None:
    """Hide the ids of both sides, merge by title and year, and let the ids judge."""
    starter = list(starter_films())
    truth = {film.imdb_id: film.film_id for film in starter if film.imdb_id}
    ours = set(truth.values())
    bare = DuplicateFinder(replace(film, imdb_id=None, tmdb_id=None) for film in starter)
    there = found = right = 0
    for each in movielens_films(files_at(ratings)):
        if isinstance(each, Offered):
            film = replace(each.film, imdb_id=None, tmdb_id=None)
            match = bare.match(film, namesake=each.namesake)
            expected = truth.get(each.film.imdb_id or "")
            there += expected is not None
            found += match in ours
            right += match is not None and match == expected
    print(
        f"merging without ids, judged by ids: precision {right / found:.4f} ({right}/{found}), "
        f"recall {right / there:.4f} ({right}/{there})"
    )


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
