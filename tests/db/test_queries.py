"""Query plans: statements use indexes; a claim does not read more where more is due."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.domain.clubs.club import Club, MarkKind
from bot.domain.deliveries import Failed, Outcome, Purpose, Retry, Sent, Unknown
from bot.domain.films.calendar_events import CalendarEvent
from bot.domain.films.film import ReleaseKind
from bot.domain.ids import DeliveryId, DraftId, ReminderId, ReviewId
from bot.ports.store import Store
from db.engines.open import open_store
from tests.db.make import (
    ANA,
    CLUB,
    FILM,
    LEASE,
    NOON,
    PLACE,
    delivery,
    draft,
    film,
    later,
    mark,
    member,
    release,
    reminder,
    review,
)

Ran = list[tuple[str, Any]]


@contextmanager
def _recorded() -> Iterator[Ran]:
    """Collect the executed statements with their values."""
    ran: Ran = []

    def note(_c: Any, _cur: Any, statement: str, values: Any, _ctx: Any, many: bool) -> None:  # noqa: ANN401 - SQLAlchemy's signature
        ran.append((statement, values[0] if many else values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def _use_everything(store: Store) -> None:  # noqa: PLR0915 - one line a method
    """Call every method of every port."""
    own = film("own", club_id=CLUB, releases=(release("2026-05-01"),))
    await store.catalogue.put([film(releases=(release("2026-05-01"),))], source="s", digest="1")
    async with store.writing(CLUB) as work:
        await work.clubs.save(Club(CLUB))
        await work.members.save(member())
        await work.members.get(ANA)
        await work.members.named("ana")
        await work.members.all()
        await work.films.save(own)
        await work.films.many([FILM])
        await work.films.own()
        await work.films.releases("GB", date(2026, 1, 1), date(2026, 9, 9))
        await work.films.within(first_year=1990, last_year=2020, max_minutes=100)
        await work.reviews.save(review())
        await work.reviews.save(review())
        await work.reviews.get(ReviewId("r1"))
        await work.reviews.by(ANA, FILM)
        await work.reviews.by_critic("N. Roper", FILM)
        await work.reviews.of_film(FILM)
        await work.reviews.of_member(ANA)
        await work.reviews.films()
        await work.reviews.changed_since(0)
        await work.reviews.versions(ReviewId("r1"))
        await work.reviews.touch(ANA)
        await work.reviews.restore_previous(ReviewId("r1"))
        await work.marks.put(mark())
        await work.marks.of([ANA])
        await work.marks.remove(ANA, FILM, MarkKind.SEEN)
        await work.reminders.save(reminder())
        await work.reminders.get(ReminderId("m1"))
        await work.reminders.of_member(ANA)
        await work.reminders.due(PLACE, NOON)
        await work.reminders.movable(NOON.date())
        await work.reminders.mark_delivered()
        await work.drafts.put(draft())
        await work.drafts.get(DraftId("t1"))
        await work.drafts.of(ANA)
        await work.drafts.remove(DraftId("t1"))
        await work.receipts.put("q1", "x", NOON)
        await work.receipts.get("q1")
        for number in range(6):
            await work.deliveries.plan(delivery(f"d{number}"))
        await work.deliveries.cancel(Purpose.REMINDER, "about d5")
        await work.deliveries.cancel(Purpose.REMINDER, "about d5", NOON)
        await work.deliveries.of(Purpose.REMINDER, "about d5")
        await work.deliveries.get(Purpose.REMINDER, "about d5", NOON)
        await work.calendar.save(CalendarEvent(CLUB, FILM, "GB", ReleaseKind.CINEMA, NOON.date()))
        await work.calendar.exported("GB", NOON.date())
    await _use_outbox(store)
    await store.purge_receipts(NOON)
    await store.catalogue.digest()
    await store.catalogue.many([FILM])
    assert [each async for each in store.catalogue.all()]
    assert [each async for each in store.catalogue.without_imdb()]
    await store.catalogue.by_imdb(["tt0000001"])


async def _use_outbox(store: Store) -> None:
    await store.outbox.claim("me", NOON, LEASE, 10)
    await store.outbox.renew("me", [DeliveryId("d0")], later(99))
    outcomes: list[Outcome] = [
        Sent("m"),
        Retry(later(9), "busy"),
        Unknown("cut off"),
        Failed("gone"),
    ]
    for number, outcome in enumerate(outcomes):
        assert await store.outbox.settle("me", DeliveryId(f"d{number}"), outcome, NOON)
    assert await store.outbox.release("me") == 1


def _whole_tables_read(path: Path, ran: Ran) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        tables = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        }
        return {
            f"{detail} in {statement}"
            for statement, values in ran
            if not statement.startswith(("BEGIN", "PRAGMA"))
            for *_, detail in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            if detail.startswith("SCAN") and detail.split()[1] in tables
        }


async def test_no_query_reads_a_whole_table(database: str) -> None:
    store = await open_store(database)
    with _recorded() as ran:
        await _use_everything(store)
    await store.close()
    assert len(ran) > 60
    assert _whole_tables_read(Path(database.removeprefix("sqlite:///")), ran) == set()


async def test_films_are_found_by_their_number_among_a_million(database: str) -> None:
    """Each page and each lookup reads an index down to the number, not all shared films."""
    store = await open_store(database)
    with _recorded() as ran:
        await store.catalogue.by_imdb(["tt0000001", "tt0000002"])
        assert not [each async for each in store.catalogue.without_imdb()]
    await store.close()
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
        plans = [
            connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            for statement, values in ran
            if "imdb_id" in statement and "WHERE" in statement
        ]
    used = [[detail for *_, detail in plan] for plan in plans]
    assert len(used) == 2
    for details in used:
        (only,) = details  # and no sorting
        assert "ix_films_imdb (club_id=? AND imdb_id=?" in only


def test_a_query_that_reads_a_whole_table_would_be_found(database: str) -> None:
    path = Path(database.removeprefix("sqlite:///"))
    assert _whole_tables_read(path, [("SELECT * FROM deliveries WHERE attempts > ?", [1])])


@pytest.fixture
async def crowd(database: str) -> AsyncIterator[Callable[[int], Store]]:
    """Return a way to fill the outbox with deliveries of 50 clubs: most done or far off."""
    store = await open_store(database)

    def fill(many: int) -> Store:
        with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
            connection.executescript(_CROWD.format(many=many, now=int(NOON.timestamp() * 1e6)))
        return store

    yield fill
    await store.close()


_CROWD = """
BEGIN;
DELETE FROM deliveries; DELETE FROM turns;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {many} - 1)
INSERT INTO deliveries
    (delivery_id, club_id, purpose, subject, place, due_at, state, attempts, ready_at)
SELECT 'd' || i, 'c' || (i % 50), 'reminder', 's' || i, 'p', {now},
    CASE WHEN i % 4 < 2 THEN 'sent' ELSE 'planned' END, 0,
    CASE WHEN i % 4 < 2 THEN NULL WHEN i % 4 = 2 THEN {now} - i ELSE {now} + 3600000000 + i END
FROM n;
INSERT INTO turns SELECT club_id, min(ready_at), 0 FROM deliveries
    WHERE ready_at IS NOT NULL GROUP BY club_id;
COMMIT;
"""


def _steps(path: Path, ran: Ran) -> int:
    """Count the instructions that SQLite's machine carries out."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.set_progress_handler(step, 1)
        for statement, values in ran:
            if statement.startswith("BEGIN"):
                connection.rollback()
            connection.execute(statement, values).fetchall()
    return count


async def test_a_claim_does_no_more_work_when_there_are_more_deliveries(
    database: str, crowd: Callable[[int], Store]
) -> None:
    work = []
    for many in (2_000, 40_000):
        store = crowd(many)
        with _recorded() as ran:
            assert len(await store.outbox.claim("me", NOON, LEASE, 10)) == 10
        crowd(many)
        work.append(_steps(Path(database.removeprefix("sqlite:///")), ran))
    assert work[0] > 1_000
    assert work[1] < work[0] * 1.2


async def test_clubs_already_served_wait_for_the_others(crowd: Callable[[int], Store]) -> None:
    store = crowd(4_000)
    first, second = [await store.outbox.claim("me", NOON, LEASE, 10) for _ in range(2)]
    assert len({each.club_id for each in first}) == 10
    assert not {each.club_id for each in first} & {each.club_id for each in second}
