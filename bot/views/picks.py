"""Picks as list items: reasons, quotes, warnings, actions."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.catalogue.club_index import roster_of
from bot.domain.clubs.club import Member, Roster
from bot.domain.films.film import Film, film_label
from bot.domain.ids import FilmId, MemberId
from bot.domain.reviews.ratings import Scale, show_rating
from bot.features.films.commands import OpenFilmCommand
from bot.features.picks.commands import RecommendCommand
from bot.messages.commands import Command
from bot.messages.phrases import joined
from bot.messages.plain_text import plain
from bot.messages.replies import Choice, FilmItem, FilmList, Option
from bot.messages.spans import Emphasis, Mention, Plain, Span
from bot.ports.store import UnitOfWork
from bot.request.commands_first import Pause
from bot.request.context import Context
from bot.views.access import Access
from bot.views.film_facts import byline
from bot.views.reasons import MOST_REASONS, WHY, shared_and_typed, why
from recommender import (
    LOVED,
    Overlay,
    Pick,
    PickQuote,
    PredictedRating,
    Query,
    ReviewDocument,
    kindred_themes,
    recommend,
)
from recommender.text import themes

LOVED_SHARE, LOVED_FILMS = 0.03, 100
"""A film that a member should love ranks within this share and this number of all films."""

CHOOSE = "Choose a film"
"""The menu that opens one of the films of a list."""

LONGEST_QUOTE = 120
"""Characters of a sentence that is quoted in a list; a longer one stands on the film's own card."""

MOST_QUOTED = 3
"""Films of a list that are quoted, the first ones: five picks stay within one and a half screens of a phone."""

MOST_BESIDE_QUOTE = 2
"""Reasons for a pick that is quoted, too: the words of a member say more than a third one."""

SETTLED = 6.5
"""Predicted half-stars below which a member settles for a film."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The request behind picks: command, members, and each one's predicted ratings by film id.

    `wanted_by` names who of a group has a film on their watchlist.
    `known` holds the films that were named, or loved by the viewers: only these may stand in reasons.
    `access` is the reader's; a film's own card has no `command`.
    """

    known: frozenset[str]
    access: Access
    command: RecommendCommand | None = None
    expected: Sequence[Mapping[str, PredictedRating]] = ()
    members: Sequence[Member] = ()
    wanted_by: Mapping[str, Sequence[str]] = field(default_factory=dict)


Voices = tuple[Roster, Scale]
"""The members and the reader's rating scale, for the sources of quotes."""


async def similar_films(
    film: Film,
    access: Access,
    context: Context,
    work: UnitOfWork,
    pause: Pause | None = None,
) -> FilmList:
    """Return the films most similar to this one; `pause` is awaited once they are found."""
    overlay = await context.indexes.of(work, [film])
    found = recommend(overlay, Query(like=(film.film_id,)))
    if pause is not None:
        await pause()
    picks = [_beside(film, pick) for pick in found.picks]
    asked = Asked(frozenset({film.film_id}), access)
    return openable(await pick_items(picks, overlay, context, work, asked))


def openable(
    items: Sequence[FilmItem],
    command: Command | None = None,
    field: str = "film_id",
) -> FilmList:
    """Return a list of films of which each can be opened, by a command with its id in `field`."""
    options = tuple(
        Option(film_label(each.title, each.year), each.film_id, plain(each.byline))
        for each in items
    )
    choice = (
        Choice(CHOOSE, options, command or OpenFilmCommand(FilmId("")), field) if options else None
    )
    return FilmList(tuple(items), choice=choice)


def why_of(item: FilmItem) -> str:
    """Return why a film was picked, in plain words; empty where nothing says so."""
    told = (plain(line) for line in item.lines)
    return next((each.removeprefix(WHY) for each in told if each.startswith(WHY)), "")


def reason_of(item: FilmItem) -> str:
    """Return why a film was picked, in plain words for a menu; its byline where nothing says so."""
    return why_of(item) or plain(item.byline)


def _beside(film: Film, pick: Pick) -> Pick:
    """Call the film "this" in reasons on its own card."""
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
    asked: Asked,
) -> tuple[FilmItem, ...]:
    """Return picks as list items with reasons, quotes, warnings and actions."""
    typed = f"{asked.command.mood} {asked.command.more}" if asked.command else ""
    said = shared_and_typed(picks, typed)
    sources = _sources(picks)
    films = await work.films.many([*(FilmId(pick.film_id) for pick in picks), *sources])
    liked = {film_id: films[film_id] for film_id in sources if film_id in films}
    voices = (await roster_of(work), context.member.scale)
    many = len(picks) > 1
    short = many and asked.command is not None  # a film's own card shows a menu without quotes
    speaking = [
        pick
        for pick in picks
        if pick.quote
        and asked.access.may_read(FilmId(pick.film_id))
        and not (many and len(pick.quote.text) > LONGEST_QUOTE)
    ]
    quotes = {each.film_id: _quote(each, overlay, voices) for each in speaking[:MOST_QUOTED]}
    return tuple(
        FilmItem(
            film.film_id,
            film.title,
            film.year,
            (
                *_reasons(
                    *(pick, film, liked, asked, overlay, said),
                    quoted=short and film.film_id in quotes,
                ),
                *_caveat(pick, liked, asked),
                *_wanted_line(film, asked),
                *_group_line(pick, asked, len(overlay), voices[1]),
                *_rating_line(film, asked, voices[1]),
            ),
            byline=byline(film),
            quote=quotes.get(film.film_id, ()),
        )
        for pick in picks
        # A film may have been taken out of the catalogue since the index was made.
        if (film := films.get(FilmId(pick.film_id)))
    )


def _sources(picks: Iterable[Pick]) -> list[FilmId]:
    found = {reason.source for pick in picks for reason in pick.reasons if reason.source}
    found |= {film_id for pick in picks if pick.caveat for film_id in pick.caveat.films}
    return [FilmId(film_id) for film_id in sorted(found)]


def _quoted(
    quote: PickQuote, documents: Mapping[str, ReviewDocument], roster: Roster, scale: Scale
) -> tuple[Span, ...]:
    """Quote a sentence with its author and their rating."""
    document = documents[quote.review_id]
    rating = f", {show_rating(document.half_stars, scale)}" if document.half_stars else ""
    return (Plain(f"“{quote.text}” — "), _author(document, roster), Plain(rating))


def _author(document: ReviewDocument, roster: Roster) -> Span:
    if document.critic:
        return Plain(document.author_id)
    member = roster.get(MemberId(document.author_id))
    return Mention(MemberId(document.author_id), member.name if member else "a former member")


def _reasons(
    pick: Pick,
    film: Film,
    liked: Mapping[FilmId, Film],
    asked: Asked,
    overlay: Overlay,
    said: Collection[frozenset[str]],
    *,
    quoted: bool,
) -> Iterator[tuple[Span, ...]]:
    if not asked.access.may_read(film.film_id):
        said_of = frozenset({"club", "review"})
        pick = replace(pick, reasons=tuple(r for r in pick.reasons if r.kind not in said_of))

    def akin(source: str) -> list[str]:
        rows = overlay.row_of(film.film_id), overlay.row_of(source)
        return kindred_themes(overlay, *rows) if min(rows) >= 0 else []

    most = MOST_BESIDE_QUOTE if quoted else MOST_REASONS
    if line := why(pick, film, liked, asked.known, akin, most, said):
        yield line


def _quote(pick: Pick, overlay: Overlay, voices: Voices) -> tuple[Span, ...]:
    """Return the quote for a pick, if there is one."""
    documents = {each.review_id: each for each in overlay.reviews_of(pick.film_id)}
    return _quoted(pick.quote, documents, *voices) if pick.quote else ()


def _caveat(pick: Pick, films: Mapping[FilmId, Film], asked: Asked) -> Iterator[tuple[Span, ...]]:
    """Warn of what was wanted less, or of what the member minded before: that is for their eyes."""
    found = pick.caveat
    minded = [films[FilmId(each)].title for each in found.films if each in films] if found else []
    if found is None or (found.films and not minded) or (minded and _shared(asked)):
        return
    label = themes.spelling(found.label)
    if not minded:
        yield (Plain(f"Watch out: {label}"),)
        return
    yield (Plain(f"Watch out: {label}, as in "), Emphasis((Plain(joined(minded[:2])),)))


def _shared(asked: Asked) -> bool:
    return asked.command is not None and asked.command.share


def _group_line(pick: Pick, asked: Asked, films: int, scale: Scale) -> Iterator[tuple[Span, ...]]:
    """Word who of a group should love a film, and for whom it is a compromise, and how much of one."""
    if not pick.percentiles:
        return
    love, compromise = list[str](), list[str]()
    for number, guess, top in verdicts(pick, asked.expected, films):
        name = asked.members[number].name
        if top and guess.half_stars >= LOVED:
            love.append(name)
        elif guess.half_stars < SETTLED and not top:
            compromise.append(f"{name} (about {show_rating(round(guess.half_stars), scale)})")
    told = [f"{joined(love)} should love it"] if love else []
    told += [f"{joined(compromise)} may like it less"] if compromise else []
    if told:
        yield (Plain("; ".join(told)),)


def verdicts(
    pick: Pick, expected: Sequence[Mapping[str, PredictedRating]], films: int
) -> Iterator[tuple[int, PredictedRating, bool]]:
    """Yield each member of a group by number, with their predicted rating of a pick, where enough is known.

    Also whether the pick is among the films that they should like best, of so many films.
    """
    loved = min(LOVED_SHARE * films, LOVED_FILMS)
    for number, percentile in enumerate(pick.percentiles):
        guess = expected[number].get(pick.film_id) if expected else None
        if percentile is not None and guess is not None:
            yield number, guess, (1 - percentile) * films <= loved


def _wanted_line(film: Film, asked: Asked) -> Iterator[tuple[Span, ...]]:
    if names := asked.wanted_by.get(film.film_id):
        yield (Plain(f"On the watchlist of {joined(names)}"),)


def _rating_line(film: Film, asked: Asked, scale: Scale) -> Iterator[tuple[Span, ...]]:
    """Word the predicted rating of the one who asked, where its interval says something."""
    guess = asked.expected[0].get(film.film_id) if len(asked.expected) == 1 else None
    if guess and guess.is_narrow:
        yield (Plain(f"Likely {show_rating(round(guess.half_stars), scale)} from you"),)
