"""What goes by the films just shown: `more like this`, `less like that`, and after picks `no more horror`."""

from dataclasses import replace

from bot.domain.words.templates import Templates
from bot.features.picks.commands import RecommendCommand
from bot.intake.plain_talk.phrases.phrases import LONGEST
from bot.intake.plain_talk.picks import asked_in, known_words
from bot.intake.plain_talk.tidying import plainer
from bot.language.wishes.reading.wishes import read_wish
from bot.request.context import Context
from bot.request.lookup.films import BY_ID

_SAID = Templates(
    "bot.intake.plain_talk.in_context.shown",
    "more_like.toml",
    {"what": r"[^\s,.!?;][^,.!?;]{0,60}"},
)


def more_or_less_like(line: str, context: Context) -> RecommendCommand | None:
    """Return the picks that a line asks for by the film last spoken of, or by picks shown since; None for another line."""
    if len(line) > LONGEST:
        return None
    said = asked_in(line)
    more = _SAID["more_like"].match(said) is not None
    if not more and not _SAID["less_like"].match(said):
        return _without_more(said, context)
    film, picks = context.last_film, context.last_picks
    if film and (picks is None or film.at >= picks.at):
        shown = (f"{BY_ID}{film.film_id}",)
        if more:
            return RecommendCommand(like=shown)
        if picks is None or film.film_id not in picks.shown:
            return RecommendCommand(unlike=shown)
        return replace(picks.command, unlike=(*picks.command.unlike, *shown), page=1)
    if picks is None or not picks.shown:
        return None
    if more:
        return replace(picks.command, page=picks.command.page + 1)
    return replace(picks.command, unlike=tuple(f"{BY_ID}{each}" for each in picks.shown), page=1)


def _without_more(said: str, context: Context) -> RecommendCommand | None:
    """Read `no more horror please` after picks: the same wish, with that ruled out."""
    picks, found = context.last_picks, _SAID["no_more"].match(said)
    if picks is None or not found:
        return None
    unwanted = plainer(found["what"].strip())
    known, unknown = known_words(unwanted)
    if not known or unknown:
        return None
    before = replace(picks.command, page=1)
    if _labels(unwanted, context) & _labels(f"{before.mood}, {before.more}", context):
        before = RecommendCommand(
            members=before.members, count=before.count, without=before.without
        )
    without = ", ".join(each for each in (before.without, unwanted) if each)
    return replace(before, without=without)


def _labels(text: str, context: Context) -> set[str]:
    """Return what a text asks for, as it is told."""
    read = read_wish(text, context.indexes.catalogue, context.now.year)
    return {part.entry.label for part in read.parts}
