"""Reminders in plain words: film, time and occasion in whatever order they stand."""

import re
from dataclasses import replace

from bot.catalogue.titles.index import TitleIndex
from bot.domain.errors import UsageError
from bot.domain.films.film import ReleaseKind
from bot.domain.words.patterns import lazy_pattern
from bot.features.nights.commands import NightCommand
from bot.features.releases.commands import ReleasesCommand, RemindCommand
from bot.features.releases.grammar import parse_remind
from bot.intake.plain_talk.titles import mentioned, named
from bot.language.grammar.durations import find_lead
from bot.language.grammar.reading import Reading
from bot.language.grammar.time_words import is_time
from bot.language.grammar.titles import cut_title
from bot.messages.commands import Command
from bot.messages.spans import Usage

IT = "it"
"""What stands for the film last spoken of where none is named."""

PRONOUN = lazy_pattern(
    r"(?:it|this|that|later|again|that\s+one|this\s+one|(?:this|that)\s+(?:film|movie))",
    re.IGNORECASE,
)
"""What stands for a film that was named before."""

_AT_THE_TIME = lazy_pattern(
    r"(?P<when>.+?)\s+(?:of|about|to\s+(?:watch|see|rate|review|finish)|that)\s+(?P<film>\S.*)",
    re.IGNORECASE,
)
_LEADING = lazy_pattern(
    r"(?:me\s+)?(?:(?:of|about|to\s+(?:go\s+)?(?:and\s+)?(?:watch|see|catch|review|rate)|when|whenever|once|as\s+soon\s+as|if|for|the\s+day|that)\s+)+(?:the\s+(?:film|movie)\s+)?",
    re.IGNORECASE,
)
_COMES_OUT = lazy_pattern(
    r"\s+(?:finally\s+)?(?:comes?|is|gets?|will\s+be|goes|becomes?|hits?|arrives?|starts?|opens?|drops?|lands?)(?:\s+(?:to|on|in|at|into))?(?:\s+the)?"
    r"(?:\s+(?P<how>out|released|available|(?:in\s+)?cinemas?|theat(?:er|re)s?|streaming|netflix|mubi|prime|digital|vod|dvd|disc|blu-?ray|tv|television))?(?:\s+(?:to\s+stream|on\s+streaming|on\s+dvd|in\s+(?:the\s+)?cinemas?))?(?=\s|$)",
    re.IGNORECASE,
)
_WHEN_IT = lazy_pattern(
    r"\s+(?:when(?:ever)?|once|as\s+soon\s+as|if|the\s+(?:day|moment))\s+(?:it|that|this|they)(?P<is>['’]?s|['’]re)?(?=\s+\w)",
    re.IGNORECASE,
)
"""What leads to the occasion behind a title: `dune part three when it comes out`."""

_LEAD_FIRST = lazy_pattern(
    r"(?P<lead>\S+(?:\s+\S+){1,4}?\s+(?:before(?:hand)?|ahead|in\s+advance))(?:\s+(?:of\s+)?(?P<film>\S.*))?",
    re.IGNORECASE,
)
"""How long before, said first: `two days before Anora comes out`."""

_RELEASE = lazy_pattern(
    r"(?:its|the|that|her|his)\s+(?:release|premiere|opening)(?:\s+(?:date|day))?", re.IGNORECASE
)
_OF_RELEASE = lazy_pattern(r"\s+(?:is\s+out|(?:comes|gets|is\s+coming)\s+out)$", re.IGNORECASE)

_KINDS = (
    (re.compile(r"stream|netflix|mubi|prime|digital|vod", re.IGNORECASE), ReleaseKind.DIGITAL),
    (re.compile(r"dvd|disc|blu", re.IGNORECASE), ReleaseKind.PHYSICAL),
    (re.compile(r"(?<!\w)(?:tv|television)", re.IGNORECASE), ReleaseKind.TV),
)

_ERRAND = lazy_pattern(
    r"to\s+(?!(?:go\s+(?:and\s+)?)?(?:watch|see|catch|review|rate|finish)(?!\w))[a-z]+(?:\s+|$)",
    re.IGNORECASE,
)
"""Something to do that is no film: `to buy popcorn`."""

_IT_IS = lazy_pattern(r"it\s+(?:is|does|comes)", re.IGNORECASE)
"""The film last spoken of, in `remind me when it is`."""

_AGAIN = lazy_pattern(r"(?:every|each)\s+(?!\S+\s+(?:of|about)\s)\S+", re.IGNORECASE)
"""A reminder that comes again and again: `every friday`."""

_HINTED = lazy_pattern(
    r"(?<!\w)(?:(?:the|a|any|some)\s+)?(?:new|next|latest|upcoming)\s+(?:[^\W\d_][\w.'’-]*\s+){0,3}(?:movies?|films?|one)(?!\w)",
    re.IGNORECASE,
)
"""A film without its title: `the new nolan movie`."""


def reminder(said: str, titles: TitleIndex, reading: Reading) -> Command:
    """Read what follows `remind me`; refuse with `UsageError` what is no film."""
    said = said.strip()
    _check_is_of_a_film(said, titles)
    if said.lower() in {"me", "us"}:
        return RemindCommand(IT)
    if PRONOUN.fullmatch(_IT_IS.sub("it", _LEADING.sub("", said, count=1))):
        return RemindCommand()
    if not cut_title(said, 0, len(said), titles):
        said = re.sub(r"^(?:me|us)\s+", "", said, flags=re.IGNORECASE)
    if (timed := _AT_THE_TIME.fullmatch(said)) and is_time(timed["when"].strip()):
        return RemindCommand(named(timed["film"], titles) or timed["film"], on=timed["when"])
    if is_time(said):
        return RemindCommand(IT, on=said)
    if before := _lead_first(said, titles, reading):
        return before
    if ahead := _time_ahead(said, titles):
        return ahead
    leading = _LEADING.match(said)
    said = said[leading.end() :] if leading and leading.end() < len(said) else said
    kind = None
    said = _WHEN_IT.sub(lambda found: " is" if found["is"] else "", said, count=1)
    occasion = _COMES_OUT.search(said)
    if occasion and (
        named(said[: occasion.start()], titles)
        or (occasion["how"] and occasion.end() == len(said) and not named(said, titles))
    ):
        how = occasion[0]
        kind = next((each for form, each in _KINDS if form.search(how)), None)
        said = f"{said[: occasion.start()]} {kind or ''} {said[occasion.end() :]}"
    try:
        return parse_remind(" ".join(said.split()), reading)
    except UsageError:
        return RemindCommand(" ".join(said.split()))


def _lead_first(said: str, titles: TitleIndex, reading: Reading) -> Command | None:
    """Read how long before a release, with the film behind it or the one last spoken of: `two days before`."""
    found = _LEAD_FIRST.fullmatch(said)
    lead = find_lead(found["lead"], 0) if found and not titles.is_title(said) else None
    if found is None or lead is None or lead[0]:
        return None
    film = (found["film"] or "").strip()
    bare = _OF_RELEASE.sub("", film)
    if not bare or PRONOUN.fullmatch(bare) or _RELEASE.fullmatch(bare) or is_time(bare):
        return RemindCommand(IT, **lead[1])
    read = reminder(film, titles, reading)
    return replace(read, **lead[1]) if isinstance(read, RemindCommand) else None


def _check_is_of_a_film(said: str, titles: TitleIndex) -> None:
    """Refuse a reminder to do something else, and of a film that is only hinted at."""
    said = re.sub(r"^(?:me|us)\s+", "", said, flags=re.IGNORECASE)
    if titles.is_title(said) or titles.is_title(_LEADING.sub("", said, count=1)):
        return
    if (errand := _ERRAND.match(said)) and not mentioned(said[errand.end() :], titles):
        raise UsageError(
            "I remind of films alone: name one, and a time if you like, as in ",
            Usage(RemindCommand("Anora", on="friday 18:00")),
            ".",
        )
    if _AGAIN.match(said):
        raise UsageError(
            "A reminder comes once: ",
            Usage(RemindCommand("Anora", on="friday 18:00")),
            ". A film night can come again and again: ",
            Usage(NightCommand("new", when="every friday at 8")),
            ".",
        )
    if hinted := _HINTED.search(said):
        raise UsageError(
            f"Which film is “{hinted[0].strip()}”? I remind of a film by its title, as in ",
            Usage(RemindCommand("Anora")),
            ". What comes out: ",
            Usage(ReleasesCommand()),
            ".",
        )


def _time_ahead(said: str, titles: TitleIndex) -> RemindCommand | None:
    """Read a time before a title, with nothing between them: `friday 8pm jaws`."""
    for word in list(re.finditer(r"\s+(?=\S)", said))[:8]:
        when, film = said[: word.start()], said[word.end() :]
        if is_time(when) and (known := named(film, titles)):
            return RemindCommand(known, on=when)
    return None
