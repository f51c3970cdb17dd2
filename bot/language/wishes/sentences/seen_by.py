"""Clauses on what somebody of the club has seen or loved: `that ben loved`, `nobody here has seen`."""

import re
from functools import cache

from bot.domain.words.templates import Templates

_SEEN = Templates("bot.language.wishes.sentences", "templates/seen_by.toml")


@cache
def seen_by_clause() -> re.Pattern[str]:
    """Return the pattern of a clause on what somebody of the club has seen; the name may be no member's."""
    words, name = _SEEN.words, r"[^\s,@]+"
    nobody = rf"(?P<nobody>{words('nobody')})(?:\s*(?:has|have))?\s+{words('ever_seen')}"
    by = rf"(?P<unseen>not\s+(?:yet\s+)?|un)?(?P<verb>{words('seen')})\s+by\s+(?:the\s+)?@?(?P<by>{name})"
    has = rf"(?:(?P<hasnt>{words('has_not')})\s+|has\s+|really\s+)?"
    who = rf"(?:the\s+)?@?(?P<who>{name})\s+{has}(?P<did>{words('saw')})"
    return re.compile(
        rf"(?<![\w@])(?:(?:that|which)\s+)?(?:{nobody}|{by}|{who})(?:\s+yet)?(?![^\s,.;!?])",
        re.IGNORECASE,
    )
