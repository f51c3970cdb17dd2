"""Backups of a database on a server, by PostgreSQL's own `pg_dump`, which must be on the machine."""

import os
import subprocess
from pathlib import Path

from sqlalchemy.engine import URL

from bot.domain.errors import StoreError
from db.engines.postgresql.roles import OWNER_SETTING

RESTORING = "pg_restore --clean --if-exists --no-owner --dbname matinee"
"""How such a file is put back, as its owner, into a database that may be empty."""

_OLDER = "server version mismatch"
_NEWER = (
    "Install the client programs of the server's version (such as postgresql-client-18), and let their folder come "
    "first: PATH=/usr/lib/postgresql/18/bin:$PATH matinee backup FILE"
)


def dump(url: URL, target: Path) -> int:
    """Save the database in `target`, and read its list of contents; return its number of tables. StoreError.

    The copy is of one instant, and appears whole or not at all.
    """
    if target.exists():
        raise StoreError(f"{target} is there already. Choose another name.", retry=False)
    part = target.with_name(f".{target.name}.part")
    try:
        _run(
            "pg_dump",
            *("--format=custom", "--enable-row-security", f"--file={part}"),
            f"--dbname={_bare(url)}",
            url=url,
        )
        listed = _run("pg_restore", "--list", str(part), url=url)
        part.chmod(0o600)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return sum(" TABLE DATA " in line for line in listed.splitlines())


def _bare(url: URL) -> str:
    """Return the URL as PostgreSQL's programs read it, without the password: others may see arguments."""
    bare = url.set(drivername="postgresql")._replace(password=None)
    return bare.render_as_string()


def _run(program: str, *arguments: str, url: URL) -> str:
    """Run one of PostgreSQL's programs as the tables' owner, who sees all rows; return what it prints."""
    environment = {**os.environ, "PGOPTIONS": f"-c {OWNER_SETTING}=on", "LC_ALL": "C"}
    if url.password is not None:
        environment["PGPASSWORD"] = str(url.password)
    try:
        done = subprocess.run(  # noqa: S603 - no shell, our own arguments
            [program, *arguments], env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise StoreError(
            f"{program} is not on this machine. Install PostgreSQL's client programs "
            "(postgresql-client), of the server's version or newer.",
            retry=False,
        ) from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["it does not say why"]
        if _OLDER in done.stderr:
            raise StoreError(f"{' '.join(lines)}. {_NEWER}", retry=False)
        raise StoreError(f"{program} failed: {lines[0]}", retry=False)
    return done.stdout
