"""Attribution that the licence of a film's text asks for."""

from urllib.parse import quote

from bot.domain.films.film import Film

WIKIPEDIA = "wikipedia"
WIKIPEDIA_LICENCE = "text from Wikipedia, CC BY-SA 4.0"
LICENCE_PAGE = "https://creativecommons.org/licenses/by-sa/4.0/"

_SAFE = "%/:@!$'()*,;~"
"""Characters kept as they are: the film lists have their page names quoted already."""


def page_of(film: Film) -> str | None:
    """Return the address of the Wikipedia page that a film's text comes from."""
    source, _, page = film.source.partition(":")
    if source != WIKIPEDIA or not page:
        return None
    return f"https://en.wikipedia.org/wiki/{quote(page, safe=_SAFE)}"
