"""PostgreSQL: everything that is said to it differently."""
