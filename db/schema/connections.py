"""Table of the connections that processes have to platforms."""

from db.column_types import INSTANT
from db.schema.declaring import must, table

# Noted every few seconds by each process that has one. No transaction of a club reads it.
connections = table(
    "connections",
    ["application", "process"],
    must("application"),
    must("process"),
    must("part"),
    must("seen_at", INSTANT),
)
