"""What a line means where it is said: in a club, by a member, after picks, while a film night is open."""
