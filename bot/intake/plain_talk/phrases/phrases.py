"""Phrases of plain talk, read from `phrases.toml` and `night_phrases.toml` once: forms, and what each means."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

import tomli

from bot.domain.words.patterns import lazy_pattern

LONGEST = 300
"""Characters of a line that is read as plain talk; a longer text is somebody's review."""

SLOTS: Mapping[str, str] = {
    "film": r"(?P<film>\S(?:.*?\S)??)",
    "title": r"(?P<title>\S(?:.*?\S)??)",
    "member": r"(?P<member>[\w.-]{1,32}?)",
    "when": r"(?P<when>\S.*)",
    "place": r"(?P<place>[^\d\W](?:.*[^\d\W])?)",
    "wish": r"(?P<wish>\S.*)",
    "said": r"(?P<said>\S.*)",
}
"""Patterns of the slots, by name. The shortest title that lets the rest fit is tried first."""

_SLOT = lazy_pattern(r"\{([a-z]+)\}")
_WORD = lazy_pattern(r"<([a-z]+)>")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One form of a line and what it means; `topic`: of help that it asks for."""

    form: re.Pattern[str]
    means: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A line that fits a phrase: what it means, and the words in its slots as they were typed."""

    means: str
    topic: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def phrases() -> tuple[Phrase, ...]:
    """Return all phrases, in the order in which they are tried."""
    return _read("phrases.toml")


@lru_cache(maxsize=1)
def night_phrases() -> tuple[Phrase, ...]:
    """Return the phrases that mean something only while a film night is open."""
    return _read("night_phrases.toml")


def _read(name: str) -> tuple[Phrase, ...]:
    data = _data(name)
    words = {**_data("phrases.toml")["words"], **data["words"]}
    return tuple(
        Phrase(_compiled(form, words), entry["means"], entry.get("topic", ""))
        for entry in data["phrases"]
        for form in entry["says"]
    )


def _data(name: str) -> Mapping[str, Any]:
    return tomli.loads(
        resources.files("bot.intake.plain_talk.phrases").joinpath(name).read_text("utf-8")
    )


def fitting(line: str, among: Sequence[Phrase] = ()) -> Iterator[Said]:
    """Yield every meaning whose phrase the whole line fits, likelier ones first; of all phrases, or of these."""
    for phrase in among or phrases():
        if found := phrase.form.fullmatch(line):
            slots = {name: text.strip() for name, text in found.groupdict().items() if text}
            yield Said(phrase.means, phrase.topic, slots)


def _compiled(form: str, words: Mapping[str, str]) -> re.Pattern[str]:
    while _WORD.search(form):
        form = _WORD.sub(lambda found: words.get(found[1], found[0]), form)
        if any(name not in words for name in _WORD.findall(form)):
            break
    form = form.replace(" ?", r"[\s,?!.]*").replace(" ", r"[\s,?!.]+")
    return re.compile(_SLOT.sub(lambda found: SLOTS[found[1]], form), re.IGNORECASE)
