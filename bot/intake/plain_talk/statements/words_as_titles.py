"""Statements about a film that is called like a word, or about one that is only called `it`: always asked about."""

import re

from bot.catalogue.titles.index import TitleIndex
from bot.domain.words.patterns import lazy_pattern
from bot.features.reviews.commands import ReviewCommand
from bot.intake.plain_talk.statements.details import Details, understand
from bot.intake.plain_talk.statements.opinion import opinion_words
from bot.intake.plain_talk.titles import NO_TITLES
from bot.language.grammar.reading import Reading
from bot.language.grammar.titles import cut_title

PRONOUNS = frozenset({"her", "us", "him", "them", "me", "you", "one", "all", "they", "we"})
"""Titles that after a verb may as well be somebody: `saw her last night, 4/5`."""

_IT = frozenset({"it", "this", "that"})
_VERB = lazy_pattern(
    r"(?:(?:so|and|ok|well)\s+)*(?:(?:we|i)(?:['’]ve|\s+have)?\s+)?(?:just\s+|finally\s+|also\s+|only\s+)*"
    r"(?P<verb>saw|seen|watched|rewatched|finished|caught|went\s+to\s+see|been\s+to\s+see|gave|rate[d]?|give|love[d]?|like[d]|enjoyed|hate[d]?|disliked|adored)\s+(?:the\s+(?:film|movie)\s+)?(?=\S)",
    re.IGNORECASE,
)
_FELT = lazy_pattern(r"love|like|enjoy|hate|dislike|adore", re.IGNORECASE)
_LABELLED = lazy_pattern(r"\s*(?::|[–—-](?=\s))")
_SAW = lazy_pattern(r"saw|seen|watch|rewatch|finish|caught|went|been", re.IGNORECASE)
_LOOSE = " \t,;:.!–—-="


def of_a_word(text: str, reading: Reading, titles: TitleIndex) -> ReviewCommand | None:
    """Read `saw it last night, 4/5`, `It: so good`, `friday 4/5`; None where it may be no film at all."""
    verb = _VERB.match(text)
    at = verb.end() if verb else 0
    cut = cut_title(text, at, len(text), titles)
    word = cut.film.strip(_LOOSE) if cut else ""
    if cut is None or word.lower() not in NO_TITLES:
        return None
    rest = text[cut.end :]
    labelled = _LABELLED.match(rest) is not None or text[: cut.end].rstrip().endswith(":")
    details = Details(rest, {})
    understand(details, reading)
    left = opinion_words(details.rest)
    if word.lower() in _IT and not (word[0].isupper() and (verb or labelled)):
        saw = verb is not None and _SAW.match(verb["verb"]) is not None
        tells = details.rating or (saw and (details.fields or (left and _stops(text, cut.end))))
        return (
            ReviewCommand("", details.rating, left, confirm=True, **details.fields)
            if tells
            else None
        )
    felt = verb is not None and _FELT.match(verb["verb"]) is not None
    named = word[0].isupper() and verb is not None
    weekday = word.lower().endswith("day")
    if (
        details.rating
        or (labelled and left and word[0].isupper())
        or (named and (not weekday or "watched_on" in details.fields))
    ):
        words = text if felt and not details.rating else left
        return ReviewCommand(word, details.rating, words, confirm=True, **details.fields)
    return None


def _stops(text: str, end: int) -> bool:
    """Tell whether a sentence pauses where a title ends: `watched it, not for me`."""
    return text[end : end + 1] in {",", "."} or text[:end].rstrip().endswith((",", "."))
