"""Addresses of the club's pages, relative to where they are served."""

from bot.domain.web_keys import KeyKind

SIGN_IN, SHARED, CALENDAR, REVIEWS = "/in/", "/s/", "/calendar/", "/reviews/"

_PATHS = {
    KeyKind.LINK: (SIGN_IN, ""),
    KeyKind.SHARE: (SHARED, ""),
    KeyKind.CALENDAR: (CALENDAR, ".ics"),
    KeyKind.REVIEWS: (REVIEWS, ".atom"),
}


def address(web_url: str, kind: KeyKind, token: str) -> str:
    """Return the whole address that a token opens."""
    before, after = _PATHS[kind]
    return f"{web_url}{before}{token}{after}"
