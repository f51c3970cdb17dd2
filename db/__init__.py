"""Storage: implements the storage ports of `bot` on SQLAlchemy Core; `db.engines.open` opens it."""
