"""Parser of typed lines: `/review Her 4/5`, a critic's review pasted whole, a misread review."""

import re
from dataclasses import replace

from rapidfuzz.distance import OSA

from bot.catalogue.titles.index import TitleIndex
from bot.domain.errors import UsageError
from bot.domain.words.patterns import lazy_pattern
from bot.features.films.commands import FilmCommand
from bot.features.follow.commands import FollowCommand
from bot.features.help.commands import HelpCommand
from bot.features.members.commands import MeCommand
from bot.features.nights.commands import NightCommand
from bot.features.nights.grammar import is_about_nights
from bot.features.picks.commands import RecommendCommand
from bot.features.picks.grammar import parse_recommend
from bot.features.reviews.commands import ReviewCommand
from bot.features.talk.commands import AskAboutFilmCommand, UnclearCommand
from bot.features.transfer.commands import ImportCommand
from bot.intake.plain_talk.asked_first import asked_first
from bot.intake.plain_talk.in_context.club import in_club
from bot.intake.plain_talk.picks import is_addressed, wish
from bot.intake.plain_talk.reading import as_phrase, read_talk
from bot.intake.plain_talk.several_films import with_others
from bot.intake.plain_talk.statements.mistyped import understood
from bot.intake.plain_talk.tidying import ADDRESS
from bot.intake.plain_talk.titles import named
from bot.language.critics import looks_like_critique
from bot.language.grammar.options import parse_options
from bot.language.grammar.reading import NO_HABITS, Habits, Reading
from bot.language.grammar.titles import Misread, cut_title, longest_title, skip_blanks
from bot.messages.commands import Command
from bot.ports.store import UnitOfWork
from bot.registry import COMMANDS, REGISTRATIONS, TYPED
from bot.request.context import Context

_APP = lazy_pattern(rf"\s*@\S+[\s,:]+(?=[/!]?(?:{'|'.join(each.name for each in TYPED)})(?!\S))")
"""A mention before a command's name: of Matinee, by whatever name it has there."""

_NAME = lazy_pattern(r"\s*(?P<sign>[/!]?)(?P<name>[^\s:|/!][^\s:|]*):?\s*")
_PATH = lazy_pattern(r"[./\\]\w|^\s*file:")
"""What tells a file's name from other words."""

_SPOKEN = lazy_pattern(
    r"(?:me|us)\s|(?:clear|empty|everything)\s*$|remove\s+(?:everything|all)(?:\s+films?)?\s*$",
    re.IGNORECASE,
)
"""What makes a sentence of a command with its slash: `/remind me about Dune`, `/watchlist clear`."""

_OF = lazy_pattern(r"\s*(?:of|for|on|about)\s+(?=\S)", re.IGNORECASE)
"""What joins a review to its film in a sentence: `review of Heat: he leaves`."""

_NO_SLIPS = frozenset(
    """forgot forgets might right light fight sight nights tonight yeah years yes reason reasons starts start started state
    states watch watching march catch batch much fridge bride bridges seasons expert impact fellow hollow followed
    films file fill firm reviews reviewed rater rates rated late rather mate asks task mask held helps helped reminds
    reminded merged setting seating member release released pride men we my see eye wet""".split()
)
"""Words that are no misspelt commands where they begin a sentence: `might be late`."""

_NEAR = 0.6
"""Similarity from which a word behind a slash is taken for a misspelt command."""

_NEAR_IN_TALK = 0.75
"""Similarity from which the first word of a sentence is."""


def parse(line: str, titles: TitleIndex, habits: Habits = NO_HABITS) -> Command:
    """Read a line such as `/review Her 4/5`, with or without a slash or `@Matinee` before it.

    Titles stay as typed, to be resolved; a member is the name without its @. A line that names no
    command is read as plain talk. Raises only Misread, which is a UsageError and holds all that was
    typed.
    """
    try:
        reading = Reading(titles, habits)
        return understood(_parse(line, reading, titles), line, reading, titles)
    except UsageError as error:
        raise Misread(*error.parts, typed=line) from None


def _parse(line: str, reading: Reading, titles: TitleIndex) -> Command:
    address = ADDRESS.match(line) or _APP.match(line)
    start = address.end() if address else 0
    found = _NAME.match(line, start)
    if not found:
        return read_talk(line, reading, titles)
    name, rest = found["name"].lower(), line[found.end() :]
    if not found["sign"]:
        sentence = _planned_night(line[found.start("name") :], reading)
        sentence = sentence or _titled_or_in_passing(name, line, found, reading, titles)
        if sentence is not None:
            return sentence
    if name in COMMANDS and COMMANDS[name].typed:
        spoken = not found["sign"] or _SPOKEN.match(rest)
        sentence = as_phrase(line[found.start("name") :], reading, titles) if spoken else None
        if sentence is None and not found["sign"]:
            sentence = _named_in_passing(name, line, rest, reading, titles)
        if name == ReviewCommand.name and not found["sign"]:
            rest = _without_of(rest, titles)
        return sentence or with_others(_command(name, rest, reading), titles)
    talk = read_talk(line[found.start("name") :], reading, titles)
    if isinstance(talk, UnclearCommand | AskAboutFilmCommand):
        least = _NEAR if found["sign"] else _NEAR_IN_TALK
        return _misspelt(name, rest, least, reading) or talk
    return talk


def _without_of(rest: str, titles: TitleIndex) -> str:
    """Leave out the word that joins `review` to a known title in a sentence, but none of a title's own."""
    of = _OF.match(rest)
    if of is None or not longest_title(rest, of.end(), len(rest), titles):
        return rest
    return rest if longest_title(rest, 0, len(rest), titles, of.end()) else rest[of.end() :]


def _command(name: str, rest: str, reading: Reading) -> Command:
    """Read what stands behind the name of a command."""
    if name != "help" and rest.strip().lower() == "help":
        return HelpCommand(topic=name)
    registered = REGISTRATIONS[name]
    if registered.command is RecommendCommand and is_addressed(rest, reading):
        return wish(rest, reading) or parse_recommend(rest, reading)
    if registered.parser is not None:
        return registered.parser(rest, reading)
    return parse_options(registered.command, rest, reading.titles)


def _titled_or_in_passing(
    name: str, line: str, found: re.Match[str], reading: Reading, titles: TitleIndex
) -> Command | None:
    """Read a title that begins with a command's name (`Night Moves 4/5`), or a sentence that does.

    `me too`, `follow the money`, `night everyone`: none of them is what those commands need.
    """
    start, rest = found.start("name"), line[found.end() :].strip()
    if name not in COMMANDS or not COMMANDS[name].typed or not rest:
        return None
    is_title = longest_title(line, start, len(line), titles, found.end("name")) is not None
    in_passing = {
        MeCommand.name: "@" not in rest,
        FollowCommand.name: not rest.lower().startswith("letterboxd"),
        NightCommand.name: not is_about_nights(rest, reading),
    }.get(name, False)
    return read_talk(line[start:], reading, titles) if is_title or in_passing else None


def _named_in_passing(
    name: str, line: str, rest: str, reading: Reading, titles: TitleIndex
) -> Command | None:
    """Read `film for tonight` and `import from letterboxd?`, which begin with a command's name by chance.

    None for a line with what the command needs: a film, or a file.
    """
    in_passing = (name == FilmCommand.name and named(rest, titles) is None) or (
        name == ImportCommand.name and _PATH.search(rest) is None
    )
    if not (in_passing and rest.strip()):
        return None
    talk = read_talk(line, reading, titles)
    return None if isinstance(talk, UnclearCommand) else talk


def _misspelt(typed: str, rest: str, least: float, reading: Reading) -> Command | None:
    """Return the command whose name was only misspelt; one that writes is asked about first."""
    word = typed[:40]
    if least == _NEAR_IN_TALK and word in _NO_SLIPS:
        return None
    best = max(TYPED, key=lambda each: OSA.normalized_similarity(word, each.name))
    if OSA.normalized_similarity(word, best.name) < least:
        return None
    command = _command(best.name, rest, reading)
    if not command.writes:
        return command
    if isinstance(command, ReviewCommand):
        return replace(command, confirm=not command.unsure)
    return asked_first(f"{typed} {rest}", command)


_FILM_NIGHT = lazy_pattern(
    r"(?:(?:(?:let['’]?s|lets|can|could|shall|should|we|i|you|u|please|pls|want\s+to|(?:woul|['’])d\s+like\s+to)\s+)*"
    r"(?:plan|organi[sz]e|arrange|schedule|set\s+up|host|have|do|hold|start)\s+)?"
    r"(?:(?:a|an|the|our|another|next)\s+)*(?:film|movie|club)[ -]?night\b[\s:,]*"
    r"(?:(?:(?:is|was|has\s+been|will\s+be)\s+)?(?:now\s+)?(?:moved|shifted|postponed|put\s+off|rescheduled)\s+)?(?:(?:on|for|to|until|till)\s+)?(?P<when>.*)",
    re.IGNORECASE | re.DOTALL,
)


def _planned_night(line: str, reading: Reading) -> Command | None:
    """Ask whether `film night friday at 8` plans one; alone, it shows how the next one stands."""
    found = _FILM_NIGHT.fullmatch(line.strip())
    if found is None:
        return None
    if not found["when"].strip(" ?!."):
        return NightCommand()
    when = found["when"].strip(" ?!.")
    if not is_about_nights(when, reading):
        return None
    return asked_first(line, NightCommand("new", when=when))


_REVIEW = lazy_pattern(
    r"\s*(?:<@[!&]?\w+>\s*|@\S+\s+)?/?(?:matinee\s+)?review\b[: ]*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)


def read_line(line: str, titles: TitleIndex, habits: Habits) -> Command:
    """Read what a member typed; raises Misread, which keeps the text, where it cannot be read."""
    if pasted := pasted_review(line, titles):
        return pasted
    try:
        return parse(line, titles, habits)
    except Misread as error:
        if kept := misread_review(error, titles):
            return kept
        raise


def pasted_review(line: str, titles: TitleIndex) -> ReviewCommand | None:
    """Read `/review` and a pasted critic's text; None where the first line is a member's review."""
    found = _REVIEW.fullmatch(line)
    if found is None or "\n" not in found["text"] or not looks_like_critique(found["text"]):
        return None
    try:
        first = parse(
            f"{ReviewCommand.name} {found['text'].lstrip().partition(chr(10))[0]}", titles
        )
    except UsageError:
        return None
    if isinstance(first, ReviewCommand) and first.writes:
        return None
    return ReviewCommand(text=found["text"].removeprefix("\n"))


async def read_typed(line: str, context: Context, work: UnitOfWork) -> Command:
    """Read a typed line as it is meant by this member, in this club; raises Misread."""

    def read(line: str) -> Command:
        return read_line(line, context.titles, context.habits)

    try:
        command = read(line)
    except UsageError:
        context.take_done()  # this was the line after, though nothing can be read in it
        raise
    return await in_club(command, line, read, context, work)


WORTH_KEEPING = 3
"""Number of words from which a misread text is kept in a draft."""


def misread_review(error: Misread, titles: TitleIndex) -> ReviewCommand | None:
    """Keep the text of a review whose rating, day or flag cannot be read.

    None where it was no review, or has no words to lose.
    """
    found = _REVIEW.fullmatch(error.typed)
    if found is None:
        return None
    text, start = found["text"], skip_blanks(found["text"], 0, len(found["text"]))
    cut = cut_title(text, start, len(text), titles)
    words = text[cut.end if cut else start :].strip(" |\t\n")
    if len(words.split()) < WORTH_KEEPING:
        return None
    return ReviewCommand(cut.film if cut else "", text=words, trouble=str(error))
