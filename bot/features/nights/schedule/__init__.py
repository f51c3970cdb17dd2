"""Schedule of nights: stages, times, planned messages."""
