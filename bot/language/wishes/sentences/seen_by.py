"""Clauses on what somebody of the club has seen or loved: `that ben loved`, `nobody here has seen`."""

import re

SEEN_BY = re.compile(
    r"(?<![\w@])(?:(?:that|which)\s+)?(?:"
    r"(?P<nobody>(?:nobody|no[\s-]?one)\s+(?:here|in\s+(?:the|this|our)\s+club|(?=ha(?:s|ve)\s))|none\s+of\s+us)(?:\s*(?:has|have))?"
    r"\s+(?:ever\s+|yet\s+)?(?:seen|watched|reviewed|rated)"
    r"|(?P<unseen>not\s+(?:yet\s+)?|un)?(?P<verb>seen|watched|reviewed|loved|liked|hated|disliked)\s+by\s+(?:the\s+)?@?(?P<by>[^\s,@]+)"
    r"|(?:the\s+)?@?(?P<who>[^\s,@]+)\s+(?:(?P<hasnt>hasn['’]?t|has\s+not)\s+|has\s+|really\s+)?(?P<did>seen|saw|watched|loved|liked|adored|hated|disliked|loves|adores|hates|dislikes)"
    r")(?:\s+yet)?(?![^\s,.;!?])",
    re.IGNORECASE,
)
"""A clause on what somebody of the club has seen; the name may be no member's."""
