"""Pages: what the club's window shows a member, as values without any layout."""
