"""Headings of picks: the request as it was understood, in natural order."""

from collections.abc import Iterable, Sequence

from bot.domain.clubs.club import Member
from bot.domain.films.film import Film
from bot.domain.words.numbers import number_words
from bot.features.picks.commands import RecommendCommand
from bot.features.picks.demands.demands import WishDemands
from bot.language.wishes.wish import Understood
from bot.messages.phrases import joined

_NUMBERS = ("no", *number_words(1, 10))


def in_words(count: int) -> str:
    """Return a number up to ten as a word, a greater one in digits."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def heading(
    command: RecommendCommand,
    request: WishDemands,
    liked: Sequence[Film],
    unliked: Sequence[Film],
    members: Sequence[Member],
    count: int | None,
) -> str:
    """Return `Three Korean thrillers from the 2010s, no gore`, `If you liked Heat: comedies`, `For you`.

    `count`: the number of films that was asked for, if any was.
    """
    away = [part.demands[0].label for part in request.avoided.parts if part.demands]
    away += [_lengths(part) for part in request.avoided.parts if part.minutes]
    away += [f"less {request.less}"] if request.less else []
    away += [f"unlike {joined([film.title for film in unliked], 'or')}"] if unliked else []
    away += [
        each.label for each in request.demands if each.film_ids and each.label.startswith("not ")
    ]
    wish = _wish(request.wanted.parts, request.wanted.words, command, count)
    whom = _whom(command, liked, members, wish) or ("" if wish else "For you")
    text = ": ".join(each for each in (whom, wish) if each)
    told = {part.entry.label for part in request.wanted.parts}
    told |= {f"not {film.title}" for film in liked}
    text = ", ".join([text, *(each for each in _once(away) if each not in told)])
    return text[:1].upper() + text[1:]


def _lengths(part: Understood) -> str:
    return f"not {part.entry.label}"


def _whom(
    command: RecommendCommand, liked: Sequence[Film], members: Sequence[Member], wish: str
) -> str:
    if liked:
        return f"If you liked {joined([film.title for film in liked])}"
    if len(members) > 1 or (command.share and not wish):
        return f"For {joined([member.name for member in members])}"
    return ""


def _wish(
    parts: Sequence[Understood], words: str, command: RecommendCommand, count: int | None
) -> str:
    entries = [
        part.entry
        for part in parts
        if part.demands or part.minutes or part.entry.fame or not part.entry.untold
    ]
    named = _once(each.noun for each in entries if each.noun)
    nouns = [each for each in named if not any(other.endswith(f" {each}") for other in named)]
    before = _once(each.label for each in entries if not each.noun and each.kind == "")
    before = [*filter(None, [command.fame]), *sorted(before, key=lambda each: each != "short")]
    places = _once(each.label for each in entries if each.kind == "place")
    after = _once(each.label for each in entries if each.kind == "after" and not each.noun)
    noun = [*map(_as_adjective, nouns[:-1]), nouns[-1]] if nouns else []
    text = " ".join([joined(before), *places, *noun]).strip()
    if (before or places or after) and not noun:
        short = text == "short" and not after  # `short films` are none of 90 minutes
        text = "films that are short" if short else f"{text} films".strip()
    text = " ".join([text, *after]).strip()
    text = f"{in_words(count)} {text}" if text and count and count > 1 else text
    more = f"more {command.more}" if command.more else ""
    free = ", ".join(each for each in (words, more) if each)
    return f"{text}: {free}" if text and free else text or free


def _as_adjective(noun: str) -> str:
    """Return a kind of films as it stands before another: `vampire films` as in `vampire love stories`."""
    bare = noun.removesuffix(" films")
    if bare != noun or not bare.endswith("s"):
        return bare
    return f"{bare[:-3]}y" if bare.endswith("ies") and bare != "road movies" else bare[:-1]


def _once(labels: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(labels))
