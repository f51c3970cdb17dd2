"""A film that one member opens: its card with all that can be done, or all that is known of it."""

from bot.catalogue.club_index import roster_of
from bot.features.films.commands import FilmDetailsCommand, OpenFilmCommand
from bot.messages.replies import Actions, Block, Heading, Reply
from bot.messages.spans import Plain
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import film_by_id
from bot.views.access import access_of
from bot.views.film_card import credit, film_actions, lock, release_lines, review_actions
from bot.views.film_facts import facts
from bot.views.opened_film import opened_film
from bot.views.opinions import in_full
from bot.views.picks import similar_films


async def open_film(command: OpenFilmCommand, context: Context, work: UnitOfWork) -> Reply:
    """Return a film's card for the member who opened it."""
    return await opened_film(await film_by_id(command.film_id, work), (), (), context, work)


async def film_details(command: FilmDetailsCommand, context: Context, work: UnitOfWork) -> Reply:
    """Return all facts of a film, all that the club thinks of it, and what is like it."""
    film = await film_by_id(command.film_id, work)
    shared = [each for each in await work.reviews.of_film(film.film_id) if each.shared]
    access = await access_of(context.member.member_id, context.club, work)
    locked = bool(shared) and not access.may_read(film.film_id)
    blocks: list[Block] = [facts(film), *release_lines(film, context)]
    blocks += [lock()] if locked else in_full(shared, await roster_of(work), context.member.scale)
    similar = await similar_films(film, access, context, work)
    blocks += [Heading((Plain("If you liked this"),)), similar] if similar.items else []
    blocks += credit(film)
    actions = (*review_actions(film, len(shared)), *film_actions(film, context))
    blocks.append(Actions(actions))
    return Reply(tuple(blocks), f"{film.label}. {film.logline}", Visibility.ONLY_YOU)
