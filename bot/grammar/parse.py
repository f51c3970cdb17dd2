"""One typed line to one command."""

import re
from datetime import date

from rapidfuzz.distance import OSA

from bot.domain.errors import UsageError
from bot.domain.ratings import Scale
from bot.features.films.grammar import parse_merge
from bot.features.picks.grammar import parse_recommend
from bot.features.releases.grammar import parse_remind
from bot.features.reviews.grammar import parse_review
from bot.grammar.options import parse_options
from bot.grammar.titles import Misread, Titles
from bot.messages.commands import BY_NAME, CATALOGUE, Command, Help

_ADDRESS = re.compile(r"\s*(?:<@[!&]?\w+>|@\S+|/?matinee\b)[\s,:]*", re.IGNORECASE)
_NAME = re.compile(r"\s*[/!]?(?P<name>[^\s:|/!][^\s:|]*):?\s*")
_REMIND = re.compile(r"remind(?:\s+|$)", re.IGNORECASE)
_NEAR = 0.6


def parse(
    line: str, titles: Titles, *, scale: Scale = Scale.STARS, today: date | None = None
) -> Command:
    """Read a line such as `/review Her 4/5`, with or without a slash or `@Matinee` before it.

    Titles stay as typed, to be resolved; a member is the name without its @. `scale` is the one on
    which the member's bare numbers count; `today`, the member's local day, settles days typed
    without a year. Raises only Misread, which is a UsageError and holds all that was typed.
    """
    try:
        return _parse(line, titles, scale, today)
    except UsageError as error:
        raise Misread(str(error), line) from None


def _parse(line: str, titles: Titles, scale: Scale, today: date | None) -> Command:
    address = _ADDRESS.match(line)
    start = address.end() if address else 0
    found = _NAME.match(line, start)
    if not found and not line[start:].strip("/! \t\r\n"):
        return Help()
    if not found:
        raise UsageError(_unknown(line[start:].strip()))
    name, rest = found["name"].lower(), line[found.end() :]
    if name not in BY_NAME or not BY_NAME[name].typed:
        raise UsageError(_unknown(found["name"]))
    return _command(name, rest, titles, scale, today)


def _command(name: str, rest: str, titles: Titles, scale: Scale, today: date | None) -> Command:
    if name != "help" and rest.strip().lower() == "help":
        return Help(topic=name)
    if name == "releases" and (remind := _REMIND.match(rest)):
        name, rest = "remind", rest[remind.end() :]
    match name:
        case "review":
            return parse_review(rest, titles, scale, today)
        case "recommend":
            return parse_recommend(rest, titles)
        case "remind":
            return parse_remind(rest, titles)
        case "merge":
            return parse_merge(rest, titles)
        case _:
            return parse_options(BY_NAME[name], rest, titles)


def _unknown(typed: str) -> str:
    """Say which commands there are, the likeliest first."""
    word = typed[:40].lower()
    names = [each.name for each in CATALOGUE if each.typed]
    best = max(names, key=lambda name: OSA.normalized_similarity(word, name))
    if OSA.normalized_similarity(word, best) >= _NEAR:
        return f"I don't know “{word}”. Did you mean /{best}? /help shows all there is."
    return (
        f"I don't know what to do with “{word}”. Begin with a command: "
        f"{', '.join('/' + name for name in names)}."
    )
