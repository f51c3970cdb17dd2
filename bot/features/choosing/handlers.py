"""Handler of `heat or alien?`: each film in a few lines, then which of them fits those who watch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.clubs.club import Member
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import HalfStars, show_rating
from bot.domain.reviews.review import Review
from bot.features.choosing.commands import ChooseCommand
from bot.features.picks.commands import MarkTitleCommand
from bot.features.reviews.commands import ReviewCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.phrases import counted, joined
from bot.messages.replies import Button, FilmItem, FilmList, Heading, Paragraph, Reply
from bot.messages.spans import Plain, Span
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import find, reference
from bot.request.lookup.members import company
from bot.views.access import Access, access_of
from bot.views.film_card import opinion
from bot.views.film_facts import byline
from bot.views.taste import tastes
from recommender import Profile, predict_ratings

_CLOSE = 0.5
"""Half-stars between two guesses from which one film fits better."""


async def choose(command: ChooseCommand, context: Context, work: UnitOfWork) -> Reply:
    """Set films side by side, and say which of them fits."""
    films = await _films(command, context, work)
    if isinstance(films, Reply):
        return films
    members = await company(command.members, context, work)
    profiles = await tastes(members, context.member.member_id, work)
    access = await access_of(context.member.member_id, context.club, work)
    reviews = {
        film.film_id: [each for each in await work.reviews.of_film(film.film_id) if each.shared]
        for film in films
    }
    fits = await _fits(films, profiles, context, work)
    items = tuple(
        FilmItem(
            film.film_id,
            film.title,
            film.year,
            _lines(film, reviews[film.film_id], profiles[0], access, context),
            _actions(film, profiles[0]),
            byline=byline(film),
        )
        for film in films
    )
    told = _verdict(films, fits, members, access) or _by_the_club(films, reviews, access)
    question = f"{joined([film.title for film in films], 'or')}?"
    blocks = (
        Heading((Plain(question),)),
        FilmList(items, numbered=False),
        *((Paragraph((Plain(told),)),) if told else ()),
    )
    return Reply(blocks, f"{question} {told}".strip(), Visibility.ONLY_YOU)


async def _films(
    command: ChooseCommand, context: Context, work: UnitOfWork
) -> Sequence[Film] | Reply:
    """Find the films, or ask which one is meant by the first title that several have."""
    named = (command.film, *command.others)
    films: list[Film] = []
    for place, title in enumerate(named):
        rest = (*(reference(each) for each in films), *named[place + 1 :])
        found = await find(replace(command, film=title, others=rest), context, work, guess=True)
        if isinstance(found, Reply):
            return found
        films.append(found.film)
    return list({each.film_id: each for each in films}.values())


async def _fits(
    films: Sequence[Film], profiles: Sequence[Profile], context: Context, work: UnitOfWork
) -> Mapping[FilmId, float]:
    """Guess how those who watch would like each film, in half-stars on average; empty where nothing is known."""
    overlay = await context.indexes.of(work, films)
    guesses = [
        predict_ratings(overlay, profile, [film.film_id for film in films]) for profile in profiles
    ]
    known = [each for each in guesses if all(film.film_id in each for film in films)]
    if not known:
        return {}
    return {
        film.film_id: sum(each[film.film_id].half_stars for each in known) / len(known)
        for film in films
    }


def _lines(
    film: Film, reviews: Sequence[Review], own: Profile, access: Access, context: Context
) -> tuple[tuple[Span, ...], ...]:
    """Say what the club thinks of a film, and whether the one who asks has seen it."""
    said = opinion(film, reviews, access, context)
    lines = [said.spans] if isinstance(said, Paragraph) else []
    if rating := own.ratings.get(film.film_id):
        stars = show_rating(HalfStars(round(rating)), context.member.scale)
        lines.append((Plain(f"You gave it {stars}."),))
    elif film.film_id in own.seen:
        lines.append((Plain("You have seen it."),))
    return tuple(lines)


def _actions(film: Film, own: Profile) -> tuple[Button, ...]:
    named = reference(film)
    show = Button("Show it", ReviewCommand(named))
    if film.film_id in own.seen:
        return (show,)
    seen, want = MarkTitleCommand(named, "seen"), WatchlistCommand("add", named)
    return show, Button("Watchlist", want), Button("Seen it", seen)


def _verdict(
    films: Sequence[Film],
    fits: Mapping[FilmId, float],
    members: Sequence[Member],
    access: Access,
) -> str:
    """Say which film fits best by the ratings of those who watch; empty where too little is known.

    A guess takes in what the club thinks, so there is none where that is locked.
    """
    if not fits or access.locks or len(films) < 2:
        return ""
    whose, whom = ("your", "you") if len(members) == 1 else ("all your", "all of you")
    ranked = sorted(films, key=lambda each: fits[each.film_id], reverse=True)
    first, second = ranked[:2]
    if fits[first.film_id] - fits[second.film_id] < _CLOSE:
        return f"By {whose} ratings there is little between {first.title} and {second.title}."
    return f"By {whose} ratings, {first.title} fits {whom} best."


def _by_the_club(
    films: Sequence[Film], reviews: Mapping[FilmId, Sequence[Review]], access: Access
) -> str:
    """Say which film the club rates higher, else which is shorter."""
    means = {
        film.film_id: sum(rated) / len(rated)
        for film in films
        if access.may_read(film.film_id)
        and (
            rated := [
                each.rating for each in reviews[film.film_id] if each.rating and not each.critic
            ]
        )
    }
    ranked = sorted(films, key=lambda each: means.get(each.film_id, 0), reverse=True)
    if len(means) == len(films) > 1 and means[ranked[0].film_id] > means[ranked[1].film_id]:
        return (
            f"The club rates {ranked[0].title} higher. I know too little of your taste to say more."
        )
    lengths = sorted([(film.minutes, film.title) for film in films if film.minutes])
    if len(lengths) < max(len(films), 2) or lengths[0][0] == lengths[1][0]:
        return ""
    shorter = counted(lengths[1][0] - lengths[0][0], "minute")
    return f"{lengths[0][1]} is the shortest, by {shorter}."
