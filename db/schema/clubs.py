"""Tables of clubs and their members: settings, marks, keys to the pages, acts of moderators."""

from sqlalchemy import Column, Index, Integer, true

from bot.domain.clubs.club import MarkKind, SpoilerPolicy
from bot.domain.clubs.moderation import ActKind
from bot.domain.clubs.web_keys import KeyKind
from bot.domain.reviews.ratings import Scale
from db.column_types import FLAG, HOUR, INSTANT, choice
from db.schema.declaring import index_where, later, may, must, table

clubs = table(
    "clubs",
    ["club_id"],
    must("club_id"),
    must("name"),
    must("region"),
    must("zone"),
    must("hour", HOUR),
    may("channel"),
    must("spoilers", choice(SpoilerPolicy)),
    must("announce_reviews", FLAG),
    must("revision", Integer),
    later("weekly", FLAG),
    may("joined_at", INSTANT),
    may("left_at", INSTANT),
    may("application"),
    may("within"),
    index_where("ix_clubs_within", "within IS NOT NULL", "within"),
    index_where("ix_clubs_left", "left_at IS NOT NULL", "left_at"),
)

members = table(
    "members",
    ["club_id", "member_id"],
    must("club_id"),
    must("member_id"),
    must("name"),
    must("folded"),
    may("region"),
    may("zone"),
    must("scale", choice(Scale)),
    must("quotable", FLAG),
    must("direct", FLAG),
    may("last_active", INSTANT),
    later("fallback", FLAG),
    may("home_at", INSTANT),
    later("muted", FLAG),
    Column("vote_reminders", FLAG, nullable=False, server_default=true()),
    later("admin", FLAG),
    Index("ix_members_name", "club_id", "folded"),
    Index("ix_members_member", "member_id"),
)

marks = table(
    "marks",
    ["club_id", "member_id", "film_id", "kind"],
    must("club_id"),
    must("member_id"),
    must("film_id"),
    must("kind", choice(MarkKind)),
    must("at", INSTANT),
)

# What moderators did, newest acts alone being shown. `concerned` is the member whose words it was about.
moderation_acts = table(
    "moderation_acts",
    ["club_id", "act_id"],
    must("club_id"),
    must("act_id"),
    must("member_id"),
    must("at", INSTANT),
    must("kind", choice(ActKind)),
    must("concerned"),
    may("film_id"),
    may("critic"),
    Index("ix_moderation_acts_at", "club_id", "at"),
)

# Keys to the club's pages. The tokens themselves are stored nowhere.
web_keys = table(
    "web_keys",
    ["club_id", "digest"],
    must("club_id"),
    must("digest"),
    must("key_id"),
    must("member_id"),
    must("kind", choice(KeyKind)),
    must("direct"),
    must("created_at", INSTANT),
    may("expires_at", INSTANT),
    may("used_at", INSTANT),
    must("label"),
    must("subject"),
    Index("ix_web_keys_digest", "digest"),
    Index("ix_web_keys_member", "club_id", "member_id"),
    index_where("ix_web_keys_expires", "expires_at IS NOT NULL", "expires_at"),
)

# Members who had themselves forgotten, as salted digests: a backup that is restored forgets them again.
# `overwritten`: what their rows had left in the file is overwritten, too.
forgotten = table(
    "forgotten",
    ["club_id", "digest"],
    must("club_id"),
    must("digest"),
    must("salt"),
    later("overwritten", FLAG),
)
