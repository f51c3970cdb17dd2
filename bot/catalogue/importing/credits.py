"""Who has to be named for what a film's entry holds."""

from urllib.parse import quote

from bot.domain.films import Film

WIKIPEDIA = "wikipedia"
WIKIPEDIA_LICENCE = "text from Wikipedia, CC BY-SA 4.0"
LICENCE_PAGE = "https://creativecommons.org/licenses/by-sa/4.0/"

_SAFE = "%/:@!$'()*,;~"
"""The lists have their pages' names quoted already."""


def page_of(film: Film) -> str | None:
    """Return the address of the page that a film's facts and text come from."""
    source, _, page = film.source.partition(":")
    if source != WIKIPEDIA or not page:
        return None
    return f"https://en.wikipedia.org/wiki/{quote(page, safe=_SAFE)}"
