"""Names of things. Each is a string so that it reads well in a log, a database and a URL."""

from typing import NewType

ClubId = NewType("ClubId", str)
"""A Discord guild, a Slack workspace, or a name in the terminal: `console:demo`."""

MemberId = NewType("MemberId", str)
"""One person in one platform: `discord:1234`, `console:ana`."""

FilmId = NewType("FilmId", str)
"""A slug of title and year, at most 60 characters: `all-of-us-strangers-2023`."""

ReviewId = NewType("ReviewId", str)
ReminderId = NewType("ReminderId", str)
DeliveryId = NewType("DeliveryId", str)
DraftId = NewType("DraftId", str)

PlaceId = NewType("PlaceId", str)
"""Where a message can be put: a channel, a thread or a direct conversation of one platform."""
