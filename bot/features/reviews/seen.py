"""Who of the club has seen a film, and whose ratings lean to one side."""

from collections.abc import Sequence

from bot.domain.clubs.club import Member
from bot.domain.reviews.ratings import DISLIKED
from bot.domain.reviews.review import Review
from bot.features.reviews.commands import Leaning, ReviewsCommand, SeenByCommand
from bot.messages.phrases import joined, said, titled
from bot.messages.replies import Button, Reply
from bot.messages.spans import Span
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import find, reference
from recommender import is_liked

_MOST_NAMES = 12
"""Most members named in one sentence."""


def leaning_to(reviews: Sequence[Review], leaning: Leaning) -> list[Review]:
    """Return those whose rating leans to one side, the strongest first."""
    rated = [(each.rating, each) for each in reviews if each.rating]
    liked = leaning is Leaning.LIKED
    found = [
        (rating, each)
        for rating, each in rated
        if (is_liked(rating) if liked else rating <= DISLIKED)
    ]
    return [each for _, each in sorted(found, key=lambda pair: pair[0], reverse=liked)]


def nobody_leans(leaning: Leaning, title: Span) -> Reply:
    """Say that nobody's rating of a film leans to this side."""
    return said(f"By the ratings here nobody {leaning} ", title, ".")


async def seen_by(command: SeenByCommand, context: Context, work: UnitOfWork) -> Reply:
    """Name those whose reviews show that they have seen a film, and those of whom none does.

    What others review or mark in private is not told.
    """
    found = await find(command, context, work, guess=True)
    if isinstance(found, Reply):
        return found
    film, me = found.film, context.member.member_id
    reviews = [
        each
        for each in await work.reviews.of_film(film.film_id)
        if each.readable_by(me) and not each.critic
    ]
    watched = {each.member_id for each in reviews}
    members = await work.members.all()
    seen = _names([each for each in members if each.member_id in watched])
    unseen = _names([each for each in members if each.member_id not in watched])
    told = f": reviewed by {seen}." if seen else ": nobody here has reviewed it."
    left = f" Nothing to read yet from {unseen}." if seen and unseen else ""
    everyone = " That is all of you." if seen and not unseen else ""
    read = Button("Read reviews", ReviewsCommand(reference(film)))
    return said(titled(film), f"{told}{left}{everyone}", actions=(read,) if seen else ())


def _names(members: Sequence[Member]) -> str:
    names = [each.name for each in members[:_MOST_NAMES]]
    more = len(members) - len(names)
    return joined([*names, f"{more} more"] if more else names)
