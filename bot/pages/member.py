"""A member's page: what they share of films that the reader may read about; one's own, with all of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.clubs.club import Member
from bot.domain.ids import MemberId
from bot.domain.reviews.review import Review
from bot.features.figures.counting.entries import films_of, readable
from bot.features.figures.counting.scores import histogram, mean_rating
from bot.features.figures.counting.taste import Taste, taste_of
from bot.features.figures.pictures.cards import match_card, taste_card
from bot.messages.replies import Block, FilmList, Heading
from bot.messages.spans import Plain
from bot.pages.reviews import Reader, ReviewLine, review_lines
from bot.ports.store import UnitOfWork
from bot.views.taste_match import TasteMatch, evidence_films, evidence_of, in_words, match_with

PAGE = 20
"""Reviews on one page."""


@dataclass(frozen=True, slots=True)
class MemberPage:
    """All of a member's page. `match_blocks`: how alike the reader's taste is, of somebody else's; `card`, `match_card`: SVG."""

    member_id: MemberId
    name: str
    mine: bool
    counts: Sequence[tuple[int, int]]
    rated: int
    mean: float | None
    club_mean: float | None
    taste: Taste | None
    match_blocks: Sequence[Block]
    card: str
    match_card: str
    reviews: Sequence[ReviewLine]
    total: int
    page: int
    pages: int


async def member_page(
    member_id: MemberId, page: int, reader: Reader, work: UnitOfWork
) -> MemberPage | None:
    """Return a member's page; None for somebody the club does not know."""
    mine = member_id == reader.me
    member = reader.roster.get(member_id)
    if member is None and not mine:
        return None
    member = member or reader.context.member
    every = [each for each in reader.reviews() if _counts(each, member_id, mine=mine)]
    pages = max(-(-len(every) // PAGE), 1)
    page = min(max(page, 1), pages)
    entries = readable(reader.held.entries, reader.access)
    own = [each for each in entries if each.member_id == member_id]
    await reader.pause()
    taste = taste_of(own, entries, await films_of(entries, work))
    await reader.pause()
    found = None if mine else await match_with(member, reader.access, reader.context, work)
    return MemberPage(
        member_id=member_id,
        name=member.name,
        mine=mine,
        counts=histogram(own),
        rated=sum(each.rating is not None for each in own),
        mean=mean_rating(own),
        club_mean=mean_rating(entries),
        taste=taste,
        card=taste_card(member.name, reader.club, taste) if taste else "",
        match_blocks=await _match_blocks(found, reader, work) if found else (),
        match_card=await _match_card(found, member, reader, work) if found else "",
        reviews=await review_lines(every[(page - 1) * PAGE : page * PAGE], reader, work),
        total=len(every),
        page=page,
        pages=pages,
    )


def _counts(review: Review, member_id: MemberId, *, mine: bool) -> bool:
    """Whether a review stands on the page: theirs; critics' reviews that they brought in, on their own."""
    return review.member_id == member_id and (mine or not review.critic)


async def _match_card(found: TasteMatch, member: Member, reader: Reader, work: UnitOfWork) -> str:
    """Draw the agreement with the reader; nothing where too few films are common."""
    if found.agreement is None or found.agreement.alike is None:
        return ""
    sides = await evidence_of(found, work)
    return match_card(reader.context.member.name, member.name, reader.club, found, sides)


async def _match_blocks(found: TasteMatch, reader: Reader, work: UnitOfWork) -> list[Block]:
    blocks: list[Block] = [in_words(found)]
    if found.agreement is not None:
        sides = await evidence_films(found, reader.context, work)
        for title, items in zip(("You agree on", "You part over"), sides, strict=True):
            if items:
                blocks += [Heading((Plain(title),)), FilmList(tuple(items), numbered=False)]
    return blocks
