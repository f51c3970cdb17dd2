"""Handlers that merge a film into another one for a club, and undo that.

It is one that the club has added itself, or one of everybody's that stands twice in the catalogue: of
that the club gets a copy, which stands for the other one. No other club sees anything of it.
"""

from dataclasses import replace

from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.delivery.planning import replan
from bot.domain.errors import NotFound, UsageError
from bot.domain.films.film import Film
from bot.features.films.commands import FilmCommand
from bot.features.merging.commands import MergeFilmCommand, PartFilmCommand
from bot.features.merging.film_merge import Moved, move, put_back
from bot.features.merging.one_film import check_may_be_one
from bot.features.merging.release_days import put_days_back, take_days_along
from bot.messages.phrases import counted, joined, said, titled, undo_button
from bot.messages.replies import Button, Reply
from bot.messages.spans import Span
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.adding import is_own
from bot.request.lookup.films import Found, Unclear, ask, look_up, reference, which_film
from bot.request.lookup.namesakes import labels

_MOST_OFFERED = 5


async def merge(command: MergeFilmCommand, context: Context, work: UnitOfWork) -> Reply:
    """Merge a film into the one that it is, or ask which films are meant."""
    own = await _film_that_goes(command, context, work)
    if isinstance(own, Reply):
        return own
    other = await _other_film(replace(command, own=reference(own)), own, context, work)
    if isinstance(other, Reply):
        return other
    if not is_own(own):
        check_may_be_one(own, other)
    days = await take_days_along(own, other, context.club.club_id, work) if own.club_id else ()
    await work.films.save(replace(own, club_id=context.club.club_id, stands_for=other.film_id))
    moved = await move(own.film_id, other.film_id, context.planning(work))
    back = PartFilmCommand(own.film_id, moved.reviews, moved.marks, moved.reminders, days)
    show = FilmCommand(reference(other))
    return said(
        *_told(own, other),
        f" {_went_along(moved)}",
        actions=(Button("Show it", show), undo_button(back)),
    )


async def part(command: PartFilmCommand, context: Context, work: UnitOfWork) -> Reply:
    """Undo a merge."""
    own = next((each for each in await work.films.own() if each.film_id == command.film_id), None)
    if own is None or own.stands_for is None:
        raise NotFound("That was undone already.")
    await put_days_back(command.days, own.stands_for, work)
    other = await work.films.get(own.stands_for)
    own = replace(own, stands_for=None)
    await _save_alone(own, work)
    moved = Moved(command.reviews, command.marks, command.reminders)
    planner = context.planning(work)
    await put_back(moved, own.film_id, planner)
    if other is not None:
        await replan(planner, film_id=other.film_id)
    again = (
        MergeFilmCommand(reference(own), reference(other))
        if other
        else MergeFilmCommand(reference(own))
    )
    return said(
        *(_whose(own).capitalize(), titled(own)),
        " is a film of its own again, with all that was moved.",
        actions=(Button("Merge it again", again, settles=True),),
    )


def _told(own: Film, other: Film) -> tuple[Span | str, ...]:
    if own.label == other.label and not is_own(own):
        return ("Merged: both entries of ", titled(other), " are one film here from now on.")
    return ("Merged: ", _whose(own), titled(own), " is ", titled(other), " from now on.")


def _whose(film: Film) -> str:
    return "your club's " if is_own(film) else ""


async def _save_alone(film: Film, work: UnitOfWork) -> None:
    """Save a film that stands for none again; a copy that says no more than everybody's goes."""
    if is_own(film):
        await work.films.save(film)
        return
    await work.films.remove(film.film_id)
    everybodys = await work.films.get(film.film_id)
    if everybodys is None or set(everybodys.releases) != set(film.releases):
        await work.films.save(film)


async def _film_that_goes(
    command: MergeFilmCommand, context: Context, work: UnitOfWork
) -> Film | Reply:
    """Find a film among the club's own, else among everybody's, or offer the club's own."""
    films = {each.film_id: each for each in await work.films.own()}
    own = [each for each in films.values() if is_own(each) and each.stands_for is None]
    typed = command.own.strip()
    found = TitleIndex(map(TitledFilm.of, own)).resolve(typed).exact if own else ()
    if len(found) == 1:
        return films[found[0].film_id]
    if typed and not found:
        everybodys = await look_up(typed, context, work, guess=False)
        if isinstance(everybodys, Found) and not everybodys.others:
            return everybodys.film
        if isinstance(everybodys, Unclear) and everybodys.same_title:
            named = zip(labels(everybodys.candidates), everybodys.candidates, strict=True)
            offers = (Button(told, replace(command, own=reference(each))) for told, each in named)
            offered = tuple(offers)[:_MOST_OFFERED]
            return said("Which of them goes?", actions=offered, asks=True)
    if not own:
        raise NotFound(
            "Name two films: first the entry that goes, which stands here twice or was added by your "
            "club, then the film that it really is."
        )
    meant = [films[each.film_id] for each in found] or own
    label = "Which film of your club's own is it?"
    offers = (
        Button(told, replace(command, own=reference(each)))
        for told, each in zip(labels(meant), meant, strict=True)
    )
    return said(label, actions=tuple(offers)[:_MOST_OFFERED], asks=True)


async def _other_film(
    command: MergeFilmCommand, own: Film, context: Context, work: UnitOfWork
) -> Film | Reply:
    """Find the real film, or ask: a command that writes never guesses."""
    if not command.film.strip():
        return await which_film(command, context, work)
    found = await look_up(command.film, context, work, guess=False)
    several = (found.film, *found.others) if isinstance(found, Found) else found.candidates
    if [each.film_id for each in several] == [own.film_id]:
        check_may_be_one(own, own)
    films = tuple(each for each in several if each.film_id != own.film_id and not is_own(each))
    sure = isinstance(found, Found) or found.same_title
    if sure and len(films) == 1:
        return films[0]
    if sure and not films:
        raise UsageError(
            "Your club has added that one too. Name a film that everybody knows, or give its "
            "TMDB, IMDb or Letterboxd link."
        )
    likely = isinstance(found, Unclear) and found.likely
    return await ask(Unclear(command.film, films, sure, likely), command, context, work)


def _went_along(moved: Moved) -> str:
    """Word what was moved in a sentence or two, without names: some of it is private."""
    told = [
        counted(len(moved.reviews) - moved.folded, "review"),
        counted(sum(each.startswith("-") for each in moved.marks), "mark"),
        counted(len(moved.reminders), "reminder"),
    ]
    there = joined([each for each in told if not each.startswith("0 ")])
    along = f"{there} went along." if there else "Nobody had said anything of it yet."
    if not moved.folded:
        return along
    return (
        f"{along} {counted(moved.folded, 'member')} had reviewed both: the newer review stands, "
        "the older is its history."
    )
