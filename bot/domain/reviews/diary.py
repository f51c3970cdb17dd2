"""A member's diary of one film: a review that is written again as a rewatch keeps the viewings before."""

from collections.abc import Iterable

from bot.domain.reviews.review import Review


def viewings(versions: Iterable[Review]) -> list[Review]:
    """Return the last version of each viewing, oldest first, from all versions of a review, oldest first.

    A version marked as a rewatch begins another viewing, unless the one before is a rewatch too and
    no other day is named: then it is that viewing, told better. What was deleted is left out.
    """
    found: list[Review] = []
    for version in versions:
        if version.deleted:
            found = []
        elif found and not _is_another(found[-1], version):
            found[-1] = version
        else:
            found.append(version)
    return found


def _is_another(before: Review, after: Review) -> bool:
    other_day = bool(before.watched_on and after.watched_on) and (
        before.watched_on != after.watched_on
    )
    return after.rewatch and (not before.rewatch or other_day)
