"""Ports: what the core needs of the world outside, as protocols; `db` and `adapters` implement them."""
