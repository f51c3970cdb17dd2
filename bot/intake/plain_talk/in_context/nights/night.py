"""What a line means while a film night is open: what is watched, a vote, a rating after the film."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.domain.errors import UsageError
from bot.domain.films.film import Film
from bot.domain.nights import Night, Stage
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.privacy import asks_for_privacy
from bot.features.nights.commands import NightCommand, RateAlongCommand
from bot.features.nights.schedule.stages import RATING
from bot.features.picks.commands import RecommendCommand
from bot.features.releases.commands import SnoozeReminderCommand
from bot.features.reviews.commands import ReviewCommand
from bot.features.talk.commands import UnclearCommand
from bot.intake.plain_talk.in_context.nights.phrases import (
    LATELY,
    meant_of_a_night,
    night_phrases_in,
)
from bot.intake.plain_talk.in_context.titled import Read
from bot.intake.plain_talk.statements.details import bare_half_stars
from bot.intake.plain_talk.tidying import tidied, without_address
from bot.language.grammar.ratings import STARS_IN_WORDS, bare_rating
from bot.messages.commands import Command
from bot.messages.spans import Usage
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_WATCHING = lazy_pattern(
    r"(?:(?:so|ok(?:ay)?|right|and|but|well)[\s,]+)*what(?:['’]?s|\s+is|\s+are|\s+will|\s+do)?\s+(?:we\s+)?(?:all\s+)?(?:be\s+)?(?:watching|seeing|the\s+film|on)"
    r"(?:\s+(?:tonight|tonite|today|this\s+evening|tomorrow|then|now|again|on\s+\w+day(?:\s+night)?|for\s+(?:film|movie)\s*night))*",
    re.IGNORECASE,
)
_MOVED = lazy_pattern(
    r"(?:(?:can|could|shall)\s+(?:we|you)\s+)?(?:move|shift|postpone|push|reschedule|put\s+off|delay)\s+"
    r"(?:it|that|(?:the\s+|our\s+)?(?:(?:film|movie|club)\s*)?night)\s+(?:back\s+)?(?P<when>(?:to|until|till|by|for)\s+\S.*|\S.*\s(?:later|earlier|sooner))",
    re.IGNORECASE,
)
_MOVED_NIGHT = lazy_pattern(
    r"(?:the\s+|our\s+)?(?:film|movie|club)\s*night(?:['’]?s|\s+(?:is|was|has\s+been|got|will\s+be|gets))?\s+(?:now\s+)?(?:moved|shifted|postponed|pushed(?:\s+back)?|rescheduled|put\s+off|delayed)\s+"
    r"(?P<when>(?:to|until|till|by|for)\s+\S.*)",
    re.IGNORECASE,
)
_VOTE = lazy_pattern(r"(?<!\w)(?:vot(?:e|es|ing)|polls?|ballots?)(?!\w)", re.IGNORECASE)
_GRADED = lazy_pattern(r"\d{1,2}(?:[.,]\d(?!\d)|\s*[,:;–-])\s*(?!\d|\w+\s+\d)\S")
"""A number with words behind it, but no time of day (`4:30`) and no two numbers (`2, maybe 3 are late`)."""

_NUMBER = r"(?<![\w.,])(?P<n>\d{1,2}(?:[.,]\d|½)?)(?![\w.,]*\d|[^\W\d])"
_ANSWERS = tuple(
    re.compile(each, re.IGNORECASE)
    for each in (
        rf"(?P<before>.{{0,120}}?)(?<!\w)(?:give|gave|giving|rated?)\s+(?:it|this|that)\s+(?:(?:an?|only|just|solid|maybe|about)\s+)*{_NUMBER}(?P<after>.*)",
        rf"(?P<before>)(?:that['’]?s\s+)?(?:(?:an?|only|just|solid|easy|strong|weak|maybe)\s+)*{_NUMBER}\s+(?:from|for)\s+me(?!\w)(?P<after>.*)",
        rf"(?P<before>[^\d.,;:!–-][^\d]{{0,120}}?)[.,;:!–-]+\s*{_NUMBER}(?P<after>)",
    )
)
"""Answers with a number inside or at the end: `i give it 3 because i slept`, `a 4 from me`, `meh. 2.5`."""

_UNIT = lazy_pattern(
    rf"^[\s,]*(?:{STARS_IN_WORDS}|star|stern|stella|points?|punkte?)(?!\w)",
    re.IGNORECASE,
)
_GIVER = lazy_pattern(
    r"(?:^|\s+)(?:and\s+)?(?:i|i['’]?(?:d|ll)|i\s+(?:would|will)|we)\s*$", re.IGNORECASE
)

_STILL_MEANT = timedelta(days=3)
"""Time for which the film of a night is meant by `it` where no other was spoken of."""

_AROUND = " ,.:;|–-"


async def in_night(
    command: Command, line: str, read: Read, context: Context, work: UnitOfWork
) -> Command:
    """Return what a command that was typed as this line means, given the club's open film nights."""
    phrases = [] if line.lstrip().startswith("/") else night_phrases_in(line)
    if not (phrases or _may_be_of_a_night(command)):
        return command
    nights = await work.nights.open()
    said = tidied(without_address(line))
    if not nights or said.startswith("/"):
        return command
    if meant := await meant_of_a_night(said, phrases, nights, read, context, work):
        return meant
    if moved := _MOVED.fullmatch(said) or _MOVED_NIGHT.fullmatch(said):
        return NightCommand("move", when=moved["when"])
    if isinstance(command, ReviewCommand):
        return await _rated(command, nights, context, work) or command
    if isinstance(command, NightCommand):
        _check_vote(command, said, nights)
    elif isinstance(command, RecommendCommand) and _WATCHING.fullmatch(said):
        return NightCommand()
    elif answer := _bare_answer(said, context):
        return await _rated(answer, nights, context, work) or command
    return command


def _bare_answer(said: str, context: Context) -> ReviewCommand | None:
    """Read `4.5 delicious` and `meh. 2.5`: a number that hardly counts films, with words."""
    if asks_for_privacy(said):
        return None
    scale = context.habits.scale
    for form in _ANSWERS:
        found = form.fullmatch(said)
        if found and (rating := bare_half_stars(found["n"], scale)):
            before = _GIVER.sub("", found["before"]).strip(_AROUND)
            words = (before, _UNIT.sub("", found["after"]).strip(_AROUND))
            return ReviewCommand("", rating, ". ".join(each for each in words if each))
    if not _GRADED.match(said):
        return None
    first = bare_rating(said, 0, len(said), scale)
    if first is None or not first.possible or first.doubtful:
        return None
    return ReviewCommand("", first.half_stars(), _UNIT.sub("", said[first.end :]).strip(_AROUND))


def _may_be_of_a_night(command: Command) -> bool:
    """Whether a command may mean something else while a night is open; only then nights are read.

    What is only for its author is no answer to the club's question, which is told to all.
    """
    if isinstance(command, ReviewCommand):
        answers = not command.film and command.rating is not None
        return answers and not (command.private or command.spoiler or command.draft)
    return isinstance(
        command, UnclearCommand | RecommendCommand | NightCommand | SnoozeReminderCommand
    )


def _check_vote(command: NightCommand, said: str, nights: Sequence[Night]) -> None:
    """Refuse to close a vote that has not begun: what would be closed are the nominations."""
    voting = any(each.stage is Stage.VOTING for each in nights)
    if command.action == "close" and _VOTE.search(said) and not voting:
        raise UsageError(
            "No vote is open. Close what is open now with ", Usage(NightCommand("close")), "."
        )


async def _rated(
    command: ReviewCommand, nights: Sequence[Night], context: Context, work: UnitOfWork
) -> Command | None:
    """Read a rating without a film as the answer to `how was it?` by a guest who has not rated yet."""
    asking = [each for each in nights if each.stage is Stage.RATING]
    last = context.last_film
    for night in asking:
        another = last is not None and last.film_id != night.film_id
        if another and last is not None and context.now - last.at <= LATELY:
            continue
        for guest in await work.nights.guests([night.night_id]):
            if guest.member_id == context.member.member_id and guest.coming and not guest.rating:
                return RateAlongCommand(night.night_id, command.rating, command.text)
    return None


async def film_of_it(context: Context, work: UnitOfWork) -> Film | None:
    """Return the film that `it` means: the one last spoken of, or a night's that was watched since."""
    last = context.last_film
    for night in (*await work.nights.open(), *await work.nights.past(1)):
        asked_at = night.until - RATING if night.until else night.starts_at
        watched = night.stage in {Stage.RATING, Stage.TOLD} and night.film_id is not None
        lately = context.now - asked_at <= _STILL_MEANT
        if watched and night.film_id and lately and (last is None or last.at < asked_at):
            return await work.films.get(night.film_id)
    return await work.films.get(last.film_id) if last else None
