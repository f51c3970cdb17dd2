"""What a line means right after picks: more of them, the same wish narrowed, or one of the films shown."""

import re
from dataclasses import replace

from bot.domain.films.film import Film
from bot.domain.words.numbers import number_words
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import folded
from bot.features.films.commands import FilmCommand
from bot.features.picks.commands import MarkTitleCommand, RecommendCommand
from bot.features.talk.commands import AskAboutFilmCommand, UnclearCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.intake.plain_talk.in_context.shown.more_like import more_or_less_like
from bot.intake.plain_talk.in_context.shown.numbered import of_numbered
from bot.intake.plain_talk.in_context.shown.why import ORDINALS, with_reason
from bot.intake.plain_talk.in_context.titled import Read, read_titled
from bot.language.wishes.reading.wishes import is_wish
from bot.messages.commands import Command
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.commands import NamesFilm
from bot.request.lookup.films import BY_ID, reference
from bot.request.recent import ShownPicks

_MORE = RecommendCommand(page=2)
_OPENING = (
    r"(?:(?:no(?!\s+(?:more|less)\s)|nah|nope|ok(?:ay)?|hmm+|yes|yeah|cool|great|nice|thanks|but|and|maybe|rather|please|can\s+it\s+be|could\s+it\s+be"
    r"|make\s+(?:it|them|that)|anything|something|sth|smth)[,.!]*\s+)*"
)
_NARROWED = lazy_pattern(
    rf"{_OPENING}(?:(?:a\s+(?:bit|little)\s+|much\s+|even\s+|way\s+)?(?:(?P<how>[a-z]{{3,}}er)|more\s+(?P<more>[a-z-]+)|less\s+(?P<less>[a-z-]+))"
    r"|not\s+(?P<enough>[a-z-]+)\s+enough|(?:not|nothing)\s+(?:so|that|too|as)\s+(?P<not>[a-z-]+)|too\s+(?P<too>[a-z-]+))"
    r"(?:\s+(?:ones?|films?|movies?|please|pls|then|instead|though|tho))*[\s.!?]*",
    re.IGNORECASE,
)
"""What narrows the wish before: `funnier`, `not scary enough`, `something a bit shorter please`, `too long`."""

_SHOWN = lazy_pattern(
    rf"(?:(?<!\w)the\s+|^(?=\w+\s+(?:one|film|movie|pick)\s))(?P<which>{'|'.join(ORDINALS)})(?:\s+(?:one|film|movie|pick)(?!\w)|(?=[\s.!?]*$|\s+(?:to|on|off)\s))",
    re.IGNORECASE,
)
"""One of the films shown: `the second one`, `add the third to my watchlist`."""


_SOUNDS_GOOD = lazy_pattern(
    r"\s+(?:looks?|sounds?|seems?|is|would\s+be)\s+(?:\w+\s+)?(?:good|great|fun|nice|interesting|perfect|cool|promising|fine|okay|ok|tempting|lovely)[\s.!]*",
    re.IGNORECASE,
)
"""What is said of one of the films shown: `second one looks good`."""

_LED = lazy_pattern(
    r"^(?:(?:ok|okay|and|so|hm+|but|what\s+about|how\s+about|tell\s+me(?:\s+more)?\s+about|show(?:\s+me)?|what(?:['’]?s|\s+is)|more\s+(?:on|about))[\s,]+)+",
    re.IGNORECASE,
)
"""What leads to one of the films shown: `what about the third one`."""

_NONE = lazy_pattern(
    r"(?:(?:no|nah|nope|hm+|sorry)[\s,.!]*)*(?:none|not\s+any|neither)\s+of\s+(?:these|those|them)(?:\s+(?:please|thanks|thank\s+you|sorry|for\s+(?:me|us)))*[\s.!?]*",
    re.IGNORECASE,
)
"""What turns down all that was shown."""


_FIRST_FEW = number_words(2, 4)
_KEEP = lazy_pattern(
    r"(?:(?:please|can\s+you|ok|yes)[\s,]+)*(?:add|put|save|keep)\s+(?:them(?:\s+all)?|all(?:\s+(?:of\s+(?:them|these|those)|five|three|ten))?|these|those|the\s+lot"
    rf"|the\s+first\s+(?P<first>{'|'.join(_FIRST_FEW)})(?:\s+of\s+(?:them|these|those))?)(?:\s+(?:to|on|onto)\s+(?:my\s+|the\s+)?(?:watch\s?)?list)(?:\s+please)?",
    re.IGNORECASE,
)
"""What puts films that were shown on the watchlist."""


async def in_picks(
    command: Command, line: str, read: Read, context: Context, work: UnitOfWork
) -> Command:
    """Return what a command that was typed as this line means where picks were shown just before."""
    if (told := with_reason(command, line, context)) is not command:
        return told
    if alike := more_or_less_like(line, context):
        return alike
    last = context.last_picks
    if last is None:
        return command
    if command == _MORE or _NONE.fullmatch(line.strip()):
        return replace(last.command, page=last.command.page + 1)
    if said := _kept(line, last) or of_numbered(line, last):
        return said
    if narrowed := _narrowed(line, last.command):
        return narrowed
    if isinstance(command, MarkTitleCommand) and not command.film and _newer(context):
        return _which(last)
    found = _SHOWN.search(line)
    place = ORDINALS[folded(found["which"])] if found else 0
    alone = bool(found) and _SHOWN.fullmatch(_LED.sub("", line.strip(" .!?"))) is not None
    if not found or place >= len(last.shown):
        return command
    alone = alone or _SOUNDS_GOOD.fullmatch(line, found.end()) is not None
    if not (alone or isinstance(command, UnclearCommand | NamesFilm)):
        return command
    film = await work.films.get(last.shown[place])
    return _of_film(film, line, found, read) if film else command


def _kept(line: str, last: ShownPicks) -> Command | None:
    """Read `add them all to my list` of the films shown."""
    found = _KEEP.fullmatch(line.strip(" .!?"))
    if found is None:
        return None
    many = _FIRST_FEW[folded(found["first"])] if found["first"] else None
    refs = [f"{BY_ID}{each}" for each in last.shown[:many]]
    return WatchlistCommand("add", refs[0], others=tuple(refs[1:])) if refs else None


def _newer(context: Context) -> bool:
    """Whether picks were shown after the film last spoken of."""
    film, picks = context.last_film, context.last_picks
    return picks is not None and (film is None or film.at < picks.at)


def _which(last: ShownPicks) -> Command:
    """Ask which of the films shown is meant by `not that, seen it`; of one alone that is clear."""
    refs = [f"{BY_ID}{each}" for each in last.shown]
    if len(refs) == 1:
        return MarkTitleCommand(refs[0])
    return AskAboutFilmCommand(refs[0], tuple(refs[1:]))


def _narrowed(line: str, before: RecommendCommand) -> RecommendCommand | None:
    """Return the picks before with what the line adds to their wish; None for another line."""
    found = _NARROWED.fullmatch(line.strip())
    word = found and next((each for each in found.groups() if each), "")
    if not found or not word or not is_wish(word.lower()):
        return None
    before = replace(before, page=1)
    if more := found["more"] or found["enough"]:
        return replace(before, more=f"{before.more} {more}".strip())
    if less := found["less"]:
        return replace(before, less=f"{before.less} {less}".strip())
    added = found["how"] or f"not too {found['not'] or found['too']}"
    return replace(before, mood=", ".join(each for each in (before.mood, added) if each))


def _of_film(film: Film, line: str, found: re.Match[str], read: Read) -> Command:
    """Read a line with a film's title in the place of `the second one`; alone, it shows the film."""
    titled = f"{line[: found.start()]}“{film.label}”{line[found.end() :]}"
    return read_titled(titled, film, read) or FilmCommand(reference(film))
