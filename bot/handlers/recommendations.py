"""What to watch next: for one member, a mood, like a film, or for everyone in the room."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from statistics import mean

from bot.catalogue.starter import QUICK_START
from bot.commands import MarkFilm, Recommend, Review
from bot.context import Context
from bot.domain.clubs import Mark, MarkKind, Member
from bot.domain.errors import NotFound, UsageError
from bot.domain.films import Film
from bot.domain.ids import FilmId, MemberId
from bot.handlers.card import write_form
from bot.handlers.finding import Unclear, choices, look_up, reference
from bot.handlers.members import company
from bot.handlers.phrases import counted, joined, mention, said, titled
from bot.handlers.picking import pick_items
from bot.ports import UnitOfWork
from bot.replies import (
    Action,
    Actions,
    Block,
    Button,
    FilmList,
    Footnote,
    Form,
    Heading,
    Paragraph,
    Plain,
    Reply,
    Visibility,
)
from recommender import Overlay, Profile, Query, Recommendation, recommend

MOST_PICKS = 10
WELL_LIKED = 7
NOBODY = MemberId("")
FEW_RATINGS = 5
"""Below so many ratings a personal pick is called an early guess."""

_YEARS = re.compile(r"(?P<first>\d{4}|\d{2}(?=s))(?:(?P<decade>s)|\s*[-–]\s*(?P<last>\d{4}))?")
_NEWEST_SHORT_DECADE = 20


async def recommendation(command: Recommend, context: Context, work: UnitOfWork) -> Reply:
    """Pick films, and say in which way they were picked and why."""
    liked = await _liked(command, context, work)
    if isinstance(liked, Reply):
        return liked
    members = await company(command.members, context, work)
    query = Query(
        like=tuple(film.film_id for film in liked),
        mood=command.mood,
        more=command.more,
        less=command.less,
        profiles=await profiles(members, _reader(command, context), work),
        allowed=await _filter(command, context, work),
        count=min(max(command.count, 1), MOST_PICKS),
    )
    overlay = await context.taste.of(work)
    if _knows_nothing(query):
        return await _favourites(overlay, query, context, work)
    found = recommend(overlay, query)
    if not found.picks:
        return _nothing(command, found)
    items = await pick_items(found.picks, overlay, context, work, actions=True)
    title = _title(command, liked, members)
    summary = f"{title}: {joined([item.title for item in items])}."
    list_: tuple[Block, ...] = (Heading((Plain(title),)), FilmList(items))
    if command.share:
        sharer = Footnote((Plain("Shared by "), mention(context.member), Plain(".")))
        return Reply((*list_, sharer), summary, Visibility.CLUB)
    notes = (Footnote((Plain(_mode(found, query, members)),)), *_unknown(found))
    share = Actions((Button("Share", replace(command, share=True)),))
    return Reply((*list_, *notes, share), summary, Visibility.ONLY_YOU)


def _reader(command: Recommend, context: Context) -> MemberId:
    """Name whose private reviews may count: nobody's where everyone will read the picks."""
    return NOBODY if command.share else context.member.member_id


def _knows_nothing(query: Query) -> bool:
    """Whether there is nothing to go by: no wish, and nobody who rated anything."""
    asked = query.like or query.mood or query.more or query.less or query.allowed
    return not asked and not any(profile.ratings for profile in query.profiles)


async def _favourites(overlay: Overlay, query: Query, context: Context, work: UnitOfWork) -> Reply:
    """Show what the club likes best, and offer films to begin with."""
    best = recommend(overlay, replace(query, allowed=well_liked(overlay).__contains__))
    items = await pick_items(best.picks, overlay, context, work, actions=True)
    start = await _quick_start(query, work)
    blocks: list[Block] = []
    if items:
        blocks += [Heading((Plain("The club's favourites that you have not seen"),))]
        blocks += [FilmList(items)]
        told = "You have not rated anything yet, so these are the club's favourites."
    else:
        told = (
            "Nobody here has rated anything that you could still see, so I have nothing to go by."
        )
    how = " Tell me one film you love, as in /recommend like Aftersun, or rate a few of these:"
    blocks.append(Paragraph((Plain(told + how),)))
    blocks.append(Actions(tuple(start)))
    return Reply(tuple(blocks), told, Visibility.ONLY_YOU)


def well_liked(overlay: Overlay) -> set[str]:
    """Find the films that the club's members rate at three stars and a half or better, on average."""
    ratings: dict[str, list[int]] = {}
    for review in overlay.opinions():
        ratings.setdefault(review.film_id, []).append(review.half_stars or 0)
    return {film_id for film_id, given in ratings.items() if mean(given) >= WELL_LIKED}


async def _quick_start(query: Query, work: UnitOfWork) -> list[Action]:
    """Offer forms for films that most people have an opinion on, far apart from each other."""
    done = query.profiles[0].done()
    films = await work.films.many([FilmId(each) for each in QUICK_START if each not in done])
    return [
        Form(film.label, Review(reference(film)), ("rating",))
        for film_id in QUICK_START
        if (film := films.get(FilmId(film_id)))
    ]


async def profiles(
    members: Iterable[Member], me: MemberId, work: UnitOfWork
) -> tuple[Profile, ...]:
    """Gather each member's taste. What others keep private stays out of it."""
    marks = await work.marks.of([member.member_id for member in members])
    return tuple([await _profile(member.member_id, me, marks, work) for member in members])


async def _profile(
    member_id: MemberId, me: MemberId, marks: Sequence[Mark], work: UnitOfWork
) -> Profile:
    reviews = [
        each
        for each in await work.reviews.of_member(member_id)
        if not each.critic and (each.shared or (member_id == me and not each.hidden))
    ]

    def marked(kind: MarkKind) -> frozenset[str]:
        return frozenset(m.film_id for m in marks if m.member_id == member_id and m.kind is kind)

    return Profile(
        ratings={each.film_id: each.rating for each in reviews if each.rating},
        seen=marked(MarkKind.SEEN) | {each.film_id for each in reviews},
        never=marked(MarkKind.NEVER),
        abandoned=frozenset(each.film_id for each in reviews if each.abandoned),
    )


async def _liked(
    command: Recommend, context: Context, work: UnitOfWork
) -> tuple[Film, ...] | Reply:
    """Find the films that the picks should be like, or ask which are meant."""
    films: list[Film] = []
    for place, typed in enumerate(command.like):
        found = await look_up(typed, context, work, guess=True)
        if isinstance(found, Unclear):
            return _which(found, command, place, context)
        films.append(found.film)
    return tuple(films)


def _which(unclear: Unclear, command: Recommend, place: int, context: Context) -> Reply:
    def with_(named: str) -> Recommend:
        like = (*command.like[:place], named, *command.like[place + 1 :])
        return replace(command, like=like)

    meant = choices(unclear, context)
    if not meant:
        again = [Button("Try again", command)] if context.offers.retry else []
        note = f" {context.offers.missing}" if context.offers.retry else ""
        return said(
            f"I don't know {unclear.typed!r}. Check the spelling, or describe a mood instead.{note}",
            actions=again,
        )
    buttons = (Button(label, with_(named)) for label, named in meant)
    return said(f"Which {unclear.typed!r} do you mean?", actions=buttons)


async def _filter(
    command: Recommend, context: Context, work: UnitOfWork
) -> Callable[[str], bool] | None:
    """Turn `from` and `under` into a test of film ids."""
    wanted: set[str] | None = None
    first, last = None, None
    if command.since.casefold() == "watchlist":
        wanted = await _watchlist(context, work)
    elif command.since:
        first, last = _years(command.since)
    if first or command.max_minutes:
        fitting = await work.films.within(
            first_year=first, last_year=last, max_minutes=command.max_minutes
        )
        wanted = set(fitting) if wanted is None else wanted & set(fitting)
    return None if wanted is None else wanted.__contains__


async def _watchlist(context: Context, work: UnitOfWork) -> set[str]:
    marks = await work.marks.of([context.member.member_id])
    films = {str(mark.film_id) for mark in marks if mark.kind is MarkKind.WATCHLIST}
    if not films:
        raise NotFound("Your watchlist is empty. Fill it with /watchlist add and a title.")
    return films


def _years(typed: str) -> tuple[int, int]:
    """Read `1994`, `90s`, `1990s` or `1990-1995`. Returns the first and the last year."""
    found = _YEARS.fullmatch(typed.strip())
    if found is None:
        raise UsageError(
            f"I can't read the years {typed!r}. Try from 90s, from 1994, from 1990-1995 "
            "or from watchlist."
        )
    if found["last"]:
        return int(found["first"]), int(found["last"])
    year = int(found["first"])
    if year < 100:
        year += 2000 if year <= _NEWEST_SHORT_DECADE else 1900
    return (year, year + 9) if found["decade"] else (year, year)


def _title(command: Recommend, liked: Sequence[Film], members: Sequence[Member]) -> str:
    if liked:
        return f"If you liked {joined([film.title for film in liked])}"
    if command.mood:
        return f"For the mood: {command.mood}"
    if len(members) > 1 or command.share:
        return f"For {joined([member.name for member in members])}"
    return "For you"


def _mode(found: Recommendation, query: Query, members: Sequence[Member]) -> str:
    """Say in which way the picks were made, so that nobody takes a guess for knowledge."""
    if query.like or query.mood:
        club = f" and {counted(found.reviews, 'review')} of this club" if found.reviews else ""
        return f"From the films' own texts and people{club}."
    rated = len(query.profiles[0].ratings)
    if len(members) > 1:
        return f"For {len(members)} of you, from {counted(found.ratings, 'rating')} in all."
    if rated == 0:
        return "You have not rated anything yet, so this goes by the films and the club alone."
    if rated < FEW_RATINGS:
        return f"An early guess from {counted(rated, 'rating')} of yours. A few more will help."
    return f"From {counted(rated, 'rating')} of yours and {counted(found.raters, 'rater')} here."


def _unknown(found: Recommendation) -> list[Block]:
    if not found.unknown_words:
        return []
    words = joined([f"“{word}”" for word in found.unknown_words], "or")
    return [Footnote((Plain(f"No film here speaks of {words}."),))]


def _nothing(command: Recommend, found: Recommendation) -> Reply:
    """Say honestly why there is no pick."""
    if command.mood and found.unknown_words:
        words = joined([f"“{word}”" for word in found.unknown_words], "or")
        return said(f"No film here speaks of {words}. Try other words: tender, ghosts, road trip.")
    if command.since or command.max_minutes:
        return said("Nothing fits all of that. Drop from or under, or allow more minutes.")
    return said(
        "You have seen everything I know. Add films, or take a mark back with /film and a title."
    )


async def mark(command: MarkFilm, context: Context, work: UnitOfWork) -> Reply:
    """Mark a film as seen or never to be suggested; the same button takes it back."""
    film = await work.films.get(command.film_id)
    if film is None:
        raise NotFound("That film is not in the catalogue any more.")
    kind = MarkKind(command.mark)
    me = context.member.member_id
    back = Button("Undo", replace(command, remove=not command.remove))
    if command.remove:
        await work.marks.remove(me, film.film_id, kind)
        return said("Took that back: ", titled(film), " may come up again.", actions=(back,))
    await work.marks.put(Mark(me, film.film_id, kind, context.now))
    if kind is MarkKind.SEEN:
        await work.marks.remove(me, film.film_id, MarkKind.WATCHLIST)
        return said("Marked ", titled(film), " as seen.", actions=(back, write_form(film)))
    return said("I won't suggest ", titled(film), " to you again.", actions=(back,))
