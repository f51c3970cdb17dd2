"""Sentences of which somebody in the room is the subject: `tom says we only watch american stuff` asks for nothing."""

from bot.domain.words.templates import Templates
from bot.language.wishes.lexicon.entries import stem_of
from bot.language.wishes.lexicon.notions import vocabulary

_HEARSAY = Templates(
    "bot.language.wishes.sentences", "templates/hearsay.toml", {"name": r"[^\W\d_]{2,12}"}
)


def is_hearsay(sentence: str) -> bool:
    """Tell whether a sentence tells what somebody says or did, by a name that no wish has a word for."""
    found = _HEARSAY["told"].match(sentence)
    name = found["name"].lower() if found else ""
    return bool(name) and not {name, stem_of(name)} & vocabulary()
