"""Where clubs are kept: SQLAlchemy Core behind the ports of `bot`. `db.engine.open_store` opens it."""
