"""Errors of the core and its ports, in one tree.

MatineeError
├── UserError               the person can correct it; `str(error)` tells them how
│   ├── UsageError          the typed text cannot be understood
│   ├── NotFound            no such film, review, reminder
│   ├── NotAllowed          the person may not do this
│   └── TooMuch             too many commands in a short time; `retry_after` seconds
├── StoreError              failure of the database; `retry`: whether trying again may help
│   └── SchemaTooNew        it was written by a newer Matinee
├── SourceError             failure of a source of films; `retry`: whether trying again may help
│   ├── SourceRefused       it does not accept our key
│   ├── SourceLacks         it has no such film, or nobody of that name
│   └── SourceBusy          it asks to wait, for `retry_after` seconds
├── PlatformSilent          a platform does not say who belongs to a club
└── DeliveryError           a message could not be delivered
    ├── Rejected            for good
    ├── Delayed             for `retry_after` seconds
    ├── Uncertain           no answer: it may have been delivered
    └── Unreadable          the place's history is closed, so it cannot be looked for
"""


class MatineeError(Exception):
    """Root of all errors of Matinee."""


class UserError(MatineeError):
    """Error that the person can correct; the text names the problem and the remedy.

    `parts`: strings, and spans such as a command that is mentioned, which each platform renders in
    its own way.
    """

    def __init__(self, *parts: object) -> None:
        """Keep the parts; `str(error)` joins them as a terminal shows them."""
        super().__init__("".join(map(str, parts)))
        self.parts = parts


class UsageError(UserError):
    """Typed text that cannot be understood."""


class NotFound(UserError):
    """Missing film, review or reminder."""


class NotAllowed(UserError):
    """Action that the person may not take here."""


class TooMuch(UserError):
    """Too many commands in a short time."""

    def __init__(self, retry_after: float) -> None:
        """Refuse until `retry_after` seconds have passed."""
        super().__init__(f"That was a lot at once. Try again in {max(1, round(retry_after))} s.")
        self.retry_after = retry_after


class PlatformSilent(MatineeError):
    """A platform does not say who belongs to a club."""


class StoreError(MatineeError):
    """Failure of the database; `retry`: whether trying again may help."""

    def __init__(self, message: str, *, retry: bool) -> None:
        """Keep the problem, and whether a second try may help."""
        super().__init__(message)
        self.retry = retry


class SchemaTooNew(StoreError):
    """Database written by a newer Matinee than this one."""


class SourceError(MatineeError):
    """Failure of a source of films; `retry`: whether trying again may help."""

    def __init__(self, message: str, *, retry: bool) -> None:
        """Keep the problem, in words for a member, and whether a second try may help."""
        super().__init__(message)
        self.retry = retry


class SourceRefused(SourceError):
    """Source that does not accept our key; the host has to correct it."""


class SourceLacks(SourceError):
    """Film, or member, that the source does not have."""


class SourceBusy(SourceError):
    """Request of a source to wait `retry_after` seconds."""

    def __init__(self, message: str, *, retry_after: float) -> None:
        """Keep the problem, in words for a member, and the wait in seconds."""
        super().__init__(message, retry=True)
        self.retry_after = retry_after


class DeliveryError(MatineeError):
    """Message that could not be delivered."""


class Rejected(DeliveryError):
    """Refusal for good: the place is gone, or closed to Matinee."""


class Delayed(DeliveryError):
    """Request of the platform to wait `retry_after` seconds."""

    def __init__(self, retry_after: float, reason: str = "rate limited") -> None:
        """Keep the wait in seconds, and the reason."""
        super().__init__(reason)
        self.retry_after = retry_after


class Uncertain(DeliveryError):
    """No answer from the platform: the message may have been delivered."""


class Unreadable(DeliveryError):
    """Closed history of a place, so that a message cannot be looked for there."""
