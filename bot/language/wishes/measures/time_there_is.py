"""What follows a length and makes it the time that there is: `1.5 hrs before my train`, `90 minutes to kill`."""

import re

_OR_LESS = re.compile(r"\s*[a-z-]+\s+or\s+(?P<less>shorter|less|under)(?!\w)", re.IGNORECASE)
"""What follows the noun after a length: `half-hour cartoon or shorter`."""

_TILL = re.compile(
    r"\s*(?:(?:before|b4|until|till|til)\s+(?!(?:the\s+)?(?:wars?|wall|sound|talkies|colou?r|fall|revolution)(?!\w))"
    r"(?:(?:my|the|our|his|her|their|i|we|they|she|he)\s+)?[a-z'’-]+"
    r"(?:\s+(?:leaves?|arrives?|starts?|comes?|goes|home|back|wakes?|ends?|is|are|here|up|have|need|must|gotta|got|to|go|leave|sleep|over|off|time))*"
    r"|(?:to\s+(?:kill|spare|fill)|left|free|spare)(?!\w))",
    re.IGNORECASE,
)
"""What ends the time that there is."""


def is_most(text: str, at: int) -> bool:
    """Tell whether a length that ends here is the longest that a film may have."""
    return bool(_OR_LESS.match(text, at) or _TILL.match(text, at))


def end_of_time(text: str, at: int) -> int:
    """Return where a length that ends here ends with what is said of the time that there is."""
    till = _TILL.match(text, at)
    return till.end() if till else at
