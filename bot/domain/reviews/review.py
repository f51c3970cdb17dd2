"""Reviews: a member's rating, words, or both, of one film; or a critic's, brought in by a member."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.ids import ClubId, FilmId, MemberId, ReviewId
from bot.domain.reviews.ratings import HalfStars

LONGEST_REVIEW = 20_000
"""Most characters of a review."""


@dataclass(frozen=True, slots=True)
class Review:
    """Current version of a review; earlier versions are stored apart.

    `revision`: the club's count of changes at the last change of this review, so that an index of
    an earlier revision knows that it has to read it. Times are UTC; `changed_at`: when its author last changed it, which
    hiding and sharing are not. `liked`: marked as liked at the
    service that it came from; `page`: its address there. `undated`: the film was seen on a day that nobody
    told, and that is not the one on which this was written.
    """

    review_id: ReviewId
    club_id: ClubId
    film_id: FilmId
    member_id: MemberId
    created_at: datetime
    changed_at: datetime
    rating: HalfStars | None = None
    text: str = ""
    critic: str | None = None
    spoiler: bool = False
    private: bool = False
    rewatch: bool = False
    abandoned: bool = False
    abandoned_after: int | None = None
    watched_on: date | None = None
    hidden: bool = False
    deleted: bool = False
    revision: int = 0
    liked: bool = False
    page: str | None = None
    undated: bool = False

    @property
    def live(self) -> bool:
        """Whether the review is neither deleted by its author nor hidden by a moderator."""
        return not (self.deleted or self.hidden)

    def readable_by(self, member_id: MemberId) -> bool:
        """Tell whether this member may read the review."""
        if self.deleted:
            return False
        return self.member_id == member_id or not (self.private or self.hidden)

    @property
    def shared(self) -> bool:
        """Whether the review may count in what others see: the card, quotes, picks, reasons."""
        return self.live and not self.private
