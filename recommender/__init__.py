"""Matinee's recommender: pure computation over a film's text, its people and a club's own words."""
