"""A film opened out of a list: its card, why it is there, and all that one member can do with it."""

from collections.abc import Iterable, Sequence

from bot.domain.clubs.club import MarkKind
from bot.domain.films.film import Film
from bot.features.picks.commands import MarkFilmCommand, RecommendCommand
from bot.features.releases.commands import RemindCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.replies import Action, Actions, Block, Button, Form, Paragraph, Reply
from bot.messages.spans import Span
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import reference
from bot.views.access import access_of
from bot.views.film_card import credit, details, opinion, release_lines
from bot.views.film_facts import short_card


async def opened_film(
    film: Film,
    why: Sequence[tuple[Span, ...]],
    more: Iterable[Action],
    context: Context,
    work: UnitOfWork,
) -> Reply:
    """Return a film's card for one member; `why` are lines of a pick, `more` what can be done besides."""
    access = await access_of(context.member.member_id, context.club, work)
    shared = [each for each in await work.reviews.of_film(film.film_id) if each.shared]
    blocks: list[Block] = [short_card(film), *(Paragraph(line) for line in why)]
    blocks += release_lines(film, context, ahead=True)
    blocks += [opinion(film, shared, access, context)] if shared else []
    blocks += credit(film)
    blocks.append(Actions((*await _actions(film, context, work), *more, details(film))))
    return Reply(tuple(blocks), f"{film.label}. {film.logline}", Visibility.ONLY_YOU)


def remind_action(film: Film, context: Context) -> Action:
    """Return what reminds of a film: on its day, where that lies ahead; else at a time to be named."""
    if any(each.day > context.now.date() for each in film.releases):
        return Button("Remind me", RemindCommand(reference(film)))
    return Form("Remind me", RemindCommand(reference(film)), ("on",))


async def _actions(film: Film, context: Context, work: UnitOfWork) -> list[Action]:
    me = context.member.member_id
    marks = {each.kind for each in await work.marks.of([me]) if each.film_id == film.film_id}
    reviewed = await work.reviews.by(me, film.film_id) is not None
    seen = reviewed or MarkKind.SEEN in marks
    listed = MarkKind.WATCHLIST in marks
    actions: list[Action] = []
    if not seen:
        actions.append(Button("Seen it", MarkFilmCommand(film.film_id, MarkKind.SEEN)))
    change = WatchlistCommand("remove" if listed else "add", reference(film))
    actions.append(Button("Off the watchlist" if listed else "Watchlist", change))
    actions.append(remind_action(film, context))
    never = MarkKind.NEVER in marks
    if not seen:
        label = "Suggest it again" if never else "Never suggest"
        actions.append(Button(label, MarkFilmCommand(film.film_id, MarkKind.NEVER, remove=never)))
    actions.append(Button("More like this", RecommendCommand(like=(reference(film),))))
    return actions
