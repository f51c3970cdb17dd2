"""The process that reads files of films: it answers like the reader, and can only end itself."""

import asyncio

import pytest

from adapters.runtime.sources.film_files import ProcessReader
from bot.catalogue.importing.files.reader import UnreadableFile
from bot.transfer.reading import read_file

TABLE = b"Title,Year,Rating\nAm\xc3\xa9lie,2001,4\n"


@pytest.fixture
def reader() -> ProcessReader:
    return ProcessReader(asyncio.Semaphore(2))


async def test_it_reads_what_the_reader_reads(reader: ProcessReader) -> None:
    assert await reader.read(TABLE, "ratings.csv") == read_file(TABLE, "ratings.csv")


@pytest.mark.parametrize("name", ["x.csv", "\ud800\0x.csv", "--help", "naïve.csv"])
async def test_it_refuses_with_the_readers_words(reader: ProcessReader, name: str) -> None:
    with pytest.raises(UnreadableFile, match="no films"):
        await reader.read(b"Colour\nred\n", name)


async def test_a_file_that_needs_too_much_memory_ends_its_process_alone(
    reader: ProcessReader,
) -> None:
    lists = b"[" + b"[]," * 6_000_000 + b"[]]"
    with pytest.raises(UnreadableFile, match="memory or time"):
        await reader.read(lists, "x.json")
    assert (await reader.read(TABLE, "ratings.csv")).entries


async def test_a_file_that_takes_too_long_is_given_up() -> None:
    reader = ProcessReader(asyncio.Semaphore(1), seconds=0.001)
    with pytest.raises(UnreadableFile, match="memory or time"):
        await reader.read(TABLE, "ratings.csv")
