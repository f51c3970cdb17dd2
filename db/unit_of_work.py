"""Unit of work: one club's tables in one transaction."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ClubId
from db.records import Scope
from db.tables.clubs.clubs import SqlClubs
from db.tables.clubs.marks import SqlMarks
from db.tables.clubs.members import SqlMembers
from db.tables.clubs.moderation import SqlModeration
from db.tables.clubs.web_keys import SqlWebKeys
from db.tables.deliveries import SqlDeliveries
from db.tables.drafts import SqlDrafts
from db.tables.films.calendar_events import SqlCalendar
from db.tables.films.film_cache import FilmCache
from db.tables.films.films import SqlFilms
from db.tables.follows import SqlFollows
from db.tables.imports import SqlImports
from db.tables.nights import SqlNights
from db.tables.receipts import SqlReceipts
from db.tables.reminders import SqlReminders
from db.tables.reviews import SqlReviews


@dataclass(frozen=True, slots=True)
class SqlUnitOfWork:
    """Implements `bot.ports.UnitOfWork`."""

    club_id: ClubId
    clubs: SqlClubs
    members: SqlMembers
    reviews: SqlReviews
    films: SqlFilms
    marks: SqlMarks
    reminders: SqlReminders
    deliveries: SqlDeliveries
    calendar: SqlCalendar
    drafts: SqlDrafts
    receipts: SqlReceipts
    imports: SqlImports
    follows: SqlFollows
    moderation: SqlModeration
    nights: SqlNights
    web_keys: SqlWebKeys


def unit_of_work(
    connection: AsyncConnection, club_id: ClubId, cache: FilmCache, *, writes: bool
) -> SqlUnitOfWork:
    """Return the unit of work of a club in a transaction; one that only reads caches its queries."""
    scope = Scope(connection, club_id, None if writes else {})
    return SqlUnitOfWork(
        club_id=club_id,
        clubs=SqlClubs(scope),
        members=SqlMembers(scope),
        reviews=SqlReviews(scope),
        films=SqlFilms(scope, cache),
        marks=SqlMarks(scope),
        reminders=SqlReminders(scope),
        deliveries=SqlDeliveries(scope),
        calendar=SqlCalendar(scope),
        drafts=SqlDrafts(scope),
        receipts=SqlReceipts(scope),
        imports=SqlImports(scope),
        follows=SqlFollows(scope),
        moderation=SqlModeration(scope),
        nights=SqlNights(scope),
        web_keys=SqlWebKeys(scope),
    )
