"""Picks as a member reads them: why, who said so, and what may put one off."""

from collections.abc import Iterable, Mapping, Sequence

from bot.commands import MarkFilm, Recommend, Watchlist
from bot.context import Context
from bot.domain.clubs import MarkKind
from bot.domain.films import Film
from bot.domain.ids import FilmId, ReviewId
from bot.domain.ratings import Scale, show_rating
from bot.domain.reviews import Review
from bot.handlers.finding import reference
from bot.handlers.phrases import author, joined
from bot.ports import UnitOfWork
from bot.regions import country, language
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
    "club": "liked here by those who liked",
    "reviews": "members write of",
    "text": "it speaks of",
}
"""How each kind of reason is told. A shared country, language or decade alone convinces nobody."""

_WEAK = ("genre", "reviews", "text")
"""Kinds that are told only where there is little else to say."""


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
    sources = _sources(picks)
    films = await work.films.many([*(FilmId(pick.film_id) for pick in picks), *sources])
    liked = {film_id: films[film_id] for film_id in sources if film_id in films}
    roster = await roster_of(work)
    items = []
    for pick in picks:
        film = films.get(FilmId(pick.film_id))
        if film is None:  # taken out of the catalogue since the index was made
            continue
        lines = [line] if (line := why(pick, film, liked)) else []
        if pick.quote:
            lines.append(await _quoted(pick.quote, roster, context.member.scale, work))
        if pick.watch_out:
            lines.append(await _warning(pick, roster, context.member.scale, work))
        buttons = _pick_actions(film) if actions else ()
        items.append(FilmItem(film.film_id, film.title, film.year, tuple(lines), buttons))
    return tuple(items)


def why(pick: Pick, film: Film, liked: Mapping[FilmId, Film]) -> tuple[Span, ...]:
    """Say what carried a pick's score, strongest first, in the words of its films and reviews."""
    strong = [reason for reason in pick.reasons if reason.value > 0 and reason.label]
    told = _told(strong, film, liked)
    sources = _source_titles(strong, liked)
    through = (Plain(" · as in "), Emphasis((Plain(joined(sources)),))) if sources else ()
    return (Plain(f"Why: {told}"), *through) if told else ()


def _told(reasons: Sequence[Contribution], film: Film, liked: Mapping[FilmId, Film]) -> str:
    """Tell the strongest reasons, kind by kind: `grief and ghosts; with Paul Mescal`."""
    chosen: dict[str, str] = {}
    for kinds in (_LEADS.keys() - set(_WEAK), *({kind} for kind in _WEAK)):
        enough = MOST_REASONS if len(kinds) > 1 else MOST_REASONS // 2
        for reason in reasons:
            label = _label(reason, film, liked)
            tells = label and reason.kind in kinds and not _repeats(label, chosen)
            if tells and len(chosen) < enough:
                chosen[label] = reason.kind
    if not chosen:
        return _last_resort(reasons)
    by_lead: dict[str, list[str]] = {}
    for kind, lead in _LEADS.items():
        by_lead.setdefault(lead, []).extend(label for label in chosen if chosen[label] == kind)
    return "; ".join(f"{lead} {joined(told)}".strip() for lead, told in by_lead.items() if told)


def _last_resort(reasons: Sequence[Contribution]) -> str:
    """Tell the strongest of the reasons that convince nobody, for there is no other."""
    for reason in reasons:
        match reason.kind:
            case "club":
                return "liked in this club"
            case "country":
                return f"also from {country(reason.label)}"
            case "language":
                return f"also in {language(reason.label)}"
            case "year":
                return f"from {reason.label}"
    return ""


def _label(reason: Contribution, film: Film, liked: Mapping[FilmId, Film]) -> str:
    """Name a theme whole where one of its words carried the score: `slow burn`, not `burn`.

    Empty where the word stands in different themes: `home` of `childhood home` and `home video`
    is a reason for the score, but none that a reader would accept.
    """
    if reason.kind == "club":
        return reason.label if reason.source else ""
    if reason.kind != "theme":
        return reason.label
    words = set(reason.label.casefold().split())
    themes = [theme for theme in film.themes if words <= set(theme.casefold().split())]
    source = liked.get(FilmId(reason.source or ""))
    if source is not None:
        themes = [theme for theme in themes if theme in source.themes]
    return themes[0] if themes else ""


def _repeats(label: str, chosen: Iterable[str]) -> bool:
    """Whether a label says no more than one already chosen: `home` after `childhood home`."""
    words = set(label.casefold().split())
    return any(
        words <= (other := set(each.casefold().split())) or words >= other for each in chosen
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
    review = await work.reviews.get(ReviewId(quote.review_id))
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
