"""Tables of requests: stored commands, and replies of those that were carried out."""

from sqlalchemy import Index

from db.column_types import FLAG, INSTANT
from db.schema.declaring import later, may, must, table

drafts = table(
    "drafts",
    ["club_id", "draft_id"],
    must("club_id"),
    must("draft_id"),
    must("member_id"),
    must("command"),
    must("created_at", INSTANT),
    later("button", FLAG),
    may("made_by"),
    Index("ix_drafts_member", "club_id", "member_id"),
    Index("ix_drafts_made", "club_id", "made_by", "button", "created_at"),
    Index("ix_drafts_created", "created_at"),
)

receipts = table(
    "receipts",
    ["club_id", "request_id"],
    must("club_id"),
    must("request_id"),
    must("reply"),
    must("at", INSTANT),
    Index("ix_receipts_at", "at"),
)
