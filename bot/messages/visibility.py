"""Visibility of replies."""

from enum import StrEnum


class Visibility(StrEnum):
    """Readers of a reply: the whole club, or only the member who asked."""

    CLUB = "club"
    ONLY_YOU = "only_you"
