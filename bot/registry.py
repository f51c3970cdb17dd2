"""Who answers which command."""

from bot.features.club import moderation, settings
from bot.features.club import welcome as guests
from bot.features.films import merge as merging
from bot.features.help.handlers import help_
from bot.features.picks import marks as marking
from bot.features.picks import recommend as recommendations
from bot.features.releases import listing as releases
from bot.features.releases import own_reminders
from bot.features.releases import release_dates as noting
from bot.features.releases import remind as reminders
from bot.features.reviews import critiques as critics
from bot.features.reviews import reading as reviews
from bot.features.reviews import writing
from bot.features.watchlist import handlers as watchlist
from bot.lookup import drafts
from bot.lookup.adding import save_film
from bot.lookup.films import reference
from bot.messages.codec import action_of
from bot.messages.commands import (
    AddFilm,
    AddRelease,
    CalendarFile,
    CancelReminder,
    ChooseClub,
    Command,
    DeleteReview,
    DropDraft,
    Film,
    Help,
    MarkFilm,
    MergeFilm,
    Moderate,
    PartFilm,
    Recall,
    Recommend,
    Releases,
    Remind,
    Reminders,
    Review,
    Reviews,
    SaveCritique,
    Settings,
    Setup,
    SnoozeReminder,
    UndoReview,
    Watchlist,
    spec_of,
)
from bot.messages.replies import Choice, Form, Reply
from bot.ports import UnitOfWork
from bot.request.context import Context
from bot.request.middleware import check_permission
from bot.views.film_card import film_card


async def answer(command: Command, context: Context, work: UnitOfWork) -> Reply:  # noqa: C901, PLR0912 - one line a command
    """Hand a command to its handler."""
    match command:
        case Review():
            return await reviews.review(command, context, work)
        case Reviews():
            return await reviews.reviews(command, context, work)
        case Recommend():
            return await recommendations.recommendation(command, context, work)
        case Film():
            return await film_card(command, context, work)
        case Remind():
            return await reminders.remind(command, context, work)
        case Reminders():
            return await own_reminders.reminders(context, work)
        case Releases():
            return await releases.releases(command, context, work)
        case Watchlist():
            return await watchlist.watchlist(command, context, work)
        case Settings():
            return await settings.settings(command, context, work)
        case Setup():
            return await settings.setup(command, context, work)
        case Moderate():
            return await moderation.moderate(command, context, work)
        case MergeFilm():
            return await merging.merge(command, context, work)
        case PartFilm():
            return await merging.part(command, context, work)
        case Help():
            return help_(command)
        case DropDraft():
            return await drafts.drop(command, context, work)
        case AddFilm():
            return await _add_film(command, context, work)
        case SaveCritique():
            return await critics.save(command, context, work)
        case AddRelease():
            return await noting.add_release(command, context, work)
        case DeleteReview():
            return await writing.delete(command, context, work)
        case UndoReview():
            return await writing.undo(command, context, work)
        case MarkFilm():
            return await marking.mark(command, context, work)
        case CancelReminder():
            return await own_reminders.cancelled(command, context, work)
        case SnoozeReminder():
            return await own_reminders.snooze(command, context, work)
        case CalendarFile():
            return await releases.calendar_file(command, context, work)
        case Recall():
            return await _recall(command, context, work)
        case ChooseClub():
            return await _in_the_club(command, context, work)


async def _add_film(command: AddFilm, context: Context, work: UnitOfWork) -> Reply:
    """Add a film and go on with what the member was doing; else show its card."""
    film = await save_film(command, context, work)
    if not command.draft:
        return await film_card(Film(reference(film)), context, work)
    return await _recall(Recall(command.draft, reference(film)), context, work)


async def _recall(command: Recall, context: Context, work: UnitOfWork) -> Reply:
    """Carry out what was kept; what it writes is then finished, what it reads can be read again."""
    draft = await drafts.own_draft(command.draft, context.member.member_id, work)
    kept = drafts.completed(drafts.kept_command(draft), command)
    if spec_of(kept).writes(kept) and not draft.button:
        await work.drafts.remove(draft.draft_id)
    check_permission(kept, context.caller)
    return await answer(kept, context, work)


async def _in_the_club(command: ChooseClub, context: Context, work: UnitOfWork) -> Reply:
    """Remember which club is meant, and go on with what was asked."""
    chosen = await guests.choose_club(command, context, work)
    then = action_of(command.then) if command.then else None
    if then is None or isinstance(then, Form | Choice):
        return chosen
    check_permission(then, context.caller)
    return await answer(then, context, work)
