"""A review that its author shares by a link: what anybody may see of it."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.ids import MemberId, ReviewId
from bot.domain.words.spoilers import without_spoilers
from bot.domain.words.text import printable
from bot.ports.store import UnitOfWork
from bot.views import drawing
from bot.views.access import public_access
from recommender.text.endings import reveals_ending
from recommender.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class SharedReview:
    """A shared review without what is marked as a spoiler, or seems to tell the ending. `rating`: half-stars."""

    who: str
    film: str
    rating: int | None
    words: str
    day: date


def review_card(found: SharedReview) -> str:
    """Draw a shared review, as previews show it."""
    parts = drawing.heading(f"A review by {found.who}", found.film)
    if found.rating:
        parts.append(drawing.stars(drawing.MARGIN, 226, found.rating, 44))
    lines = drawing.wrapped(found.words, 40, drawing.WIDTH - 2 * drawing.MARGIN, 6)
    first = 320 if found.rating else 250
    parts += [
        drawing.text(drawing.MARGIN, first + 52 * n, each, 40) for n, each in enumerate(lines)
    ]
    stars = f", {found.rating / 2:g} of 5 stars" if found.rating else ""
    return drawing.picture(parts, f"{found.who} on {found.film}{stars}")


async def shared_review(
    review_id: ReviewId, member_id: MemberId, work: UnitOfWork
) -> SharedReview | None:
    """Return what anybody may see of it; None once it is gone, private, hidden, or locked in the club."""
    club = await work.clubs.get()
    review = await work.reviews.get(review_id)
    author = await work.members.get(member_id)
    if review is None or author is None or author.muted or public_access(club).locks:
        return None
    film = await work.films.get(review.film_id)
    if film is None or not review.shared or review.critic or review.member_id != member_id:
        return None
    words = "" if review.spoiler else _telling_no_ending(without_spoilers(review.text, " […] "))
    day = review.watched_on or review.changed_at.astimezone(ZoneInfo(club.zone)).date()
    return SharedReview(
        printable(author.name), film.label, review.rating, printable(words.strip()), day
    )


def _telling_no_ending(words: str) -> str:
    """Leave out sentences that seem to give the ending away, marked or not; other text stays as it is."""
    if not reveals_ending(words):
        return words
    return " ".join("[…]" if reveals_ending(each) else each for each in sentences(words))
