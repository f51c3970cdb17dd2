"""What is left of a line in which something was taken back, corrected or told in brackets: `horror.. wait no, a thriller`."""

import re

from bot.language.wishes.reading.wishes import says_something

_TAKEN_BACK = re.compile(
    r"(?:^|[\s,.!?…]+)(?:(?:no[\s,]+)?wait[\s,]+no|no[\s,]+wait|(?:or|oh|ah|actually|hmm+|wait)[\s,]+(?:actually[\s,]+)?(?:no+|nah|nope)(?=\s*[,.!…]|\s+(?:just|make|rather|let|something|sth|smth|an?)(?!\w))"
    r"|(?<=[?…])\s*(?:nah|nope|no+)(?=\s*[,.!…]\s*\w)|(?:sorry|sry|soz|oops|no|i)[\s,]+i\s+meant(?:\s+to\s+say)?|scratch\s+that|forget\s+(?:that|it|what\s+i\s+said)|on\s+second\s+thoughts?|changed\s+my\s+mind|(?:i\s+)?take\s+that\s+back)(?!\w)[\s,.!…]*",
    re.IGNORECASE,
)
"""What takes back all that was said before."""

_CONCLUDED = re.compile(r"(?:^|[.!?,…]\s*)so\s+(?P<last>[^.!?,…]{3,}?)\s+then\W*$", re.IGNORECASE)
"""What a dispute ends with: `husband: war film. me: no. so animals then`."""

_NO_LAUGHING = re.compile(
    r"^\W*(?:please\s+)?(?:don['’]?t|do\s+not)\s+(?:laugh|judge(?:\s+(?:me|us))?|hate\s+me|kill\s+me|tell\s+(?:anyone|anybody))(?:\s+at\s+me)?\s*(?:,|but|\.)?\s+",
    re.IGNORECASE,
)
"""What begs for mercy before a wish."""

_MEANT = re.compile(
    r"^\W*(?:(?:sorry|oops|no|wait|er+|um+|haha|lol|ah|oh)[\s,.!]+)*i\s+meant(?:\s+to\s+say)?[\s,:]+",
    re.IGNORECASE,
)
"""What corrects a wish of the line before."""

_IN_BRACKETS = re.compile(
    r"\s*\((?=[^()]*(?<!\w)(?:where\s+(?:i|we)\s+live|i\s+(?:know|swear|promise|think|guess)|(?:don['’]?t|do\s+not)\s+(?:judge|ask)|long\s+story|lol|haha|sorry)(?!\w))[^()]*\)",
    re.IGNORECASE,
)
"""What is told in brackets: `(legal where i live)`."""


def last_said(line: str) -> str:
    """Return what is left of a line in which something was taken back or settled."""
    line = _IN_BRACKETS.sub("", line) if "(" in line else line
    line = _MEANT.sub("", _NO_LAUGHING.sub("", line))
    for back in [*_TAKEN_BACK.finditer(line)][::-1]:
        after = line[back.end() :]
        if line[: back.start()].strip() and says_something(after):
            return after.removeprefix("just ")
    settled = _CONCLUDED.search(line)
    return settled["last"] if settled and says_something(settled["last"]) else line
