"""Topics about which processes on one database give each other hints."""

from enum import StrEnum


class HintTopic(StrEnum):
    """Subject of a hint: what was stored may be worth a look now, by any process.

    Hints may be lost, late or needless, and some databases give none: whoever waits for one also polls.
    """

    DELIVERIES = "deliveries"
    """A delivery was planned."""
    CATALOGUE = "catalogue"
    """Shared films were changed."""
