"""Ports: protocols of all that the core needs from outside; `db` and `adapters` implement them."""
