"""Picks as a member reads them: why, who said so, and what may put one off."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import ceil, floor

from bot.commands import MarkFilm, Recommend, Watchlist
from bot.context import Context
from bot.domain.clubs import MarkKind, Member
from bot.domain.films import Film
from bot.domain.ids import FilmId, MemberId
from bot.domain.ratings import Scale, show_rating
from bot.handlers.finding import reference
from bot.handlers.phrases import joined
from bot.ports import UnitOfWork
from bot.regions import country, language
from bot.replies import Action, Button, Emphasis, FilmItem, Mention, Plain, Span
from bot.taste import Roster, roster_of
from recommender import (
    Contribution,
    Overlay,
    Pick,
    PredictedRating,
    Query,
    ReviewDocument,
    recommend,
)
from recommender import Quote as PickQuote

LOVED_SHARE, LOVED_FILMS = 0.03, 100
COMPROMISE_SHARE, COMPROMISE_FILMS = 0.15, 1_000
"""A film that a member should love is among this share of all films, and this many, that they like best;
one that is not among so many is a compromise."""

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


@dataclass(frozen=True, slots=True)
class Asked:
    """The wish that picks answer, who watches, and how a member alone may rate them, by film id."""

    command: Recommend
    expected: Mapping[str, PredictedRating] = field(default_factory=dict)
    members: Sequence[Member] = ()


Voices = tuple[Roster, Scale]
"""What it takes to say whose words are quoted: the members, and the reader's scale."""


async def similar_items(
    film: Film, context: Context, work: UnitOfWork, count: int = 5
) -> tuple[FilmItem, ...]:
    """List what somebody who liked this film may like."""
    overlay = await context.taste.of(work)
    found = recommend(overlay, Query(like=(film.film_id,), count=count))
    picks = [_beside(film, pick) for pick in found.picks]
    return await pick_items(picks, overlay, context, work)


def _beside(film: Film, pick: Pick) -> Pick:
    """Call a film "this" in the reasons of picks that stand on its own card."""
    return replace(
        pick,
        reasons=tuple(
            replace(each, label="this")
            if (each.kind, each.source) == ("club", film.film_id)
            else each
            for each in pick.reasons
        ),
    )


async def pick_items(
    picks: Sequence[Pick],
    overlay: Overlay,
    context: Context,
    work: UnitOfWork,
    asked: Asked | None = None,
) -> tuple[FilmItem, ...]:
    """Turn picks into a list with their reasons, quotes and warnings, and with what can be done."""
    sources = _sources(picks)
    films = await work.films.many([*(FilmId(pick.film_id) for pick in picks), *sources])
    liked = {film_id: films[film_id] for film_id in sources if film_id in films}
    voices = (await roster_of(work), context.member.scale)
    return tuple(
        FilmItem(
            film.film_id,
            film.title,
            film.year,
            (
                *_lines(pick, film, liked, overlay, voices),
                *_group_line(pick, asked, len(overlay)),
                *_rating_line(film, asked, voices[1]),
            ),
            _pick_actions(film, asked.command) if asked else (),
        )
        for pick in picks
        # A film may have been taken out of the catalogue since the index was made.
        if (film := films.get(FilmId(pick.film_id)))
    )


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
        for reason in (each for each in reasons if each.kind in kinds):
            if len(chosen) >= enough:
                break
            label = _label(reason, film, liked)
            if label and not _repeats(label, chosen):
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
                return reason.label
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
    words = _words(reason.label)
    themes = [theme for theme in film.themes if words <= _words(theme)]
    source = liked.get(FilmId(reason.source or ""))
    if source is not None:
        themes = [theme for theme in themes if theme in source.themes]
    return themes[0] if themes else ""


def _repeats(label: str, chosen: Iterable[str]) -> bool:
    """Whether a label says no more than one already chosen: `home` after `childhood home`."""
    words = _words(label)
    return any(words <= (other := _words(each)) or words >= other for each in chosen)


@lru_cache(maxsize=8_192)
def _words(label: str) -> frozenset[str]:
    """Split a label for comparing: the catalogue's themes come again and again."""
    return frozenset(label.casefold().split())


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


def _quoted(
    quote: PickQuote, documents: Mapping[str, ReviewDocument], roster: Roster, scale: Scale
) -> tuple[Span, ...]:
    """Show a sentence with whose it is and how they rated the film."""
    document = documents[quote.review_id]
    rating = f", {show_rating(document.half_stars, scale)}" if document.half_stars else ""
    return (Plain(f"“{quote.text}” — "), _author(document, roster), Plain(rating))


def _author(document: ReviewDocument, roster: Roster) -> Span:
    if document.critic:
        return Plain(document.author_id)
    member = roster.get(MemberId(document.author_id))
    return Mention(MemberId(document.author_id), member.name if member else "a former member")


def _lines(
    pick: Pick, film: Film, liked: Mapping[FilmId, Film], overlay: Overlay, voices: Voices
) -> Iterator[tuple[Span, ...]]:
    """Yield what there is to say for a pick, and against it."""
    documents = {each.review_id: each for each in overlay.reviews_of(film.film_id)}
    if line := why(pick, film, liked):
        yield line
    if pick.quote:
        yield _quoted(pick.quote, documents, *voices)
    if pick.watch_out and pick.watch_out.quote:
        yield (Plain("Watch out: "), *_quoted(pick.watch_out.quote, documents, *voices))
    elif pick.watch_out:
        yield (Plain(f"Watch out: {pick.watch_out.label}"),)


def _group_line(pick: Pick, asked: Asked | None, films: int) -> Iterator[tuple[Span, ...]]:
    """Say who of a group should love a film, and who would compromise."""
    if not asked or not pick.keenness:
        return
    ranks = [
        (member.name, (1 - keenness) * films)
        for member, keenness in zip(asked.members, pick.keenness, strict=True)
        if keenness is not None
    ]
    loved = min(LOVED_SHARE * films, LOVED_FILMS)
    far = min(COMPROMISE_SHARE * films, COMPROMISE_FILMS)
    love = [name for name, rank in ranks if rank <= loved]
    compromise = [name for name, rank in ranks if rank > far]
    told = [f"{joined(love)} should love it"] if love else []
    told += [f"a compromise for {joined(compromise)}"] if compromise else []
    if told:
        text = "; ".join(told)
        yield (Plain(f"{text[:1].upper()}{text[1:]}" if not love else text),)


def _rating_line(film: Film, asked: Asked | None, scale: Scale) -> Iterator[tuple[Span, ...]]:
    """Say how the member may rate a film, as far as that is known."""
    expected = asked.expected.get(film.film_id) if asked else None
    if expected:
        middle = show_rating(round(expected.half_stars), scale)
        low, high = floor(expected.low), ceil(expected.high)
        between = f"{show_rating(low, scale)} to {show_rating(high, scale)}"
        yield (Plain(f"You may give it {middle} ({between})"),)


def _pick_actions(film: Film, command: Recommend) -> tuple[Action, ...]:
    away = replace(command, unlike=(*command.unlike, reference(film)), share=False)
    return (
        Button("Seen it", MarkFilm(film.film_id, MarkKind.SEEN)),
        Button("Watchlist", Watchlist("add", reference(film))),
        Button("Never suggest", MarkFilm(film.film_id, MarkKind.NEVER)),
        Button("More like this", Recommend(like=(reference(film),))),
        Button("Less of this", away),
    )
