"""Plain talk: what a line means that names no command, as people of a film club type it."""
