"""Finding of `matinee doctor` about TMDB: whether a key is set, and whether TMDB takes it."""

from adapters.runtime.health_report import Finding, Verdict
from adapters.runtime.settings.settings import Settings
from adapters.tmdb.client import TmdbClient
from bot.domain.errors import SourceError, SourceRefused

NAME = "tmdb"


async def finding(settings: Settings) -> Finding:
    """Try the key, if there is one."""
    if settings.tmdb_api_key is None:
        text = (
            "No key. With one (TMDB_API_KEY, see docs/films.md) films that the catalogue lacks are "
            "found, with coming days, posters, trailers and where to watch."
        )
        return Finding(NAME, Verdict.NOTE, text)
    async with TmdbClient(settings.tmdb_api_url, settings.tmdb_api_key.value) as client:
        try:
            await client.get("/authentication", {})
        except SourceRefused:
            return Finding(NAME, Verdict.BAD, "It does not take the key: check TMDB_API_KEY.")
        except SourceError:
            text = f"{settings.tmdb_api_url} cannot be reached; films are asked for again later."
            return Finding(NAME, Verdict.NOTE, text)
    return Finding(NAME, Verdict.OK, "It takes the key.")
