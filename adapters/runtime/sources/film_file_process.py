"""Process that reads one file of films from standard input, and writes what it holds as JSON.

The first line is `read` or `refused`; after `refused` comes the reason.
"""

import json
import resource
import sys

from bot.catalogue.importing.files.reader import UnreadableFile
from bot.ports.film_files import Columns
from bot.transfer.reading import read_file
from bot.transfer.serial import file_to_text

MOST_BYTES = 256 * 1024**2
MOST_SECONDS = 20


def bound(seconds: int = MOST_SECONDS) -> None:
    """Limit this process: its memory, its processor time, and that it writes no file."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answer(data: bytes, name: str, columns: Columns) -> str:
    """Return what is written about a file."""
    try:
        return f"read\n{file_to_text(read_file(data, name, columns=columns))}"
    except UnreadableFile as error:
        return f"refused\n{str(error).removeprefix(f'{name}: ')}"


def main() -> None:
    """Read the file of standard input, within the limits."""
    bound()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream here
    columns = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
    sys.stdout.write(answer(sys.stdin.buffer.read(), sys.argv[1], columns))


if __name__ == "__main__":
    main()
