"""What `why that one?` means: the reason of a pick that was shown, by its place, its title or as the one opened."""

import re
from dataclasses import replace

from bot.domain.errors import UsageError
from bot.domain.ids import FilmId
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import folded
from bot.features.help.commands import HelpCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.talk.commands import UnclearCommand
from bot.intake.plain_talk.phrases.phrases import LONGEST
from bot.intake.plain_talk.tidying import tidied, without_address
from bot.messages.commands import Command
from bot.messages.spans import Usage
from bot.request.context import Context
from bot.request.recent import ShownPicks

ORDINALS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "5th": 4, "last": -1,
}  # fmt: skip
"""Places in a list, by their words."""

_WHY = lazy_pattern(
    r"(?:(?:but|and|so|ok|okay|hm+|wait)[\s,]+)*(?:why|how\s+come|what\s+made)(?:\s+(?:did|do|would|have|are))?(?:\s+(?:you|u|ya)|\s+it['’]?s)?"
    r"(?:\s+(?:just|even))?(?:\s+(?:pick(?:ed|ing)?|cho(?:se|ose|sen|osing)|suggest(?:ed|ing)?|recommend(?:ed|ing)?|show(?:n|ed)?|propose[d]?|give|gave|say|put|list(?:ed)?|think\s+of))?"
    r"(?:\s+(?:me|us))?(?P<what>(?:\s+\S+){0,8}?)(?:\s+(?:(?:for|to)\s+(?:me|us|all\s+of\s+us|everyone)|then|here|on\s+the\s+list|though|of\s+all\s+(?:films|things)|at\s+all))*",
    re.IGNORECASE,
)
_SHOWN = lazy_pattern(
    r"(?:this|that|it|these|those|them|(?:this|that|the|these|those)\s+(?:one|ones|film|films|movie|movies|pick|picks))?",
    re.IGNORECASE,
)
"""Words that mean what was shown last, or nothing at all."""

_SEVERAL = lazy_pattern(
    r"(?:all\s+)?(?:(?:of\s+)?(?:these|those|them)|(?:the|these|those)\s+(?:ones|films|movies|picks))",
    re.IGNORECASE,
)
"""Words that mean all that was shown; each of a list stands there with its reason."""

_PLACE = lazy_pattern(
    rf"(?:the\s+)?(?:(?P<which>{'|'.join(ORDINALS)})(?:\s+(?:one|film|movie|pick))?|(?:number|no\.?|\#)\s*(?P<number>\d{{1,2}}))",
    re.IGNORECASE,
)


def with_reason(command: Command, line: str, context: Context) -> Command:
    """Return what tells why a film was picked; the command as it is for another line.

    UsageError where nothing was picked of late.
    """
    last = context.last_picks
    found = _WHY.fullmatch(tidied(without_address(line))) if len(line) <= LONGEST else None
    if found is None:
        return command
    if last is None or not last.shown:
        return _without_picks(command, found)
    what = found["what"].strip()
    if _SEVERAL.fullmatch(what):
        return last.command
    film = _film(what, last, context)
    return replace(last.command, opened=film, reason=True, page=1) if film else command


def _without_picks(command: Command, found: re.Match[str]) -> Command:
    """Refuse to tell why, where a pick is meant and none was shown."""
    what = found["what"].strip()
    unread = isinstance(command, HelpCommand | UnclearCommand)
    if unread and (_SHOWN.fullmatch(what) or _PLACE.fullmatch(what)):
        raise UsageError(
            "I have shown you no picks lately. Below each pick stands why I chose it: ",
            Usage(RecommendCommand()),
            ".",
        )
    return command


def _film(what: str, last: ShownPicks, context: Context) -> FilmId | None:
    """Return which of the films shown is meant; None for another film."""
    if _SHOWN.fullmatch(what):
        spoken = context.last_film
        opened = spoken and spoken.film_id in last.shown and spoken.at >= last.at
        return spoken.film_id if spoken and opened else last.shown[0]
    if place := _PLACE.fullmatch(what):
        at = ORDINALS[folded(place["which"])] if place["which"] else int(place["number"]) - 1
        return last.shown[at] if -1 <= at < len(last.shown) else None
    meant = {each.film_id for each in context.titles.resolve(what).exact}
    if likely := context.titles.resolve(what).likely:
        meant.add(likely.film_id)
    return next((each for each in last.shown if each in meant), None)
