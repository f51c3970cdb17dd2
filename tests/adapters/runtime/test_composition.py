"""Composition: quick when nothing has changed, sound when a file was damaged."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from adapters.console.output.messenger import ConsoleMessenger, SentLog
from adapters.console.output.writers import JsonOutput
from adapters.runtime.composition import INDEX, open_application
from adapters.runtime.process.clock import MachineClock, RandomIds
from adapters.runtime.settings.settings import Settings
from bot.catalogue.starter import SOURCE, starter_digest, starter_films
from bot.domain.ids import FilmId
from tests.adapters.conftest import Say, surroundings
from tests.generated import NOON

HEAVY = ("aiohttp", "sklearn", "alembic", "prompt_toolkit", "rich.markdown", "hypothesis", "pytest")


def _messenger(folder: Path) -> ConsoleMessenger:
    return ConsoleMessenger("demo", SentLog(folder / "said.txt"), JsonOutput(lambda _: None))


async def test_a_second_start_builds_nothing(data: Path, say: Say) -> None:
    before = (data / INDEX).stat()
    await say("/help")
    after = (data / INDEX).stat()

    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


async def test_a_damaged_index_is_built_again(data: Path, say: Say) -> None:
    sound = (data / INDEX).read_bytes()
    (data / INDEX).write_bytes(sound[: len(sound) // 2] + b"\0" * 64)

    assert "If you liked Weekend" in await say("/recommend like Weekend")
    assert (data / INDEX).read_bytes() == sound


async def test_the_catalogue_is_loaded_once(data: Path) -> None:
    settings, clock = Settings(data_dir=data), MachineClock(NOON)
    films = {film.film_id: film for film in starter_films()}
    weekend = films[FilmId("weekend-2011")]
    changed = replace(weekend, logline="Changed since the start.")

    async with open_application(settings, _messenger(data), clock) as running:
        catalogue = running.store.catalogue
        assert await catalogue.loaded(SOURCE) == starter_digest()
        assert {film.film_id: film async for film in catalogue.all()} == films
        await catalogue.put([changed], source="elsewhere", digest="1")

    async with open_application(settings, _messenger(data), clock) as running:
        catalogue = running.store.catalogue
        assert (await catalogue.many(films)) == {
            **films,
            weekend.film_id: changed,
        }  # the starter is not imported again
        await catalogue.put([], source=SOURCE, digest="of an older version")

    async with open_application(settings, _messenger(data), clock) as running:
        catalogue = running.store.catalogue
        assert await catalogue.loaded(SOURCE) == starter_digest()
        assert await catalogue.many(films) == films  # the starter is imported again


async def test_a_new_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    ids = RandomIds()
    async with open_application(
        Settings(data_dir=folder), _messenger(tmp_path), MachineClock(NOON), ids=ids
    ) as app:
        assert app.ids is ids
    assert folder.stat().st_mode & 0o077 == 0


def test_an_answer_loads_nothing_heavy_that_it_does_not_need(data: Path) -> None:
    code = (
        "import sys; from adapters.cli.main import main; "
        f"code = main(['--data', {str(data)!r}, 'chat', '/review Weekend']); "
        f"print([each for each in {HEAVY!r} if each in sys.modules], file=sys.stderr); "
        "sys.exit(code)"
    )
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        env=surroundings(),
        timeout=120,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "[]\n")
    assert "Weekend (2011)" in done.stdout
