"""Questions before a review is saved: what its words belong to, which film, who may read it."""

from dataclasses import replace

from bot.domain.reviews.ratings import HalfStars, show_rating
from bot.domain.words.text import one_line
from bot.features.reviews.commands import RateCommand, ReviewCommand
from bot.features.reviews.own_words.privacy import Readers, sounds_private
from bot.features.reviews.questions.ambiguity import as_title, as_written, number_before, text_from
from bot.features.weighing.commands import WeighCommand
from bot.messages.phrases import said, titled
from bot.messages.plain_text import long_day
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Choice,
    Form,
    Option,
    Paragraph,
    Quote,
    Reply,
    Style,
)
from bot.messages.spans import Emphasis, Plain, Span, Spoiler
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.commands import DropDraftCommand, RecallCommand
from bot.request.context import Context
from bot.request.lookup.films import BY_ID, Found, find, look_up, reference
from bot.request.stored_actions import draft_of
from bot.views.film_card import WRITE_FIELDS, write_form

_SHOWN = 300
"""Characters of a review that the question repeats; all of it waits in the draft."""


async def ask_to_save(command: ReviewCommand, context: Context, work: UnitOfWork) -> Reply:
    """Ask whether a line is a review: `Aftersun, ★★★★½: “loved it”. Save it?`"""
    written = replace(as_written(command, context.member.scale), confirm=False)
    draft = draft_of(written, context)
    await work.drafts.put(draft)
    if not written.film.strip():
        return _ask_for_film(replace(written, draft=draft.draft_id))
    recall = RecallCommand(draft.draft_id)
    found = await look_up(written.film, context, work, guess=True)
    title = found.film.label if isinstance(found, Found) else written.film
    alone = Button("Only for me", replace(recall, readers=Readers.AUTHOR.value))
    actions: list[Action] = [Button("Save", recall, Style.PRIMARY)]
    if sounds_private(written):
        club = replace(recall, readers=Readers.CLUB.value)
        actions = [replace(alone, style=Style.PRIMARY), Button("For the club", club)]
    elif not written.private:
        actions.append(alone)
    number = number_before(command, context.member.scale)
    if number and number.doubtful:
        half_stars = number.half_stars()
        rated = replace(recall, stars=half_stars, text_from=text_from(command, number))
        stars = show_rating(half_stars, context.member.scale)
        actions.append(Button(f"With {stars}", rated))
    if command.unsure:
        actions.append(Button("Search all of it", as_title(command)))
    actions.append(Button("Drop it", DropDraftCommand(draft.draft_id)))
    if written.film.startswith(BY_ID):
        actions.append(Form("Another film", replace(recall, film=written.film), ("film",)))
    return said(*_question(written, title, context), actions=actions, asks=True)


def _question(written: ReviewCommand, title: str, context: Context) -> list[Span | str]:
    """Word the question in short: the film, what was read, the words as they are."""
    rating = [show_rating(written.rating, context.member.scale)] if written.rating else []
    read = ", ".join([*rating, *_states(written)])
    spans: list[Span | str] = [Emphasis((Plain(title),)), f", {read}" if read else ""]
    if written.text:
        words = Plain(one_line(written.text, _SHOWN))
        spans += [": “", Spoiler((words,)) if written.spoiler else words, "”. Save it?"]
    else:
        spans.append("?")
    if written.private:
        spans.append(" Only you will be able to read it.")
    return spans


def _states(written: ReviewCommand) -> list[str]:
    after = f" after {written.abandoned_after} min" if written.abandoned_after else ""
    seen = f"seen {long_day(written.watched_on)}" if written.watched_on else ""
    given = {f"did not finish{after}": written.abandoned, "rewatch": written.rewatch, seen: seen}
    return [words for words, there in given.items() if there]


def _ask_for_film(written: ReviewCommand) -> Reply:
    """Ask for the film of a review, in a form that holds all that was said."""
    choose = Form("Choose a film", written, ("film", *WRITE_FIELDS))
    drop = [Button("Drop it", DropDraftCommand(written.draft))] if written.draft else []
    return said(
        "Is that a review? Tell me the film. Nothing is saved yet.",
        actions=(choose, *drop),
        asks=True,
    )


async def ask_to_correct(command: ReviewCommand, context: Context, work: UnitOfWork) -> Reply:
    """Explain what could not be read, keep the text in a draft, and offer ways to go on."""
    kept = replace(command, trouble="")
    draft = draft_of(kept, context)
    await work.drafts.put(draft)
    blocks: tuple[Block, ...] = (
        Paragraph((Plain(command.trouble), Plain(" Nothing is saved yet; your words are kept."))),
        Quote((Plain(command.text),), (Plain(command.film or "no title"),)),
        Actions(
            (
                Form("Correct it", replace(kept, draft=draft.draft_id), ("film", *WRITE_FIELDS)),
                Button("Save the words as they are", RecallCommand(draft.draft_id)),
                Button("Drop it", DropDraftCommand(draft.draft_id)),
            )
        ),
    )
    return Reply(blocks, one_line(command.trouble, 300), Visibility.ONLY_YOU, asks=True)


async def rate(command: RateCommand, context: Context, work: UnitOfWork) -> Reply:
    """Offer the ten ratings for a film, with the form for words beside them."""
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    film = found.film
    own = await work.reviews.by(context.member.member_id, film.film_id)
    now = ""
    if own is not None and own.rating and not own.deleted:
        now = f" So far: {show_rating(own.rating, context.member.scale)}."
    scale = context.member.scale
    options = tuple(
        Option(show_rating(HalfStars(each), scale), f"{each / 2:g}/5") for each in range(10, 0, -1)
    )
    menu = Choice(
        "Your rating", options, ReviewCommand(reference(film), private=command.private), "rating"
    )
    compare = Button("Not sure?", WeighCommand(film.film_id))
    actions = (menu, write_form(film), compare)
    return said("How was ", titled(film), f"?{now}", actions=actions, asks=True)
