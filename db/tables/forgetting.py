"""Forgetting of a member: every row that names them goes, or loses their name and words.

Who was forgotten is kept as a salted digest, so that a backup made before can forget them again.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Delete, delete, or_, select, union, update

from bot.domain.ids import ClubId, MemberId, PlaceId
from db.records import CLUB, Record, Scope, param, upsert
from db.schema import metadata
from db.schema.clubs import forgotten, marks, members, moderation_acts, web_keys
from db.schema.deliveries import deliveries, reminders
from db.schema.imports import followed_entries, follows, imports
from db.schema.nights import night_guests, nights, nominations
from db.schema.requests import drafts, receipts
from db.schema.reviews import review_versions, reviews

_GONE = "of_gone"


def _theirs(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column == param(_GONE)


_PSEUDONYM = {
    "member_id": param("pseudonym"),
}
_EMPTIED = {
    "text": "",
    "rating": None,
    "watched_on": None,
    "abandoned_after": None,
    "page": None,
    "liked": False,
}
_DELETED_REVIEWS = (
    update(reviews)
    .where(
        reviews.c.club_id == CLUB,
        _theirs(reviews.c.member_id),
        reviews.c.critic.is_(None),
        reviews.c.deleted.is_(True),
    )
    .values(**_PSEUDONYM, **_EMPTIED)
)
_OTHER_REVIEWS = (
    update(reviews)
    .where(reviews.c.club_id == CLUB, _theirs(reviews.c.member_id))
    .values(**_PSEUDONYM)
)
_VERSIONS = delete(review_versions).where(
    review_versions.c.club_id == CLUB, _theirs(review_versions.c.member_id)
)
_REMINDED = (
    select(reminders.c.reminder_id)
    .where(reminders.c.club_id == CLUB, _theirs(reminders.c.member_id))
    .scalar_subquery()
)
_DIRECT = (
    select(reminders.c.place)
    .where(
        reminders.c.club_id == CLUB,
        _theirs(reminders.c.member_id),
        reminders.c.direct.is_(True),
    )
    .scalar_subquery()
)
_REMINDED_TO_VOTE = (
    select(night_guests.c.night_id.concat("/").concat(param(_GONE)))
    .where(night_guests.c.club_id == CLUB, _theirs(night_guests.c.member_id))
    .scalar_subquery()
)
_DELIVERIES = delete(deliveries).where(
    deliveries.c.club_id == CLUB,
    or_(
        deliveries.c.subject.in_(_REMINDED),
        deliveries.c.subject.in_(_REMINDED_TO_VOTE),
        deliveries.c.place.in_(_DIRECT),  # a backup forgets again without knowing the place
        deliveries.c.place == param("direct"),
    ),
)
_DRAFTS = delete(drafts).where(
    drafts.c.club_id == CLUB,
    or_(
        _theirs(drafts.c.member_id),
        _theirs(drafts.c.made_by),
        drafts.c.command.like("%" + param(_GONE) + "%"),
    ),
)
_ACTS = delete(moderation_acts).where(
    moderation_acts.c.club_id == CLUB,
    or_(_theirs(moderation_acts.c.member_id), _theirs(moderation_acts.c.concerned)),
)
_HOSTED = (
    update(nights)
    .where(nights.c.club_id == CLUB, _theirs(nights.c.member_id))
    .values(member_id=None)
)
_RECEIPTS = delete(receipts).where(receipts.c.club_id == CLUB)


def _rows_of(table: Any) -> Delete:  # noqa: ANN401 - tables of several shapes
    return delete(table).where(table.c.club_id == CLUB, _theirs(table.c.member_id))


_STATEMENTS = (
    _VERSIONS,
    _DELETED_REVIEWS,
    _OTHER_REVIEWS,
    _DELIVERIES,
    _DRAFTS,
    _ACTS,
    _RECEIPTS,
    _HOSTED,
    *map(
        _rows_of,
        (
            marks,
            reminders,
            imports,
            followed_entries,
            follows,
            night_guests,
            nominations,
            web_keys,
            members,
        ),
    ),
)
"""In this order: deliveries are found by the reminders and nights that they are of."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Member of a club who was forgotten; `digest` is of the salt (the pseudonym, a name by chance), the club
    and the member, in hex."""

    club_id: ClubId
    digest: str
    salt: str


_FORGOTTEN = Record(forgotten, Forgotten)
_NOTE = upsert(forgotten)
_DELETE_REVIEWS = (
    update(reviews)
    .where(reviews.c.club_id == CLUB, _theirs(reviews.c.member_id), reviews.c.critic.is_(None))
    .values(deleted=True)
)
_MEMBERS = union(
    *(
        select(table.c.member_id).where(table.c.club_id == CLUB)
        for table in metadata.sorted_tables
        if "member_id" in table.c
    )
)


def _digest(salt: str, club_id: ClubId, member_id: str) -> str:
    return hashlib.sha256(f"{salt}\0{club_id}\0{member_id}".encode()).hexdigest()


async def forget_again(scope: Scope, notes: Sequence[Forgotten], pseudonym: str) -> int:
    """Forget the members of a restored club who were forgotten after the backup; return their number."""
    count = 0
    for row in await scope.rows(_MEMBERS):
        for note in notes:
            if _digest(note.salt, scope.club_id, row[0]) == note.digest:
                count += 1
                await scope.run(_DELETE_REVIEWS, **{_GONE: row[0]})
                gone = MemberId(f"{pseudonym}{count}")
                await forget_member(scope, MemberId(row[0]), PlaceId(""), gone)
    return count


async def forget_member(
    scope: Scope, member_id: MemberId, direct: PlaceId, pseudonym: MemberId
) -> None:
    """Delete a member's rows in one club; their reviews stay under the pseudonym.

    Reviews that are marked deleted lose all that was said in them. Receipts of the whole club go, since
    they hold replies and do not say whose.
    """
    values: Mapping[str, object] = {_GONE: member_id, "direct": direct, "pseudonym": pseudonym}
    for statement in _STATEMENTS:
        await scope.run(statement, **values)
    digest = _digest(pseudonym, scope.club_id, member_id)
    note = Forgotten(scope.club_id, digest, salt=pseudonym)
    await scope.put(_NOTE, **_FORGOTTEN.values(note))


async def was_forgotten(scope: Scope, member_id: MemberId) -> bool:
    """Tell whether the member of a club was forgotten once, whether or not they came back since."""
    notes = await scope.all(_FORGOTTEN, _FORGOTTEN.select().where(forgotten.c.club_id == CLUB))
    return any(_digest(each.salt, scope.club_id, member_id) == each.digest for each in notes)
