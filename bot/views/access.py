"""Access to scores and reviews: the one place that decides which of them a reader may see.

With the club's policy `seen`, whatever tells what members thought of a film (scores, quotes, warnings
in their words) is locked for a reader until they have rated the film or marked it seen. What the whole
club reads is locked always: somebody in the channel has not seen the film.
"""

from dataclasses import dataclass

from bot.domain.clubs.club import Club, MarkKind, SpoilerPolicy
from bot.domain.ids import FilmId, MemberId
from bot.domain.reviews.review import Review
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class Access:
    """The films whose opinions a reader may see; `fold` tells whether marked spoilers are folded."""

    locks: bool
    seen: frozenset[FilmId] = frozenset()
    fold: bool = True

    def may_read(self, film_id: FilmId) -> bool:
        """Tell whether the reader may see scores and reviews of the film."""
        return not self.locks or film_id in self.seen

    def visibility(self, film_id: FilmId) -> Visibility:
        """Return who may see a card that holds what this reader may read of the film."""
        return Visibility.ONLY_YOU if self.locks and film_id in self.seen else Visibility.CLUB


def may_read_review(review: Review, reader: MemberId, access: Access) -> bool:
    """Tell whether a reader may see a review: their own, else one shared of a film that is open to them."""
    if review.member_id == reader:
        return review.readable_by(reader)
    return review.readable_by(reader) and access.may_read(review.film_id)


def public_access(club: Club) -> Access:
    """Return the access of everyone in the channel."""
    locks = club.spoilers is SpoilerPolicy.SEEN
    return Access(locks, fold=club.spoilers is not SpoilerPolicy.OFF)


async def access_of(member_id: MemberId, club: Club, work: UnitOfWork) -> Access:
    """Return a member's access: open for films they have reviewed or marked seen."""
    access = public_access(club)
    if not access.locks:
        return access
    reviews = await work.reviews.of_member(member_id)
    reviewed = [each.film_id for each in reviews if not each.critic]
    marks = await work.marks.of([member_id])
    seen = [each.film_id for each in marks if each.kind is MarkKind.SEEN]
    return Access(access.locks, frozenset([*reviewed, *seen]), access.fold)
