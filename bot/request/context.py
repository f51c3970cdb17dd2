"""Context of a command: all that a handler is given besides the command and the transaction."""

from dataclasses import dataclass
from datetime import datetime

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.live.lookup import NO_SOURCE, Offers
from bot.catalogue.titles.index import TitleIndex
from bot.domain.clubs import Club, Member
from bot.messages.codec import Commands
from bot.messages.requests import Caller
from bot.ports.clock import Ids


@dataclass(frozen=True, slots=True)
class Context:
    """Caller, time (UTC), club and member, film indexes, attachment, and the live source's offers."""

    caller: Caller
    now: datetime
    club: Club
    member: Member
    titles: TitleIndex
    indexes: ClubIndexes
    ids: Ids
    commands: Commands
    attachment: str | None = None
    attachment_name: str = ""
    offers: Offers = NO_SOURCE

    @property
    def region(self) -> str:
        """The member's region where set, else the club's."""
        return self.member.region or self.club.region

    @property
    def zone(self) -> str:
        """The member's IANA time zone where set, else the club's."""
        return self.member.zone or self.club.zone
