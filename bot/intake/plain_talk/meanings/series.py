"""Questions about the parts of a series: is there a sequel, how many are there, in which order."""

from bot.features.films.commands import FilmCommand
from bot.intake.plain_talk.meanings.asked_phrase import AskedPhrase
from bot.language.wishes.reading.wishes import series_at
from bot.request.lookup.films import BY_ID


def series(asked: AskedPhrase) -> FilmCommand | None:
    """Return the card of the film named, or of one of a named series: it lists the parts in their order."""
    if asked.film:
        return FilmCommand(asked.film, parts=True)
    named = asked.slots.get("film", "")
    found = series_at(named, 0)
    if found is None or named[found[0] :].strip(" ?!."):
        return None
    entry = found[1]
    return FilmCommand(f"{BY_ID}{entry.first}", parts=True) if entry.series == "all" else None
