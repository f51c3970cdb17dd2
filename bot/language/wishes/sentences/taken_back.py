"""What is left of a line in which something was taken back, corrected or told in brackets: `horror.. wait no, a thriller`."""

import re
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.wishes.reading.wishes import says_something

_SIGNS = " \t\n,.!…"
_SAID = Templates("bot.language.wishes.sentences", "templates/taken_back.toml")
_CONCLUDED = lazy_pattern(r"(?:^|[.!?,…]\s*)so\s+(?P<last>[^.!?,…]{3,}?)\s+then\W*$", re.IGNORECASE)
"""What a dispute ends with: `husband: war film. me: no. so animals then`."""

_MEANT = lazy_pattern(
    r"^\W*(?:(?:sorry|oops|no|wait|er+|um+|haha|lol|ah|oh)[\s,.!]+)*i\s+meant(?:\s+to\s+say)?[\s,:]+",
    re.IGNORECASE,
)
"""What corrects a wish of the line before."""


@cache
def _no_laughing() -> re.Pattern[str]:
    """Return the pattern of what begs for mercy before a wish: `don't laugh, but`."""
    return re.compile(rf"^\W*{_SAID.words('no_laughing')}\s*(?:,|but|\.)?\s+", re.IGNORECASE)


@cache
def _in_brackets() -> re.Pattern[str]:
    """Return the pattern of what is told in brackets: `(legal where i live)`."""
    inside = r"[^()]*"
    return re.compile(
        rf"\s*\((?={inside}(?<!\w){_SAID.words('beside')}(?!\w)){inside}\)", re.IGNORECASE
    )


def last_said(line: str) -> str:
    """Return what is left of a line in which something was taken back or settled."""
    line = _in_brackets().sub("", line) if "(" in line else line
    line = _MEANT.sub("", _no_laughing().sub("", line))
    found = (*_SAID["taken_back"].finditer(line), *_SAID["denied"].finditer(line))
    for back in sorted(found, key=re.Match[str].start, reverse=True):
        after = line[back.end() :].lstrip(_SIGNS)
        if line[: back.start()].strip(_SIGNS) and says_something(after):
            return after.removeprefix("just ")
    settled = _CONCLUDED.search(line)
    return settled["last"] if settled and says_something(settled["last"]) else line
