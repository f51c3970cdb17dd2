"""Web clients: one session each, and answers of bounded length."""
