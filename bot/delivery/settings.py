"""Delivery settings: times and sizes, changeable so that tests are quick."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """Times and sizes of one worker.

    `lease`: length of a lease, extended every `renewal`. `poll`: pause between two claims.
    `batch`: deliveries in one claim; `held`: leases at a time, `per_place` of them for one place;
    `busy_delay`: postponement of a place's backlog once its queue is full.
    `longest_wait`: longest delay, asked for by a platform, that is waited for while the lease is
    held; `answer_timeout`: time after which a platform's answer counts as unknown.
    `attempts`: number of tries; `backoff`: times between them, the last one repeated.
    `digest_after`: lateness from which a place's overdue deliveries become one message.
    `shutdown`: time for sends in progress to end.
    """

    lease: timedelta = timedelta(seconds=60)
    renewal: timedelta = timedelta(seconds=20)
    poll: timedelta = timedelta(milliseconds=500)
    batch: int = 10
    held: int = 1_000
    per_place: int = 20
    busy_delay: timedelta = timedelta(seconds=5)
    longest_wait: timedelta = timedelta(seconds=2)
    answer_timeout: timedelta = timedelta(seconds=30)
    backoff: tuple[timedelta, ...] = (
        timedelta(seconds=5),
        timedelta(seconds=30),
        timedelta(minutes=2),
        timedelta(minutes=10),
        timedelta(hours=1),
    )
    attempts: int = 8
    digest_after: timedelta = timedelta(hours=24)
    shutdown: timedelta = timedelta(seconds=5)

    def wait_after(self, attempt: int) -> timedelta:
        """Return the time to wait after a try, counted from 1."""
        return self.backoff[min(attempt, len(self.backoff)) - 1]
