"""How the delivery worker takes its time. All are settings, so that tests can be quick."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """Times and numbers of one worker.

    A delivery is leased for `lease`, renewed every `renewal`; `poll` passes between two looks for
    what is due; at most `batch` are claimed at once and `held` in all, `lane` of them for one
    place. A place's backlog is left alone for `aside` when its lane is full. A platform that asks
    to wait no longer than `linger` is waited for; one that does not answer within `answer` leaves
    us in doubt. `backoff` are the times between tries, `attempts` how many there are. From
    `digest` on what is overdue at one place is said in one message. `farewell` is how long what
    has begun may take at the end.
    """

    lease: timedelta = timedelta(seconds=60)
    renewal: timedelta = timedelta(seconds=20)
    poll: timedelta = timedelta(milliseconds=500)
    batch: int = 10
    held: int = 1_000
    lane: int = 20
    aside: timedelta = timedelta(seconds=5)
    linger: timedelta = timedelta(seconds=2)
    answer: timedelta = timedelta(seconds=30)
    backoff: tuple[timedelta, ...] = (
        timedelta(seconds=5),
        timedelta(seconds=30),
        timedelta(minutes=2),
        timedelta(minutes=10),
        timedelta(hours=1),
    )
    attempts: int = 8
    digest: timedelta = timedelta(hours=24)
    farewell: timedelta = timedelta(seconds=5)

    def wait_after(self, attempt: int) -> timedelta:
        """Return the time to let pass after this try, counted from 1."""
        return self.backoff[min(attempt, len(self.backoff)) - 1]
