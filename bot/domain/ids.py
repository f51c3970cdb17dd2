"""Ids: strings, so that they read well in a log, a database and a URL."""

from typing import NewType

ClubId = NewType("ClubId", str)
"""Id of a Discord guild, a Slack workspace or one channel of it, or a club in the terminal: `console:demo`."""

MemberId = NewType("MemberId", str)
"""Id of a person on one platform: `discord:1234`, `console:ana`."""

FilmId = NewType("FilmId", str)
"""Slug of title and year, at most 60 characters: `all-of-us-strangers-2023`."""

ReviewId = NewType("ReviewId", str)
ReminderId = NewType("ReminderId", str)
DeliveryId = NewType("DeliveryId", str)
DraftId = NewType("DraftId", str)
ImportId = NewType("ImportId", str)
NightId = NewType("NightId", str)

PlaceId = NewType("PlaceId", str)
"""Id of a place for messages: a channel, a thread or a direct conversation of one platform."""
