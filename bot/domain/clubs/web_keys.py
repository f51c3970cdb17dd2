"""Keys to the club's pages: one-time links, sessions, shared reviews, feeds. Stored by digest alone."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import ClubId, MemberId, PlaceId


class KeyKind(StrEnum):
    """A link to sign in once, a browser that is signed in, a review shared by link, a calendar, a feed."""

    LINK = "link"
    SESSION = "session"
    SHARE = "share"
    CALENDAR = "calendar"
    REVIEWS = "reviews"


LASTS: dict[KeyKind, timedelta | None] = {
    KeyKind.LINK: timedelta(minutes=10),
    KeyKind.SESSION: timedelta(days=30),
    KeyKind.SHARE: timedelta(days=30),
    KeyKind.CALENDAR: None,
    KeyKind.REVIEWS: None,
}
"""How long a key of each kind opens; None: until it is revoked."""


@dataclass(frozen=True, slots=True)
class WebKey:
    """Key of a member to the pages of one club. Instants are UTC.

    `digest`: SHA-256 of the token, in hex: who reads the database cannot sign in. `key_id`: names the key
    in lists. `direct`: the member's direct messages, as when the key was asked for. `label`: the browser,
    in words. `subject`: the shared review's id.
    """

    club_id: ClubId
    digest: str
    key_id: str
    member_id: MemberId
    kind: KeyKind
    direct: PlaceId
    created_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None
    label: str = ""
    subject: str = ""

    def opens(self, now: datetime) -> bool:
        """Tell whether it has not expired."""
        return self.expires_at is None or now < self.expires_at


def digest_of(token: str) -> str:
    """Return the digest under which a token is stored."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
