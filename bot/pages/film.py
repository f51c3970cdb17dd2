"""A film's page: its facts, what the club thinks where it is unlocked, similar films, one's own marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.clubs.club import MarkKind
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.features.figures.counting.entries import entries_of
from bot.features.figures.counting.scores import histogram, mean_rating
from bot.features.picks.commands import MarkFilmCommand
from bot.features.reviews.commands import DeleteReviewCommand, ReviewCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.features.web.commands import ShareLinkCommand
from bot.features.weighing.commands import WeighCommand
from bot.features.weighing.questions import FEWEST
from bot.messages.replies import Block, Button, FilmCard, FilmItem, Form
from bot.pages.reviews import Reader, ReviewLine, review_lines
from bot.ports.store import UnitOfWork
from bot.request.lookup.films import reference
from bot.views.access import public_access
from bot.views.film_card import WRITE_FIELDS, credit, release_lines
from bot.views.film_facts import facts
from bot.views.opened_film import remind_action
from bot.views.opinions import summary
from bot.views.picks import similar_films

OWN_FIELDS = (*WRITE_FIELDS, "watched_on", "rewatch", "abandoned")
"""Fields of the form for a review of the film."""


@dataclass(frozen=True, slots=True)
class ClubFilmPage:
    """All of a film's page. `locked`: scores and reviews stay hidden until one has seen it.

    `counts`: how often each rating was given, the highest first; `opinion`: what was loved and minded.
    """

    film: Film
    facts: FilmCard
    dates: Sequence[Block]
    credits: Sequence[Block]
    locked: bool
    shared: int
    mean: float | None
    counts: Sequence[tuple[int, int]]
    opinion: Sequence[Block]
    reviews: Sequence[ReviewLine]
    own: ReviewLine | None
    similar: Sequence[FilmItem]
    actions: Sequence[Button | Form]
    write: Form


async def film_page(film_id: FilmId, reader: Reader, work: UnitOfWork) -> ClubFilmPage | None:
    """Return a film's page; None for a film that the club does not have."""
    film = await work.films.get(film_id)
    if film is None:
        return None
    context = reader.context
    newest = reader.held.newest
    shared = [each for each in newest if each.shared and each.film_id == film.film_id]
    locked = bool(shared) and not reader.access.may_read(film.film_id)
    counted = [] if locked else shared
    readable = list(reader.reviews(film.film_id))
    entries = entries_of(counted, context.club.zone)
    await reader.pause()
    lines = await review_lines(readable, reader, work)
    own = next((each for each in lines if each.mine), None)
    opinion = summary(counted, reader.roster, context.member.scale) if len(counted) > 1 else []
    await reader.pause()
    similar = await similar_films(film, reader.access, context, work, reader.pause)
    await reader.pause()
    return ClubFilmPage(
        film=film,
        facts=facts(film),
        dates=release_lines(film, context),
        credits=credit(film),
        locked=locked,
        shared=len(shared),
        mean=mean_rating(entries),
        counts=histogram(entries),
        opinion=opinion,
        reviews=[each for each in lines if not each.mine],
        own=own,
        similar=similar.items,
        actions=await _actions(film, own, reader, work),
        write=Form(
            "Edit your review" if own else "Write a review",
            ReviewCommand(film=reference(film)),
            OWN_FIELDS,
        ),
    )


async def _actions(
    film: Film, own: ReviewLine | None, reader: Reader, work: UnitOfWork
) -> list[Button | Form]:
    marks = {e.kind for e in await work.marks.of([reader.me]) if e.film_id == film.film_id}
    listed, never = MarkKind.WATCHLIST in marks, MarkKind.NEVER in marks
    change = WatchlistCommand("remove" if listed else "add", reference(film))
    found: list[Button | Form] = [Button("Off the watchlist" if listed else "Watchlist", change)]
    if own is None:
        seen = MarkKind.SEEN in marks
        told = "Not seen after all" if seen else "Seen it"
        found.append(Button(told, MarkFilmCommand(film.film_id, MarkKind.SEEN, remove=seen)))
        told = "Suggest it again" if never else "Never suggest"
        found.append(Button(told, MarkFilmCommand(film.film_id, MarkKind.NEVER, remove=never)))
    if (own is None or not own.rating) and _can_compare(film.film_id, reader):
        found.append(Button("Not sure what to rate it?", WeighCommand(film.film_id)))
    remind = remind_action(film, reader.context)
    if isinstance(remind, Button | Form):
        found.append(remind)
    if own is not None:
        found.append(Button("Delete your review", DeleteReviewCommand(own.review_id)))
        if "private" not in own.states and not public_access(reader.context.club).locks:
            found.append(Button("Share by a link", ShareLinkCommand(own.review_id)))
    return found


def _can_compare(film_id: FilmId, reader: Reader) -> bool:
    """Tell whether a member has rated enough other films for this one to be compared with them."""
    own = (e for e in reader.held.newest if e.member_id == reader.me and not e.critic)
    return len({e.rating for e in own if e.rating and e.film_id != film_id}) >= FEWEST
