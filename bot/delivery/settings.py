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
    `digest_after`: lateness from which a place's overdue reminders become one message, of one
    delivery and up to `digest_most` further reminders.
    `shutdown`: time for sends in progress to end; `ending`: time after that to store their
    outcomes, and again to give back all leases.
    `clock_set`: pause of claiming after the clock was set forward, for others to renew their leases.
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
    digest_most: int = 8
    shutdown: timedelta = timedelta(seconds=3)
    ending: timedelta = timedelta(seconds=2)
    clock_set: timedelta = timedelta(seconds=3)

    def wait_after(self, attempt: int) -> timedelta:
        """Return the time to wait after a try, counted from 1."""
        return self.backoff[min(attempt, len(self.backoff)) - 1]
