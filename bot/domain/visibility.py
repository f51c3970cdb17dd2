"""Who sees a reply."""

from enum import StrEnum


class Visibility(StrEnum):
    """Who sees a reply: the whole club, or only the member who asked."""

    CLUB = "club"
    ONLY_YOU = "only_you"
