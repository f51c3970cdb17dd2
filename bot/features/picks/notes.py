"""Notes about picks: what was not understood, what was given up, and why there is none."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.words.patterns import lazy_pattern
from bot.features.films.commands import FilmCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.picks.demands.contradictions import contradiction
from bot.features.picks.demands.demands import WishDemands, ways_out
from bot.features.picks.demands.headings import in_words
from bot.messages.phrases import joined, said
from bot.messages.replies import Block, Button, FilmItem, Footnote, Reply
from bot.messages.spans import Plain, Usage
from recommender import Demand, Overlay, Pick, Recommendation

_CLAUSE = lazy_pattern(r"(?:where|in which|and|so that)\s+", re.IGNORECASE)
"""What joins a clause to what stands before it."""


def given_up(picks: Sequence[Pick]) -> list[str]:
    """Word which demands the last films do not meet, or none of them."""
    labels = dict.fromkeys(each.label for pick in picks for each in pick.missing)
    if not labels:
        return []
    named = f"“{joined(list(labels), 'or')}”"
    if given_up_by_all(picks):
        return [f"No film is all of that: these are not {named}."]
    return [f"Too few films are all of that: the last ones are not {named}."]


def given_up_by_all(picks: Sequence[Pick]) -> frozenset[str]:
    """Return the labels of the demands that none of the films meets."""
    missing = [frozenset(each.label for each in pick.missing) for pick in picks]
    return frozenset.intersection(*missing) if missing else frozenset()


def for_now(command: RecommendCommand) -> list[str]:
    """Say that what was ruled out for good holds of these picks alone."""
    if not (command.for_good and command.without):
        return []
    return [
        "That holds for these picks. For good I keep only single films away: “never suggest Heat”."
    ]


def marked(item: FilmItem, missing: Sequence[Demand]) -> FilmItem:
    """Say of a film which demands it does not meet."""
    if not missing:
        return item
    labels = joined([f"“{each.label}”" for each in missing], "nor")
    return replace(item, lines=((Plain(f"Not {labels}, but the rest."),), *item.lines))


def unreadable(wish: WishDemands) -> list[Block]:
    """Say what of the wish no fact of a film answers, rather than turn it round, and what was guessed."""
    taken = {f"“{each.typed}”": each.taken_as for each in wish.parts if each.taken_as}
    notes = (
        [f"I took {joined([f'{typed} as {known}' for typed, known in taken.items()])}."]
        if taken
        else []
    )
    if wish.unreadable:
        clauses = joined([f"“{_CLAUSE.sub('', clause)}”" for clause in wish.unreadable], "or")
        notes.append(f"I can't tell of a film whether {clauses}.")
    if wish.untold:
        notes.append(f"I can't tell which films {joined(wish.untold, 'or')}.")
    return [Footnote((Plain(" ".join(notes)),))] if notes else []


def _are(count: int) -> str:
    return "is one" if count == 1 else f"are {in_words(count)}"


def nothing(
    command: RecommendCommand,
    wish: WishDemands,
    overlay: Overlay,
    found: Recommendation,
    *,
    seen_all: bool,
) -> Reply:
    """Explain why there is no pick, and offer what fits without some of the demands."""
    if command.page > 1:
        return said("That was all I found.")
    if both := contradiction(wish.wanted, wish.avoided):
        return said(f"That asks for {both.entry.noun or both.entry.label} and rules it out.")
    if ways := list(ways_out(command, wish, overlay)):
        told = joined([f"“{typed}” there {_are(count)}" for typed, _, count in ways[:3]], "or")
        buttons = (Button(f"Without {typed}"[:60], other) for typed, other, _ in ways[:3])
        return said(f"Nothing fits. Without {told}.", actions=buttons)
    if command.mood and found.unknown_words:
        words = joined([f"“{word}”" for word in found.unknown_words], "or")
        again = Usage(RecommendCommand(mood="something tender about ghosts"))
        return said(f"I found nothing for {words}. Try other words, as in ", again)
    if len(wish.parts) == 1 and wish.parts[0].entry.kind == "after":
        return said(f"I know no film {wish.parts[0].entry.label} that you have not seen.")
    if wish.demands or command.unlike or not seen_all:
        return said("Nothing fits. Try fewer limits.")
    return said(
        "You have seen everything I know. Add films, or take a mark back with ",
        Usage(FilmCommand()),
        " and a title.",
    )


def unknown(found: Recommendation) -> list[Block]:
    if not found.unknown_words:
        return []
    words = joined([f"“{word}”" for word in found.unknown_words], "or")
    return [Footnote((Plain(f"I found nothing for {words}."),))]
