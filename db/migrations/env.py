"""Alembic environment: uses the connection, and the open transaction, of the caller."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    on_version_apply=context.config.attributes["applied"],
)
context.run_migrations()
