"""A host's commands on a PostgreSQL server: backup, put back, doctor, upgrade, move."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from adapters.cli.hosting.backup import make_backup, put_back
from adapters.cli.hosting.doctor import findings
from adapters.cli.hosting.move import move_database
from adapters.cli.hosting.upgrade import upgrade
from adapters.runtime.health_report import Verdict
from adapters.runtime.settings.settings import Secret, Settings
from bot.domain.connections import PlatformConnection
from bot.domain.errors import StoreError, UserError
from db.engines.open import open_store
from tests.db.make import CLUB, NOON, member
from tests.postgresql import PostgresqlServer, programs


@pytest.fixture
def settings(server_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that lead to the server; its programs are on the path."""
    monkeypatch.setenv("PATH", f"{programs()}:{os.environ['PATH']}")
    return Settings(data_dir=tmp_path, database_url=Secret(server_database))


async def _fill(settings: Settings) -> None:
    store = await open_store(settings.database)
    async with store.writing(CLUB) as work:
        await work.members.save(member())
    await store.close()


def _put_back(url: str, file: Path) -> None:
    command = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--dbname", url, str(file)]
    subprocess.run(command, check=True)  # noqa: S603 - as it is advised


async def test_a_backup_holds_every_row_and_is_put_back(
    settings: Settings, tmp_path: Path, server: PostgresqlServer
) -> None:
    await _fill(settings)
    said: list[str] = []
    make_backup(settings, tmp_path / "club.dump", said.append)
    assert re.search(r"\d+ tables", said[0])
    assert (tmp_path / "club.dump").stat().st_mode & 0o077 == 0
    name = server.create()
    try:
        _put_back(server.url(name), tmp_path / "club.dump")
        store = await open_store(server.url(name))
        async with store.reading(CLUB) as work:
            assert await work.members.all() == [member()]
        await store.close()
    finally:
        server.drop(name)
    with pytest.raises(StoreError, match="there already"):
        make_backup(settings, tmp_path / "club.dump", said.append)
    with pytest.raises(UserError, match="pg_restore"):
        await put_back(settings, tmp_path / "club.dump", NOON, said.append)


def test_without_its_programs_a_backup_says_what_to_install(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="postgresql-client"):
        make_backup(settings, tmp_path / "club.dump", print)


def test_programs_older_than_the_server_say_what_to_install(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Debian's pg_dump 15 says it of a server of version 18."""
    (tmp_path / "pg_dump").write_text(
        "#!/bin/sh\n"
        "echo 'pg_dump: error: aborting because of server version mismatch' >&2\n"
        "echo 'pg_dump: detail: server version: 18.4; pg_dump version: 15.16' >&2\n"
        "exit 1\n"
    )
    (tmp_path / "pg_dump").chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(
        StoreError, match=r"18\.4; pg_dump version: 15.*postgresql-client-18.*PATH="
    ):
        make_backup(settings, tmp_path / "club.dump", print)
    assert not list(tmp_path.glob("*club.dump*"))


async def test_the_doctor_looks_at_the_server(settings: Settings) -> None:
    await _fill(settings)
    found = {each.name: each for each in findings(settings, NOON)}
    assert found["database"].verdict is Verdict.OK
    assert "1 members" in found["database"].text
    assert found["policies"].verdict is Verdict.OK
    assert "processes" not in found


async def test_the_doctor_sees_two_processes_with_one_token(settings: Settings) -> None:
    store = await open_store(settings.database)
    for name in ("here:1:a", "there:2:b"):
        await store.connections.note(PlatformConnection("discord:7", name, "", NOON), NOON)
    await store.close()
    found = {each.name: each for each in findings(settings, NOON)}
    assert found["processes"].verdict is Verdict.BAD
    assert "here:1 and there:2" in found["processes"].text


def test_the_doctor_finds_no_server(tmp_path: Path) -> None:
    url = Secret("postgresql://matinee:geheim@127.0.0.1:1/matinee")
    found = {each.name: each for each in findings(Settings(tmp_path, url), NOON)}
    assert found["database"].verdict is Verdict.BAD
    assert "cannot be reached" in found["database"].text
    assert "geheim" not in found["database"].text


async def test_an_upgrade_says_what_it_would_do(settings: Settings, tmp_path: Path) -> None:
    said: list[str] = []
    await upgrade(settings, said.append, check=True)
    assert "Nothing to do" in said[-1]
    empty = Settings(data_dir=tmp_path)
    await upgrade(empty, said.append, check=True)
    assert "no database yet" in said[-1]


async def test_a_club_is_moved_by_its_command(settings: Settings, tmp_path: Path) -> None:
    await _fill(settings)
    said: list[str] = []
    await move_database(settings, f"sqlite:///{tmp_path / 'file.db'}", said.append)
    assert "both sides are equal" in "".join(said)
    with pytest.raises(UserError, match="in use"):
        await move_database(settings, settings.database, said.append)


@pytest.mark.parametrize("where", ["file", "server"])
async def test_where_nothing_is_nothing_is_moved(
    tmp_path: Path, where: str, server: PostgresqlServer
) -> None:
    name = server.create()
    try:
        url = Secret(server.url(name)) if where == "server" else None
        with pytest.raises(UserError, match=r"no database at .*--data FOLDER move"):
            await move_database(
                Settings(tmp_path / "none", url), f"sqlite:///{tmp_path / 'file.db'}", print
            )
    finally:
        server.drop(name)
    assert list(tmp_path.iterdir()) == []
