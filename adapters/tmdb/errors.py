"""Errors of TMDB, worded for members."""

from bot.domain.errors import SourceError, SourceLacks, SourceRefused


def refused() -> SourceRefused:
    """Error of a key that TMDB rejects; what the host can do is for `doctor` and the log."""
    return SourceRefused("I can't ask TMDB at present.", retry=False)


def not_found() -> SourceLacks:
    """Error of a film that TMDB does not have."""
    return SourceLacks("TMDB has no such film.", retry=False)


def unavailable() -> SourceError:
    """Error of a TMDB that cannot be reached, or answers unusably."""
    return SourceError("TMDB can't be reached just now. Try again in a moment.", retry=True)


def busy() -> SourceError:
    """Error of a TMDB that asks for a longer wait than the policy's."""
    return SourceError("TMDB asks us to wait a little. Try again in a minute.", retry=True)


def rejected(status: int) -> SourceError:
    """Error of a request that TMDB rejects, and would reject again."""
    return SourceError(f"TMDB refuses what I asked it (status {status}).", retry=False)
