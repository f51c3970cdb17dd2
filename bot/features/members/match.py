"""How alike two members' tastes are, from what both share with the club."""

from collections.abc import Mapping, Sequence

from bot.domain.agreement import FEWEST, Agreement, agreement
from bot.domain.films import Film
from bot.domain.ids import FilmId
from bot.domain.ratings import show_rating
from bot.domain.reviews import Review
from bot.messages.phrases import counted, titled
from bot.messages.replies import Block, Field, Fields, Paragraph, Plain, Span, Strong
from bot.ports.store import UnitOfWork
from bot.request.context import Context

EARLY = 8
"""Films in common below which the match is called early."""


async def taste_match(shared: Sequence[Review], context: Context, work: UnitOfWork) -> list[Block]:
    """Word how alike the reader and a member rate; `shared`: the member's reviews that they may read."""
    reviews = await work.reviews.of_member(context.member.member_id)
    mine = {each.film_id: each.rating for each in reviews if each.rating and not each.critic}
    theirs = {each.film_id: each.rating for each in shared if each.rating}
    found = agreement(mine, theirs)
    if found is None:
        told = f"It takes {FEWEST} films that you both rated to say how alike your tastes are."
        common = len(mine.keys() & theirs.keys())
        return [Paragraph((Plain(f"{told} There {'is' if common == 1 else 'are'} {common}."),))]
    films = await work.films.many([found.closest, found.furthest])
    return [Paragraph(_in_words(found)), *_ends(found, films, mine, theirs, context)]


def _in_words(found: Agreement) -> tuple[Span, ...]:
    early = ", an early guess" if found.films < EARLY else ""
    apart = f"{found.apart / 2:.1f} stars apart on average" if found.apart else "always the same"
    common = f"{counted(found.films, 'film')} that you both rated"
    if found.alike is None:
        return (Plain(f"You are {apart} on {common}; too few differ to say how alike you rank."),)
    match = Strong((Plain(f"Taste match {found.alike:.0%}"),))
    return (match, Plain(f" from {common}{early}; {apart}."))


def _ends(
    found: Agreement,
    films: Mapping[FilmId, Film],
    mine: Mapping[FilmId, int],
    theirs: Mapping[FilmId, int],
    context: Context,
) -> list[Block]:
    """Name the film on which they are closest, and the one on which they are furthest apart."""
    if found.apart == 0:
        return []
    lines: list[Field] = []
    for name, film_id in (("Closest", found.closest), ("Furthest", found.furthest)):
        if film := films.get(film_id):
            scale = context.member.scale
            yours, other = show_rating(mine[film_id], scale), show_rating(theirs[film_id], scale)
            told = f", {yours} both" if yours == other else f", you {yours}, they {other}"
            lines.append(Field(name, (titled(film), Plain(told))))
    return [Fields(tuple(lines))]
