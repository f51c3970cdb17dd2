"""What follows a length and makes it the time that there is: `1.5 hrs before my train`, `90 minutes to kill`."""

from bot.domain.words.templates import Templates

_TIME = Templates("bot.language.wishes.measures", "measures.toml")


def is_most(text: str, at: int) -> bool:
    """Tell whether a length that ends here is the longest that a film may have."""
    return bool(_TIME["or_less"].match(text, at) or _TIME["till"].match(text, at))


def end_of_time(text: str, at: int) -> int:
    """Return where a length that ends here ends with what is said of the time that there is."""
    till = _TIME["till"].match(text, at)
    return till.end() if till else at
