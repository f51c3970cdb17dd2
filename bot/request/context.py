"""What a handler is given besides the command and the club's data."""

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
    """One command's surroundings: who, when, in which club, with what knowledge of films."""

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
        """Where the member lives, as far as they said so; else where the club is."""
        return self.member.region or self.club.region

    @property
    def zone(self) -> str:
        """The member's time zone, as far as they said so; else the club's."""
        return self.member.zone or self.club.zone
