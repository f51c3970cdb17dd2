"""Addresses of the club's pages, relative to where they are served."""

from bot.domain.clubs.web_keys import KeyKind
from bot.domain.ids import FilmId

SIGN_IN, SHARED, CALENDAR, REVIEWS, FILM = "in", "s", "calendar", "feed", "film"

_PATHS = {
    KeyKind.LINK: (SIGN_IN, ""),
    KeyKind.SHARE: (SHARED, ""),
    KeyKind.CALENDAR: (CALENDAR, ".ics"),
    KeyKind.REVIEWS: (REVIEWS, ".atom"),
}


def address(web_url: str, kind: KeyKind, token: str) -> str:
    """Return the whole address that a token opens."""
    before, after = _PATHS[kind]
    return f"{web_url}/{before}/{token}{after}"


def film_address(web_url: str, film_id: FilmId) -> str:
    """Return the address of a film's page."""
    return f"{web_url}/{FILM}/{film_id}"
