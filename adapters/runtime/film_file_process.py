"""Process that reads one file of films from standard input, and writes what it holds as JSON.

The first line is `read` or `refused`; after `refused` comes the reason.
"""

import json
import resource
import sys

from bot.catalogue.importing.files import UnreadableFile
from bot.domain.imports import FilmFile
from bot.transfer.reading import read_file
from bot.transfer.serial import file_to_text

MOST_BYTES = 256 * 1024**2
MOST_SECONDS = 20


def _read(name: str) -> FilmFile:
    columns = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
    return read_file(sys.stdin.buffer.read(), name, columns=columns)


def main() -> None:
    """Read, within the limits on memory and processor time."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream here
    try:
        answer = f"read\n{file_to_text(_read(sys.argv[1]))}"
    except UnreadableFile as error:
        answer = f"refused\n{str(error).removeprefix(f'{sys.argv[1]}: ')}"
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
