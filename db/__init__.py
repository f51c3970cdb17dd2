"""Where clubs are kept: SQLAlchemy Core behind the ports of `bot`. `db.engines.open.open_store` opens it."""
