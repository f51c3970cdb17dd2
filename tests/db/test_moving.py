"""A whole database moved to the other engine and back: equal, resumed where it was cut off."""

from pathlib import Path

import pytest

from bot.domain.errors import StoreError
from bot.domain.ids import ClubId
from db.engines.moving import MovedTable, move
from db.engines.open import open_store
from db.store import SqlStore
from db.transactions import Across
from tests.db.make import (
    CLUB,
    NOON,
    OTHER,
    delivery,
    draft,
    film,
    mark,
    member,
    release,
    reminder,
    review,
)


async def _fill(store: SqlStore) -> None:
    days = (release("2026-05-01"),)
    shared = [film(f"f{number:04}", releases=days) for number in range(1_100)]
    await store.catalogue.put(shared, source="starter", digest="1")
    for club in (CLUB, OTHER):
        async with store.writing(club) as work:
            for name in ("Ana", "Bén 🎬", "Zoë"):
                await work.members.save(member(f"console:{name}", name, club_id=club))
            await work.reviews.save(review(club_id=club, text="one"))
            await work.reviews.save(review(club_id=club, text="two\u2028lines", private=True))
            await work.marks.put(mark())
            await work.films.save(film("own", club_id=club))
            await work.reminders.save(reminder(club_id=club, day=NOON.date(), due_at=NOON))
            await work.deliveries.plan(delivery(f"d-{club}", club_id=club))
            await work.drafts.put(draft(button=True))
            await work.receipts.put("q", "saved", NOON)


async def _move(source: str, target: str) -> tuple[MovedTable, ...]:
    here, there = await open_store(source), await open_store(target)
    try:
        said: list[str] = []
        done: list[tuple[int, int]] = []
        moved = await move(
            *(here.transactions, there.transactions, "origin", said.append),
            lambda _, rows, total: done.append((rows, total)),
        )
        assert len(said) == len(moved)
        assert done == sorted(done)  # never back, and never past the end
        assert done[0][0] < done[-1][0] <= done[-1][1]
        assert len({total for _, total in done}) == 1
        return tuple(moved)
    finally:
        await here.close()
        await there.close()


async def test_there_and_back_all_is_equal(
    database: str, server_database: str, tmp_path: Path
) -> None:
    store = await open_store(database)
    await _fill(store)
    await store.close()
    there = await _move(database, server_database)
    back = await _move(server_database, f"sqlite:///{tmp_path / 'back.db'}")
    assert there == back
    counts = {each.name: each.count for each in there}
    assert counts["films"] == 1_102
    assert counts["members"] == 6
    assert counts["review_versions"] >= 2
    moved = await open_store(server_database)
    async with moved.writing(CLUB) as work:  # it goes on working there
        assert (await work.reviews.save(review("r2", critic="N. Roper"))).revision == 3
    await moved.close()


async def test_a_move_that_was_cut_off_goes_on(database: str, server_database: str) -> None:
    store = await open_store(database)
    await _fill(store)
    there = await open_store(server_database)

    def stop(text: str) -> None:
        if text.startswith("films"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await move(store.transactions, there.transactions, "origin", stop)
    with pytest.raises(StoreError, match="not empty"):
        await move(store.transactions, there.transactions, "another origin", print)
    await move(store.transactions, there.transactions, "origin", print)
    await store.close()
    await there.close()


async def test_a_database_in_use_is_not_moved_to(database: str, server_database: str) -> None:
    store, there = await open_store(database), await open_store(server_database)
    async with there.writing(ClubId("console:theirs")) as work:
        await work.reviews.save(review(club_id=ClubId("console:theirs")))
    with pytest.raises(StoreError, match="not empty"):
        await move(store.transactions, there.transactions, "origin", print)
    async with there.transactions.read(Across.HOST) as connection:
        assert (await connection.exec_driver_sql("SELECT count(*) FROM reviews")).scalar_one() == 1
    await store.close()
    await there.close()
