"""Everything that can go wrong, in one small tree.

MatineeError
├── UserError               the person can put it right; `str(error)` tells them how
│   ├── UsageError          what was typed cannot be understood
│   ├── NotFound            no such film, review, reminder
│   ├── NotAllowed          the person may not do this
│   └── TooMuch             too many commands in a short time; `retry_after` seconds
├── StoreError              the database cannot serve; `retry` says whether trying again may help
│   └── SchemaTooNew        it was written by a newer Matinee
├── SourceError             a source of films cannot serve; `retry` says whether a retry may help
│   ├── SourceRefused       it does not take our key
│   └── SourceLacks         it has no such film
└── DeliveryError           a message could not be delivered
    ├── Rejected            and never will be
    ├── Delayed             but may be after `retry_after` seconds
    ├── Uncertain           or may have been
    └── Unreadable          and nobody can tell whether it was: the place's history is closed
"""


class MatineeError(Exception):
    """The root of all errors of ours."""


class UserError(MatineeError):
    """The person can put it right; the text says what happened and what to do.

    `parts` are strings and the spans between them: a command that is mentioned looks different on
    each platform.
    """

    def __init__(self, *parts: object) -> None:
        """Keep the parts; `str(error)` joins them as a terminal shows them."""
        super().__init__("".join(map(str, parts)))
        self.parts = parts


class UsageError(UserError):
    """What was typed cannot be understood."""


class NotFound(UserError):
    """There is no such film, review or reminder."""


class NotAllowed(UserError):
    """The person may not do this here."""


class TooMuch(UserError):
    """Too many commands in a short time."""

    def __init__(self, retry_after: float) -> None:
        """Refuse until `retry_after` seconds have passed."""
        super().__init__(f"That was a lot at once. Try again in {max(1, round(retry_after))} s.")
        self.retry_after = retry_after


class StoreError(MatineeError):
    """The database cannot serve; `retry` says whether trying again may help."""

    def __init__(self, message: str, *, retry: bool) -> None:
        """Keep what happened and whether a second try may help."""
        super().__init__(message)
        self.retry = retry


class SchemaTooNew(StoreError):
    """The database was written by a newer Matinee than this one."""


class SourceError(MatineeError):
    """A source of films cannot serve; `retry` says whether trying again may help."""

    def __init__(self, message: str, *, retry: bool) -> None:
        """Keep what happened, in words for a member, and whether a second try may help."""
        super().__init__(message)
        self.retry = retry


class SourceRefused(SourceError):
    """The source does not take our key; whoever runs Matinee has to look."""


class SourceLacks(SourceError):
    """The source has no such film."""


class DeliveryError(MatineeError):
    """A message could not be delivered."""


class Rejected(DeliveryError):
    """The platform refused for good: the place is gone, or closed to us."""


class Delayed(DeliveryError):
    """The platform asks to wait `retry_after` seconds."""

    def __init__(self, retry_after: float, reason: str = "rate limited") -> None:
        """Keep the platform's wish."""
        super().__init__(reason)
        self.retry_after = retry_after


class Uncertain(DeliveryError):
    """No answer came: the message may have arrived."""


class Unreadable(DeliveryError):
    """The place's history cannot be read, so nobody can tell what was said there."""
