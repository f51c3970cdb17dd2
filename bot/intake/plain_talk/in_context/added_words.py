"""Words that are added to a review of one's own: `also, the score was great`, `add to my review of heat: ...`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.catalogue.titles.index import TitleMatch
from bot.domain.ids import FilmId
from bot.domain.reviews.review import Review
from bot.domain.words.patterns import lazy_pattern
from bot.features.memory.commands import AskCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import ReviewCommand
from bot.features.talk.commands import AskAboutFilmCommand, UnclearCommand
from bot.intake.plain_talk.in_context.film_and_words import REVIEW, film_and_words
from bot.intake.plain_talk.phrases.phrases import LONGEST
from bot.intake.plain_talk.picks import is_framed
from bot.intake.plain_talk.tidying import without_address
from bot.intake.plain_talk.titles import listed, named
from bot.language.grammar.ratings import first_rating
from bot.language.grammar.titles import longest_title
from bot.messages.commands import Command
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.drafts import stored_command
from bot.request.lookup.films import BY_ID

_QUOTED_TO_REVIEW = lazy_pattern(
    rf"(?:(?:please|pls|can\s+you|could\s+you)[\s,]+)*(?:add|append|put)\s+[\"“„«](?P<words>[^\"”“»]+)[\"”“»]\s+(?:(?:on)?to|in|into)\s+my\s+"
    rf"(?:{REVIEW}(?:\s+(?:of|for|on|about)\s+(?P<film>\S.*?))?|(?P<titled>\S.*?)\s+{REVIEW})[\s.!]*(?:please|pls)?",
    re.IGNORECASE,
)
"""What names the review that the words are for."""

_ALSO = lazy_pattern(
    r"(?:(?:oh|ah|ok|yes|hm+|btw|by\s+the\s+way)[\s,]+)*(?:also|and(?:\s+(?:also|yes|yeah))?|plus|p\.?\s?s\.?|p\.?s|one\s+more\s+thing|another\s+thing|"
    r"(?:i\s+)?forgot\s+to\s+(?:say|add|mention|write)(?:\s+that)?|(?:i\s+)?(?:should|must|have\s+to|want\s+to)\s+(?:add|mention)(?:\s+that)?|let\s+me\s+add|add(?:ing|ed)?(?=\s*:)|edit(?=\s*:)|to\s+add)"
    r"[\s,:;.–—-]+(?P<words>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""What goes on from one's own words about a film."""

_TELLS = lazy_pattern(
    r"(?<!\w)(?:is|was|are|were|has|had|have|does|did|do|can|could|will|would|made|makes?|feels?|felt|looks?|looked|sounds?|loved?|liked?|hated?|cried|laughed|[a-z]{3,}ed|[a-z]{3,}s|never|so|too|such|what\s+an?|my\s+god|omg|wow|great|good|bad|perfect|best|worst)(?!\w)|['’](?:s|re|d|ve)(?!\w)",
    re.IGNORECASE,
)
_ABOUT_US = lazy_pattern(
    r"(?:i['’]?m|i\s+am|we|you|u|can|could|do|does|shall|let['’]?s)(?!\w)", re.IGNORECASE
)
"""Beginnings of what is said to others rather than of a film."""

_FEWEST = 2
"""Words from which what is added can be an opinion."""

_LATELY = timedelta(minutes=15)
"""Age up to which a review counts as written just now."""

_OPEN = (UnclearCommand, AskAboutFilmCommand, RecommendCommand, AskCommand)
"""Commands of lines that may as well go on from one's own review."""


async def added_words(
    command: Command, line: str, context: Context, work: UnitOfWork
) -> ReviewCommand | None:
    """Return the review with the words of a line behind its own, to be asked about; None for another line."""
    said = without_address(line).strip().lstrip("/!").strip()
    if len(said) > LONGEST:
        return None
    if named_before := film_and_words(said, context.titles):
        return await _to_review(*named_before, context, work)
    if quoted := _QUOTED_TO_REVIEW.fullmatch(said):
        film = quoted["film"] or quoted["titled"] or ""
        return await _to_review(film, quoted["words"].strip(), context, work)
    also = _ALSO.fullmatch(said)
    if also is None or said.endswith("?") or context.titles.is_title(said):
        return None
    words, spoken = also["words"].strip(), context.last_film
    goes_on = isinstance(command, _OPEN) or (
        isinstance(command, ReviewCommand) and command.is_review and _of_the_last(command)
    )
    if spoken is None or not goes_on or not _tells(words, context):
        return None
    if waiting := await _waiting(spoken.film_id, context, work):
        return replace(waiting, text=_joined(waiting.text, _folded(words)), confirm=True)
    own = await work.reviews.by(context.member.member_id, spoken.film_id)
    if own is None or own.deleted or own.critic or context.now - own.changed_at > _LATELY:
        return None
    return _with(own, words)


async def _waiting(film_id: FilmId, context: Context, work: UnitOfWork) -> ReviewCommand | None:
    """Return the member's review of a film that was asked about last, and is not saved yet."""
    draft = next(iter(await work.drafts.of(context.member.member_id)), None)
    if draft is None or context.now - draft.created_at > _LATELY:
        return None
    kept = stored_command(draft, context.commands)
    if not isinstance(kept, ReviewCommand) or not kept.is_review:
        return None
    only = context.titles.resolve(kept.film).only
    of_it = kept.film == f"{BY_ID}{film_id}" or (only is not None and only.film_id == film_id)
    return replace(kept, draft=draft.draft_id) if of_it else None


def _of_the_last(command: ReviewCommand) -> bool:
    """Tell whether a review names no film of its own."""
    return not command.film or command.film.casefold() in {"it", "this", "that"}


def _tells(words: str, context: Context) -> bool:
    """Tell whether words say something of a film, rather than wish for films or name one."""
    if len(words.split()) < _FEWEST or is_framed(words) or _ABOUT_US.match(words):
        return False
    if named(words, context.titles) or listed(words, context.titles):
        return False
    if longest_title(words, 0, len(words), context.titles) and first_rating(
        words, 0, len(words), context.habits.scale
    ):
        return False  # `and alien 3/5` is a review of its own
    return _TELLS.search(words) is not None or _warning(words) > 0


async def _to_review(typed: str, words: str, context: Context, work: UnitOfWork) -> ReviewCommand:
    """Add to the review of the film that is named, else of the one last spoken of; begin one where there is none."""
    spoken = context.last_film
    film_id = spoken.film_id if spoken else None
    if typed and typed.casefold() not in {"it", "that", "this"}:
        match = context.titles.resolve(typed)
        film = match.only or match.likely
        film_id = film.film_id if film else await _reviewed(match.exact, context, work)
    own = await work.reviews.by(context.member.member_id, film_id) if film_id else None
    if own is not None and not own.deleted:
        return _with(own, words)
    return ReviewCommand(f"{BY_ID}{film_id}" if film_id else typed, text=words, confirm=True)


async def _reviewed(
    films: Sequence[TitleMatch], context: Context, work: UnitOfWork
) -> FilmId | None:
    """Return the one of several films of a title that the member has reviewed; None where it is not one."""
    me, found = context.member.member_id, []
    for each in films:
        own = await work.reviews.by(me, each.film_id)
        if own is not None and not own.deleted:
            found.append(each.film_id)
    return found[0] if len(found) == 1 else None


def _with(own: Review, words: str) -> ReviewCommand:
    """Return a review with words behind its own, and all else as it was."""
    text = _joined(own.text, _folded(words))
    film = f"{BY_ID}{own.film_id}"
    return ReviewCommand(film, text=text, spoiler=own.spoiler, private=own.private, confirm=True)


def _folded(words: str) -> str:
    """Fold words that begin with a warning: they are a spoiler in the midst of a review."""
    warned = _warning(words)
    return f"||{words[warned:].strip()}||" if warned else words


def _warning(words: str) -> int:
    found = re.match(
        r"\W*spoilers?(?:\s+(?:alert|ahead|warning))?\s*[:!–—-]+\s*", words, re.IGNORECASE
    )
    return found.end() if found else 0


def _joined(before: str, words: str) -> str:
    """Join what was written before and what is added, each a sentence of its own."""
    before = before.rstrip()
    if not before:
        return words
    end = "" if before.endswith((".", "!", "?", "…", "|", "\n")) else "."
    return f"{before}{end} {words[:1].upper()}{words[1:]}"
