"""Time and memory of an import of IMDb's files, made up in their documented shape.

    python benchmarks/imdb_import.py [--films 1000000] [--files FOLDER_WITH_REAL_FILES] [--keep FOLDER]

The real command runs on a temporary data folder; it is killed on the way once and goes on. The
baseline in the same run is the least that any importer does: unpacking the same files. The data
folder that `--keep` names stays, for `large_shelf.py`.
"""

import argparse
import gzip
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.bot.catalogue.imdb_tables import write_tables  # noqa: E402 - found from here on


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--films", type=int, default=1_000_000)
    parser.add_argument("--files", type=Path, help="folder of real files; made-up ones without it")
    parser.add_argument("--keep", type=Path, help="data folder to make and to leave there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = options.files or write_tables(Path(folder) / "imdb", options.films)
        data = options.keep or Path(folder) / "data"
        began = time.perf_counter()
        size = unpack(files)
        print(f"unpacking alone, {size / 2**20:,.0f} MiB: {time.perf_counter() - began:.1f} s")
        cut_off(files, data)
        measure("import, after the kill", "import", str(files), "--votes", "0", data=data)
        measure("import again", "import", str(files), "--votes", "0", data=data)
        measure("status", "status", data=data)


def command(data: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "adapters.cli.main", "--data", str(data), "catalogue", *arguments]


def cut_off(files: Path, data: Path) -> None:
    """Start an import and kill it while it stores films."""
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        command(data, "import", str(files), "--votes", "0"), cwd=ROOT
    )
    database = data / "matinee.db"
    while process.poll() is None and not (database.exists() and database.stat().st_size > 2**27):
        time.sleep(0.5)
    process.send_signal(signal.SIGKILL)
    process.wait()
    print(f"killed after {time.perf_counter() - began:.1f} s")


def measure(what: str, *arguments: str, data: Path) -> None:
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        command(data, *arguments), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, arguments
    print(
        f"{what:<26}{time.perf_counter() - began:8.1f} s{used.ru_utime + used.ru_stime:8.1f} s of "
        f"processor{used.ru_maxrss / 2**10:8.0f} MiB   {said.splitlines()[0][:90]}"
    )


def unpack(folder: Path) -> int:
    size = 0
    for path in folder.glob("*.gz"):
        with gzip.open(path) as file:
            while chunk := file.read(2**20):
                size += len(chunk)
    return size


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
