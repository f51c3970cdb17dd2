"""Tables of the database. A member's id is always in a column `member_id`, a club's in `club_id`.

`db/migrations` builds the same tables step by step; a test compares the two. Where code and database
name a table or a column differently, the database keeps its older name.
"""

from db.schema import (
    clubs,
    connections,
    deliveries,
    films,
    imports,
    installations,
    nights,
    requests,
    reviews,
)
from db.schema.declaring import metadata

__all__ = [
    "clubs",
    "connections",
    "deliveries",
    "films",
    "imports",
    "installations",
    "metadata",
    "nights",
    "requests",
    "reviews",
]
