"""What surrounds the point of a line: the address, politeness, emoji, and marks at its end."""

import re

from rapidfuzz.distance import OSA

from bot.domain.words.patterns import lazy_pattern

ADDRESS = lazy_pattern(
    r"\s*(?:(?:hey|hi|hello|yo|ok|okay|hallo|oi|dear)[\s,]+)?(?:<@[!&]?\w+>|[/@]?matinee(?![\w'’]))(?:\s*[,:!.…-]+)?\s*",
    re.IGNORECASE,
)
"""Matinee by name or mention at the beginning of a line, with a greeting before it."""

GREETED = lazy_pattern(r"\W*(?:hey|hi|hello|yo|hallo|oi|dear)\b", re.IGNORECASE)
"""A greeting at the beginning of a line."""

_GREETING = lazy_pattern(
    r"\s*(?:hey|hi|hello|yo|hallo|hiya|good\s+(?:morning|evening|afternoon))(?:\s+there|\s+all|\s+bot|\s+everyone)?[\s,!.:-]+(?=\S)",
    re.IGNORECASE,
)
_OPENING = lazy_pattern(
    r"\s*(?:(?:so|ok|okay|well|and|now|right|um+|uh+|hmm*|oh|ah|btw|also|quick\s+question|question|alright|lol|listen|actually|anyway|please|pls|plz|plis|bitte|then)[\s,:.!-]+"
    r"|(?:(?:could|can|would|will|cd|wld)\s+(?:you|u|ya)|(?:could|can|may|might)\s+(?:i|we)(?=\s+(?:please\s+)?(?:see|get|have)\s))\s+(?:be\s+so\s+kind\s+(?:as\s+)?to\s+)?(?:please\s+|pls\s+|plz\s+|just\s+|maybe\s+|kindly\s+|quickly\s+|perhaps\s+)*"
    r"(?=(?:add|put|save|take|remove|delete|undo|recommend|recomend|reccomend|suggest|pick|choose|find|show|tell|give|gimme|remind|ping|get|cancel|stop|mark|rate|review|search|look|set|list|snooze|help|name|let|see|have|change|edit|note|keep|queue|drop)\b)"
    r"|(?:i(?:['’]?d|\s+would)\s+like\s+(?:you\s+)?to|i\s+want\s+(?:you\s+)?to|i\s+wanna|do\s+you\s+mind|would\s+you\s+mind|any\s+chance\s+you\s+could|is\s+it\s+possible\s+to)\s+"
    r"(?=(?:add|put|save|take|remove|delete|undo|recommend|suggest|pick|choose|find|show|tell|remind|cancel|mark|rate|review|change|edit)\b))",
    re.IGNORECASE,
)
_CLOSING = lazy_pattern(
    r"[\s,]+(?:please|pls+|plz|plis|plea?se|thanks|thx|ty|thank\s+(?:you|u)|bitte|ok|okay|then|matinee|bot|mate|man|dude|if\s+(?:you\s+can|possible|you\s+don['’]?t\s+mind)|for\s+me\s+please|would\s+you|will\s+you|can\s+you|could\s+you|right\s+now|asap|lol|haha+|lmao|omg|guys|folks|everyone\s+please|thanks\s+(?:a\s+lot|so\s+much)|(?:but\s+)?(?:no|without(?:\s+any)?)\s+spoilers?)$",
    re.IGNORECASE,
)
_MARKS = lazy_pattern(
    r"[\s?!.…,;:~\u200b-\u200d\ufe0f\u2049\u203c\u20e3\U0001f000-\U0001f31e\U0001f320-\U0001fbff\u2600-\u2604\u2607-\u2728\u272a-\u272c\u272e-\u27bf\u2b00-\u2b4f\u2b51-\u2bff]+$"
)
"""Marks and emoji at the end; stars are ratings and stay."""

_FIRST_MARKS = lazy_pattern(r"^[\s\ufe0f\U0001f000-\U0001f31e\U0001f320-\U0001fbff\u2607-\u26ff]+")
_SHORTCODES = lazy_pattern(r"(?:\s*:(?!star)[a-z][a-z0-9_+-]{1,40}:)+\s*$", re.IGNORECASE)
_TOKEN = lazy_pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

_KEYWORDS = (
    "recommend", "recommendation", "recommendations", "suggest", "something", "anything", "tonight", "tomorrow",
    "watchlist", "remind", "reminder", "reminders", "review", "reviews", "delete", "remove", "should", "everyone",
    "everybody", "release", "releases", "settings", "watch", "watched", "watching", "rating", "finished", "cancel",
    "cinema", "cinemas", "directed", "coming", "movie", "movies", "please", "surprise", "random", "spoilers",
    "thoughts", "opinion", "thanks", "private", "letterboxd", "import",
)  # fmt: skip
"""Words whose misspellings are put right where a line means nothing as it is typed."""


def without_address(line: str) -> str:
    """Return a line without Matinee's name at its beginning."""
    found = ADDRESS.match(line)
    return line[found.end() :] if found else line


def tidied(line: str) -> str:
    """Take marks and emoji off the ends of a line, and blanks from its inside."""
    line = " ".join(line.split())
    while (bare := _FIRST_MARKS.sub("", _MARKS.sub("", _SHORTCODES.sub("", line)))) != line:
        line = bare
    return line


def plainer(line: str) -> str:
    """Take one piece of politeness off a tidied line: a closing, else an opening; else return it as it is.

    What ends a line goes first, for what is said may be all that follows: `can you remind me of Carol pls`.
    """
    if (closed := tidied(_CLOSING.sub("", line))) and closed != line:
        return closed
    for form in (_OPENING, _GREETING):
        if (found := form.match(line)) and found.end() < len(line):
            return line[found.end() :]
    return line


def is_closed_politely(line: str) -> bool:
    """Tell whether politeness or laughter closes a line: `star wars lol` is no title."""
    return _CLOSING.search(line) is not None


def respelt(line: str) -> str:
    """Put misspelt keywords right, by one slip or, in long words, by two."""
    return _TOKEN.sub(lambda found: _respelt(found[0]), line)


def _respelt(word: str) -> str:
    bare = word.lower()
    if len(bare) < 5 or bare in _KEYWORDS or (bare.endswith("s") and bare[:-1] in _KEYWORDS):
        return word
    slips = 1 if len(bare) < 8 else 2
    best = min(_KEYWORDS, key=lambda each: OSA.distance(bare, each))
    return best if OSA.distance(bare, best) <= slips and best[0] == bare[0] else word
