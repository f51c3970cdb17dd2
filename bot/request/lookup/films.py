"""Film lookup: from typed text to a film, or to a question that keeps what was typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.catalogue.titles.index import LONGEST_TITLE
from bot.catalogue.titles.links import film_link, is_short_link
from bot.catalogue.titles.normalise import ARTICLES, normalise
from bot.catalogue.titles.popularity import fame
from bot.domain.errors import NotFound
from bot.domain.films.film import Film, film_label
from bot.domain.ids import FilmId
from bot.domain.words.text import one_line
from bot.features.merging.commands import MergeFilmCommand
from bot.features.reviews.commands import ReviewCommand, SaveCritiqueCommand
from bot.messages.commands import Command
from bot.messages.phrases import joined, said
from bot.messages.replies import Action, Button, Footnote, Form, Reply
from bot.messages.spans import Emphasis, Plain, Span
from bot.ports.film_source import SourceFilm
from bot.ports.store import UnitOfWork
from bot.request.commands import DropDraftCommand, RecallCommand
from bot.request.context import Context
from bot.request.lookup.commands import AddFilmCommand, NamesFilm
from bot.request.lookup.namesakes import famous_first, labels
from bot.request.stored_actions import draft_of

ADD_FIELDS = ("title", "year", "director", "line")
"""Fields of the form for an unknown film."""

_MOST_CANDIDATES = 5
_FAR_BETTER_KNOWN = 50
"""Ratio of how well known two films of one title are from which the better known is meant: *Titanic*."""

_FEW = 3
BY_ID = "id:"
_QUOTES = ' "“”„«»'

Named = TypeVar("Named", bound=NamesFilm)


@dataclass(frozen=True, slots=True)
class Found:
    """The film that was meant. `others` may be meant instead, where it was a guess."""

    film: Film
    others: tuple[Film, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """Several films may be meant, or, when there are no candidates, none is known.

    `likely`: the first candidate is probably meant, only spelled otherwise.
    """

    typed: str
    candidates: tuple[Film, ...]
    same_title: bool
    likely: bool = False


async def look_up(
    typed: str, context: Context, work: UnitOfWork, *, guess: bool
) -> Found | Unclear:
    """Find a film by title, id or link; a likely but inexact one is taken only with `guess`.

    A film that is found is the one spoken of from now on.
    """
    found = await _looked_up(typed, context, work, guess=guess)
    if isinstance(found, Found):
        context.speak_of(found.film.film_id)
    return found


async def _looked_up(
    typed: str, context: Context, work: UnitOfWork, *, guess: bool
) -> Found | Unclear:
    if typed.startswith(BY_ID) and (film := await work.films.get(FilmId(typed[len(BY_ID) :]))):
        return Found(film)
    match = context.titles.resolve(typed, _MOST_CANDIDATES)
    exact = await _films([each.film_id for each in match.exact], work)
    if len(exact) == 1 and not guess and _has_another_article(typed, exact[0]):
        return Unclear(typed, exact, same_title=False, likely=True)
    if len(exact) == 1:
        return Found(exact[0])
    if exact:
        return await _known_to_the_club(typed, exact, work)
    near = await _films([each.film_id for each in match.near], work)
    likely = match.likely is not None and bool(near) and near[0].film_id == match.likely.film_id
    if guess and likely and not context.offers.for_title(typed):
        return Found(near[0], near[1:])
    return Unclear(typed, near, same_title=False, likely=likely)


def _has_another_article(typed: str, film: Film) -> bool:
    """Tell whether a title was typed with an article that no name of the film has: *The Room* is not *Room*."""
    typed = typed.strip(_QUOTES)
    if typed.partition(" ")[0].lower() not in ARTICLES:
        return False
    names = (film.title, film.original_title or "", *film.other_titles)
    alike = [each for each in names if normalise(each) == normalise(typed)]
    return bool(alike) and all(each.partition(" ")[0].lower() not in ARTICLES for each in alike)


async def look_up_each(
    titles: Iterable[str], context: Context, work: UnitOfWork, *, guess: bool
) -> list[tuple[str, Film | None]]:
    """Find the films of several titles: each with its film, None where it is not clear which is meant."""
    found = [(typed, await look_up(typed, context, work, guess=guess)) for typed in titles]
    return [(typed, each.film if isinstance(each, Found) else None) for typed, each in found]


async def film_by_id(film_id: FilmId, work: UnitOfWork) -> Film:
    """Return the film of an id that a button holds; NotFound where it has left the catalogue."""
    film = await work.films.get(film_id)
    if film is None:
        raise NotFound("That film is not in the catalogue any more.")
    return film


async def find(command: Named, context: Context, work: UnitOfWork, *, guess: bool) -> Found | Reply:
    """Find the film of a command, or ask which one is meant, keeping the command for the answer."""
    if not command.film.strip(_QUOTES):
        return await which_film(command, context, work)
    found = await look_up(command.film, context, work, guess=guess)
    if isinstance(found, Unclear):
        return await ask(found, command, context, work)
    return found


async def which_film(command: Named, context: Context, work: UnitOfWork) -> Reply:
    """Ask for a missing title in a form; what was said without one is kept."""
    kept = await _kept(command, context, work)
    name = Form("Name the film", kept, ("film",))
    if isinstance(kept, RecallCommand) and isinstance(command, ReviewCommand | SaveCritiqueCommand):
        drop = Button("Drop it", DropDraftCommand(kept.draft))
        return said(
            "Which film is it about? What you wrote is kept.", actions=(name, drop), asks=True
        )
    return replace(said("Which film?", actions=(name,), asks=True), aside=True)


async def ask(unclear: Unclear, command: Named, context: Context, work: UnitOfWork) -> Reply:
    """Ask which film is meant; what the member was writing waits in a draft."""
    kept = await _kept(command, context, work)
    meant = choices(unclear, context)
    actions: list[Action] = [Button(label, replace(kept, film=named)) for label, named in meant]
    if context.offers.retry:
        actions.append(Button("Try again", replace(kept, film=unclear.typed)))
    actions.append(Form("Search again", replace(kept, film=unclear.typed), ("film",)))
    nameless = unclear.same_title or is_short_link(unclear.typed)
    if not (nameless or isinstance(command, MergeFilmCommand)):
        draft = kept.draft if isinstance(kept, RecallCommand) else None
        actions.append(Form("Add it", AddFilmCommand(unclear.typed, draft=draft), ADD_FIELDS))
    if isinstance(kept, RecallCommand):
        actions.append(Button("Drop it", DropDraftCommand(kept.draft)))
    question: Reply = said(
        *_question(unclear, kept, guesses=bool(meant), links=context.offers.links),
        actions=actions,
        asks=True,
    )
    worth_saying = not (unclear.likely or is_short_link(unclear.typed)) or context.offers.retry
    if unclear.same_title or not worth_saying or not context.offers.missing:
        return question
    note = Footnote((Plain(context.offers.missing),))
    return replace(question, blocks=(*question.blocks, note))


def choices(unclear: Unclear, context: Context) -> list[tuple[str, str]]:
    """Return labels and references of the films that may be meant, likelier ones first.

    Offers of a live source hold this title; similar titles of the catalogue may be far off.
    """
    told = zip(labels(unclear.candidates), unclear.candidates, strict=True)
    known = [(label, reference(film)) for label, film in told]
    offered = _offered(unclear, context)
    if unclear.likely or not offered:
        return known + offered
    return offered + known[:_FEW]


def _offered(unclear: Unclear, context: Context) -> list[tuple[str, str]]:
    """Return labels and references of the live source's offers that the catalogue lacks."""
    if unclear.same_title:
        return []
    there = {film.tmdb_id for film in unclear.candidates}
    labels = {film.label for film in unclear.candidates}
    return [
        (_offer(each), _number(each))
        for each in context.offers.for_title(unclear.typed)
        if each.number not in there and film_label(each.title, each.year) not in labels
    ]


def _offer(film: SourceFilm) -> str:
    """Label an offered film: `Weekend (2011), by Andrew Haigh`."""
    label = film_label(film.title, film.year)
    return f"{label}, by {joined(film.directors[:2])}" if film.directors else label


def _number(film: SourceFilm) -> str:
    """Return the reference that fetches an offered film when it is chosen."""
    return f"tmdb:{film.number}"


def reference(film: Film) -> str:
    """Return the reference that finds exactly this film."""
    return f"{BY_ID}{film.film_id}"


async def _kept(command: Named, context: Context, work: UnitOfWork) -> Named | RecallCommand:
    """Return the command for a button: one that writes is stored in a draft meanwhile."""
    if not command.writes:
        return command
    draft = draft_of(command, context)
    await work.drafts.put(draft)
    return RecallCommand(draft.draft_id)


NOT_FOLLOWED = (
    " is a short link, which I can't follow. Give me the address it leads to, or a title."
)
"""Advice after a short link, which only a browser can follow."""


def _question(
    unclear: Unclear, kept: Command, *, guesses: bool, links: bool
) -> tuple[Span | str, ...]:
    waiting = " What you wrote is kept." if isinstance(kept, RecallCommand) else ""
    typed = Emphasis((Plain(one_line(unclear.typed, LONGEST_TITLE)),))
    if is_short_link(unclear.typed):
        return (
            typed,
            NOT_FOLLOWED,
            waiting,
        )
    if unclear.same_title:
        return ("Several films are called ", typed, ". Which one do you mean?", waiting)
    if guesses:
        return ("I don't know ", typed, ". Did you mean one of these?", waiting)
    if links:
        todo = "Check the spelling, or give its TMDB, IMDb or Letterboxd link."
    elif film_link(unclear.typed):
        todo = "Give its title instead."
    else:
        todo = "Check the spelling, or add it for this club."
    return ("I don't know ", typed, f" yet. {todo}", waiting)


async def _known_to_the_club(
    typed: str, films: Sequence[Film], work: UnitOfWork
) -> Found | Unclear:
    """Choose, among films of one title, the only one that the club has reviewed, or that people know."""
    reviewed = await work.reviews.films()
    known = [film for film in films if film.film_id in reviewed]
    if len(known) == 1:
        others = tuple(film for film in films if film != known[0])
        return Found(known[0], others)
    first, *rest = famous_first(films)
    if not known and fame(first) >= _FAR_BETTER_KNOWN * max(map(fame, rest)):
        return Found(first, tuple(rest))
    return Unclear(typed, (first, *rest), same_title=True)


async def _films(film_ids: Sequence[FilmId], work: UnitOfWork) -> tuple[Film, ...]:
    found = await work.films.many(film_ids)
    films = (found[film_id] for film_id in film_ids if film_id in found)
    return tuple({film.film_id: film for film in films}.values())  # two may be joined
