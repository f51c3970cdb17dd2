"""The hit rate of picks in this club, shown on request."""

import asyncio

from bot.messages.phrases import said
from bot.messages.replies import Block, Footnote, Heading, Paragraph, Reply
from bot.messages.spans import Plain
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from recommender import HitRate, Overlay, hit_rate
from recommender.evaluation.hit_rate import DEPTH, FEWEST_MEMBERS, FEWEST_RATINGS, FEWEST_TRIALS
from recommender.evaluation.metrics import Estimate


async def hits(context: Context, work: UnitOfWork) -> Reply:
    """Show how many loved films the picks would have found, beside popularity alone."""
    overlay = await context.indexes.of(work)
    found = await hits_of(overlay)
    if found is None:
        return said(
            f"There is not enough to say yet. It takes {FEWEST_TRIALS} films that at least "
            f"{FEWEST_MEMBERS} members love (four stars and up), of members who have rated more than "
            f"{FEWEST_RATINGS} films each."
        )
    title = "How often picks hit in this club"
    blocks: tuple[Block, ...] = (
        Heading((Plain(title),)),
        *(Paragraph((Plain(each),)) for each in hits_in_words(found)),
        Footnote((Plain(_small_print(DEPTH / max(len(overlay), DEPTH))),)),
    )
    return Reply(blocks, f"{title}: {found.picks} of {found.trials}.", Visibility.ONLY_YOU)


async def hits_of(overlay: Overlay) -> HitRate | None:
    """Return the hit rate of a club's picks, found in a thread, for that takes long; None if too little was rated."""
    return await asyncio.to_thread(hit_rate, overlay.copy())


def hits_in_words(found: HitRate) -> tuple[str, str]:
    """Say how often picks hit, then how often popularity alone does."""
    return _own(found), f"{_popular(found)} {_difference(found)}"


def _own(found: HitRate) -> str:
    return (
        f"Of {found.trials} films that {found.members} members here love, each hidden once, "
        f"{found.picks} came up in that member's first {DEPTH} picks: {_percent(found.picks_share)}."
    )


def _popular(found: HitRate) -> str:
    return f"Going by popularity alone, {found.popularity}: {_percent(found.popularity_share)}."


def _difference(found: HitRate) -> str:
    if not found.significant:
        return "The difference may be chance."
    return f"The difference is clear: {'the picks' if found.better else 'popularity'} did better."


def _percent(share: Estimate) -> str:
    return f"{share.mean:.0%}, give or take ({share.low:.0%} to {share.high:.0%})"


def _small_print(chance: float) -> str:
    return f"The ranges hold in 19 of 20 cases. A blind draw would hit in {chance:.1%}."
