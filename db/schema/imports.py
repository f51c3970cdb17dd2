"""Tables of what comes from other services: members' files, and feeds that they follow."""

from sqlalchemy import ForeignKeyConstraint, Index, Integer, Text

from bot.domain.imports import RowState
from db.column_types import ENTRY, FLAG, INSTANT, WORDS, choice
from db.schema.declaring import later, may, must, table

# Files that members brought in. Both are purged once an import can no longer be undone.
imports = table(
    "imports",
    ["club_id", "import_id"],
    must("club_id"),
    must("import_id"),
    must("member_id"),
    must("file"),
    must("source"),
    must("created_at", INSTANT),
    must("twice", Integer),
    must("left_out", WORDS),
    must("notes", WORDS),
    may("imported_at", INSTANT),
    may("undone_at", INSTANT),
    later("day_example", Text(), "''"),
    may("day_order"),
    Index("ix_imports_member", "club_id", "member_id"),
    Index("ix_imports_created", "created_at"),
)

import_rows = table(
    "import_rows",
    ["club_id", "import_id", "number"],
    must("club_id"),
    must("import_id"),
    must("number", Integer),
    must("entry", ENTRY),
    must("state", choice(RowState)),
    may("film_id"),
    must("candidates", WORDS),
    ForeignKeyConstraint(
        ["club_id", "import_id"], ["imports.club_id", "imports.import_id"], ondelete="CASCADE"
    ),
    Index("ix_import_rows_state", "club_id", "import_id", "state", "number"),
)

# Feeds of other services that members follow. `next_at` is when one is read next, or the end of the
# lease of a process that reads it now.
follows = table(
    "follows",
    ["club_id", "member_id", "name"],
    must("club_id"),
    must("member_id"),
    must("name"),
    must("created_at", INSTANT),
    must("next_at", INSTANT),
    may("since", INSTANT),
    may("read_at", INSTANT),
    must("etag"),
    must("modified"),
    must("failures", Integer),
    must("trouble"),
    Index("ix_follows_next", "next_at"),
)

# Entries of feeds that were dealt with, so that each becomes a review once.
followed_entries = table(
    "followed_entries",
    ["club_id", "member_id", "number"],
    must("club_id"),
    must("member_id"),
    must("number"),
    must("label"),
    must("digest"),
    must("placed", FLAG),
    may("review_id"),
    may("written_at", INSTANT),
)

# When each host of feeds, or what else is done in turns, may be asked next, by whatever process.
feed_hosts = table(
    "feed_hosts",
    ["host"],
    must("host"),
    must("free_at", INSTANT),
)
