"""Storage of one club: a protocol for each aggregate."""
