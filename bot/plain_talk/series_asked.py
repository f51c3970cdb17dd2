"""Questions about the parts of a series: is there a sequel, how many are there, in which order."""

from bot.features.films.commands import FilmCommand
from bot.features.picks.wishes.reading.wishes import series_at
from bot.plain_talk.asked_phrase import AskedPhrase

_ID = "id:"


def series(asked: AskedPhrase) -> FilmCommand | None:
    """Return the card of the film named, or of a named series' first film: it lists the parts in their order."""
    if asked.film:
        return FilmCommand(asked.film, parts=True)
    named = asked.slots.get("film", "")
    found = series_at(named, 0)
    if found is None or named[found[0] :].strip(" ?!."):
        return None
    # An id ends with the year.
    return FilmCommand(_ID + min(found[1].films, key=lambda film_id: film_id[-4:]), parts=True)
