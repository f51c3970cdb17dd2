"""What TMDB's refusals mean, in words for a member."""

from bot.domain.errors import SourceError, SourceLacks, SourceRefused


def refused() -> SourceRefused:
    """TMDB does not take the key."""
    return SourceRefused(
        "TMDB does not take our key: whoever runs Matinee has to check TMDB_API_KEY.", retry=False
    )


def lacks() -> SourceLacks:
    """TMDB has no such film."""
    return SourceLacks("TMDB has no such film.", retry=False)


def unavailable() -> SourceError:
    """TMDB cannot be reached, or answers nonsense."""
    return SourceError("TMDB can't be reached just now. Try again in a moment.", retry=True)


def busy() -> SourceError:
    """TMDB has asked us to wait for longer than we are willing to."""
    return SourceError("TMDB asks us to wait a little. Try again in a minute.", retry=True)


def rejected(status: int) -> SourceError:
    """TMDB cannot make sense of what we ask; asking the same again is no use."""
    return SourceError(f"TMDB refuses what I asked it (status {status}).", retry=False)
