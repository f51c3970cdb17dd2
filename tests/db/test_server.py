"""PostgreSQL alone: roles, row-level security, schema; what each transaction may touch."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Delete, Engine, Select, Update, event, true
from sqlalchemy.sql.elements import BinaryExpression, ColumnClause
from sqlalchemy.sql.visitors import replacement_traverse

from bot.domain.deliveries import Purpose
from bot.domain.errors import StoreError
from bot.domain.ids import ClubId, FilmId, PlaceId, ReviewId
from db.engines.open import open_store
from db.engines.postgresql import preparing
from db.engines.postgresql.roles import ROLES
from db.schema import metadata
from db.store import SqlStore
from db.transactions import Across
from tests.db.guard import unguarded
from tests.db.make import (
    ANA,
    BEN,
    CLUB,
    NOON,
    OTHER,
    delivery,
    draft,
    mark,
    member,
    reminder,
    review,
)
from tests.db.make import film as make_film
from tests.postgresql import PostgresqlServer
from tests.rows import stored

CLUBS = [CLUB, OTHER, ClubId("console:third")]


async def _open(url: str) -> SqlStore:
    return await open_store(url)


def test_every_table_of_clubs_is_behind_forced_policies(server_database: str) -> None:
    rows = stored(
        server_database,
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    )
    secured = {name for name, enabled, forced in rows if enabled and forced}
    assert secured == set(metadata.tables)
    policies = stored(
        server_database, "SELECT tablename, policyname, qual, with_check FROM pg_policies"
    )
    own = "(club_id = current_setting('matinee.club'::text, true))"
    of_clubs = {name for name, table in metadata.tables.items() if "club_id" in table.c}
    assert {(name, own, own) for name in of_clubs} == {
        (name, using, check) for name, policy, using, check in policies if policy == "own"
    }


def test_the_roles_own_nothing_and_cannot_pass_by(server_database: str) -> None:
    names = ", ".join(f"'matinee_{role}'" for role in ROLES)
    rights = "rolcanlogin, rolsuper, rolbypassrls, rolcreaterole"
    query = f"SELECT {rights} FROM pg_roles WHERE rolname IN ({names})"  # noqa: S608 - our own names
    roles = stored(server_database, query)
    assert roles == [(False, False, False, False)] * len(ROLES)
    owned = f"SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) IN ({names})"  # noqa: S608 - our own names
    assert stored(server_database, owned) == []


def test_text_sorts_by_code_points_and_numbers_are_wide(server_database: str) -> None:
    columns = stored(
        server_database,
        "SELECT table_name, column_name, data_type, collation_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name <> 'alembic_version'",
    )
    assert {collation for _, _, kind, collation in columns if kind == "text"} == {"C"}
    known = {"text", "integer", "bigint", "boolean", "double precision"}
    assert {kind for _, _, kind, _ in columns} <= known
    built = {(table, name) for table, name, _, _ in columns}
    assert built == {(t.name, c.name) for t in metadata.tables.values() for c in t.columns}


async def test_a_statement_without_its_club_sees_no_row(server_database: str) -> None:
    store = await _open(server_database)
    await _fill(store)
    tables = [table for table in metadata.sorted_tables if "club_id" in table.c]
    async with store._transactions.read(CLUB) as connection:
        for table in tables:
            every = table.select().execution_options(across_clubs=True)
            seen = {row.club_id for row in await connection.execute(every)}
            assert seen <= {CLUB, "", None}, table.name
    for whose in (ClubId("console:nobody"), Across.OUTBOX):
        async with store._transactions.read(whose) as connection:
            every = metadata.tables["members"].select().execution_options(across_clubs=True)
            if whose is Across.OUTBOX:
                with pytest.raises(StoreError):  # it has no business there at all
                    await _all(store, whose, every)
            else:
                assert (await connection.execute(every)).all() == []
    await store.close()


async def _all(store: SqlStore, whose: ClubId | Across, statement: Any) -> list[Any]:  # noqa: ANN401 - any statement
    async with store._transactions.read(whose) as connection:
        return list(await connection.execute(statement))


def test_whoever_takes_on_no_role_sees_no_row(
    server: PostgresqlServer, server_database: str
) -> None:
    with server.admin(server_database.split("/")[3].split("?", maxsplit=1)[0]) as admin:
        admin.execute("INSERT INTO marks VALUES ('c', 'm', 'f', 'seen', 7)")
    with psycopg.connect(server_database) as owner:
        assert owner.execute("SELECT * FROM marks").fetchall() == []
        assert owner.execute("UPDATE marks SET at = 8").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("INSERT INTO marks VALUES ('d', 'm', 'f', 'seen', 7)")


async def test_nothing_of_a_transaction_is_left_in_its_session(server_database: str) -> None:
    store = await _open(server_database)
    async with store.writing(CLUB) as work:
        await work.members.save(member())
    engine = store._transactions._engine  # type: ignore[attr-defined]  # the server's
    async with engine.connect() as connection:
        row = (
            await connection.exec_driver_sql(
                "SELECT current_user, current_setting('matinee.club', true),"
                " (SELECT count(*) FROM pg_prepared_statements),"
                " (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory')"
            )
        ).one()
    assert (row[0], row[1] or "", row[2], row[3]) == ("matinee", "", 0, 0)
    await store.close()


async def _fill(store: SqlStore) -> None:
    for club in CLUBS:
        async with store.writing(club) as work:
            for each in (ANA, BEN):
                await work.members.save(member(each, club_id=club))
                await work.marks.put(mark(member_id=each))
            await work.reviews.save(review(club_id=club))
            await work.reminders.save(reminder(club_id=club))
            await work.drafts.put(draft())
            await work.receipts.put("q", "saved", NOON)
            await work.deliveries.plan(delivery(f"d-{club}", club_id=club))


class Loosener:
    """Takes the club's condition out of statements, at random, before they are executed."""

    def __init__(self, seed: int) -> None:
        """Begin with no statement loosened."""
        self.dice = random.Random(seed)
        self.loosened: dict[str, Any] = {}
        self.count = 0

    def __call__(self, _: Connection, statement: Any, many: Any, one: Any, __: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's
        """Return what is executed in place of the statement."""
        if isinstance(statement, Select | Update | Delete) and self.dice.random() < 0.5:
            without = replacement_traverse(statement, {}, _loose)
            if str(without) != str(statement):
                self.loosened[str(statement)] = without
                self.count += 1
                statement = without
        return statement, many, one

    def unseen(self) -> list[str]:
        """Return the loosened statements that the guard would let pass on SQLite."""
        return [text for text, without in self.loosened.items() if not unguarded(without)]


def _loose(element: Any, **_: Any) -> Any:  # noqa: ANN401 - any element
    if isinstance(element, BinaryExpression) and isinstance(element.left, ColumnClause):
        ours = element.left.name == "club_id" and "of_club" in str(element.right)
        return true() if ours else None
    return None


@contextmanager
def _loosening(seed: int) -> Iterator[Loosener]:
    loosener = Loosener(seed)
    event.listen(Engine, "before_execute", loosener, retval=True)
    try:
        yield loosener
    finally:
        event.remove(Engine, "before_execute", loosener)


async def _operation(store: SqlStore, dice: random.Random, club: ClubId, number: int) -> object:
    """Do something in a club; return all that it showed."""
    film, who = FilmId(f"f{dice.randrange(4)}"), dice.choice([ANA, BEN])
    subject, name = f"s{dice.randrange(4)}", f"{club} {number}"
    if dice.random() < 0.4:
        async with store.reading(club) as work:
            return [
                await work.members.all(),
                await work.reviews.of_film(film),
                await work.reviews.of_member(who),
                await work.marks.of([ANA, BEN]),
                await work.drafts.of(who),
                await work.films.own(),
                await work.deliveries.of(Purpose.REMINDER, subject),
                await work.receipts.get(f"q{dice.randrange(number + 1)}"),
                await work.clubs.get(),
            ]
    async with store.writing(club) as work:
        match dice.randrange(8):
            case 0:
                await work.members.save(member(who, name, club_id=club))
            case 1:
                changed = review(f"{club}{film}{who}", club_id=club, film_id=film, member_id=who)
                return await work.reviews.save(replace(changed, text=name))
            case 2:
                return await work.reviews.restore_previous(ReviewId(f"{club}{film}{who}"))
            case 3:
                await work.films.save(make_film(film, title=name, club_id=club))
            case 4:
                await work.films.remove(film)
            case 5:
                place = PlaceId(f"{club}/films")
                planned = delivery(f"{club}{number}", club_id=club, subject=subject, place=place)
                return await work.deliveries.plan(planned)
            case 6:
                return await work.deliveries.cancel(Purpose.REMINDER, subject)
            case _:
                await work.drafts.put(draft(f"{club}{number}", command=name))
                await work.receipts.put(f"q{number}", name, NOON)
    return None


_OTHERS = "SELECT * FROM \"{}\" WHERE club_id <> '{}'"


def _of_others(url: str, club: ClubId) -> list[object]:
    return [
        sorted(stored(url, _OTHERS.format(name, club)), key=repr)
        for name, table in metadata.tables.items()
        if "club_id" in table.c
    ]


async def _border(url: str, rounds: int, each: int) -> Loosener:
    store = await open_store(url)
    dice = random.Random(3)
    try:
        with _loosening(3) as loosener:
            for number in range(rounds):
                club = dice.choice(CLUBS)
                before = _of_others(url, club)
                for step in range(each):
                    shown = repr(await _operation(store, dice, club, number * each + step))
                    assert not [other for other in CLUBS if other != club and other in shown]
                assert _of_others(url, club) == before
    finally:
        await store.close()
    return loosener


@pytest.fixture
def guarded() -> None:
    """Replace the guard, which would stop what is tried here."""


@pytest.mark.usefixtures("guarded")
async def test_without_the_clubs_condition_no_row_of_another_club(server_database: str) -> None:
    loosener = await _border(server_database, rounds=10, each=20)
    assert loosener.count > 100
    assert len(loosener.loosened) > 10
    assert loosener.unseen() == []


@pytest.mark.usefixtures("guarded")
async def test_in_a_file_such_statements_do_cross_the_border(database: str) -> None:
    with pytest.raises(AssertionError):
        await _border(database, rounds=10, each=20)


@pytest.mark.long
@pytest.mark.usefixtures("guarded")
async def test_without_the_clubs_condition_at_length(server_database: str) -> None:
    loosener = await _border(server_database, rounds=1_000, each=100)
    assert loosener.count > 50_000
    assert loosener.unseen() == []


async def test_tables_that_are_never_free_are_left_as_they_are(
    server: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = server.create()
    await (await _open(server.url(name))).close()
    monkeypatch.setattr(preparing, "_PATIENCE", 0.0)
    with psycopg.connect(server.url(name)) as busy, server.admin(name) as admin:
        admin.execute("DROP POLICY own ON marks")  # so that there is something to do
        busy.execute("SELECT * FROM marks")
        with pytest.raises(StoreError, match="Nothing was changed"):
            await _open(server.url(name))
        busy.rollback()
        await (await _open(server.url(name))).close()
    server.drop(name)
