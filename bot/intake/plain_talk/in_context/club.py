"""What a line means in its club: `it` is the film last spoken of, names are members, a night may be open."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.domain.films.film import Film
from bot.domain.words.patterns import lazy_pattern
from bot.features.films.commands import FilmCommand
from bot.features.help.commands import HelpCommand
from bot.features.nights.commands import NightCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import RateSeveralCommand, ReviewCommand
from bot.features.talk.commands import (
    AskAboutFilmCommand,
    Manner,
    SmallTalkCommand,
    TakeBackCommand,
    UnclearCommand,
)
from bot.intake.plain_talk.in_context.added_words import added_words
from bot.intake.plain_talk.in_context.clear_wishes import clear_wish
from bot.intake.plain_talk.in_context.going_on import going_on
from bot.intake.plain_talk.in_context.listed import off_the_list
from bot.intake.plain_talk.in_context.members import with_members
from bot.intake.plain_talk.in_context.nights.night import film_of_it, in_night
from bot.intake.plain_talk.in_context.reminded import of_the_reminder, right_after
from bot.intake.plain_talk.in_context.shown.picks import in_picks
from bot.intake.plain_talk.in_context.titled import Read, read_titled
from bot.intake.plain_talk.phrases.phrases import LONGEST
from bot.intake.plain_talk.tidying import tidied, without_address
from bot.messages.commands import Command
from bot.ports.store import UnitOfWork
from bot.request.commands import RecallCommand
from bot.request.context import Context
from bot.request.lookup.commands import NamesFilm
from bot.request.lookup.drafts import stored_command
from bot.request.lookup.films import reference

_IT = frozenset({"it", "this", "that", "this one", "that one", "this film", "that film"})
"""Words that mean the film last spoken of, where they stand for a title."""

_SAYS_IT = lazy_pattern(
    r"(?<![\w\"'“‘])(?:it|(?:this|that)(?:\s+(?:one|film|movie))|(?:this|that)(?=[\s?!.]*$))(?![\w\"”'’])",
    re.IGNORECASE,
)
"""What speaks of a film without its title; `this year` does not."""

_ABOUT_IT = lazy_pattern(
    r"(?:(?:and|so|ok|but)\s+)*(?:what(?:['’]?s|\s+is|\s+was)|whats)\s+(?:it|that|that\s+one|this\s+one|that\s+(?:film|movie)|the\s+(?:film|movie))\s+about",
    re.IGNORECASE,
)
"""What asks for the story of the film last spoken of, or else about Matinee."""

_HOW_IS_IT = lazy_pattern(
    r"(?:(?:and|so|but|ok)\s+)*(?:is|was|isn['’]?t|wasn['’]?t)\s+(?:it|that|that\s+one)\s+(?!like\s)\S",
    re.IGNORECASE,
)
"""What asks how the film last spoken of is: `was it sad`."""

_WISHED_IT = lazy_pattern(
    r"(?:it|that|that\s+one|this\s+one)(?:\s+(?:again|too|soon|badly|also|as\s+well|some\s?time|so\s+(?:much|bad)))*",
    re.IGNORECASE,
)
"""What is wished for in `i want to see it again`."""

_QUOTED_IT = lazy_pattern(r"[\"'“‘„«](?:it|this|that)[\"'”’“»]", re.IGNORECASE)


_SAVE = lazy_pattern(
    r"(?:(?:yes+|yep|yup|yeah+|sure|ok(?:ay)?)(?:[\s,]+(?:please|pls))?[\s,]*)?(?:save(?:\s+(?:it|that|them))?(?:\s+(?:please|pls))?)?",
    re.IGNORECASE,
)
"""What says yes to `Save it?`."""

_AGREES = lazy_pattern(
    r"(?:oh|ok(?:ay)?|yes|yeah)?[\s,]*(?:yes+|yep|yup|yeah+|yea|ya|yass?|y|ja|oui|s[ií]|sure(?:\s+thing)?|of\s+course|ok(?:ay)?(?:\s+(?:go|then))?|do\s+(?:it|that)"
    r"|go\s+(?:on|ahead|for\s+it)|please\s+do|definitely|absolutely|exactly|right|correct|that(?:['’]?s|\s+is)?\s+(?:it|right|correct)|confirm(?:ed)?|agreed?"
    r"|sounds\s+(?:good|great))(?:[\s,]+(?:please|pls|thanks|do|do\s+it|i\s+did|i\s+do|exactly))*",
    re.IGNORECASE,
)
"""What says yes to `Did you mean ...?`."""

_LATELY = timedelta(hours=1)
"""Age up to which a review that was asked about is corrected by a rating alone."""

_SAME_ANSWER = timedelta(seconds=1)
"""Time between a question's draft and its film, both noted as it is asked."""


async def in_club(
    command: Command, line: str, read: Read, context: Context, work: UnitOfWork
) -> Command:
    """Return what a command that was typed as this line means in the club it was typed in.

    UsageError says what cannot be done, where that is clear.
    """
    asked, done = context.take_question(), context.take_done()
    if asked and len(line) <= LONGEST and _AGREES.fullmatch(tidied(line)):
        return asked
    if changed := await right_after(done, line, context, work):
        context.note_done(changed)
        return changed
    if added := await added_words(command, line, context, work):
        return added
    command = await clear_wish(command, line, context, work)
    command = await in_picks(command, line, read, context, work)
    command = await in_night(command, line, read, context, work)
    command = await with_members(command, line, read, context, work)
    command = await _with_film_meant(command, line, read, context, work)
    command = await of_the_reminder(command, line, context, work)
    command = going_on(command, line, done, context)
    return await off_the_list(command, line, context, work)


async def _with_film_meant(
    command: Command, line: str, read: Read, context: Context, work: UnitOfWork
) -> Command:
    """Return what a command that was typed as this line means in the club it was typed in."""
    if isinstance(command, SmallTalkCommand):
        return await _agreed(command, line, context, work)
    names_it = isinstance(command, NamesFilm) and command.film.casefold() in _IT
    if isinstance(command, HelpCommand) and _ABOUT_IT.fullmatch(tidied(line)) and context.last_film:
        film = await film_of_it(context, work)
        return FilmCommand(reference(film)) if film else command
    if isinstance(command, RecommendCommand) and _HOW_IS_IT.match(tidied(line)):
        film = await film_of_it(context, work)
        return ReviewCommand(reference(film)) if film else UnclearCommand(line)
    if isinstance(command, RecommendCommand) and (
        "it" in command.like or _WISHED_IT.fullmatch(command.mood)
    ):
        return await _wished(command, line, read, context, work)
    short = len(line) <= LONGEST and "\n" not in line
    if isinstance(command, ReviewCommand) and short and _lacks_film(command):
        return await _about_the_last(command, context, work)
    if _QUOTED_IT.search(line) or not (names_it or (short and _SAYS_IT.search(line))):
        return command
    film = await film_of_it(context, work)
    if isinstance(command, UnclearCommand):
        return _read_with_title(command, line, film, read)
    if isinstance(command, NamesFilm) and not isinstance(command, TakeBackCommand | NightCommand):
        return _with_film(command, line, film)
    return command


async def _wished(
    command: RecommendCommand, line: str, read: Read, context: Context, work: UnitOfWork
) -> Command:
    """Read `i want to see it` with the title in its place; without one, ask which film is meant."""
    film = await film_of_it(context, work)
    if film is None:
        return FilmCommand()
    meant = read(re.sub(r"(?<!\w)it(?!\w)", lambda _: f"“{film.label}”", line, count=1))
    if isinstance(meant, NamesFilm) and meant.film == film.label:
        return replace(meant, film=reference(film))
    if "it" not in command.like:
        return command
    like = tuple(reference(film) if each == "it" else each for each in command.like)
    return replace(command, like=like)


def _lacks_film(command: ReviewCommand) -> bool:
    return command.is_review and not (command.film or command.trouble or command.file)


async def _about_the_last(command: ReviewCommand, context: Context, work: UnitOfWork) -> Command:
    """Ask whether words or a rating without a title are about the film last spoken of: `4/5`."""
    film = await film_of_it(context, work)
    if film is None:
        return command
    command = replace(command, film=reference(film), confirm=True)
    return await _with_words_that_wait(command, film, context, work)


async def _with_words_that_wait(
    command: ReviewCommand, film: Film, context: Context, work: UnitOfWork
) -> ReviewCommand:
    """Correct the rating of a review that was asked about just now: `no wait, 3 stars` keeps its words."""
    if command.text or command.rating is None:
        return command
    draft = next(iter(await work.drafts.of(context.member.member_id)), None)
    kept = stored_command(draft, context.commands) if draft else None
    if draft is None or not isinstance(kept, ReviewCommand):
        return command
    if context.now - draft.created_at > _LATELY:
        return command
    only = context.titles.resolve(kept.film).only
    if kept.film != command.film and not (only and only.film_id == film.film_id):
        return command
    return replace(
        command,
        text=kept.text,
        private=command.private or kept.private,
        spoiler=command.spoiler or kept.spoiler,
        rewatch=command.rewatch or kept.rewatch,
        abandoned=command.abandoned or kept.abandoned,
        abandoned_after=command.abandoned_after or kept.abandoned_after,
        watched_on=command.watched_on or kept.watched_on,
        draft=draft.draft_id,
    )


async def _agreed(
    command: SmallTalkCommand, line: str, context: Context, work: UnitOfWork
) -> Command:
    """Save the review that was asked about in the last answer; any other yes stays small talk."""
    last = context.last_film
    if command.manner != Manner.YES or last is None or not _SAVE.fullmatch(tidied(line)):
        return command
    for draft in await work.drafts.of(context.member.member_id):
        asked = abs(draft.created_at - last.at) < _SAME_ANSWER
        kept = stored_command(draft, context.commands)
        if asked and isinstance(kept, ReviewCommand | RateSeveralCommand):
            return RecallCommand(draft.draft_id)
        break
    return command


def _with_film(command: NamesFilm, line: str, film: Film | None) -> Command:
    """Put the film last spoken of where `it` stands for a title; without one, no film.

    With a capital inside a line, *It* is a film.
    """
    typed = command.film
    if typed.casefold() not in _IT | {""}:
        return command
    capital = typed != typed.lower()
    begins = bool(typed) and without_address(line).strip().startswith(typed)
    if capital and not (begins and film):
        return command
    if isinstance(command, ReviewCommand) and (begins or not typed):
        command = replace(command, confirm=command.is_review)
    return replace(command, film=reference(film) if film else "")


def _read_with_title(command: UnclearCommand, line: str, film: Film | None, read: Read) -> Command:
    """Read a line that means nothing as it stands with the title in the place of `it`."""
    if film is None:
        return command
    titled = _SAYS_IT.sub(lambda _: f"“{film.label}”", line, count=1)
    meant = read_titled(titled, film, read)
    if meant is None or isinstance(meant, AskAboutFilmCommand):
        return command
    if film.title in getattr(meant, "text", ""):
        return command
    return replace(meant, confirm=meant.is_review) if isinstance(meant, ReviewCommand) else meant
