"""Reading of members' files in a process of its own, bounded in memory and time."""

import asyncio
import json
import sys
from contextlib import suppress
from dataclasses import dataclass

from bot.catalogue.importing.files.reader import UnreadableFile
from bot.domain.imports import FilmFile
from bot.ports.film_files import NO_COLUMNS, Columns
from bot.transfer.serial import file_from_text

SECONDS = 20.0
"""Longest time for one file."""

AT_ONCE = 2
"""Files read at a time; others wait."""

_TOO_MUCH = "it takes too much memory or time to read. Send it in smaller parts."


@dataclass(frozen=True, slots=True)
class ProcessReader:
    """Implements `bot.ports.FilmFileReader` in a process, which a hostile file can only end."""

    places: asyncio.Semaphore
    seconds: float = SECONDS

    async def read(self, data: bytes, name: str, columns: Columns = NO_COLUMNS) -> FilmFile:
        """Return the films of a file. Raises UnreadableFile."""
        async with self.places:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-P", "-m", "adapters.runtime.sources.film_file_process"),
                name.encode("utf-8", "replace").replace(b"\0", b""),
                json.dumps(dict(columns)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
            try:
                async with asyncio.timeout(self.seconds):
                    written, _ = await process.communicate(data)
            except TimeoutError as error:
                raise UnreadableFile(name, _TOO_MUCH) from error
            finally:
                if process.returncode is None:
                    with suppress(ProcessLookupError):
                        process.kill()
                    await process.wait()
        first, _, rest = written.decode("utf-8", "replace").partition("\n")
        if process.returncode != 0 or first not in {"read", "refused"}:
            raise UnreadableFile(name, _TOO_MUCH)
        if first == "refused":
            raise UnreadableFile(name, rest)
        return await asyncio.to_thread(file_from_text, rest)
