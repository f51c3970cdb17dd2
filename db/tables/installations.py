"""Installations of an application in many workspaces, and the installs that have begun."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, insert, select, update

from bot.domain.ids import ClubId
from bot.domain.installations import Installation
from db.leasing import Leasing
from db.records import ACROSS_CLUBS, CLUB, HostTable, Record, param, upsert
from db.schema.clubs import clubs
from db.schema.installations import install_states, installations
from db.transactions import Across

_INSTALLATION = Record(installations, Installation)
_ALL = _INSTALLATION.select().order_by(installations.c.holder)
_GET = _INSTALLATION.select().where(installations.c.holder == param("of_holder"))
_OF_CLUB = (
    _INSTALLATION.select()
    .join(clubs, clubs.c.application == installations.c.application)
    .where(clubs.c.club_id == CLUB, clubs.c.left_at.is_(None))
)
_CLUBS = (
    select(clubs.c.club_id)
    .join(installations, clubs.c.application == installations.c.application)
    .where(clubs.c.left_at.is_(None))
    .order_by(clubs.c.club_id)
    .execution_options(**ACROSS_CLUBS)
)
_PUT = upsert(installations)
_SAME = and_(
    installations.c.holder == param("of_holder"), installations.c.sealed == param("of_sealed")
)
_REPLACE = update(installations).where(_SAME)
_REMOVE = delete(installations).where(_SAME)
_DUE = (
    _INSTALLATION.select()
    .where(installations.c.renew_at <= param("now"))
    .order_by(installations.c.renew_at, installations.c.holder)
    .limit(1)
)
_LEASE = (
    update(installations)
    .where(installations.c.holder == param("of_holder"))
    .values(renew_at=param("until"))
)
_RENEWALS = Leasing(_INSTALLATION, _DUE, _LEASE, lambda each: {"of_holder": each.holder})
_BEGIN = insert(install_states)
_OVER = delete(install_states).where(install_states.c.expires_at <= param("now"))
_FINISH = delete(install_states).where(
    install_states.c.digest == param("of_digest"), install_states.c.expires_at > param("now")
)


class SqlInstallations(HostTable):
    """Implements `bot.ports.SealedInstallations`."""

    async def all(self) -> Sequence[Installation]:
        """Return every installation, by holder."""
        async with self._transactions.read(Across.HOST) as connection:
            return [_INSTALLATION.of(row) for row in await connection.execute(_ALL)]

    async def get(self, holder: str) -> Installation | None:
        """Return the installation of a workspace or an organisation."""
        async with self._transactions.read(Across.HOST) as connection:
            row = (await connection.execute(_GET, {"of_holder": holder})).first()
            return _INSTALLATION.of(row) if row else None

    async def of_club(self, club_id: ClubId) -> Installation | None:
        """Return the installation of the application that a club noted last; None once it has left."""
        async with self._transactions.read(Across.HOST) as connection:
            row = (await connection.execute(_OF_CLUB, {"of_club": club_id})).first()
            return _INSTALLATION.of(row) if row else None

    async def clubs(self) -> Collection[ClubId]:
        """Return the clubs whose application is installed."""
        async with self._transactions.read(Across.HOST) as connection:
            return [ClubId(row.club_id) for row in await connection.execute(_CLUBS)]

    async def put(self, installation: Installation) -> None:
        """Insert or replace."""
        async with self._transactions.write(Across.HOST) as connection:
            await connection.execute(_PUT, _INSTALLATION.values(installation))

    async def replace(self, former: Installation, present: Installation) -> bool:
        """Store an installation if the former one is still what is stored; return whether it was."""
        async with self._transactions.write(Across.HOST) as connection:
            changed = _REPLACE.values(**_INSTALLATION.values(present))
            return (await connection.execute(changed, _key(former))).rowcount > 0

    async def remove(self, former: Installation) -> bool:
        """Delete an installation if it is still what is stored; return whether it was."""
        async with self._transactions.write(Across.HOST) as connection:
            gone = await connection.execute(_REMOVE, _key(former))
            return gone.rowcount > 0

    async def claim_renewal(self, now: datetime, lease: timedelta) -> Installation | None:
        """Return the installation whose renewal is longest due, and make it due again after the lease."""
        return await _RENEWALS.claim(self._transactions, now, lease)

    async def begin(self, digest: str, now: datetime, until: datetime) -> None:
        """Note that an install has begun, by its state's digest, and delete those that are over."""
        async with self._transactions.write(Across.HOST) as connection:
            await connection.execute(_OVER, {"now": now})
            await connection.execute(_BEGIN, {"digest": digest, "expires_at": until})

    async def finish(self, digest: str, now: datetime) -> bool:
        """Take the state of an install; return whether it had begun and was not over."""
        async with self._transactions.write(Across.HOST) as connection:
            taken = await connection.execute(_FINISH, {"of_digest": digest, "now": now})
            return taken.rowcount > 0


def _key(former: Installation) -> dict[str, str]:
    return {"of_holder": former.holder, "of_sealed": former.sealed}
