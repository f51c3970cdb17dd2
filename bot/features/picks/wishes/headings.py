"""Headings of picks: the request as it was understood, in natural order."""

from collections.abc import Sequence

from bot.domain.clubs import Member
from bot.domain.films import Film
from bot.features.picks.commands import RecommendCommand
from bot.features.picks.wishes.demands import WishDemands
from bot.features.picks.wishes.wish import Understood
from bot.messages.phrases import joined


def heading(
    command: RecommendCommand,
    request: WishDemands,
    liked: Sequence[Film],
    unliked: Sequence[Film],
    members: Sequence[Member],
) -> str:
    """Return `Korean thrillers from the 2010s, no romance`, `If you liked Heat: comedies`, `For you`."""
    away = [part.demands[0].label for part in request.avoided.parts if part.demands]
    away += [f"less {request.less}"] if request.less else []
    away += [f"unlike {joined([film.title for film in unliked], 'or')}"] if unliked else []
    wish = _wish(request.wanted.parts, request.wanted.words, command.more)
    whom = _whom(command, liked, members) or ("" if wish else "For you")
    text = ": ".join(each for each in (whom, wish) if each)
    text = ", ".join([text, *away])
    return text[:1].upper() + text[1:]


def _whom(command: RecommendCommand, liked: Sequence[Film], members: Sequence[Member]) -> str:
    if liked:
        return f"If you liked {joined([film.title for film in liked])}"
    if len(members) > 1 or command.share:
        return f"For {joined([member.name for member in members])}"
    return ""


def _wish(parts: Sequence[Understood], words: str, more: str) -> str:
    entries = [part.entry for part in parts]
    nouns = [each for each in entries if each.noun]
    before = [each.label for each in entries if not each.noun and each.kind == ""]
    places = [each.label for each in entries if each.kind == "place"]
    after = [each.label for each in entries if each.kind == "after" and not each.noun]
    noun = [*(each.label for each in nouns[:-1]), nouns[-1].noun] if nouns else []
    text = " ".join([joined(before), *places, *noun]).strip()
    if (before or places or after) and not noun:
        text = f"{text} films".strip()
    text = " ".join([text, *after]).strip()
    free = ", ".join(each for each in (words, f"more {more}" if more else "") if each)
    return f"{text}: {free}" if text and free else text or free
