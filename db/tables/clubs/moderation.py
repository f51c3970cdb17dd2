"""Acts of the club's moderators."""

from collections.abc import Sequence

from bot.domain.clubs.moderation import ModerationAct
from db.records import CLUB, ClubTable, Record, param, upsert
from db.schema.clubs import moderation_acts

_ACT = Record(moderation_acts, ModerationAct)
_LATEST = (
    _ACT.select()
    .where(moderation_acts.c.club_id == CLUB)
    .order_by(moderation_acts.c.at.desc(), moderation_acts.c.act_id.desc())
    .limit(param("most"))
)
_NOTE = upsert(moderation_acts)


class SqlModeration(ClubTable):
    """Implements `bot.ports.Moderation`."""

    async def note(self, act: ModerationAct) -> None:
        """Store an act."""
        await self._scope.put(_NOTE, **_ACT.values(act))

    async def latest(self, most: int) -> Sequence[ModerationAct]:
        """Return the last acts, newest first."""
        return await self._scope.all(_ACT, _LATEST, most=most)
