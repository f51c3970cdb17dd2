"""Handler of the score-helper: "better or worse than ...?", at most three times, then a rating to take."""

from dataclasses import replace

from bot.domain.errors import NotFound
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import HalfStars, show_rating
from bot.features.reviews.commands import RateCommand, ReviewCommand
from bot.features.weighing.commands import WeighCommand
from bot.features.weighing.questions import FEWEST, next_film, suggested
from bot.messages.phrases import said, titled
from bot.messages.replies import Button, Reply, Style
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import reference


async def weigh(command: WeighCommand, context: Context, work: UnitOfWork) -> Reply:
    """Ask the next question, or suggest the rating that the answers lead to."""
    film = await work.films.get(command.film_id)
    if film is None:
        raise NotFound("That film is not there any more.")
    ratings = await _own_ratings(film.film_id, context, work)
    if len(set(ratings.values())) < FEWEST:
        return said(
            f"To compare, I need films of yours with at least {FEWEST} different ratings. Until then, trust "
            "your first thought.",
            actions=(Button("Choose a rating", RateCommand(reference(film))),),
        )
    other_id = next_film(ratings, command.above, command.below, command.asked)
    other = await work.films.get(other_id) if other_id else None
    if other is None:
        return _suggestion(film, command, context)
    at, asked = ratings[other.film_id], (*command.asked, other.film_id)
    better = replace(command, above=at, asked=asked)
    worse = replace(command, below=at, asked=asked)
    same = replace(command, above=at - 1, below=at + 1, asked=asked)
    actions = (Button("Better", better), Button("About the same", same), Button("Worse", worse))
    given = show_rating(at, context.member.scale)
    told = (titled(film), " or ", titled(other), f" ({given}): is it better or worse?")
    return said(*told, actions=actions, asks=True)


async def _own_ratings(film_id: FilmId, context: Context, work: UnitOfWork) -> dict[FilmId, int]:
    """Return the ratings of the member's other films, the last given first."""
    reviews = await work.reviews.of_member(context.member.member_id)
    return {
        each.film_id: each.rating
        for each in reviews
        if each.rating and not each.critic and each.film_id != film_id
    }


def _suggestion(film: Film, command: WeighCommand, context: Context) -> Reply:
    best = suggested(command.above, command.below)
    near = [each for each in (best + 1, best - 1) if command.above < each < command.below]
    scale = context.member.scale

    def take(half_stars: int, style: Style = Style.NORMAL) -> Button:
        rating = HalfStars(half_stars)
        return Button(show_rating(rating, scale), ReviewCommand(reference(film), rating), style)

    again = Button("Ask me again", WeighCommand(film.film_id))
    actions = (take(best, Style.PRIMARY), *map(take, near), again)
    told = f" is {show_rating(best, scale)} beside your other films. Press what fits; nothing is saved yet."
    return said(titled(film), told, actions=actions, asks=True)
