"""Migrations in order, a file each. The statements of a released one never change."""
