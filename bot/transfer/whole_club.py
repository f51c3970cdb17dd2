"""Whole clubs: gathered from the store into a file's content, and stored from it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.domain.clubs.club import Member
from bot.domain.errors import NotAllowed
from bot.domain.ids import MemberId, PlaceId
from bot.domain.nights import Night, NightGuest, Stage
from bot.domain.reviews.review import Review
from bot.ports.store import UnitOfWork
from bot.transfer.club_file import ClubFile

_AT_ONCE = 200
"""Most reviews stored by one statement."""

_EVERY = 1_000_000


async def gathered(work: UnitOfWork) -> ClubFile:
    """Gather everything of a club that can be stored again, private data included.

    Left out are data that expire: deliveries, receipts, drafts, imports of the last two days.
    """
    file = await _open_part(work)
    ids = [each.member_id for each in file.members]
    return replace(
        file,
        whole=True,
        versions=tuple(await work.reviews.all_versions()),
        marks=tuple(await work.marks.of(ids)),
        reminders=tuple([each for one in ids for each in await work.reminders.of_member(one)]),
        follows=tuple(await work.follows.all()),
        entries=tuple([each for one in ids for each in await work.follows.entries(one)]),
        acts=tuple(await work.moderation.latest(_EVERY)),
    )


async def read_by_all(work: UnitOfWork) -> ClubFile:
    """Gather the data of a club that each of its members may read."""
    return as_read_by_all(await _open_part(work))


async def _open_part(work: UnitOfWork) -> ClubFile:
    """Gather the tables of which members may read a part."""
    reviews = [each for each in await work.reviews.changed_since(-1) if not each.deleted]
    nights = await work.nights.all()
    return ClubFile(
        club=await work.clubs.get(),
        whole=False,
        members=tuple(await work.members.all()),
        films=tuple(await work.films.own()),
        reviews=tuple(reviews),
        nights=tuple(nights),
        guests=tuple(await work.nights.guests([each.night_id for each in nights])),
        nominations=tuple(await work.nights.nominations()),
    )


def as_read_by_all(file: ClubFile) -> ClubFile:
    """Return the content without what only some may read: private reviews, ballots, marks."""
    muted = {each.member_id for each in file.members if each.muted}
    told = {each.night_id for each in file.nights if each.stage is Stage.TOLD}
    return ClubFile(
        club=file.club,
        whole=False,
        members=tuple(
            Member(each.club_id, each.member_id, each.name, quotable=each.quotable)
            for each in file.members
        ),
        films=file.films,
        reviews=tuple(
            replace(each, text="") if each.member_id in muted and not each.critic else each
            for each in file.reviews
            if each.shared
        ),
        nights=file.nights,
        guests=tuple(
            _as_seen(each, told=each.night_id in told, muted=muted) for each in file.guests
        ),
        nominations=file.nominations,
    )


def _as_seen(guest: NightGuest, *, told: bool, muted: Collection[MemberId]) -> NightGuest:
    """Return a member's part in a night without what was said in private."""
    rating, text = (guest.rating, guest.text) if told else (None, "")
    return replace(
        guest,
        direct=PlaceId(""),
        ballot={},
        settling={},
        expected=None,
        rating=rating,
        text="" if guest.member_id in muted else text,
    )


@dataclass(frozen=True, slots=True)
class PutBack:
    """Counts of rows stored, and of rows left out because they belong to another platform."""

    members: int
    reviews: int
    left_out: int


async def put_back(file: ClubFile, work: UnitOfWork) -> PutBack:
    """Store the content in a club that is still empty. Raises NotAllowed for any other.

    In a club of another platform, rows tied to a place of the old one are left out: no message could reach it.
    """
    if await work.reviews.changed_since(-1) or await work.members.all():
        raise NotAllowed(
            "This club has members already. A whole club is put back only where nothing is yet; nothing "
            "was changed."
        )
    there, former = await work.clubs.get(), file.club
    reaches = _platform(there.club_id) == _platform(former.club_id)
    club = replace(
        former,
        club_id=there.club_id,
        name=there.name or former.name,
        channel=former.channel if there.club_id == former.club_id else there.channel,
        joined_at=there.joined_at,
        left_at=there.left_at,
        application=there.application,
        within=there.within,
    )
    await work.clubs.save(club)
    for member in file.members:
        await work.members.save(replace(member, club_id=there.club_id))
    for film in file.films:
        await work.films.save(replace(film, club_id=there.club_id))
    await _put_reviews(
        [replace(each, club_id=there.club_id) for each in (*file.versions, *file.reviews)], work
    )
    await work.marks.put_all(file.marks)
    left_out = 0 if reaches else len(file.reminders) + len(file.nights)
    if reaches:
        for reminder in file.reminders:
            await work.reminders.save(replace(reminder, club_id=there.club_id))
        await _put_nights(file.nights, file.guests, work)
    for nomination in file.nominations:
        await work.nights.nominate(nomination)
    for follow in file.follows:
        await work.follows.save(replace(follow, club_id=there.club_id))
    await work.follows.put(file.entries)
    for act in file.acts:
        await work.moderation.note(act)
    return PutBack(len(file.members), len(file.reviews), left_out)


def _platform(club_id: str) -> str:
    return club_id.partition(":")[0]


async def _put_reviews(every: Sequence[Review], work: UnitOfWork) -> None:
    """Store each review's versions in their order: saving one keeps the one before it."""
    rounds: list[list[Review]] = []
    count: dict[str, int] = {}
    for review in every:
        place = count[review.review_id] = count.get(review.review_id, -1) + 1
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(review)
    for each in rounds:
        for start in range(0, len(each), _AT_ONCE):
            await work.reviews.save_all(each[start : start + _AT_ONCE])


async def _put_nights(
    nights: Sequence[Night], guests: Sequence[NightGuest], work: UnitOfWork
) -> None:
    for night in nights:
        await work.nights.save(night)
    for guest in guests:
        await work.nights.save_guest(guest)
