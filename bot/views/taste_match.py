"""How alike two members' tastes are, from what both share with the club."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.clubs.club import Member
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.reviews.agreement import FEWEST, Agreement, agreement, evidence
from bot.domain.reviews.ratings import Scale, show_rating
from bot.domain.reviews.review import Review
from bot.messages.phrases import counted
from bot.messages.replies import Block, FilmItem, Paragraph
from bot.messages.spans import Plain, Span, Strong
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.access import Access

EARLY = 8
"""Films in common below which the match is called early."""


@dataclass(frozen=True, slots=True)
class TasteMatch:
    """The reader's ratings beside those of a member that they may read, in half-stars by film."""

    mine: Mapping[FilmId, int]
    theirs: Mapping[FilmId, int]
    agreement: Agreement | None

    @property
    def common(self) -> int:
        """Films that both rated."""
        return len(self.mine.keys() & self.theirs.keys())


def taste_match(own: Sequence[Review], shared: Sequence[Review]) -> TasteMatch:
    """Compare one's own reviews with those of a member, as far as the reader may read them."""
    mine = {each.film_id: each.rating for each in own if each.rating and not each.critic}
    theirs = {each.film_id: each.rating for each in shared if each.rating and not each.critic}
    return TasteMatch(mine, theirs, agreement(mine, theirs))


async def match_with(
    member: Member,
    access: Access,
    context: Context,
    work: UnitOfWork,
    *,
    shared_only: bool = False,
) -> TasteMatch:
    """Compare the reader's ratings with what a member shares of films that their access opens.

    `shared_only`: only by those of the reader's own that the club may read.
    """
    shared = [
        each
        for each in await work.reviews.of_member(member.member_id)
        if each.shared and access.may_read(each.film_id)
    ]
    own = await work.reviews.of_member(context.member.member_id)
    return taste_match([each for each in own if each.shared or not shared_only], shared)


def in_words(match: TasteMatch) -> Block:
    """Word how alike the two rate, with its interval; too few films say nothing."""
    found = match.agreement
    if found is None:
        return Paragraph((Plain(_too_few(match.common)),))
    early = ", an early guess" if found.films < EARLY else ""
    apart = f"{found.apart / 2:.1f} stars apart on average" if found.apart else "always the same"
    common = f"{counted(found.films, 'film')} that you both rated"
    if found.alike is None:
        told = f"You are {apart} on {common}; too few differ to say how alike you rank."
        return Paragraph((Plain(told),))
    share = Strong((Plain(f"Taste match {found.alike:.0%}"),))
    between = f" ({found.low:.0%} to {found.high:.0%})"
    return Paragraph((share, Plain(f"{between} from {common}{early}; {apart}.")))


def _too_few(common: int) -> str:
    told = f"Too few to say: it takes {FEWEST} films that you both rated to tell how alike your tastes are"
    if not common:
        return f"{told}, and there is none yet."
    return f"{told}, and there {'is' if common == 1 else 'are'} {common}."


async def evidence_films(
    match: TasteMatch, context: Context, work: UnitOfWork
) -> tuple[list[FilmItem], list[FilmItem]]:
    """Return films on which the two agree, and films that part them, each with both ratings."""
    near, far = await evidence_of(match, work)
    scale = context.member.scale
    return [_item(each, match, scale) for each in near], [_item(each, match, scale) for each in far]


async def evidence_of(match: TasteMatch, work: UnitOfWork) -> tuple[list[Film], list[Film]]:
    """Return films on which two members agree, and films that part them."""
    near, far = evidence(match.mine, match.theirs)
    films = await work.films.many([*near, *far])
    return [films[each] for each in near if each in films], [
        films[each] for each in far if each in films
    ]


def _item(film: Film, match: TasteMatch, scale: Scale) -> FilmItem:
    yours, other = match.mine[film.film_id], match.theirs[film.film_id]
    told = f"{show_rating(yours, scale)} both"
    if yours != other:
        told = f"you {show_rating(yours, scale)}, they {show_rating(other, scale)}"
    line: tuple[Span, ...] = (Plain(told),)
    return FilmItem(film.film_id, film.title, film.year, (line,))
