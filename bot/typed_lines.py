"""Parser of typed lines: `/review Her 4/5`, a critic's review pasted whole, a misread review."""

import re
from datetime import date

from rapidfuzz.distance import OSA

from bot.critics import looks_like_critique
from bot.domain.errors import UsageError
from bot.domain.ratings import Scale
from bot.features.help.commands import HelpCommand
from bot.features.reviews.commands import ReviewCommand
from bot.grammar.options import parse_options
from bot.grammar.reading import Reading
from bot.grammar.titles import KnownTitles, Misread, cut_title, skip_blanks
from bot.messages.commands import Command
from bot.messages.replies import Usage
from bot.registry import COMMANDS, REGISTRATIONS, TYPED

_ADDRESS = re.compile(r"\s*(?:<@[!&]?\w+>|@\S+|/?matinee\b)[\s,:]*", re.IGNORECASE)
_NAME = re.compile(r"\s*[/!]?(?P<name>[^\s:|/!][^\s:|]*):?\s*")
_NEAR = 0.6


def parse(
    line: str, titles: KnownTitles, *, scale: Scale = Scale.STARS, today: date | None = None
) -> Command:
    """Read a line such as `/review Her 4/5`, with or without a slash or `@Matinee` before it.

    Titles stay as typed, to be resolved; a member is the name without its @. `scale` is the one on
    which the member's bare numbers count; `today`, the member's local day, settles days typed
    without a year. Raises only Misread, which is a UsageError and holds all that was typed.
    """
    try:
        return _parse(line, Reading(titles, scale, today))
    except UsageError as error:
        raise Misread(*error.parts, typed=line) from None


def _parse(line: str, reading: Reading) -> Command:
    address = _ADDRESS.match(line)
    start = address.end() if address else 0
    found = _NAME.match(line, start)
    if not found and not line[start:].strip("/! \t\r\n"):
        return HelpCommand()
    if not found:
        raise _unknown_command(line[start:].strip())
    name, rest = found["name"].lower(), line[found.end() :]
    if name not in COMMANDS or not COMMANDS[name].typed:
        raise _unknown_command(found["name"])
    return _command(name, rest, reading)


def _command(name: str, rest: str, reading: Reading) -> Command:
    if name != "help" and rest.strip().lower() == "help":
        return HelpCommand(topic=name)
    registered = REGISTRATIONS[name]
    if registered.parser is not None:
        return registered.parser(rest, reading)
    return parse_options(registered.command, rest, reading.titles)


def _unknown_command(typed: str) -> UsageError:
    """Return the error that names the likeliest command, or else all of them."""
    word = typed[:40].lower()
    best = max(TYPED, key=lambda each: OSA.normalized_similarity(word, each.name))
    if OSA.normalized_similarity(word, best.name) >= _NEAR:
        return UsageError(
            f"I don't know “{word}”. Did you mean ",
            Usage(best()),
            "? ",
            Usage(HelpCommand()),
            " shows all there is.",
        )
    names = [part for each in TYPED for part in (", ", Usage(each()))][1:]
    return UsageError(f"I don't know what to do with “{word}”. Begin with a command: ", *names, ".")


_REVIEW = re.compile(
    r"\s*(?:<@[!&]?\w+>\s*|@\S+\s+)?/?(?:matinee\s+)?review\b[: ]*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)


def read_line(line: str, titles: KnownTitles, *, scale: Scale, today: date) -> Command:
    """Read what a member typed; raises Misread, which keeps the text, where it cannot be read."""
    if pasted := pasted_review(line, titles):
        return pasted
    try:
        return parse(line, titles, scale=scale, today=today)
    except Misread as error:
        if kept := misread_review(error, titles):
            return kept
        raise


def pasted_review(line: str, titles: KnownTitles) -> ReviewCommand | None:
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


WORTH_KEEPING = 3
"""Number of words from which a misread text is kept in a draft."""


def misread_review(error: Misread, titles: KnownTitles) -> ReviewCommand | None:
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
