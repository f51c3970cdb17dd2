"""Alembic runs this file to learn on which connection to work; the caller holds the transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
