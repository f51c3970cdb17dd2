"""Picks as a member reads them: why, who said so, and what may put one off."""

from collections.abc import Iterable, Mapping, Sequence

from bot.commands import MarkFilm, Recommend, Watchlist
from bot.context import Context
from bot.domain.clubs import MarkKind
from bot.domain.films import Film
from bot.domain.ids import FilmId
from bot.domain.ratings import Scale, show_rating
from bot.domain.reviews import Review
from bot.handlers.finding import reference
from bot.handlers.phrases import author, joined
from bot.ports import UnitOfWork
from bot.replies import Action, Button, Emphasis, FilmItem, Plain, Span
from bot.taste import Roster, roster_of
from recommender import Contribution, Pick, Query, recommend
from recommender import Quote as PickQuote

MOST_REASONS = 4
"""Words and names that stand in one line of reasons."""

_LEADS: Mapping[str, str] = {
    "theme": "",
    "genre": "",
    "director": "by",
    "cast": "with",
    "reviews": "members write of",
    "text": "it speaks of",
    "title": "its title says",
}
"""How each kind of reason is told. A shared country, language or decade alone convinces nobody."""


async def similar_items(
    film: Film, context: Context, work: UnitOfWork, count: int = 5
) -> tuple[FilmItem, ...]:
    """List what somebody who liked this film may like."""
    overlay = await context.taste.of(work)
    query = Query(like=(film.film_id,), count=count)
    return await pick_items(recommend(overlay, query).picks, context, work, actions=False)


async def pick_items(
    picks: Sequence[Pick], context: Context, work: UnitOfWork, *, actions: bool
) -> tuple[FilmItem, ...]:
    """Turn picks into a list with their reasons, quotes and warnings."""
    films = await work.films.many([FilmId(pick.film_id) for pick in picks])
    liked = await work.films.many(_sources(picks))
    roster = await roster_of(work)
    items = []
    for pick in picks:
        film = films[FilmId(pick.film_id)]
        lines = [why(pick, liked)]
        if pick.quote:
            lines.append(await _quoted(pick.quote, roster, context.member.scale, work))
        if pick.watch_out:
            lines.append(await _warning(pick, roster, context.member.scale, work))
        buttons = _pick_actions(film) if actions else ()
        items.append(FilmItem(film.film_id, film.title, film.year, tuple(lines), buttons))
    return tuple(items)


def why(pick: Pick, liked: Mapping[FilmId, Film]) -> tuple[Span, ...]:
    """Say what carried a pick's score, strongest first, in the words of its films and reviews."""
    strong = [reason for reason in pick.reasons if reason.value > 0 and reason.label]
    told = _told(strong)
    sources = _source_titles(strong, liked)
    through = (Plain(" · as in "), Emphasis((Plain(joined(sources)),))) if sources else ()
    return (Plain(f"Why: {told or 'liked in this club'}"), *through)


def _told(reasons: Iterable[Contribution]) -> str:
    """Tell the strongest reasons, kind by kind: `grief and ghosts; with Paul Mescal`."""
    chosen: list[Contribution] = []
    for reason in reasons:
        if len(chosen) < MOST_REASONS and reason.kind in _LEADS and not _repeats(reason, chosen):
            chosen.append(reason)
    by_lead: dict[str, list[str]] = {}
    for kind, lead in _LEADS.items():
        by_lead.setdefault(lead, []).extend(each.label for each in chosen if each.kind == kind)
    return "; ".join(f"{lead} {joined(told)}".strip() for lead, told in by_lead.items() if told)


def _repeats(reason: Contribution, chosen: Iterable[Contribution]) -> bool:
    """Whether a reason says no more than one already chosen: `home` after `childhood home`."""
    words = set(reason.label.casefold().split())
    return any(
        words <= (other := set(each.label.casefold().split())) or words >= other for each in chosen
    )


def _sources(picks: Iterable[Pick]) -> list[FilmId]:
    found = {reason.source for pick in picks for reason in pick.reasons if reason.source}
    return [FilmId(film_id) for film_id in sorted(found)]


def _source_titles(reasons: Iterable[Contribution], liked: Mapping[FilmId, Film]) -> list[str]:
    """Name the one or two liked films that speak loudest for a pick."""
    weights: dict[str, float] = {}
    for reason in reasons:
        if reason.source and FilmId(reason.source) in liked:
            weights[reason.source] = weights.get(reason.source, 0.0) + reason.value
    if len(liked) < 2:
        return []
    loudest = sorted(weights, key=lambda film_id: -weights[film_id])[:2]
    return [liked[FilmId(film_id)].title for film_id in loudest]


async def _quoted(
    quote: PickQuote, roster: Roster, scale: Scale, work: UnitOfWork
) -> tuple[Span, ...]:
    review = await work.reviews.get(quote.review_id)
    source = _source(review, roster, scale) if review else ()
    return (Plain(f"“{quote.text}” "), *source)


async def _warning(pick: Pick, roster: Roster, scale: Scale, work: UnitOfWork) -> tuple[Span, ...]:
    warning = pick.watch_out
    if warning is None:
        return ()
    if warning.quote:
        return (Plain("Watch out: "), *await _quoted(warning.quote, roster, scale, work))
    return (Plain(f"Watch out: {warning.label}"),)


def _source(review: Review, roster: Roster, scale: Scale) -> tuple[Span, ...]:
    rating = f", {show_rating(review.rating, scale)}" if review.rating else ""
    return (Plain("— "), author(review, roster), Plain(rating))


def _pick_actions(film: Film) -> tuple[Action, ...]:
    return (
        Button("Seen it", MarkFilm(film.film_id, MarkKind.SEEN)),
        Button("Watchlist", Watchlist("add", reference(film))),
        Button("Never suggest", MarkFilm(film.film_id, MarkKind.NEVER)),
        Button("More like this", Recommend(like=(reference(film),))),
    )
