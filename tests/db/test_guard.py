"""The guard itself: it bites, and it has looked at every statement of the package."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from sqlalchemy import Select, and_, delete, exists, insert, literal, or_, select, text, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import URL
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import ClauseElement

import db
from db.records import CLUB
from db.schema.clubs import members
from db.schema.films import films
from db.schema.reviews import reviews
from tests.db.guard import OWNED, unguarded

_INSERTED = postgresql.insert(members)

LEAKING = {
    "no condition": select(reviews),
    "another column": select(reviews).where(reviews.c.film_id == "her-2013"),
    "one branch of or": select(reviews).where(or_(reviews.c.club_id == CLUB, literal(1) == 1)),
    "not": select(reviews).where(~(reviews.c.club_id == CLUB)),
    "unequal": select(reviews).where(reviews.c.club_id != CLUB),
    "some other club": select(reviews).where(reviews.c.club_id == "console:demo"),
    "one table of a join": select(
        reviews.join(members, reviews.c.member_id == members.c.member_id)
    ).where(reviews.c.club_id == CLUB),
    "a table beside itself": select(reviews, reviews.alias("more")).where(
        reviews.c.club_id == CLUB
    ),
    "a query inside": select(reviews).where(
        reviews.c.club_id == CLUB, reviews.c.film_id.in_(select(films.c.film_id))
    ),
    "a common table": select(select(films.c.title).cte("titles")),
    "update": update(reviews).values(hidden=True),
    "delete": delete(reviews).where(reviews.c.review_id == "r1"),
    "insert from": insert(reviews).from_select(["review_id"], select(reviews.c.review_id)),
    "conflict": _INSERTED.on_conflict_do_update(index_elements=["name"], set_={"name": "x"}),
    "text": text("SELECT * FROM reviews"),
}

SAFE = {
    "the club": select(reviews).where(reviews.c.club_id == CLUB),
    "and more": select(reviews).where(and_(reviews.c.club_id == CLUB, reviews.c.rating > 5)),
    "everyone's too": select(films).where(films.c.club_id.in_(["", CLUB])),
    "either": select(films).where(or_(films.c.club_id == CLUB, films.c.club_id == "")),
    "each of two": select(reviews, members).where(
        reviews.c.club_id == CLUB, members.c.club_id == CLUB
    ),
    "a query inside about the row": select(films).where(
        films.c.club_id == CLUB,
        exists().where(reviews.c.club_id == CLUB, reviews.c.film_id == films.c.film_id),
    ),
    "update": update(reviews).where(reviews.c.club_id == CLUB).values(hidden=True),
    "marked": select(reviews).execution_options(across_clubs=True),
}


@pytest.mark.parametrize("what", LEAKING)
def test_finds_what_leaks(what: str) -> None:
    assert unguarded(LEAKING[what], [{"name": "x"}])


@pytest.mark.parametrize("what", SAFE)
def test_lets_pass_what_is_safe(what: str) -> None:
    assert not unguarded(SAFE[what])


def test_refuses_an_insert_without_a_club() -> None:
    assert unguarded(insert(members), [{"member_id": "console:ana"}]) == {"members"}
    assert not unguarded(insert(members), [{"member_id": "console:ana", "club_id": "x"}])


def test_knows_every_table_of_clubs() -> None:
    assert {"reviews", "review_versions", "members", "marks", "films", "receipts"} <= OWNED
    assert "shelf" not in OWNED


def _statements() -> Iterator[tuple[str, str, ClauseElement]]:
    for module in pkgutil.walk_packages(db.__path__, "db."):
        if not module.name.startswith("db.migrations"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, Select | UpdateBase):
                    yield module.name.removeprefix("db."), name, value


def test_every_statement_of_the_package_is_guarded() -> None:
    found = list(_statements())
    assert len(found) > 40
    given = [{"club_id": "x"}]
    assert not [name for _, name, each in found if unguarded(each, given)]


def test_only_the_outbox_the_catalogue_the_purge_and_the_lists_of_clubs_look_at_all_clubs() -> None:
    across = {
        (module, name)
        for module, name, each in _statements()
        if each.get_execution_options().get("across_clubs")  # type: ignore[attr-defined]  # untyped there
    }
    outbox = {"outbox.outbox", "outbox.claims", "outbox.outcomes", "outbox.admin"}
    assert {module for module, _ in across} == {
        *outbox,
        "engines.moving",
        "tables.films.catalogue",
        "tables.follows",
        "tables.installations",
        "tables.nights",
        "purge",
        "tables.clubs.web_keys",
        "store",
    }
    assert {name for module, name in across if module == "tables.installations"} == {"_CLUBS"}
    purged = {name for module, name in across if module == "purge"}
    older = {"OLD_RECEIPTS", "OLD_DRAFTS", "OLD_IMPORTS", "OLD_WEB_KEYS", "OLD_DELIVERIES"}
    assert purged == {*older, "GONE_DELIVERIES", "_LEFT", "FORGOTTEN", "OVERWRITTEN"}


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_every_statement_compiles_for_every_engine(engine: str) -> None:
    dialect = URL.create(engine).get_dialect()()
    texts = [str(statement.compile(dialect=dialect)) for _, _, statement in _statements()]
    assert len(texts) > 40
    assert all(each.startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")) for each in texts)
