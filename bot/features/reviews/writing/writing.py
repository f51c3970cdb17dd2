"""Writing reviews: save, edit, delete, undo, with a receipt and an announcement."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.clubs.club import MarkKind
from bot.domain.errors import NotAllowed, NotFound, UsageError
from bot.domain.films.film import Film
from bot.domain.ids import FilmId, ReviewId
from bot.domain.reviews.diary import viewings
from bot.domain.reviews.ratings import show_rating
from bot.domain.reviews.review import LONGEST_REVIEW, Review
from bot.domain.words.markup import without_page_markup
from bot.domain.words.text import storable
from bot.features.reviews.announcement import announce, follow, is_announced
from bot.features.reviews.commands import (
    DeleteReviewCommand,
    ReviewCommand,
    ReviewsCommand,
    UndoReviewCommand,
)
from bot.features.reviews.critiques import show_critique
from bot.features.reviews.own_words.privacy import heed, sounds_private
from bot.features.reviews.own_words.viewing import noted
from bot.features.reviews.questions.endings import ask_to_fold, gives_ending_away
from bot.features.reviews.questions.readers import BEYOND, ask_readers, leaves_a_closed_place
from bot.features.reviews.untitled import looked_through
from bot.features.talk.commands import TakeBackCommand
from bot.language.critics import looks_like_critique
from bot.messages.phrases import review_spans, said, titled, undo_button, verdict
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Footnote,
    Form,
    Paragraph,
    Quote,
    Reply,
    Style,
)
from bot.messages.spans import Plain, Span
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.commands import DropDraftCommand, RecallCommand
from bot.request.context import Context
from bot.request.lookup.drafts import finish
from bot.request.lookup.films import BY_ID, find
from bot.request.stored_actions import draft_of
from bot.views.film_card import WRITE_FIELDS

LONG = 300
"""Length of text without a title from which the film is looked for inside it."""


async def write(command: ReviewCommand, context: Context, work: UnitOfWork) -> Reply:
    """Save a review, or ask about what is unclear; nothing typed is lost."""
    command = noted(heed(_with_attachment(command, context)), context.habits)
    if len(command.text) > LONGEST_REVIEW:
        return await _too_long(command, context, work)
    is_long = bool(context.attachment) or len(command.text) >= LONG
    if not command.film and is_long:
        if not command.mine:
            text = without_page_markup(command.text)
            return await show_critique(text, None, context, work)
        command = await looked_through(command, context, work)
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    text = "" if command.mine else without_page_markup(command.text)
    if text and looks_like_critique(text):
        return await show_critique(text, found.film, context, work)
    former = await work.reviews.by(context.member.member_id, found.film.film_id)
    if asked := await _ask_who_reads(command, found.film, former, context, work):
        return asked
    saved = await work.reviews.save(_merged(command, found.film, former, context))
    if command.draft and await work.drafts.get(command.draft):
        await finish(command.draft, context.member.member_id, work)
    await work.marks.remove(saved.member_id, saved.film_id, MarkKind.WATCHLIST)
    is_new = former is None or former.deleted
    has_first_words = former is not None and bool(saved.text) and not former.text
    if is_new or (has_first_words and not await is_announced(saved, work)):
        await announce(saved, context, work)
    else:
        await follow(saved, context, work)
    versions = await work.reviews.versions(saved.review_id)
    receipt = _receipt(saved, found.film, len(versions), context, is_new=is_new)
    return _with_first_time(receipt, viewings([*versions, saved]), context)


async def _ask_who_reads(
    command: ReviewCommand,
    film: Film,
    former: Review | None,
    context: Context,
    work: UnitOfWork,
) -> Reply | None:
    """Ask what is to be settled before others read the words: privacy first, then spoilers."""
    if sounds_private(command) and not (former and former.private):
        return await ask_readers("That sounds private. ", command, film, context, work)
    if await leaves_a_closed_place(command, former, context, work):
        return await ask_readers(BEYOND, command, film, context, work)
    if gives_ending_away(command, former, context):
        return await ask_to_fold(command, film, context, work)
    return None


def _with_attachment(command: ReviewCommand, context: Context) -> ReviewCommand:
    if command.file and context.attachment is None:
        raise UsageError(f"I got no file “{command.file}”. Attach it again, or paste its text.")
    if context.attachment is None:
        return command
    text = storable(context.attachment)
    if command.text.strip() and command.text.strip() not in text:
        text = f"{command.text.rstrip()}\n\n{text}"
    return replace(command, text=text, file="")


def _merged(command: ReviewCommand, film: Film, former: Review | None, context: Context) -> Review:
    """Merge the given fields into the member's earlier review."""
    if former is None:
        former = _blank(film, ReviewId(context.ids.new()), context)
    elif former.deleted or command.whole:
        blank = _blank(film, former.review_id, context)
        undated = former.undated and not former.deleted
        former = replace(blank, created_at=former.created_at, hidden=former.hidden, undated=undated)
    again = command.rewatch and not former.rewatch
    return replace(
        former,
        changed_at=context.now,
        rating=command.rating or former.rating,
        text=command.text or former.text,
        spoiler=command.spoiler or (former.spoiler and not command.text),
        private=command.private or former.private,
        rewatch=command.rewatch or former.rewatch,
        abandoned=command.abandoned or (former.abandoned and command.rating is None),
        abandoned_after=command.abandoned_after or former.abandoned_after,
        watched_on=command.watched_on or (None if again else former.watched_on),
        undated=former.undated and not (command.watched_on or command.rewatch),
    )


def _blank(film: Film, review_id: ReviewId, context: Context) -> Review:
    return Review(
        review_id=review_id,
        club_id=context.club.club_id,
        film_id=film.film_id,
        member_id=context.member.member_id,
        created_at=context.now,
        changed_at=context.now,
    )


def _receipt(review: Review, film: Film, version: int, context: Context, *, is_new: bool) -> Reply:
    done = "Saved your review of " if is_new else "Changed your review of "
    what = verdict(review, context.member.scale)
    head: tuple[Span, ...] = (Plain(done), titled(film), Plain(f": {what}." if what else "."))
    blocks: list[Block] = [Paragraph(head)]
    if review.text:
        blocks.append(Quote(review_spans(review), (Plain("your words"),)))
    if review.private:
        blocks.append(Footnote((Plain("Only you can read it, and it feeds only your own picks."),)))
    elif context.caller.closed and review.shared:
        blocks.append(Footnote((Plain("All of the club can read it, not this channel alone."),)))
    blocks.append(Actions(tuple(_after_saving(review, version, is_new=is_new))))
    return Reply(
        tuple(blocks), f"{done}{film.label}{f': {what}' if what else ''}.", Visibility.ONLY_YOU
    )


def _with_first_time(receipt: Reply, seen: Sequence[Review], context: Context) -> Reply:
    """Add what the film was rated the first time, where this is a viewing after it."""
    if len(seen) < 2 or not seen[0].rating:
        return receipt
    told = f"The first time: {show_rating(seen[0].rating, context.member.scale)}. Both stay in your diary."
    *blocks, actions = receipt.blocks
    return replace(receipt, blocks=(*blocks, Footnote((Plain(told),)), actions))


def _after_saving(review: Review, version: int, *, is_new: bool) -> Iterator[Action]:
    yield edit_form(review)
    yield undo_button(UndoReviewCommand(review.review_id, version))
    if not is_new:
        yield Button("Delete…", TakeBackCommand(f"id:{review.film_id}"), Style.DANGER, settles=True)
    if review.shared:
        yield Button("Share", ReviewsCommand(f"id:{review.film_id}", share=True))
        yield Button("Show the club's card", ReviewCommand(f"id:{review.film_id}"))


def edit_form(review: Review) -> Form:
    """Return the form to edit a review, filled with its fields."""
    command = ReviewCommand(
        film=f"id:{review.film_id}",
        rating=review.rating,
        text=review.text,
        spoiler=review.spoiler,
        private=review.private,
        rewatch=review.rewatch,
        abandoned=review.abandoned,
        abandoned_after=review.abandoned_after,
        watched_on=review.watched_on,
        whole=True,
    )
    return Form("Edit", command, WRITE_FIELDS)


async def present_review(form: Form, context: Context, work: UnitOfWork) -> Form:
    """Fill the form for a review of a film with the member's own, if there is one."""
    command = form.command
    if not isinstance(command, ReviewCommand) or "text" not in form.fields or command.is_review:
        return form
    match = await work.films.get(FilmId(command.film.removeprefix(BY_ID)))
    own = await work.reviews.by(context.member.member_id, match.film_id) if match else None
    if own is None or own.deleted:
        return form
    return replace(form, command=edit_form(own).command)


async def _too_long(command: ReviewCommand, context: Context, work: UnitOfWork) -> Reply:
    """Keep a text that is too long to save in a draft, and explain what can be done."""
    draft = draft_of(replace(command, text=command.text[:LONGEST_REVIEW]), context)
    await work.drafts.put(draft)
    return said(
        f"That is {len(command.text):,} characters; a review holds {LONGEST_REVIEW:,}. "
        "Nothing was saved yet. Shorten it and send it again, or save its beginning.",
        actions=(
            Button(f"Save the first {LONGEST_REVIEW:,}", RecallCommand(draft.draft_id)),
            Button("Drop it", DropDraftCommand(draft.draft_id)),
        ),
        asks=True,
    )


async def delete(command: DeleteReviewCommand, context: Context, work: UnitOfWork) -> Reply:
    """Delete a review of the member's own; it can be undone."""
    review = await _own(command.review_id, context, work)
    film = await work.films.get(review.film_id)
    await work.reviews.save(replace(review, deleted=True, changed_at=context.now))
    await follow(review, context, work)
    version = len(await work.reviews.versions(review.review_id))
    return said(
        "Deleted your review of ",
        titled(film) if film else "that film",
        ".",
        actions=(undo_button(UndoReviewCommand(review.review_id, version)),),
    )


async def undo(command: UndoReviewCommand, context: Context, work: UnitOfWork) -> Reply:
    """Restore the former version; a second press has no second effect."""
    review = await _own(command.review_id, context, work, deleted=True)
    film = await work.films.get(review.film_id)
    name = titled(film) if film else "that film"
    if review.hidden:
        raise NotAllowed("A moderator has hidden that review. Ask them before you change it.")
    if len(await work.reviews.versions(review.review_id)) != command.version:
        return said("That was undone already, or your review of ", name, " has changed since.")
    former = await work.reviews.restore_previous(review.review_id)
    await follow(review, context, work)
    if former is None or former.deleted:
        again = replace(edit_form(review), label="Write it again")
        return said("Taken back: your review of ", name, " is gone.", actions=(again,))
    return said(
        "Your review of ",
        name,
        f" is as it was before: {verdict(former, context.member.scale) or 'words only'}.",
        actions=(edit_form(former),),
    )


async def _own(
    review_id: ReviewId, context: Context, work: UnitOfWork, *, deleted: bool = False
) -> Review:
    review = await work.reviews.get(review_id)
    if review is None or review.member_id != context.member.member_id:
        raise NotFound("That review isn't yours, or it is gone.")
    if review.deleted and not deleted:
        raise NotFound("That review has been deleted already.")
    return review
