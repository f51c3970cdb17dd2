"""Schedule of nights: their stages, times, and what is planned to be said of each."""
