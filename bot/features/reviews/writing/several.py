"""Several ratings in one line: asked about as one list, and saved as reviews of one film each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from bot.domain.errors import UsageError
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import HalfStars, show_rating
from bot.domain.words.text import one_line
from bot.features.reviews.commands import RateCommand, RateSeveralCommand, ReviewCommand
from bot.features.reviews.own_words.privacy import Readers
from bot.features.reviews.questions.readers import BEYOND
from bot.features.reviews.writing.writing import write
from bot.features.talk.commands import TakeBackCommand
from bot.language.grammar.ratings import bare_rating
from bot.messages.phrases import counted
from bot.messages.replies import Action, Actions, Button, Field, Fields, Paragraph, Reply, Style
from bot.messages.spans import Plain
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.commands import DropDraftCommand, RecallCommand
from bot.request.context import Context
from bot.request.lookup.films import look_up_each, reference
from bot.request.stored_actions import draft_of

_TEXT = 100
"""Characters of what was said of a film that the list repeats."""

_LABEL = 70
"""Characters of a button's label."""

Rated = Sequence[tuple[Film, HalfStars]]
"""Films with their ratings."""

Shown = tuple[Film, HalfStars, bool]
"""A film with its rating, and whether that is private."""


async def rate_several(command: RateSeveralCommand, context: Context, work: UnitOfWork) -> Reply:
    """Ask whether the films and their ratings are right, then save each."""
    if len(command.films) != len(command.half_stars):
        raise UsageError("Give each film its own rating, such as: Alien 5, Heat 4.")
    if context.attachment is not None:
        raise UsageError("A file belongs to one film. Send it with that film's review alone.")
    films: list[tuple[Film, HalfStars]] = []
    texts: dict[FilmId, str] = {}
    said = command.texts or ("",) * len(command.films)
    unclear: list[Action] = []
    found = await look_up_each(command.films, context, work, guess=True)
    for (typed, film), half_stars, words in zip(found, command.half_stars, said, strict=True):
        if film:
            former = texts.get(film.film_id, "")  # a film said twice is rated once, with all words
            texts[film.film_id] = "\n".join(each for each in (former, words) if each)
            films = [each for each in films if each[0].film_id != film.film_id]
            films.append((film, half_stars))
        else:
            label = f"Which “{typed}”?"[:_LABEL]
            alone = ReviewCommand(typed, half_stars, words, private=command.private)
            unclear.append(Button(label, alone))
    if command.confirm:
        unclear += chain.from_iterable(_either(each, command, context) for each in command.unrated)
        return await _ask(replace(command, unrated=()), films, texts, unclear, context, work)
    private = command.readers == Readers.AUTHOR if command.readers else command.private
    readers = "" if private else Readers.CLUB.value  # asked with the list, also in a closed channel
    saved: list[tuple[Film, HalfStars]] = []
    questions: list[Reply] = []
    for film, half_stars in films:
        words = texts[film.film_id]
        rated = ReviewCommand(reference(film), half_stars, words, private=private, readers=readers)
        written = await write(rated, context, work)
        if written.asks:  # of a text that gives the ending away; the others are saved all the same
            questions.append(written)
        else:
            saved.append((film, half_stars))
    told = {film.film_id: texts[film.film_id] for film, _ in saved}
    if not saved and unclear:  # a film that has gone since the question
        questions.append(_listed("Which films do you mean?", (), unclear, context))
    done = _listed(
        f"Saved {counted(len(saved), 'review' if any(told.values()) else 'rating')}:",
        await _with_privacy(saved, context, work, private=private),
        [Button("Take one back", TakeBackCommand()), *unclear],
        context,
        told,
    )
    return _together([done, *questions] if saved else questions, asks=len(questions) == 1)


def _together(replies: Sequence[Reply], *, asks: bool) -> Reply:
    """Return what was saved, and below it each question about a review that is not saved yet.

    `asks`: the answer may take its place; not of two questions, one of which would be gone.
    """
    blocks = tuple(chain.from_iterable(each.blocks for each in replies))
    summary = " ".join(each.summary for each in replies)
    return replace(replies[0], blocks=blocks, summary=summary, asks=asks)


async def _with_privacy(
    films: Rated, context: Context, work: UnitOfWork, *, private: bool
) -> Sequence[Shown]:
    """Add whether nobody else reads a rating: one of a film whose review was private stays so."""
    me, shown = context.member.member_id, []
    for film, half_stars in films:
        own = await work.reviews.by(me, film.film_id)
        kept = own is not None and own.private and not own.deleted
        shown.append((film, half_stars, private or kept))
    return shown


async def _ask(
    command: RateSeveralCommand,
    films: Rated,
    texts: Mapping[FilmId, str],
    unclear: Sequence[Action],
    context: Context,
    work: UnitOfWork,
) -> Reply:
    """Show the films with their ratings before they are saved, and ask about the others."""
    if not films:
        return replace(_listed("Which films do you mean?", (), unclear, context), asks=True)
    known = replace(
        command,
        films=tuple(reference(film) for film, _ in films),
        half_stars=tuple(half_stars for _, half_stars in films),
        confirm=False,
        texts=tuple(texts[film.film_id] for film, _ in films) if any(texts.values()) else (),
    )
    draft = draft_of(known, context)
    await work.drafts.put(draft)
    recall = RecallCommand(draft.draft_id)
    save, other = Button("Save", recall, Style.PRIMARY), Button("Only for me", recall)
    if command.private:
        save, other = replace(save, label="Only for me"), replace(other, label="For the club")
    reader = Readers.CLUB if command.private else Readers.AUTHOR
    other = replace(other, command=replace(recall, readers=reader.value))
    drop = Button("Drop it", DropDraftCommand(draft.draft_id))
    beyond = BEYOND if context.caller.closed and not command.private else ""
    question = f"{beyond}Save these {'reviews' if any(texts.values()) else 'ratings'}?"
    shown = await _with_privacy(films, context, work, private=command.private)
    asked = _listed(question, shown, [save, other, drop, *unclear], context, texts)
    return replace(asked, asks=True)


def _either(typed: str, command: RateSeveralCommand, context: Context) -> Iterator[Action]:
    """Yield buttons for what a title that ends in a number may mean: `alien 4`."""
    yield Button(f"Rate the film {typed}"[:_LABEL], RateCommand(typed, command.private))
    film, _, number = typed.rpartition(" ")
    rating = bare_rating(number, 0, len(number), context.member.scale)
    if film and rating and rating.possible:
        stars = show_rating(rating.half_stars(), context.member.scale)
        alone = ReviewCommand(film, rating.half_stars(), private=command.private)
        yield Button(f"{film}: {stars}"[:_LABEL], alone)


def _listed(
    head: str,
    films: Sequence[Shown],
    actions: Sequence[Action],
    context: Context,
    texts: Mapping[FilmId, str] = MappingProxyType({}),
) -> Reply:
    scale = context.member.scale
    told = {
        film_id: f" · “{one_line(each, _TEXT)}”" if each else "" for film_id, each in texts.items()
    }
    lines = [
        (
            film.label,
            f"{show_rating(stars, scale)}{' · private' if private else ''}{told.get(film.film_id, '')}",
        )
        for film, stars, private in films
    ]
    rated = Fields(tuple(Field(label, (Plain(stars),)) for label, stars in lines))
    summary = "; ".join(f"{label} {stars}" for label, stars in lines)
    blocks = (Paragraph((Plain(head),)), rated, Actions(tuple(actions)))
    return Reply(
        blocks if films else (blocks[0], blocks[2]), f"{head} {summary}", Visibility.ONLY_YOU
    )
