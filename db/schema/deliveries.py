"""Tables of what is to be sent: reminders, the outbox, the order in which clubs are served."""

from sqlalchemy import Column, Index, Integer, Text

from bot.domain.deliveries import DeliveryState, Purpose
from bot.domain.films.film import ReleaseKind
from bot.domain.films.reminders import ReminderState
from db.column_types import DAY, FLAG, INSTANT, SPAN, choice
from db.schema.declaring import index_where, later, may, must, table

reminders = table(
    "reminders",
    ["club_id", "reminder_id"],
    must("club_id"),
    must("reminder_id"),
    must("member_id"),
    must("film_id"),
    must("region"),
    must("kind", choice(ReleaseKind)),
    must("place"),
    must("created_at", INSTANT),
    must("direct", FLAG),
    must("lead", SPAN),
    may("day", DAY),
    may("due_at", INSTANT),
    must("state", choice(ReminderState)),
    later("fixed", FLAG),
    Index("ix_reminders_member", "club_id", "member_id"),
    Index("ix_reminders_due", "club_id", "place", "due_at"),
    Index("ix_reminders_state", "club_id", "state", "day"),
)

# `ready_at` is when a worker may next claim the row: the planned time, or the end of a lease. It is
# NULL once nothing is left to do, so that the partial indexes hold unfinished rows only. `tried_at`
# is when the message may first have been sent.
deliveries = table(
    "deliveries",
    ["delivery_id"],
    must("delivery_id"),
    must("club_id"),
    must("purpose", choice(Purpose)),
    must("subject"),
    must("place"),
    must("due_at", INSTANT),
    must("state", choice(DeliveryState)),
    must("attempts", Integer),
    may("lease_owner"),
    may("lease_until", INSTANT),
    may("next_at", INSTANT),
    may("error"),
    may("ready_at", INSTANT),
    may("message"),
    may("settled_at", INSTANT),
    may("tried_at", INSTANT),
    Column("carrier", Text, key="digest_id"),  # the digest sent in this delivery's place
    Index("uq_deliveries_plan", "club_id", "purpose", "subject", "due_at", unique=True),
    index_where("ix_deliveries_ready", "ready_at IS NOT NULL", "club_id", "ready_at"),
    index_where("ix_deliveries_lease", "lease_owner IS NOT NULL", "lease_owner"),
    index_where("ix_deliveries_carrier", "carrier IS NOT NULL", "digest_id"),
)

# The clubs in the order in which workers serve them, one row each. `ready_at` is never later than
# that of the club's first unfinished delivery. `served` is the number of the club's last claim, and
# the lowest comes first: a number, since clocks differ between machines and stand still in a
# simulation.
fair_queue = table(
    "turns",
    ["club_id"],
    must("club_id"),
    may("ready_at", INSTANT),
    must("served", Integer),
    index_where("ix_turns_ready", "ready_at IS NOT NULL", "ready_at", "served", "club_id"),
    Index("ix_turns_served", "served"),
)
