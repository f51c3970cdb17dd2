"""Follows: public feeds of members at other services, whose entries become reviews here."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.domain.ids import ClubId, MemberId, ReviewId
from bot.domain.imports import FilmEntry


@dataclass(frozen=True, slots=True)
class Follow:
    """Feed that a member has followed into a club. Instants are UTC.

    `name`: the member's name at the service. `since`: entries published before it are left out; None:
    the latest ones are brought in, too. `next_at`: when it is read next. `read_at`: when it was last
    read. `etag`, `modified`: what the server said about its version. `failures`: in a row; `trouble`:
    the last one, in words for the member.
    """

    club_id: ClubId
    member_id: MemberId
    name: str
    created_at: datetime
    next_at: datetime
    since: datetime | None = None
    read_at: datetime | None = None
    etag: str = ""
    modified: str = ""
    failures: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """Entry of a feed. `number`: its id there, the same through every edit; `published_at`: UTC."""

    number: str
    film: FilmEntry
    published_at: datetime | None = None
    liked: bool = False

    @property
    def digest(self) -> str:
        """Digest of all that it says: another one after an edit."""
        said = {**asdict(self.film), "liked": self.liked}
        for never_there in ("written_at", "former"):  # so that what was read before is known again
            del said[never_there]
        return hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Feed:
    """Feed as read: its entries, and what the server said about its version."""

    entries: tuple[FeedEntry, ...]
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class FollowedEntry:
    """Entry that was dealt with. `label`: the film's name there.

    `review_id`, `written_at`: the review that it became, and that review's time of change (UTC), by which
    a member's own change is known; None where no film was found, or the member's review was kept.
    """

    member_id: MemberId
    number: str
    label: str
    digest: str
    placed: bool
    review_id: ReviewId | None = None
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedPeek:
    """Feed as it was found before a member is asked. `feed`: None with the `trouble` that there was.

    `gone`: whether the service knows nobody of that name.
    """

    feed: Feed | None = None
    trouble: str = ""
    gone: bool = False


NO_READER = FeedPeek(trouble="no reader", gone=True)
"""Peek where no feeds are read."""
