"""An upgrade without a pause: the former version answers while the next one migrates, and beside it afterwards.

The next version here is this one with one more migration, which does all that a migration may do. At length, where
the history is at hand, the former version is the last commit whose schema was another one.
"""

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from db.migrations import SCHEMA
from tests.postgresql import PostgresqlServer
from tests.rows import stored

ROOT = Path(__file__).parents[2]
LOAD = Path(__file__).with_name("rolling_load.py").read_text("utf-8")
MIGRATE = """
import asyncio, sys
from db.engines.open import open_store
print(flush=True)
sys.stdin.readline()
asyncio.run(open_store(sys.argv[1]))
"""

NEXT = '''"""One of each: what the next version may add."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{former}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table, and columns and an index to tables that every command uses."""
    op.create_table(
        "later",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("club_id", "name", name="pk_later"),
        sqlite_strict=True,
    )
    for table in ("reviews", "members", "clubs", "receipts", "deliveries"):
        op.add_column(table, sa.Column("later", sa.Text(), nullable=True))
        op.add_column(table, sa.Column("mood", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_reviews_later", "reviews", ["club_id", "later"])
'''


@pytest.fixture(scope="session")
def next_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the next version: this one, with one more migration."""
    folder = tmp_path_factory.mktemp("next")
    for each in ("adapters", "bot", "recommender", "tests"):
        (folder / each).symlink_to(ROOT / each)
    shutil.copytree(ROOT / "db", folder / "db", ignore=shutil.ignore_patterns("__pycache__"))
    migrations = folder / "db" / "migrations"
    (migrations / "versions" / "v9999_later.py").write_text(NEXT.format(former=SCHEMA))
    known = migrations / "__init__.py"
    known.write_text(known.read_text().replace(f'SCHEMA = "{SCHEMA}"', 'SCHEMA = "9999"'))
    return folder


@contextmanager
def _former(folder: Path) -> Iterator[Path]:
    """Check out the last commit whose schema was another one; skip where the history is not at hand."""

    def git(*words: str) -> str:
        done = subprocess.run(  # noqa: S603 - our own words
            ["git", *words],  # noqa: S607 - whichever it is
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    newest = max((ROOT / "db" / "migrations" / "versions").glob("v*.py"))
    added = git("log", "--format=%H", "--diff-filter=A", "--", str(newest))
    commit = git("rev-parse", "--verify", "--quiet", f"{added}~1") if added else ""
    if not commit:
        pytest.skip("the history of this checkout does not reach the former schema")
    git("worktree", "add", "--detach", str(folder), commit)
    try:
        yield folder
    finally:
        git("worktree", "remove", "--force", str(folder))


@pytest.fixture(params=["file", "server"])
def either_new(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of a database without tables, on each engine in turn."""
    if request.param == "file":
        yield f"sqlite:///{tmp_path / 'matinee.db'}"
        return
    server: PostgresqlServer = request.getfixturevalue("server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


class Process:
    """A process of some version: it loads, and begins on a word."""

    def __init__(self, running: asyncio.subprocess.Process) -> None:
        """Read what it prints."""
        self._running = running

    async def loaded(self) -> None:
        """Wait until it has imported what it needs."""
        await self.answers(1)

    def begin(self) -> None:
        """Let it begin."""
        assert self._running.stdin is not None
        self._running.stdin.write(b"\n")

    async def answers(self, many: int) -> None:
        """Wait until it has answered so many more."""
        assert self._running.stdout is not None
        for _ in range(many):
            line = await self._running.stdout.readline()
            assert line, "it has ended"

    async def ended(self) -> bytes:
        """Wait for its good end; return what else it printed."""
        out, _ = await self._running.communicate()
        assert self._running.returncode == 0
        return out

    async def end(self) -> list[str]:
        """Let it finish; return its faults."""
        assert self._running.stdin is not None
        self._running.stdin.close()
        out = await self.ended()
        faults: list[str] = json.loads(out.splitlines()[-1])
        return faults


@asynccontextmanager
async def _running(version: Path, program: str, *given: str) -> AsyncIterator[Process]:
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program, *given),
        cwd=version,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Process(running)
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()


async def _roll(url: str, former: Path, later: Path, *, many: int, pause: float) -> None:
    """Upgrade under load; no command may notice. All is loaded before: that is no load on the database."""
    load = LOAD, url, str(pause)
    async with (
        _running(former, *load) as one,
        _running(former, *load) as two,
        _running(later, *load) as three,
        _running(later, MIGRATE, url) as migrating,
    ):
        await asyncio.gather(*(each.loaded() for each in (one, two, three, migrating)))
        one.begin()
        two.begin()
        await asyncio.gather(one.answers(many), two.answers(many))
        migrating.begin()
        await migrating.ended()
        await asyncio.gather(one.answers(many), two.answers(many))
        three.begin()
        await asyncio.gather(*(each.answers(many) for each in (one, two, three)))
        assert await asyncio.gather(*(each.end() for each in (one, two, three))) == [[], [], []]


async def test_commands_are_answered_while_the_next_version_migrates(
    either_new: str, next_version: Path
) -> None:
    await _roll(either_new, ROOT, next_version, many=12, pause=0.5)
    assert stored(either_new, "SELECT version_num FROM alembic_version") == [("9999",)]


@pytest.mark.long
async def test_the_former_commit_and_this_one_work_on_one_database(
    either_new: str, tmp_path: Path
) -> None:
    with _former(tmp_path / "former") as former:
        await _roll(either_new, former, ROOT, many=1_000, pause=0)
    assert stored(either_new, "SELECT version_num FROM alembic_version") == [(SCHEMA,)]
